/* permissions — see permissions.h. */
#include "core/team/permissions.h"
#include <stddef.h>
#include <string.h>

#define PERMISSION_BIT(name, bit) | (uint64_t)PERM_##name
#define EVERYTHING                ((uint64_t)0 PERMISSIONS(PERMISSION_BIT))

static const uint64_t cashiers = PERM_CUSTOMERS_READ | PERM_CUSTOMERS_WRITE | PERM_LOCATIONS_READ |
                                 PERM_LOYALTY_READ | PERM_LOYALTY_WRITE | PERM_LIVE | PERM_SELF |
                                 PERM_SALES | PERM_PROFILE;
/* Nobody but a paired device is a tablet, and nobody but a customer a customer. */
static const uint64_t owners = EVERYTHING & ~((uint64_t)PERM_TABLET | PERM_CUSTOMER);

uint64_t
permissions_of_role(const char *role)
{
    if (strcmp(role, "owner") == 0) return owners;
    if (strcmp(role, "manager") == 0) return owners & ~(uint64_t)PERM_TEAM_WRITE;
    if (strcmp(role, "cashier") == 0) return cashiers;
    return PERM_NOTHING;
}

const char *
permission_name(int bit)
{
    switch (bit) {
#define PERMISSION_NAME(name, of_bit)                                                              \
    case of_bit:                                                                                   \
        return #name;
        PERMISSIONS(PERMISSION_NAME)
#undef PERMISSION_NAME
    default:
        return NULL;
    }
}

enum err
permission_parse(struct str name, uint64_t *permission)
{
    for (int bit = 0; permission_name(bit) != NULL; bit++) {
        if (!str_is(name, str_of(permission_name(bit)))) continue;
        *permission = UINT64_C(1) << bit;
        return OK;
    }
    return ERR_FIELD_VALUE;
}
