/*
 * brand — how a merchant looks to its customers: today, the logo on its counter tablets.
 */
#pragma once
#include "core/files/files.h"

/*
 * Makes a content that files_parse described the merchant's logo; the one before is removed.
 *
 * Within: a transaction. Repeat: harmless; the same bytes stay the same file.
 * Gives:  the file as it is kept
 * Errors: ERR_MERCHANT_UNKNOWN
 */
MUST_USE enum err brand_change_logo(struct ctx *ctx, struct str content, struct file *file);
/* Within: a transaction. Repeat: harmless. Errors: ERR_MERCHANT_UNKNOWN */
MUST_USE enum err brand_remove_logo(struct ctx *ctx);
