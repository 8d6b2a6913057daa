/*
 * export — all that is known of a person, put together from every module: for the person, who may
 * ask for it at any time (GDPR, articles 15 and 20), in the app or at the counter.
 *
 * What is told is theirs alone: of staff, that somebody looked, and when. A module that learns
 * something of customers offers <module>_export_customer, and is called here.
 */
#pragma once
#include "base/dossier.h"
#include "core/customers/customers.h"

/*
 * language: what the page is to be in; empty: the person's, as far as a consent tells it, or else
 * the merchant's.
 *
 * Gives:    a dossier in ctx's arena
 * Errors:   ERR_CUSTOMER_UNKNOWN
 * Cost:     reads all of their orders; of 20,000 rows each section has at most so many
 */
MUST_USE enum err people_export_customer(struct ctx *ctx, customer_id id, struct str language,
                                         struct dossier *dossier);
