/* tags — see tags.h. */
#include "core/customers/tags.h"
#include "base/fold.h"
#include "core/customers/tags_store.h"
#include "db/write_lane.h"

static enum err
check_name(struct ctx *ctx, struct tag *tag, struct str *folded)
{
    tag_id other;

    tag->name = str_trim(tag->name);
    *folded = fold(ctx->arena, tag->name);
    if (folded->len == 0) return fail_field(ctx, ERR_FIELD_REQUIRED, "group.name");
    TRY(tags_store_find_name(ctx, *folded, &other));
    if (other.v == 0 || other.v == tag->id.v) return OK;
    return fail_field(ctx, ERR_TAG_EXISTS, "group.name");
}

enum err
tags_add(struct ctx *ctx, struct tag *tag)
{
    struct str folded;
    int64_t count;

    TRY(check_name(ctx, tag, &folded));
    TRY(tags_store_count(ctx, &count));
    if (count >= TAGS_MAX) return fail(ctx, ERR_TAGS_FULL, "%lld tags", (long long)count);
    tag->id.v = id_next(ctx);
    tag->created_us = tag->updated_us = ctx->now_us;
    TRY(tags_store_add(ctx, tag, folded));
    return write_live_hint(ctx, LIVE_MERCHANT, LIVE_ACTIVITY);
}

enum err
tags_change(struct ctx *ctx, struct tag *tag)
{
    struct str folded, name = tag->name;

    TRY(tags_find(ctx, tag->id, tag));
    tag->name = name;
    TRY(check_name(ctx, tag, &folded));
    tag->updated_us = ctx->now_us;
    TRY(tags_store_change(ctx, tag, folded));
    return write_live_hint(ctx, LIVE_MERCHANT, LIVE_ACTIVITY);
}

enum err
tags_remove(struct ctx *ctx, tag_id id)
{
    struct tag tag;

    TRY(tags_find(ctx, id, &tag));
    TRY(tags_store_remove(ctx, id));
    return write_live_hint(ctx, LIVE_MERCHANT, LIVE_ACTIVITY);
}

enum err
tags_find(struct ctx *ctx, tag_id id, struct tag *tag)
{
    return tags_store_find(ctx, id, tag);
}

enum err
tags_list(struct ctx *ctx, struct tag **tags, int *count)
{
    return tags_store_list(ctx, tags, count);
}

enum err
tags_put_on(struct ctx *ctx, customer_id customer, tag_id tag, bool *changed)
{
    tag_id *tags;
    int count;

    TRY(tags_list_of(ctx, customer, &tags, &count));
    for (int i = 0; i < count; i++) {
        *changed = tags[i].v != tag.v;
        if (!*changed) return OK;
    }
    if (count >= TAGS_OF_CUSTOMER_MAX) return fail(ctx, ERR_TAGS_FULL, "on a customer");
    return tags_store_put_on(ctx, customer, tag, changed);
}

enum err
tags_take_off(struct ctx *ctx, customer_id customer, tag_id tag, bool *changed)
{
    return tags_store_take_off(ctx, customer, tag, changed);
}

enum err
tags_list_of(struct ctx *ctx, customer_id customer, tag_id **tags, int *count)
{
    return tags_store_list_of(ctx, customer, tags, count);
}

enum err
tags_forget_customer(struct ctx *ctx, customer_id customer)
{
    return tags_store_forget_customer(ctx, customer);
}
