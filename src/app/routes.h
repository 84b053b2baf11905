/*
 * routes: the one table of what this server answers, made from routes.def. Layer 5.
 */
#ifndef APP_ROUTES_H
#define APP_ROUTES_H
#include "web/gate.h"

extern const struct route_table ROUTES;
const struct depend *routes_depend(void); /* by row, from fresh.def; made once, before any thread */

#endif
