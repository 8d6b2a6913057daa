/* counter_handlers — handlers of what is paid with at the counter beside money; see handlers.h. */
#pragma once
#include "api/handlers.h"

API_PARSER(credit_note_create);
API_HANDLER(credit_note_create);
API_PARSER(credit_note_end);
API_HANDLER(credit_note_end);
API_PARSER(credit_note_id); /* int64_t */
API_PARSER(credit_note_search);
API_HANDLER(credit_note_search);
API_HANDLER(credit_note_show);
API_PARSER(account_spend);
API_HANDLER(account_spend);

API_PARSER(order_create);
API_HANDLER(order_create);
API_PARSER(order_pay);
API_HANDLER(order_pay);

API_PARSER(till_quote);
API_HANDLER(till_quote);
API_PARSER(till_sell);
API_HANDLER(till_sell);
API_PARSER(till_refund);
API_HANDLER(till_refund);
API_PARSER(till_void);
API_HANDLER(till_void);
API_PARSER(till_refund_quote);
API_HANDLER(till_refund_quote);
API_PARSER(till_day);
API_HANDLER(till_day);
API_PARSER(till_day_close);
API_HANDLER(till_day_close);
