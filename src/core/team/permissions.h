/*
 * permissions — what a caller may be allowed to do; one bit each. Roles and key scopes are sets of
 * them.
 */
#pragma once
#include "base/err.h"
#include <stdint.h>

#define PERMISSIONS(X)                                                                             \
    X(CUSTOMERS_READ, 0)                                                                           \
    X(CUSTOMERS_WRITE, 1)                                                                          \
    X(LOCATIONS_READ, 2)                                                                           \
    X(LOYALTY_READ, 3)                                                                             \
    X(LOYALTY_WRITE, 4)    /* accounts, accumulate, rewards */                                     \
    X(LOYALTY_ADJUST, 5)   /* adjust by hand, put back: "manage customers' loyalty data" (C1) */   \
    X(TABLET, 6)           /* to be a counter tablet */                                            \
    X(TABLETS_WRITE, 7)    /* pairing codes */                                                     \
    X(LIVE, 8)             /* the merchant's live stream */                                        \
    X(SELF, 9)             /* anybody signed in */                                                 \
    X(MERCHANT_WRITE, 10)  /* how the merchant looks */                                            \
    X(PROGRAMS_WRITE, 11)  /* programs and their reward tiers */                                   \
    X(TEAM_WRITE, 12)      /* who works here, and as what */                                       \
    X(SALES, 13)           /* the till, and what was sold */                                       \
    X(CATALOG_WRITE, 14)   /* the articles */                                                      \
    X(MESSAGES_READ, 15)   /* what was written to customers */                                     \
    X(CUSTOMER, 16)        /* to be a customer, in the app */                                      \
    X(TRAIL_READ, 17)      /* who did what, and who looked at whom */                              \
    X(CUSTOMERS_BULK, 18)  /* many customers at once: import, export of lists, tags */             \
    X(SALES_REFUND, 19)    /* to give back what a past basket cost */                              \
    X(CUSTOMERS_ERASE, 20) /* the rights of the person: all that is known, erasure, retention */   \
    X(PROFILE, 21)         /* one's own sign-in: password, second factor, sessions */

enum permission {
#define PERMISSION_ENUM(name, bit) PERM_##name = 1 << (bit),
    PERMISSIONS(PERMISSION_ENUM)
#undef PERMISSION_ENUM
};
#define PERM_NOTHING UINT64_C(0)
/* What every member may do, whatever their role; a profile is a person's, never a key's. */
#define PERM_OF_MEMBERS ((uint64_t)(PERM_SELF | PERM_PROFILE))
/* What a customer who signed in may do, and a paired tablet. */
#define PERM_OF_CUSTOMERS ((uint64_t)PERM_CUSTOMER)
#define PERM_OF_TABLETS   ((uint64_t)(PERM_TABLET | PERM_SELF))
/* What a role of a merchant's own may be made of; what everybody who works there may comes with it.
 */
#define PERM_GRANTABLE                                                                             \
    ((uint64_t)(PERM_CUSTOMERS_READ | PERM_CUSTOMERS_WRITE | PERM_LOYALTY_READ |                   \
                PERM_LOYALTY_WRITE | PERM_LOYALTY_ADJUST | PERM_TABLETS_WRITE |                    \
                PERM_MERCHANT_WRITE | PERM_PROGRAMS_WRITE | PERM_TEAM_WRITE | PERM_SALES |         \
                PERM_CATALOG_WRITE | PERM_MESSAGES_READ | PERM_TRAIL_READ | PERM_CUSTOMERS_BULK |  \
                PERM_SALES_REFUND | PERM_CUSTOMERS_ERASE))
#define PERM_OF_EVERYBODY ((uint64_t)(PERM_SELF | PERM_LIVE | PERM_LOCATIONS_READ | PERM_PROFILE))
/* What a PIN opens, of what its owner may do: what is done at the counter. A PIN is seen by who
 * stands near, so that it changes neither the shop nor anybody's way in. */
#define PERM_BY_PIN                                                                                \
    ((uint64_t)(PERM_CUSTOMERS_READ | PERM_CUSTOMERS_WRITE | PERM_LOCATIONS_READ |                 \
                PERM_LOYALTY_READ | PERM_LOYALTY_WRITE | PERM_LOYALTY_ADJUST | PERM_LIVE |         \
                PERM_SELF | PERM_SALES | PERM_SALES_REFUND))
uint64_t permissions_of_role(const char *role); /* "owner", "manager", "cashier"; 0 for others */
const char *permission_name(int bit);           /* "CUSTOMERS_READ"; NULL past the last */
/* Errors: ERR_FIELD_VALUE */
MUST_USE enum err permission_parse(struct str name, uint64_t *permission);
