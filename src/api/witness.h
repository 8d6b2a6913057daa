/*
 * witness — writes the trail for every address of the API: struct http_witness.
 *
 * What was done is the route's name; on what, the last id of its path, or else the first id of its
 * reply; whom it concerns follows from that. Of staff each change is written, and each sheet they
 * look at. Of programs with a key only what is not their daily work: what they sell, credit and
 * keep in the directory has its own history, and comes by the thousand. Customers, tablets and POS
 * are nobody's staff.
 */
#pragma once
#include "http/http.h"

enum err api_witness(struct ctx *ctx, const struct http_request *req,
                     const struct http_reply *reply);
enum err api_witness_has(struct ctx *ctx, const struct http_request *req,
                         const struct http_reply *reply, bool *has_written);
