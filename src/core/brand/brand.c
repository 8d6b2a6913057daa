/* brand — see brand.h. */
#include "core/brand/brand.h"
#include "core/merchants/merchants.h"

static enum err
replace_logo(struct ctx *ctx, file_id earlier, file_id later)
{
    TRY(merchants_change_logo(ctx, later));
    return earlier.v == 0 ? OK : files_remove(ctx, earlier);
}

enum err
brand_change_logo(struct ctx *ctx, struct str content, struct file *file)
{
    struct merchant merchant;
    struct file before;

    TRY(merchants_find(ctx, &merchant));
    if (merchant.logo.v != 0) {
        TRY(files_find(ctx, merchant.logo, &before));
        if (memcmp(before.sha256, file->sha256, HASH_LEN) == 0) {
            *file = before;
            return OK;
        }
    }
    file->purpose = STR("logo");
    TRY(files_add(ctx, content, file));
    return replace_logo(ctx, merchant.logo, file->id);
}

enum err
brand_remove_logo(struct ctx *ctx)
{
    struct merchant merchant;

    TRY(merchants_find(ctx, &merchant));
    if (merchant.logo.v == 0) return OK;
    return replace_logo(ctx, merchant.logo, (file_id){0});
}
