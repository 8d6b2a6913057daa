/* liability_api — what the shop owes its customers, and the journal for its accountant. */
#include "api/fields.h"
#include "api/handlers.h"
#include "api/shapes.h"
#include "base/csv_out.h"
#include "base/currency.h"
#include "base/words.h"
#include "base/zone.h"
#include "core/insight/liability_journal.h"
#include <inttypes.h>
#include <stdio.h>

enum { DAYS_SHOWN = 30, JOURNAL_DAYS_MAX = 400, ACCOUNT_CHARS_MAX = 32 };

/* ---- what is asked ---- */
static enum err
read_day(struct ctx *ctx, const struct http_request *req, const char *name, bool *given,
         int64_t *day)
{
    struct str text = http_query(ctx, req, name);

    *given = text.len > 0;
    if (!*given) return OK;
    enum err err = zone_day_parse(ctx->arena, text, day);
    return err == OK ? OK : fail_field(ctx, err, name);
}

static enum err
read_period(struct ctx *ctx, const struct http_request *req, struct liability_request *request)
{
    struct days_request *period = &request->period;
    struct str program = http_query(ctx, req, "program_id");

    TRY(read_day(ctx, req, "from", &period->has_first, &period->first));
    TRY(read_day(ctx, req, "to", &period->has_last, &period->last));
    if (program.len == 0) return OK;
    enum err err = id_parse(ID_program, program, &request->program.v);
    return err == OK ? OK : fail_field(ctx, err, "program_id");
}

enum err
api_liability_parse(struct ctx *ctx, const struct http_request *req, void *into)
{
    static const char *const names[] = {"from", "to", "program_id"};

    TRY(api_query_only(ctx, req, API_NAMES(names)));
    return read_period(ctx, req, into);
}

/* What accounting programs take as an account: letters, digits and what stands between them. */
static bool
is_account(struct str text)
{
    for (size_t i = 0; i < text.len; i++) {
        char c = text.at[i];
        bool is_letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
        bool is_between = c == '.' || c == '_' || (c == '-' && i > 0);

        if (!is_letter && !is_between && (c < '0' || c > '9')) return false;
    }
    return text.len <= ACCOUNT_CHARS_MAX;
}

enum err
api_liability_journal_parse(struct ctx *ctx, const struct http_request *req, void *into)
{
    static const char *const accounts[JOURNAL_ACCOUNT_COUNT] = {
        [JOURNAL_POINTS] = "points_account",
        [JOURNAL_CREDIT_NOTES] = "credit_notes_account",
        [JOURNAL_DISCOUNTS] = "discounts_account",
        [JOURNAL_INCOME] = "income_account",
    };
    static const char *const names[] = {
        "from",           "to",
        "program_id",     "decimal",
        "points_account", "credit_notes_account",
        "income_account", "discounts_account",
    };
    static const char *const decimals[] = {"point", "comma"};
    struct liability_request *request = into;

    TRY(api_query_only(ctx, req, API_NAMES(names)));
    TRY(read_period(ctx, req, request));
    TRY(api_choose(ctx, http_query(ctx, req, "decimal"), "decimal", API_NAMES(decimals),
                   &request->decimal));
    for (int i = 0; i < JOURNAL_ACCOUNT_COUNT; i++) {
        request->accounts[i] = http_query(ctx, req, accounts[i]);
        if (!is_account(request->accounts[i])) return fail_field(ctx, ERR_FIELD_VALUE, accounts[i]);
    }
    return OK;
}

struct found {
    struct merchant merchant;
    struct liability_period period;
    struct liability *list;
    int count;
};

static enum err
find(struct ctx *ctx, const struct liability_request *request, int days_max, struct found *found)
{
    struct liability_period *period = &found->period;

    TRY(merchants_find(ctx, &found->merchant));
    period->zone = found->merchant.time_zone;
    period->last = request->period.last;
    if (!request->period.has_last) period->last = zone_day_at(period->zone, ctx->now_us);
    period->first = request->period.first;
    if (!request->period.has_first) period->first = period->last - (DAYS_SHOWN - 1);
    if (period->first > period->last || period->last - period->first >= days_max) {
        return fail_field(ctx, ERR_FIELD_RANGE, "from");
    }
    return liability_read(ctx, period, request->program, &found->list, &found->count);
}

/* ---- as JSON ---- */
static void
put_units(struct json_out *out, const struct liability_figures *figures)
{
    json_put_int(out, "opening", figures->opening);
    json_put_int(out, "issued", figures->flows.issued);
    json_put_int(out, "redeemed", figures->flows.redeemed);
    json_put_int(out, "expired", figures->flows.expired);
    json_put_int(out, "returned", figures->flows.returned);
    json_put_int(out, "adjusted", figures->flows.adjusted);
    json_put_int(out, "closing", figures->closing);
    json_put_int(out, "owed", figures->owed);
    json_put_int(out, "pending", figures->pending);
}

static void
put_money(struct json_out *out, const struct liability_figures *figures, struct str currency)
{
    json_put_money(out, "opening", figures->opening, currency);
    json_put_money(out, "issued", figures->flows.issued, currency);
    json_put_money(out, "redeemed", figures->flows.redeemed, currency);
    json_put_money(out, "expired", figures->flows.expired, currency);
    json_put_money(out, "returned", figures->flows.returned, currency);
    json_put_money(out, "adjusted", figures->flows.adjusted, currency);
    json_put_money(out, "closing", figures->closing, currency);
}

static void
put_value(struct json_out *out, const struct liability_value *value, struct str currency)
{
    static const char *const from[] = {
        [WORTH_UNKNOWN] = "NONE",
        [WORTH_SET] = "SET",
        [WORTH_BEST_REWARD] = "BEST_REWARD",
        [WORTH_MONEY] = "CASHBACK",
    };

    json_put_object(out, "value");
    json_put_text(out, "from", str_of(from[value->from]));
    if (value->from != WORTH_UNKNOWN) {
        json_put_int(out, "points", value->points);
        json_put_money(out, "money", value->minor, currency);
    }
    json_put_id(out, "reward_tier_id", ID_tier, value->tier.v);
    json_put_text_if(out, "reward_tier_name", value->tier_name);
    json_end_object(out);
}

static void
put_program(struct json_out *out, const struct liability *of, struct str currency)
{
    json_put_object(out, NULL);
    json_put_id(out, "program_id", ID_program, of->program.v);
    json_put_text(out, "name", of->name);
    json_put_text(out, "type", of->type);
    json_put_object(out, "terminology");
    json_put_text(out, "one", of->term_one);
    json_put_text(out, "other", of->term_other);
    json_end_object(out);
    put_units(out, &of->units);
    json_put_object(out, "money");
    put_value(out, &of->value, currency);
    if (of->value.from != WORTH_UNKNOWN) {
        put_money(out, &of->money, currency);
        json_put_money(out, "owed", of->money.owed, currency);
        json_put_money(out, "pending", of->money.pending, currency);
    }
    json_end_object(out);
    json_end_object(out);
}

static void
put_day(struct ctx *ctx, struct json_out *out, const struct found *found, int64_t day)
{
    struct str currency = found->merchant.currency;

    json_put_object(out, NULL);
    json_put_text(out, "day", zone_day_format(ctx->arena, found->period.first + day));
    json_put_array(out, "programs");
    for (int i = 0; i < found->count - 1; i++) {
        const struct liability *of = &found->list[i];

        json_put_object(out, NULL);
        json_put_id(out, "program_id", ID_program, of->program.v);
        json_put_int(out, "closing", of->days[day].closing);
        if (of->value.from != WORTH_UNKNOWN) {
            json_put_money(out, "closing_money", of->days[day].closing_minor, currency);
        }
        json_end_object(out);
    }
    json_end_array(out);
    json_put_money(out, "credit_notes_money", found->list[found->count - 1].days[day].closing_minor,
                   currency);
    json_end_object(out);
}

enum err
api_liability(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    struct json_out *out = &reply->out;
    struct found found;

    TRY(find(ctx, parsed, LIABILITY_DAYS_MAX, &found));
    json_put_text(out, "from", zone_day_format(ctx->arena, found.period.first));
    json_put_text(out, "to", zone_day_format(ctx->arena, found.period.last));
    json_put_array(out, "programs");
    for (int i = 0; i < found.count - 1; i++)
        put_program(out, &found.list[i], found.merchant.currency);
    json_end_array(out);
    json_put_object(out, "credit_notes");
    put_money(out, &found.list[found.count - 1].money, found.merchant.currency);
    json_end_object(out);
    json_put_money(out, "total_money", liability_total(found.list, found.count),
                   found.merchant.currency);
    json_put_array(out, "days");
    for (int64_t day = 0; day <= found.period.last - found.period.first; day++)
        put_day(ctx, out, &found, day);
    json_end_array(out);
    return OK;
}

/* ---- the journal ---- */
struct journal {
    struct csv_out out;
    struct str currency;
    struct csv_money money;
    struct {
        struct str code, name;
    } accounts[JOURNAL_ACCOUNT_COUNT];
    int64_t entries;
};

static void
open_journal(struct ctx *ctx, const struct liability_request *request,
             const struct merchant *merchant, struct journal *journal)
{
    static const char *const names[JOURNAL_ACCOUNT_COUNT] = {
        [JOURNAL_POINTS] = WORDS_KEY("journal.points"),
        [JOURNAL_CREDIT_NOTES] = WORDS_KEY("journal.credit_notes"),
        [JOURNAL_DISCOUNTS] = WORDS_KEY("journal.discounts"),
        [JOURNAL_INCOME] = WORDS_KEY("journal.income"),
    };
    bool comma = request->decimal == DECIMAL_COMMA;

    *journal = (struct journal){
        .currency = merchant->currency,
        .money = {currency_decimals(merchant->currency), comma ? ',' : '.'},
    };
    for (enum journal_account i = 0; i < JOURNAL_ACCOUNT_COUNT; i++) {
        struct str code = request->accounts[i];

        if (code.len == 0) code = str_of(liability_journal_account(merchant->country, i));
        journal->accounts[i].code = code;
        journal->accounts[i].name = words_text(ctx->arena, merchant->language, names[i], NULL, 0);
    }
    csv_out_open(&journal->out, ctx->arena, comma ? ';' : ',');
}

/* What the entries of each flow say: "Points used: Le Fournil". */
static void
label_flows(struct ctx *ctx, struct str language, const struct liability *of,
            struct str labels[static FLOW_COUNT])
{
    static const char *const keys[FLOW_COUNT] = {
        [FLOW_ISSUED] = WORDS_KEY("journal.issued"),
        [FLOW_RETURNED] = WORDS_KEY("journal.returned"),
        [FLOW_REDEEMED] = WORDS_KEY("journal.redeemed"),
        [FLOW_EXPIRED] = WORDS_KEY("journal.expired"),
        [FLOW_ADJUSTED] = WORDS_KEY("journal.adjusted"),
    };
    struct str what = of->name;

    if (of->program.v == 0) what = words_text(ctx->arena, language, "journal.notes", NULL, 0);
    for (int i = 0; i < FLOW_COUNT; i++) {
        labels[i] = words_text(ctx->arena, language, keys[i], WORDS_VALUES({"what", what}));
    }
}

static void
put_number(struct csv_out *out, int64_t number)
{
    char text[24];

    snprintf(text, sizeof text, "%" PRId64, number);
    csv_put(out, str_of(text));
}

/* Nothing for 0. */
static void
put_amount(struct journal *journal, int64_t minor)
{
    if (minor == 0) {
        csv_put(&journal->out, STR(""));
    } else {
        csv_put_amount(&journal->out, minor, journal->money);
    }
}

struct journal_line {
    struct str day, label;
    enum journal_account account;
    int64_t debit_minor, credit_minor, units;
};

/* In the arena only the text itself grows, so that it grows in place. */
static void
put_line(struct journal *journal, const struct journal_line *line)
{
    struct csv_out *out = &journal->out;

    csv_put(out, line->day);
    put_number(out, journal->entries);
    csv_put_text(out, journal->accounts[line->account].code);
    csv_put_text(out, journal->accounts[line->account].name);
    csv_put_text(out, line->label);
    put_amount(journal, line->debit_minor);
    put_amount(journal, line->credit_minor);
    csv_put(out, journal->currency);
    put_number(out, line->units);
    csv_end_row(out);
}

static void
put_entries(struct journal *journal, const struct liability *of, const struct liability_day *day,
            struct journal_line line, const struct str labels[static FLOW_COUNT])
{
    for (enum liability_flow flow = 0; flow < FLOW_COUNT; flow++) {
        struct journal_entry entry = liability_journal_entry(of, day, flow);

        if (entry.minor == 0) continue;
        journal->entries++;
        line.label = labels[flow];
        line.units = entry.units;
        line.account = entry.debit;
        line.debit_minor = entry.minor;
        line.credit_minor = 0;
        put_line(journal, &line);
        line.account = entry.credit;
        line.debit_minor = 0;
        line.credit_minor = entry.minor;
        put_line(journal, &line);
    }
}

static void
put_columns(struct ctx *ctx, struct csv_out *out, struct str language)
{
    static const char *const columns[] = {
        WORDS_KEY("journal.column.date"),    WORDS_KEY("journal.column.entry"),
        WORDS_KEY("journal.column.account"), WORDS_KEY("journal.column.account_name"),
        WORDS_KEY("journal.column.label"),   WORDS_KEY("journal.column.debit"),
        WORDS_KEY("journal.column.credit"),  WORDS_KEY("journal.column.currency"),
        WORDS_KEY("journal.column.units"),
    };

    for (size_t i = 0; i < sizeof columns / sizeof columns[0]; i++)
        csv_put(out, words_text(ctx->arena, language, columns[i], NULL, 0));
    csv_end_row(out);
}

enum err
api_liability_journal(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    struct journal journal;
    struct found found;

    TRY(find(ctx, parsed, JOURNAL_DAYS_MAX, &found));
    int64_t day_count = found.period.last - found.period.first + 1;
    struct str *days = ARENA_ARRAY(ctx->arena, struct str, (size_t)day_count);
    struct str(*labels)[FLOW_COUNT] = arena_alloc(ctx->arena, (size_t)found.count * sizeof *labels);
    for (int64_t day = 0; day < day_count; day++)
        days[day] = zone_day_format(ctx->arena, found.period.first + day);
    for (int i = 0; i < found.count; i++)
        label_flows(ctx, found.merchant.language, &found.list[i], labels[i]);
    open_journal(ctx, parsed, &found.merchant, &journal);
    put_columns(ctx, &journal.out, found.merchant.language);
    for (int64_t day = 0; day < day_count; day++) {
        for (int i = 0; i < found.count; i++) {
            const struct liability *of = &found.list[i];

            put_entries(&journal, of, &of->days[day], (struct journal_line){.day = days[day]},
                        labels[i]);
        }
    }
    reply->raw = true;
    reply->body_type = "text/csv; charset=utf-8";
    reply->body_text = csv_out_text(&journal.out);
    return OK;
}
