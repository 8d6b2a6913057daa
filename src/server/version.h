/* version — of the whole program; the web apps and the server are one. */
#pragma once

#define HABITUE_VERSION "0.1.0"
