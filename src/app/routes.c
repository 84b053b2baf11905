#include "app/routes.h"

#include "app/app.h"
#include "base/fresh.h"
#include "base/log.h"

static const struct route rows[] = {
#define ROUTE(...) ROUTE_ROW(__VA_ARGS__)
#include "app/routes.def"
#undef ROUTE
};

const struct route_table ROUTES = { rows, sizeof(rows) / sizeof(*rows) };

const struct depend *
routes_depend(void)
{
	static const struct {
		const char *pattern;
		struct depend depend;
	} known[] = {
#define MADE_OF(pattern, nouns) { pattern, { nouns, false, false } },
#define MADE_OF_AND_DAY(pattern, nouns) { pattern, { nouns, true, false } },
#define MADE_OF_AND_CLOCK(pattern, nouns) { pattern, { nouns, true, true } },
#define BY_BYTES(pattern, why)
#include "app/fresh.def"
#undef MADE_OF
#undef MADE_OF_AND_DAY
#undef MADE_OF_AND_CLOCK
#undef BY_BYTES
	};
	static struct depend all[sizeof(rows) / sizeof(*rows)];

	for (size_t k = 0; k < sizeof(known) / sizeof(*known); k++) {
		size_t i = 0;
		while (i < ROUTES.n && !(strcmp(rows[i].method, "GET") == 0 && strcmp(rows[i].pattern, known[k].pattern) == 0))
			i++;
		if (i == ROUTES.n)
			die("fresh.def: no such route: %s", known[k].pattern);
		all[i] = known[k].depend;
	}
	return all;
}
