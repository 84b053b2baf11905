#include "app/routes.h"

#include "app/app.h"

static const struct route rows[] = {
#define ROUTE(...) ROUTE_ROW(__VA_ARGS__)
#include "app/routes.def"
#undef ROUTE
};

const struct route_table ROUTES = { rows, sizeof(rows) / sizeof(*rows) };
