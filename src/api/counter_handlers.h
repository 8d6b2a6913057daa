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
