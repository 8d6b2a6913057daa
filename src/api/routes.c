/*
 * routes — every address the API answers, in one table.
 *
 * To add one: write the handler in <module>_api.c, declare it in handlers.h, add a row here and
 * a path in openapi/openapi.yaml. `make check` fails while the two lists differ. What is done under
 * a handler's name is in merchants' trails: it keeps that name, or they no longer say what it was.
 */
#include "api/app_handlers.h"
#include "api/catalog_handlers.h"
#include "api/counter_handlers.h"
#include "api/directory_handlers.h"
#include "api/identity_handlers.h"
#include "api/import_handlers.h"
#include "api/profile_handlers.h"
#include "api/program_handlers.h"
#include "api/rights_handlers.h"
#include "api/team_handlers.h"

/* How a handler is told: by a parse of its own; with slow work before it; by a parse that it
 * shares; by one id in the path; not at all; by another company, in a message it signed. */
#define PARSED(name, type)   PARSED_BY(name, type, name)
#define PREPARED(name, type) PARSED_BY(name, type, name), PREPARE(name)
#define PARSED_BY(parser, type, name)                                                              \
    .parsed_size = sizeof(type), .parse = api_##parser##_parse, PLAIN(name)
#define PROVED(name)      PARSED_BY(self_proof, struct self_proof, name), PREPARE(name)
#define BY_ID(kind, name) PARSED_BY(kind##_id, int64_t, name)
#define PREPARE(handler)  .prepare = api_##handler##_prepare
#define PLAIN(handler)    .run = api_##handler, .name = #handler
#define SIGNED(parser)    PARSED_BY(parser, struct hook, hook), .admit = api_hook_admit

/* clang-format off */
const struct route api_routes[] = {
    /* the server itself */
    {READ,  GET,     "/healthz",                                 AUTH_NONE,     PERM_NOTHING,         PLAIN(server_health), .without_db = true},
    {READ,  GET,     "/readyz",                                  AUTH_NONE,     PERM_NOTHING,         PLAIN(server_ready)},
    {READ,  GET,     "/metrics",                                 AUTH_NONE,     PERM_NOTHING,         PLAIN(server_metrics), .without_db = true},

    /* session */
    {WRITE, POST,    "/v2/session",                              AUTH_NONE,     PERM_NOTHING,         PREPARED(session_create, struct sign_in)},
    {READ,  GET,     "/v2/session",                              AUTH_REQUIRED, PERM_SELF,            PARSED_BY(token, struct session_request, session_show)},
    {WRITE, DELETE_, "/v2/session",                              AUTH_REQUIRED, PERM_SELF,            PARSED_BY(token, struct session_request, session_end), .trace = TRACE_NOTHING},

    {WRITE, POST,    "/v2/session/serve",                        AUTH_REQUIRED, PERM_SELF,            PARSED(session_serve, struct pin_request)},
    {WRITE, PUT,     "/v2/session/pin",                          AUTH_REQUIRED, PERM_PROFILE,         PARSED(pin_change, struct pin_request)},
    {WRITE, DELETE_, "/v2/session/pin",                          AUTH_REQUIRED, PERM_PROFILE,         PLAIN(pin_remove)},

    /* customers */
    {WRITE, POST,    "/v2/customers",                            AUTH_REQUIRED, PERM_CUSTOMERS_WRITE, PARSED(customer_create, struct customer_request), .idempotent = true},
    {READ,  GET,     "/v2/customers",                            AUTH_REQUIRED, PERM_CUSTOMERS_READ,  PARSED_BY(customer_list, struct search_request, customer_search)},
    {REPORT, POST,   "/v2/customers/search",                     AUTH_REQUIRED, PERM_CUSTOMERS_READ,  PARSED(customer_search, struct search_request)},
    {READ,  GET,     "/v2/customers/groups",                     AUTH_REQUIRED, PERM_CUSTOMERS_READ,  PLAIN(tag_list)},
    {WRITE, POST,    "/v2/customers/groups",                     AUTH_REQUIRED, PERM_CUSTOMERS_WRITE, PARSED(tag_create, struct tag), .idempotent = true},
    {READ,  GET,     "/v2/customers/groups/{group}",             AUTH_REQUIRED, PERM_CUSTOMERS_READ,  BY_ID(tag, tag_show)},
    {WRITE, PUT,     "/v2/customers/groups/{group}",             AUTH_REQUIRED, PERM_CUSTOMERS_WRITE, PARSED(tag_change, struct tag)},
    {WRITE, DELETE_, "/v2/customers/groups/{group}",             AUTH_REQUIRED, PERM_CUSTOMERS_BULK,  BY_ID(tag, tag_remove)},
    {WRITE, PUT,     "/v2/customers/{customer}/groups/{group}",  AUTH_REQUIRED, PERM_CUSTOMERS_WRITE, PARSED_BY(tagging, struct tagging, tag_put_on)},
    {WRITE, DELETE_, "/v2/customers/{customer}/groups/{group}",  AUTH_REQUIRED, PERM_CUSTOMERS_WRITE, PARSED_BY(tagging, struct tagging, tag_take_off)},
    {REPORT, GET,    "/v2/customers/segments",                   AUTH_REQUIRED, PERM_CUSTOMERS_READ,  PARSED(segment_list, bool)},
    {WRITE, POST,    "/v2/customers/segments",                   AUTH_REQUIRED, PERM_CUSTOMERS_WRITE, PARSED(segment_create, struct segment), .idempotent = true},
    {WRITE, PUT,     "/v2/customers/segments/{segment}",         AUTH_REQUIRED, PERM_CUSTOMERS_WRITE, PARSED(segment_change, struct segment)},
    {WRITE, DELETE_, "/v2/customers/segments/{segment}",         AUTH_REQUIRED, PERM_CUSTOMERS_WRITE, BY_ID(segment, segment_remove)},
    {WRITE, POST,    "/v2/customers/bulk-tag",                   AUTH_REQUIRED, PERM_CUSTOMERS_BULK,  PARSED_BY(bulk_tag, struct bulk, bulk_begin), .idempotent = true},
    {WRITE, POST,    "/v2/customers/exports",                    AUTH_REQUIRED, PERM_CUSTOMERS_BULK,  PARSED_BY(export_create, struct bulk, bulk_begin), PREPARE(export_create), .idempotent = true},
    {READ,  GET,     "/v2/customers/exports/{bulk}/file",        AUTH_REQUIRED, PERM_CUSTOMERS_BULK,  BY_ID(bulk, export_show)},
    {READ,  GET,     "/v2/customers/bulk",                       AUTH_REQUIRED, PERM_CUSTOMERS_BULK,  PLAIN(bulk_list)},
    {READ,  GET,     "/v2/customers/bulk/{bulk}",                AUTH_REQUIRED, PERM_CUSTOMERS_BULK,  BY_ID(bulk, bulk_show)},
    {WRITE, POST,    "/v2/customers/bulk/{bulk}/cancel",         AUTH_REQUIRED, PERM_CUSTOMERS_BULK,  BY_ID(bulk, bulk_cancel)},
    {WRITE, POST,    "/v2/customers/bulk/{bulk}/undo",           AUTH_REQUIRED, PERM_CUSTOMERS_BULK,  BY_ID(bulk, bulk_undo)},
    {READ,  GET,     "/v2/customers/{customer}",                 AUTH_REQUIRED, PERM_CUSTOMERS_READ,  BY_ID(customer, customer_show), .trace = TRACE_LOOKED},
    {READ,  GET,     "/v2/customers/{customer}/summary",         AUTH_REQUIRED, PERM_CUSTOMERS_READ,  BY_ID(customer, customer_summary), .trace = TRACE_LOOKED},
    {WRITE, PUT,     "/v2/customers/{customer}",                 AUTH_REQUIRED, PERM_CUSTOMERS_WRITE, PARSED(customer_change, struct customer_request)},
    {READ,  GET,     "/v2/customers/{customer}/duplicates",      AUTH_REQUIRED, PERM_LOYALTY_ADJUST,  BY_ID(customer, duplicate_list), .trace = TRACE_LOOKED},
    {READ,  GET,     "/v2/customers/{customer}/merges",          AUTH_REQUIRED, PERM_LOYALTY_ADJUST,  BY_ID(customer, merge_list), .trace = TRACE_LOOKED},
    {READ,  POST,    "/v2/customers/merge/preview",              AUTH_REQUIRED, PERM_LOYALTY_ADJUST,  PARSED(merge_preview, struct merge_order)},
    {WRITE, POST,    "/v2/customers/merge",                      AUTH_REQUIRED, PERM_LOYALTY_ADJUST,  PARSED(merge_create, struct merge_order), .idempotent = true},
    {WRITE, POST,    "/v2/customers/merges/{merge}/undo",        AUTH_REQUIRED, PERM_LOYALTY_ADJUST,  PARSED(merge_undo, int64_t)},
    {WRITE, POST,    "/v2/customers/{customer}/cards/unlink",    AUTH_REQUIRED, PERM_LOYALTY_ADJUST,  PARSED(card_unlink, struct unlink_request)},
    {WRITE, DELETE_, "/v2/customers/{customer}",                 AUTH_REQUIRED, PERM_CUSTOMERS_ERASE, PARSED(customer_remove, struct customer_removal)},
    {REPORT, GET,    "/v2/customers/{customer}/export",          AUTH_REQUIRED, PERM_CUSTOMERS_ERASE, PARSED(customer_export, struct export_request), .memory_max = EXPORT_MEMORY_MAX, .trace = TRACE_LOOKED},
    {READ,  GET,     "/v2/retention",                            AUTH_REQUIRED, PERM_CUSTOMERS_ERASE, PLAIN(retention_show)},
    {WRITE, PUT,     "/v2/retention",                            AUTH_REQUIRED, PERM_CUSTOMERS_ERASE, PARSED(retention_change, struct retention_request)},
    {REPORT, GET,    "/v2/retention/preview",                    AUTH_REQUIRED, PERM_CUSTOMERS_ERASE, PARSED(retention_preview, struct retention_preview)},

    /* customers and their points, taken in from a file */
    {WRITE, POST,    "/v2/customers/imports",                     AUTH_REQUIRED, PERM_CUSTOMERS_BULK,  PARSED(import_create, struct intake), .idempotent = true},
    {READ,  GET,     "/v2/customers/imports",                     AUTH_REQUIRED, PERM_CUSTOMERS_BULK,  PLAIN(import_list)},
    {READ,  GET,     "/v2/customers/imports/{import}",            AUTH_REQUIRED, PERM_CUSTOMERS_BULK,  BY_ID(import, import_show)},
    {WRITE, PUT,     "/v2/customers/imports/{import}/parts",      AUTH_REQUIRED, PERM_CUSTOMERS_BULK,  PARSED(import_part, struct import_part), .trace = TRACE_NOTHING},
    {WRITE, POST,    "/v2/customers/imports/{import}/check",      AUTH_REQUIRED, PERM_CUSTOMERS_BULK,  PARSED(import_check, struct import_choice)},
    {WRITE, POST,    "/v2/customers/imports/{import}/run",        AUTH_REQUIRED, PERM_CUSTOMERS_BULK,  BY_ID(import, import_run)},
    {WRITE, POST,    "/v2/customers/imports/{import}/cancel",     AUTH_REQUIRED, PERM_CUSTOMERS_BULK,  BY_ID(import, import_cancel)},
    {READ,  GET,     "/v2/customers/imports/{import}/refused",    AUTH_REQUIRED, PERM_CUSTOMERS_BULK,  BY_ID(import, import_refused)},

    /* the merchant itself, and how it looks */
    {READ,  GET,     "/v2/merchants/me",                         AUTH_REQUIRED, PERM_SELF,            PLAIN(merchant_show)},
    {WRITE, PUT,     "/v2/merchants/me",                         AUTH_REQUIRED, PERM_MERCHANT_WRITE,  PREPARED(merchant_change, struct merchant_request)},
    {WRITE, PUT,     "/v2/merchant/logo",                        AUTH_REQUIRED, PERM_MERCHANT_WRITE,  PARSED(logo_change, struct logo_request), .body_max = FILES_SIZE_MAX},
    {WRITE, DELETE_, "/v2/merchant/logo",                        AUTH_REQUIRED, PERM_MERCHANT_WRITE,  PLAIN(logo_remove)},
    {READ,  GET,     "/v2/legal",                                AUTH_REQUIRED, PERM_SELF,            PARSED(legal_show, struct legal_visit)},
    {READ,  GET,     "/v2/legal/shown",                          AUTH_REQUIRED, PERM_CUSTOMERS_READ,  PARSED(legal_shown, struct legal_visit)},
    {WRITE, PUT,     "/v2/legal/identity",                       AUTH_REQUIRED, PERM_MERCHANT_WRITE,  PARSED(legal_identity_change, struct legal_identity)},
    {WRITE, PUT,     "/v2/legal/texts",                          AUTH_REQUIRED, PERM_MERCHANT_WRITE,  PARSED(legal_write, struct wording_request)},
    {READ,  GET,     "/v2/files/{file}",                         AUTH_REQUIRED, PERM_SELF,            BY_ID(file, file_show)},

    /* who works here */
    {READ,  GET,     "/v2/team-members",                         AUTH_REQUIRED, PERM_TEAM_WRITE,      PLAIN(member_list)},
    {WRITE, POST,    "/v2/team-members",                         AUTH_REQUIRED, PERM_TEAM_WRITE,      PREPARED(member_create, struct member_request), .idempotent = true},
    {WRITE, PUT,     "/v2/team-members/{team_member}",           AUTH_REQUIRED, PERM_TEAM_WRITE,      PREPARED(member_change, struct member_request)},
    {WRITE, POST,    "/v2/team-members/{team_member}/invitation", AUTH_REQUIRED, PERM_TEAM_WRITE,     PARSED(member_invite, team_member_id)},
    {READ,  GET,     "/v2/team/second-factor",                   AUTH_REQUIRED, PERM_TEAM_WRITE,      PLAIN(second_factor_list)},
    {WRITE, PUT,     "/v2/team/second-factor",                   AUTH_REQUIRED, PERM_TEAM_WRITE,      PARSED(second_factor_require, struct second_factor_rule_request)},
    {WRITE, DELETE_, "/v2/team-members/{team_member}/second-factor", AUTH_REQUIRED, PERM_TEAM_WRITE,  BY_ID(team_member, second_factor_reset)},

    /* what each sets up for themselves */
    {READ,  GET,     "/v2/profile",                              AUTH_REQUIRED, PERM_PROFILE,         PLAIN(profile_show)},
    {WRITE, PUT,     "/v2/profile",                              AUTH_REQUIRED, PERM_PROFILE,         PARSED(profile_change, struct profile_change)},
    {WRITE, PUT,     "/v2/profile/photo",                        AUTH_REQUIRED, PERM_PROFILE,         PARSED(photo_change, struct logo_request), .body_max = FILES_SIZE_MAX},
    {WRITE, DELETE_, "/v2/profile/photo",                        AUTH_REQUIRED, PERM_PROFILE,         PLAIN(photo_remove)},
    {WRITE, POST,    "/v2/profile/email",                        AUTH_REQUIRED, PERM_PROFILE,         PREPARED(email_change_begin, struct email_request)},
    {WRITE, POST,    "/v2/profile/email/confirm",                AUTH_REQUIRED, PERM_PROFILE,         PARSED_BY(code_typed, struct code_typed, email_change_confirm)},
    {WRITE, PUT,     "/v2/profile/password",                     AUTH_REQUIRED, PERM_PROFILE,         PREPARED(password_change, struct password_request)},
    {WRITE, POST,    "/v2/profile/second-factor",                AUTH_REQUIRED, PERM_PROFILE,         PROVED(second_factor_offer)},
    {WRITE, POST,    "/v2/profile/second-factor/confirm",        AUTH_REQUIRED, PERM_PROFILE,         PARSED_BY(code_typed, struct code_typed, second_factor_confirm)},
    {WRITE, POST,    "/v2/profile/second-factor/end",            AUTH_REQUIRED, PERM_PROFILE,         PROVED(second_factor_end)},
    {WRITE, POST,    "/v2/profile/recovery-codes",               AUTH_REQUIRED, PERM_PROFILE,         PROVED(recovery_codes_renew)},
    {READ,  GET,     "/v2/profile/sessions",                     AUTH_REQUIRED, PERM_PROFILE,         PLAIN(session_list)},
    {WRITE, DELETE_, "/v2/profile/sessions/{session}",           AUTH_REQUIRED, PERM_PROFILE,         BY_ID(session, session_remove)},
    {WRITE, POST,    "/v2/profile/sessions/end-others",          AUTH_REQUIRED, PERM_PROFILE,         PLAIN(session_end_others)},
    {WRITE, POST,    "/v2/password/link",                        AUTH_NONE,     PERM_NOTHING,         PARSED(password_link_send, struct password_link_request)},
    {WRITE, POST,    "/v2/password/reset",                       AUTH_NONE,     PERM_NOTHING,         PREPARED(password_reset, struct password_reset), .admit = api_password_reset_admit},

    {READ,  GET,     "/v2/team-roles",                           AUTH_REQUIRED, PERM_TEAM_WRITE,      PLAIN(role_list)},
    {WRITE, POST,    "/v2/team-roles",                           AUTH_REQUIRED, PERM_TEAM_WRITE,      PARSED(role_create, struct role_request), .idempotent = true},
    {WRITE, PUT,     "/v2/team-roles/{role}",                    AUTH_REQUIRED, PERM_TEAM_WRITE,      PARSED(role_change, struct role_request)},
    {WRITE, DELETE_, "/v2/team-roles/{role}",                    AUTH_REQUIRED, PERM_TEAM_WRITE,      PARSED_BY(role_id, struct team_role, role_remove)},

    /* what they did */
    {REPORT, GET,    "/v2/trail",                                AUTH_REQUIRED, PERM_TRAIL_READ,      PARSED(trail_list, struct trail_request)},
    {READ,  GET,     "/v2/trail/authors",                        AUTH_REQUIRED, PERM_TRAIL_READ,      PLAIN(trail_authors)},
    {READ,  GET,     "/v2/trail/suspicions",                     AUTH_REQUIRED, PERM_TRAIL_READ,      PARSED(suspicion_list, struct suspicion_query)},
    {WRITE, POST,    "/v2/trail/suspicions/{suspicion}/close",   AUTH_REQUIRED, PERM_TRAIL_READ,      PARSED(suspicion_close, struct suspicion_request)},

    /* locations */
    {READ,  GET,     "/v2/locations",                            AUTH_REQUIRED, PERM_LOCATIONS_READ,  PLAIN(location_list)},
    {READ,  GET,     "/v2/locations/{location}",                 AUTH_REQUIRED, PERM_LOCATIONS_READ,  BY_ID(location, location_show)},

    /* what the merchant sells */
    {READ,  GET,     "/v2/catalog/list",                         AUTH_REQUIRED, PERM_SALES,           PARSED(catalog_list, struct catalog_list_query)},
    {WRITE, POST,    "/v2/catalog/object",                       AUTH_REQUIRED, PERM_CATALOG_WRITE,   PARSED(catalog_put, struct catalog_request), .idempotent = true},
    {READ,  GET,     "/v2/catalog/object/{object}",              AUTH_REQUIRED, PERM_SALES,           PARSED_BY(catalog_id, struct catalog_object_id, catalog_show)},
    {WRITE, DELETE_, "/v2/catalog/object/{object}",              AUTH_REQUIRED, PERM_CATALOG_WRITE,   PARSED_BY(catalog_id, struct catalog_object_id, catalog_remove)},
    {WRITE, POST,    "/v2/catalog/object/{object}/restore",      AUTH_REQUIRED, PERM_CATALOG_WRITE,   PARSED_BY(catalog_id, struct catalog_object_id, catalog_restore)},
    {REPORT, POST,   "/v2/catalog/search-catalog-items",         AUTH_REQUIRED, PERM_SALES,           PARSED(catalog_search, struct catalog_query), .memory_max = CATALOG_MEMORY_MAX},
    {REPORT, POST,   "/v2/catalog/import/preview",               AUTH_REQUIRED, PERM_CATALOG_WRITE,   PARSED_BY(catalog_file, struct str, catalog_preview), .memory_max = CATALOG_MEMORY_MAX},
    {WRITE, POST,    "/v2/catalog/import",                       AUTH_REQUIRED, PERM_CATALOG_WRITE,   PARSED_BY(catalog_file, struct str, catalog_import), .memory_max = CATALOG_MEMORY_MAX},
    {REPORT, GET,    "/v2/catalog/export",                       AUTH_REQUIRED, PERM_SALES,           PLAIN(catalog_export), .memory_max = CATALOG_MEMORY_MAX},
    {READ,  POST,    "/v2/catalog/batch-retrieve",               AUTH_REQUIRED, PERM_SALES,           PARSED(catalog_retrieve, struct catalog_ids)},

    /* the till, and what was sold there and elsewhere */
    {WRITE, POST,    "/v2/till/open",                            AUTH_REQUIRED, PERM_SALES,           PARSED(till_open, location_id), .memory_max = CATALOG_MEMORY_MAX, .trace = TRACE_NOTHING},
    {WRITE, POST,    "/v2/till/sales",                           AUTH_REQUIRED, PERM_SALES,           PARSED(till_sell, struct sale_request), .idempotent = true, .trace = TRACE_GAVE},
    {READ,  POST,    "/v2/till/quote",                           AUTH_REQUIRED, PERM_SALES,           PARSED(till_quote, struct sale_request)},
    {WRITE, POST,    "/v2/till/sales/{order}/refund",            AUTH_REQUIRED, PERM_SALES_REFUND,    PARSED(till_refund, struct refund_request), .idempotent = true},
    {WRITE, POST,    "/v2/till/sales/{order}/void",              AUTH_REQUIRED, PERM_SALES,           PARSED(till_void, struct refund_request), .idempotent = true},
    {READ,  POST,    "/v2/till/sales/{order}/refund-quote",      AUTH_REQUIRED, PERM_SALES_REFUND,    PARSED(till_refund_quote, struct refund_request)},
    {REPORT, POST,   "/v2/till/day",                             AUTH_REQUIRED, PERM_SALES,           PARSED(till_day, struct till_day_request)},
    {WRITE, POST,    "/v2/till/day/close",                       AUTH_REQUIRED, PERM_SALES,           PARSED(till_day_close, struct till_day_request), .idempotent = true},
    {WRITE, POST,    "/v2/till/sales/{order}/claim",             AUTH_REQUIRED, PERM_SALES,           PARSED(till_claim, struct till_claim), .idempotent = true, .trace = TRACE_GAVE},
    {READ,  POST,    "/v2/till/identify",                        AUTH_REQUIRED, PERM_SALES,           PARSED(till_identify, struct till_caller), .trace = TRACE_LOOKED},
    {WRITE, POST,    "/v2/till/sign-in-link",                    AUTH_REQUIRED, PERM_SALES,           PARSED(till_sign_in_link, customer_id)},
    {REPORT, POST,   "/v2/orders/search",                        AUTH_REQUIRED, PERM_SALES,           PARSED(order_search, struct order_query)},
    {WRITE, POST,    "/v2/orders",                               AUTH_REQUIRED, PERM_SALES,           PARSED(order_create, struct order_draft_request), .idempotent = true},
    {WRITE, POST,    "/v2/orders/{order}/pay",                   AUTH_REQUIRED, PERM_SALES,           PARSED(order_pay, int64_t), .idempotent = true},
    {WRITE, POST,    "/v2/orders/{order}/move-credit",           AUTH_REQUIRED, PERM_LOYALTY_ADJUST,  PARSED(order_move_credit, struct move_credit_request), .idempotent = true, .trace = TRACE_GAVE},
    {READ,  GET,     "/v2/orders/{order}",                       AUTH_REQUIRED, PERM_SALES,           BY_ID(order, order_show)},

    /* loyalty */
    {READ,  GET,     "/v2/loyalty/programs",                     AUTH_REQUIRED, PERM_LOYALTY_READ,    PARSED(program_list, struct program_list_request)},
    {READ,  GET,     "/v2/loyalty/programs/{program}",           AUTH_REQUIRED, PERM_LOYALTY_READ,    BY_ID(program, program_show)},
    {WRITE, POST,    "/v2/loyalty/programs",                     AUTH_REQUIRED, PERM_PROGRAMS_WRITE,  PARSED(program_create, struct program_request), .idempotent = true},
    {WRITE, PUT,     "/v2/loyalty/programs/{program}",           AUTH_REQUIRED, PERM_PROGRAMS_WRITE,  PARSED(program_change, struct program_request)},
    {WRITE, POST,    "/v2/loyalty/programs/{program}/tiers",     AUTH_REQUIRED, PERM_PROGRAMS_WRITE,  PARSED(tier_add, struct tier_request), .idempotent = true},
    {WRITE, PUT,     "/v2/loyalty/programs/{program}/tiers/{tier}", AUTH_REQUIRED, PERM_PROGRAMS_WRITE, PARSED(tier_change, struct tier_request), .idempotent = true},
    {WRITE, DELETE_, "/v2/loyalty/programs/{program}/tiers/{tier}", AUTH_REQUIRED, PERM_PROGRAMS_WRITE, PARSED_BY(tier_id, struct reward_tier, tier_withdraw)},
    {REPORT, POST,   "/v2/loyalty/programs/{program}/preview",   AUTH_REQUIRED, PERM_PROGRAMS_WRITE,  PARSED(program_preview, struct program_preview_request)},
    {WRITE, POST,    "/v2/loyalty/programs/{program}/close",     AUTH_REQUIRED, PERM_PROGRAMS_WRITE,  PARSED(program_close, struct program_ending), .idempotent = true},
    {WRITE, DELETE_, "/v2/loyalty/programs/{program}/close",     AUTH_REQUIRED, PERM_PROGRAMS_WRITE,  BY_ID(program, program_reopen)},
    {WRITE, POST,    "/v2/loyalty/programs/{program}/promotions", AUTH_REQUIRED, PERM_PROGRAMS_WRITE, PARSED(promotion_create, struct promotion_request), .idempotent = true},
    {READ,  GET,     "/v2/loyalty/programs/{program}/promotions", AUTH_REQUIRED, PERM_LOYALTY_READ,   PARSED(promotion_list, struct promotion_query)},
    {READ,  GET,     "/v2/loyalty/programs/{program}/promotions/{promotion}", AUTH_REQUIRED, PERM_LOYALTY_READ, PARSED_BY(promotion_choice, struct promotion_choice, promotion_show)},
    {WRITE, POST,    "/v2/loyalty/programs/{program}/promotions/{promotion}/cancel", AUTH_REQUIRED, PERM_PROGRAMS_WRITE, PARSED_BY(promotion_choice, struct promotion_choice, promotion_cancel)},
    {READ,  POST,    "/v2/loyalty/programs/{program}/calculate", AUTH_REQUIRED, PERM_LOYALTY_READ,    PARSED(program_calculate, struct calculation_request)},
    {WRITE, POST,    "/v2/loyalty/accounts",                     AUTH_REQUIRED, PERM_LOYALTY_WRITE,   PARSED(account_create, struct account_order), .idempotent = true},
    {READ,  POST,    "/v2/loyalty/accounts/search",              AUTH_REQUIRED, PERM_LOYALTY_READ,    PARSED(account_search, struct account_query)},
    {READ,  GET,     "/v2/loyalty/accounts/{account}",           AUTH_REQUIRED, PERM_LOYALTY_READ,    BY_ID(account, account_show), .trace = TRACE_LOOKED},
    {WRITE, POST,    "/v2/loyalty/accounts/{account}/accumulate", AUTH_REQUIRED, PERM_LOYALTY_WRITE,  PARSED(account_accumulate, struct accumulate_request), .idempotent = true, .trace = TRACE_GAVE},
    {READ,  GET,     "/v2/loyalty/accounts/{account}/earnings/{order}", AUTH_REQUIRED, PERM_LOYALTY_READ, PARSED(earning_show, struct earning_request)},
    {WRITE, POST,    "/v2/loyalty/accounts/{account}/adjust",    AUTH_REQUIRED, PERM_LOYALTY_ADJUST,  PARSED(account_adjust, struct adjust_order), .idempotent = true, .trace = TRACE_GAVE},
    {WRITE, PUT,     "/v2/loyalty/accounts/{account}/phone",     AUTH_REQUIRED, PERM_LOYALTY_ADJUST,  PARSED(account_change_phone, struct phone_request)},
    {WRITE, POST,    "/v2/loyalty/accounts/{account}/spend",     AUTH_REQUIRED, PERM_LOYALTY_WRITE,   PARSED(account_spend, struct spend_request), .idempotent = true},
    {WRITE, POST,    "/v2/loyalty/rewards",                      AUTH_REQUIRED, PERM_LOYALTY_WRITE,   PARSED(reward_create, struct reward_order), .idempotent = true},
    {READ,  POST,    "/v2/loyalty/rewards/search",               AUTH_REQUIRED, PERM_LOYALTY_READ,    PARSED(reward_search, struct reward_query)},
    {READ,  GET,     "/v2/loyalty/rewards/{reward}",             AUTH_REQUIRED, PERM_LOYALTY_READ,    BY_ID(reward, reward_show)},
    {WRITE, DELETE_, "/v2/loyalty/rewards/{reward}",             AUTH_REQUIRED, PERM_LOYALTY_WRITE,   BY_ID(reward, reward_give_up)},
    {WRITE, POST,    "/v2/loyalty/rewards/{reward}/redeem",      AUTH_REQUIRED, PERM_LOYALTY_WRITE,   PARSED(reward_redeem, struct reward_use), .idempotent = true},
    {WRITE, POST,    "/v2/loyalty/rewards/{reward}/use",         AUTH_REQUIRED, PERM_LOYALTY_WRITE,   PARSED_BY(reward_tap, struct reward_use, reward_use), .idempotent = true},
    {READ,  GET,     "/v2/loyalty/rewards/{reward}/showing",     AUTH_REQUIRED, PERM_LOYALTY_READ,    PARSED(showing_show, struct showing_request)},
    {WRITE, POST,    "/v2/loyalty/rewards/{reward}/showing/end", AUTH_REQUIRED, PERM_LOYALTY_WRITE,   PARSED(showing_end, struct showing_request), .trace = TRACE_NOTHING},
    {WRITE, POST,    "/v2/loyalty/rewards/{reward}/put-back",    AUTH_REQUIRED, PERM_LOYALTY_ADJUST,  PARSED_BY(reward_tap, struct reward_use, reward_put_back), .idempotent = true, .trace = TRACE_GAVE},
    {READ,  POST,    "/v2/loyalty/events/search",                AUTH_REQUIRED, PERM_LOYALTY_READ,    PARSED(event_search, struct event_query)},

    /* credit notes */
    {WRITE, POST,    "/v2/credit-notes",                         AUTH_REQUIRED, PERM_LOYALTY_ADJUST,  PARSED(credit_note_create, struct credit_note_request), .idempotent = true, .trace = TRACE_GAVE},
    {READ,  POST,    "/v2/credit-notes/search",                  AUTH_REQUIRED, PERM_LOYALTY_READ,    PARSED(credit_note_search, struct credit_note_search)},
    {READ,  GET,     "/v2/credit-notes/{credit_note}",           AUTH_REQUIRED, PERM_LOYALTY_READ,    BY_ID(credit_note, credit_note_show)},
    {WRITE, POST,    "/v2/credit-notes/{credit_note}/end",       AUTH_REQUIRED, PERM_LOYALTY_ADJUST,  PARSED(credit_note_end, int64_t), .idempotent = true},

    /* what it comes to */
    {REPORT, GET,    "/v2/insight/days",                         AUTH_REQUIRED, PERM_LOYALTY_READ,    PARSED(insight_days, struct days_request)},
    {REPORT, GET,    "/v2/insight/attention",                    AUTH_REQUIRED, PERM_LOYALTY_READ,    PLAIN(insight_attention)},
    {REPORT, GET,    "/v2/insight/liability",                    AUTH_REQUIRED, PERM_LOYALTY_READ,    PARSED(liability, struct liability_request)},
    {REPORT, GET,    "/v2/insight/liability/journal",            AUTH_REQUIRED, PERM_LOYALTY_READ,    PARSED(liability_journal, struct liability_request)},

    /* tablets */
    {READ,  GET,     "/v2/registers",                            AUTH_REQUIRED, PERM_LOCATIONS_READ,  PLAIN(register_list)},
    {READ,  GET,     "/v2/tablets",                              AUTH_REQUIRED, PERM_TABLETS_WRITE,   PLAIN(tablet_list)},
    {WRITE, POST,    "/v2/tablets",                              AUTH_REQUIRED, PERM_TABLETS_WRITE,   PARSED(tablet_create, struct tablet), .idempotent = true},
    {WRITE, POST,    "/v2/tablets/activate",                     AUTH_NONE,     PERM_NOTHING,         PARSED(tablet_activate, struct str)},
    {WRITE, PUT,     "/v2/tablets/{tablet}",                     AUTH_REQUIRED, PERM_TABLETS_WRITE,   PARSED(tablet_change, struct tablet_change)},
    {WRITE, DELETE_, "/v2/tablets/{tablet}",                     AUTH_REQUIRED, PERM_TABLETS_WRITE,   BY_ID(tablet, tablet_remove)},
    {WRITE, POST,    "/v2/tablets/{tablet}/pairing-code",        AUTH_REQUIRED, PERM_TABLETS_WRITE,   BY_ID(tablet, tablet_pairing_code)},
    {WRITE, POST,    "/v2/tablets/{tablet}/activation",          AUTH_REQUIRED, PERM_TABLETS_WRITE,   BY_ID(tablet, tablet_appoint)},
    {WRITE, POST,    "/v2/tablets/{tablet}/identify",            AUTH_REQUIRED, PERM_TABLETS_WRITE,   BY_ID(tablet, tablet_identify), .trace = TRACE_NOTHING},
    {READ,  GET,     "/v2/tablet",                               AUTH_REQUIRED, PERM_TABLET,          PARSED_BY(token, struct session_request, tablet_show)},
    {WRITE, DELETE_, "/v2/tablet/activation",                    AUTH_REQUIRED, PERM_TABLET,          PARSED_BY(token, struct session_request, tablet_leave)},
    {WRITE, POST,    "/v2/tablet/unlock",                        AUTH_REQUIRED, PERM_TABLET,          PREPARED(tablet_unlock, struct pin_try)},
    {WRITE, POST,    "/v2/tablet/claims",                        AUTH_REQUIRED, PERM_TABLET,          PARSED(tablet_claim, struct claim_request), .idempotent = true},
    {READ,  GET,     "/v2/tablet/files/{file}",                  AUTH_REQUIRED, PERM_TABLET,          BY_ID(file, file_show)},

    /* what was written to customers */
    {READ,  GET,     "/v2/messages",                             AUTH_REQUIRED, PERM_MESSAGES_READ,   PARSED(message_list, int64_t)},
    {READ,  GET,     "/v2/demo",                                 AUTH_NONE,     PERM_NOTHING,         PLAIN(demo_show)},
    {WRITE, POST,    "/v2/demo/session",                         AUTH_NONE,     PERM_NOTHING,         PARSED(demo_enter, struct demo_entry)},
    {READ,  GET,     "/v2/demo/messages",                        AUTH_NONE,     PERM_NOTHING,         PLAIN(demo_messages)},

    /* the customers' app */
    {READ,  GET,     "/v2/app/{shop}",                           AUTH_NONE,     PERM_NOTHING,         PARSED_BY(app_visit, struct shop_visit, app_shop_show), .admit = api_shop_admit},
    {READ,  GET,     "/v2/app/{shop}/legal",                     AUTH_NONE,     PERM_NOTHING,         PARSED_BY(app_legal, struct legal_visit, legal_show), .admit = api_shop_admit},
    {READ,  GET,     "/v2/app/{shop}/files/{file}",              AUTH_NONE,     PERM_NOTHING,         PARSED_BY(app_file, struct shop_visit, app_file_show), .admit = api_shop_admit},
    {READ,  GET,     "/v2/app/{shop}/manifest",                  AUTH_NONE,     PERM_NOTHING,         PARSED_BY(app_visit, struct shop_visit, app_manifest), .admit = api_shop_admit},
    {WRITE, POST,    "/v2/app/{shop}/codes",                     AUTH_NONE,     PERM_NOTHING,         PARSED(app_code_send, struct code_request), .admit = api_shop_admit},
    {WRITE, POST,    "/v2/app/{shop}/session",                   AUTH_NONE,     PERM_NOTHING,         PARSED(app_join, struct join_request), .admit = api_shop_admit},
    {WRITE, POST,    "/v2/app/{shop}/session/link",              AUTH_NONE,     PERM_NOTHING,         PARSED(app_link, struct link_request), .admit = api_shop_admit},
    {READ,  GET,     "/v2/app/{shop}/session",                   AUTH_CUSTOMER, PERM_CUSTOMER,        PARSED_BY(token, struct session_request, app_session_show)},
    {WRITE, DELETE_, "/v2/app/{shop}/session",                   AUTH_CUSTOMER, PERM_CUSTOMER,        PARSED_BY(token, struct session_request, app_session_end)},
    {READ,  GET,     "/v2/app/{shop}/card",                      AUTH_CUSTOMER, PERM_CUSTOMER,        PLAIN(app_card_show)},
    {READ,  GET,     "/v2/app/{shop}/history",                   AUTH_CUSTOMER, PERM_CUSTOMER,        PARSED(app_history, struct history_request)},
    {READ,  GET,     "/v2/app/{shop}/rewards",                   AUTH_CUSTOMER, PERM_CUSTOMER,        PLAIN(app_reward_list)},
    {WRITE, POST,    "/v2/app/{shop}/rewards",                   AUTH_CUSTOMER, PERM_CUSTOMER,        PARSED(app_reward_take, struct reward_order), .idempotent = true},
    {WRITE, DELETE_, "/v2/app/{shop}/rewards/{reward}",          AUTH_CUSTOMER, PERM_CUSTOMER,        PARSED_BY(app_reward_id, int64_t, app_reward_give_up)},
    {WRITE, POST,    "/v2/app/{shop}/rewards/{reward}/use",      AUTH_CUSTOMER, PERM_CUSTOMER,        PARSED_BY(app_reward_tap, struct reward_use, app_reward_use), .idempotent = true},
    {READ,  GET,     "/v2/app/{shop}/rewards/{reward}/showing",  AUTH_CUSTOMER, PERM_CUSTOMER,        PARSED(app_showing_show, struct showing_request)},
    {WRITE, POST,    "/v2/app/{shop}/rewards/{reward}/showing/end", AUTH_CUSTOMER, PERM_CUSTOMER,     PARSED(app_showing_end, struct showing_request)},
    {WRITE, PUT,     "/v2/app/{shop}/me",                        AUTH_CUSTOMER, PERM_CUSTOMER,        PARSED(app_me_change, struct me_request)},
    {WRITE, DELETE_, "/v2/app/{shop}/me",                        AUTH_CUSTOMER, PERM_CUSTOMER,        PLAIN(app_me_remove)},
    {REPORT, GET,    "/v2/app/{shop}/me/export",                 AUTH_CUSTOMER, PERM_CUSTOMER,        PARSED(app_export, struct export_request), .memory_max = EXPORT_MEMORY_MAX},
    {WRITE, POST,    "/v2/app/{shop}/card-code",                 AUTH_CUSTOMER, PERM_CUSTOMER,        PLAIN(app_card_code_renew)},

    /* live */
    {READ,  GET,     "/v2/tablet/stream",                        AUTH_REQUIRED, PERM_TABLET,          PARSED_BY(stream, struct stream_request, tablet_stream), .stream = true},
    {READ,  GET,     "/v2/stream",                               AUTH_REQUIRED, PERM_LIVE,            PARSED_BY(stream, struct stream_request, staff_stream), .stream = true},

    /* what POS vendors tell us */
    {WRITE, POST,    "/hooks/feed/{integration}",                AUTH_NONE,     PERM_NOTHING,         SIGNED(hook_feed)},
    {WRITE, POST,    "/hooks/square/{integration}",              AUTH_NONE,     PERM_NOTHING,         SIGNED(hook_square)},
};
/* clang-format on */
const int api_route_count = sizeof api_routes / sizeof api_routes[0];
