/* settings — reading them is the server's; what they hold is base/settings.h, for everybody. */
#pragma once
#include "base/settings.h"
