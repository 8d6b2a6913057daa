/* cmd_audit — the audit, for other commands that want it done. */
#pragma once
#include "base/ctx.h"

/* Audits the database of the settings and prints what was checked. Gives an exit status. */
int cmd_audit_print(struct ctx *ctx);
