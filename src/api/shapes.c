/* shapes — see shapes.h; those of loyalty are in loyalty_shapes.c */
#include "api/shapes.h"
#include "core/legal/legal.h"

void
json_put_customer_fields(struct json_out *out, const struct customer *customer)
{
    json_put_id(out, "id", ID_customer, customer->id.v);
    json_put_time(out, "created_at", customer->created_us);
    json_put_time(out, "updated_at", customer->updated_us);
    json_put_text_if(out, "given_name", customer->given_name);
    json_put_text_if(out, "family_name", customer->family_name);
    json_put_text_if(out, "nickname", customer->nickname);
    json_put_text_if(out, "company_name", customer->company_name);
    json_put_text_if(out, "email_address", customer->email);
    if (customer->address_json.len > 0) {
        json_put_json(out, "address", customer->address_json); /* kept as customers_api wrote it */
    }
    json_put_text_if(out, "phone_number", customer->phone);
    json_put_text_if(out, "birthday", customer->birthday);
    json_put_text_if(out, "reference_id", customer->reference_id);
    json_put_text_if(out, "note", customer->note);
    json_put_text(out, "creation_source", customer->source);
    json_put_int(out, "version", customer->version);
}

void
json_put_customer(struct json_out *out, const char *key, const struct customer *customer)
{
    json_put_object(out, key);
    json_put_customer_fields(out, customer);
    json_end_object(out);
}

void
json_put_location(struct json_out *out, const char *key, const struct merchant *merchant,
                  const struct location *location)
{
    json_put_object(out, key);
    json_put_id(out, "id", ID_location, location->id.v);
    json_put_text(out, "name", location->name);
    json_put_text(out, "timezone", location->time_zone);
    json_put_text(out, "status", location->active ? STR("ACTIVE") : STR("INACTIVE"));
    json_put_time(out, "created_at", location->created_us);
    json_put_id(out, "merchant_id", ID_merchant, merchant->id.v);
    json_put_text(out, "country", location->country);
    json_put_text(out, "language_code", location->language);
    json_put_text(out, "currency", location->currency);
    json_put_text(out, "business_name", merchant->name);
    json_put_text(out, "type", STR("PHYSICAL"));
    json_end_object(out);
}

static void
put_file_path(struct json_out *out, const char *key, const char *files, file_id id)
{
    struct str name = id_format(out->arena, ID_file, id.v);

    json_put_text(out, key, str_format(out->arena, "%s/%.*s", files, STR_ARG(name)));
}

void
json_put_merchant_fields(struct json_out *out, const struct merchant *merchant, const char *files)
{
    json_put_id(out, "id", ID_merchant, merchant->id.v);
    json_put_text(out, "name", merchant->name);
    json_put_text(out, "language", merchant->language);
    json_put_text(out, "currency", merchant->currency);
    json_put_text(out, "country", merchant->country);
    json_put_text(out, "time_zone", merchant->time_zone);
    json_put_text_if(out, "slug", merchant->slug);
    json_put_text_if(out, "brand_color", merchant->brand_color);
    if (merchant->logo.v != 0) put_file_path(out, "logo_path", files, merchant->logo);
}

void
json_put_merchant(struct json_out *out, const char *key, const struct merchant *merchant,
                  const char *files)
{
    json_put_object(out, key);
    json_put_merchant_fields(out, merchant, files);
    json_end_object(out);
}

enum err
json_put_notice(struct ctx *ctx, struct json_out *out, struct str language)
{
    struct legal_notice notice;

    TRY(legal_find_notice(ctx, language, &notice));
    json_put_object(out, "notice");
    json_put_text(out, "version", notice.version);
    json_put_text(out, "language", str_of(notice.language));
    json_put_text(out, "text", notice.text);
    json_end_object(out);
    return OK;
}

void
json_put_file(struct json_out *out, const char *key, const struct file *file)
{
    json_put_object(out, key);
    json_put_id(out, "id", ID_file, file->id.v);
    put_file_path(out, "path", FILES_PATH, file->id);
    json_put_text(out, "content_type", file->content_type);
    json_put_int(out, "size", file->size);
    json_put_time(out, "created_at", file->created_us);
    json_end_object(out);
}

void
json_put_waiting_order(struct json_out *out, const char *key, const struct order *order)
{
    json_put_object(out, key);
    json_put_id(out, "id", ID_order, order->id.v);
    json_put_int(out, "points", order->points);
    json_put_money(out, "total_money", order->total_minor, order->currency);
    json_put_time(out, "closed_at", order->closed_us);
    json_put_time(out, "expires_at", order->claim_until_us);
    json_put_bool(out, "has_card", order->has_card);
    json_end_object(out);
}

static void
put_named(struct json_out *out, const char *key, struct str id, struct str name)
{
    json_put_object(out, key);
    json_put_text(out, "id", id);
    json_put_text(out, "name", name);
    json_end_object(out);
}

enum err
tablet_place_find(struct ctx *ctx, const struct tablet *tablet, struct tablet_place *place)
{
    *place = (struct tablet_place){0};
    TRY(locations_find(ctx, tablet->location, &place->location));
    if (tablet->reg.v == 0) return OK;
    return registers_find(ctx, tablet->reg, &place->reg);
}

void
json_put_tablet_fields(struct json_out *out, const struct tablet *tablet,
                       const struct tablet_place *place)
{
    json_put_id(out, "id", ID_tablet, tablet->id.v);
    json_put_text(out, "name", tablet->name);
    put_named(out, "location", id_format(out->arena, ID_location, place->location.id.v),
              place->location.name);
    if (place->reg.id.v == 0) {
        json_put_null(out, "register");
    } else {
        put_named(out, "register", id_format(out->arena, ID_register, place->reg.id.v),
                  place->reg.name);
    }
}

enum err
json_put_tablet(struct ctx *ctx, struct json_out *out, const char *key, const struct tablet *tablet)
{
    struct tablet_place place;

    TRY(tablet_place_find(ctx, tablet, &place));
    json_put_object(out, key);
    json_put_tablet_fields(out, tablet, &place);
    json_end_object(out);
    return OK;
}

void
json_put_permissions(struct json_out *out, const char *key, uint64_t permissions)
{
    json_put_array(out, key);
    for (int bit = 0; permission_name(bit) != NULL; bit++) {
        if ((permissions >> bit & 1) == 0) continue;
        json_put_text(out, NULL, str_of(permission_name(bit)));
    }
    json_end_array(out);
}
