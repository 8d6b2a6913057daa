/* catalog_handlers — those of the catalog; for routes.c, as the others in handlers.h. */
#pragma once
#include "api/handlers.h"

API_PARSER(catalog_list);
API_HANDLER(catalog_list);
API_PARSER(catalog_put);
API_HANDLER(catalog_put);
API_PARSER(catalog_id);
API_HANDLER(catalog_show);
API_HANDLER(catalog_remove);
API_HANDLER(catalog_restore);
API_PARSER(catalog_search);
API_HANDLER(catalog_search);
API_PARSER(catalog_file);
API_HANDLER(catalog_import);
API_HANDLER(catalog_preview);
API_HANDLER(catalog_export);
API_PARSER(catalog_retrieve);
API_HANDLER(catalog_retrieve);
