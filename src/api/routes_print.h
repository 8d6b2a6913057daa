/* routes_print — the route table for people and for tests: `habitue help routes`. */
#pragma once
#include <stdio.h>

void routes_print(FILE *out);
/* {"routes":[{"method","path","lane","auth","needs":[…],"stream","idempotent"}],
 * "roles":{"owner":[…],…,"tablet":[…]}} */
void routes_print_json(FILE *out);
