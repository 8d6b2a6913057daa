/* import_handlers — the handlers of imports of customers. */
#pragma once
#include "api/handlers.h"
#include "core/people/intake.h"

struct import_part {
    intake_id import;
    int64_t number;
    struct str bytes;
};
struct import_choice {
    intake_id import;
    struct intake_choice choice;
};

API_PARSER(import_id);
API_PARSER(import_create);
API_HANDLER(import_create);
API_HANDLER(import_list);
API_HANDLER(import_show);
API_PARSER(import_part);
API_HANDLER(import_part);
API_PARSER(import_check);
API_HANDLER(import_check);
API_HANDLER(import_run);
API_HANDLER(import_cancel);
API_HANDLER(import_refused);
