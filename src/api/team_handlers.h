/* team_handlers — handlers of who works here and what they did; see handlers.h. */
#pragma once
#include "api/handlers.h"
#include "core/team/pins.h"
#include "core/team/places.h"
#include "core/team/roles.h"
#include "core/trail/suspicions.h"
#include "core/trail/trail.h"

struct trail_request {
    struct trail_query query;
    struct days_request days; /* into query's times, in the merchant's zone */
};

API_PARSER(trail_list);
API_HANDLER(trail_list);
API_HANDLER(trail_authors);

API_PARSER(suspicion_list); /* struct suspicion_query */
API_HANDLER(suspicion_list);

struct suspicion_request {
    suspicion_id id;
    struct str word;
};
API_PARSER(suspicion_close);
API_HANDLER(suspicion_close);

struct role_request {
    struct team_role role;
    bool changes_limit;
};

API_HANDLER(role_list);
API_PARSER(role_create);
API_HANDLER(role_create);
API_PARSER(role_change);
API_HANDLER(role_change);
API_PARSER(role_id); /* struct team_role */
API_HANDLER(role_remove);

API_PARSER(member_invite); /* team_member_id */
API_HANDLER(member_invite);

struct pin_request {
    struct session_request session;
    struct str pin;
};

API_PARSER(session_serve);
API_HANDLER(session_serve);
API_PARSER(pin_change);
API_HANDLER(pin_change);
API_HANDLER(pin_remove);
