#include "geo/locate.h"
#include "base/log.h"
#include <errno.h>
#include <math.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define PLACEHOLDERS 32
#define SAME 1e-4 /* degrees: DB-IP stores float32 */

struct geo {
	struct mmdb *v4, *v6;
	struct {
		double lat, lon;
	} placeholder[PLACEHOLDERS];
	size_t nplaceholders;
	int radius_max_km;
	bool watching, stop;
	int seconds;
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t wake;
};

/* The twelve codes, the territory an overseas one is enough for, and the box its points must be in. */
static const struct country {
	char code[3];
	const char *territory;
	double west, south, east, north;
} COUNTRIES[] = {
	{ "FR", "", -5.6, 41.2, 9.8, 51.3 },
	{ "RE", "departement:974", 55.1, -21.5, 55.9, -20.8 },
	{ "GP", "departement:971", -61.9, 15.7, -60.9, 16.6 },
	{ "MQ", "departement:972", -61.3, 14.3, -60.7, 15.0 },
	{ "GF", "departement:973", -54.7, 2.0, -51.5, 6.0 },
	{ "YT", "departement:976", 44.9, -13.1, 45.4, -12.5 },
	{ "PM", "collectivite:975", -56.6, 46.7, -56.0, 47.2 },
	{ "BL", "collectivite:977", -62.97, 17.85, -62.77, 17.99 },
	{ "MF", "collectivite:978", -63.17, 18.0, -62.96, 18.14 },
	{ "WF", "collectivite:986", -178.4, -14.5, -176.0, -13.0 },
	{ "PF", "collectivite:987", -155.0, -28.0, -134.0, -7.8 },
	{ "NC", "collectivite:988", 158.0, -23.0, 169.0, -18.0 },
};

/* ISO 3166-2 of the métropole's régions (and two old forms for Corse), to INSEE. */
static const struct {
	const char *iso, *territory;
} REGIONS[] = {
	{ "ARA", "region:84" }, { "BFC", "region:27" }, { "BRE", "region:53" }, { "CVL", "region:24" }, { "COR", "region:94" },
	{ "20R", "region:94" }, { "GES", "region:44" }, { "HDF", "region:32" }, { "IDF", "region:11" }, { "NOR", "region:28" },
	{ "NAQ", "region:75" }, { "OCC", "region:76" }, { "PDL", "region:52" }, { "PAC", "region:93" },
};

static void
read_placeholders(struct geo *g, struct str list)
{
	size_t i = 0;
	while (i < list.n) {
		char one[64], *end;
		size_t n = 0;
		while (i + n < list.n && list.p[i + n] != ';')
			n++;
		if (n > 0 && n < sizeof one) {
			memcpy(one, list.p + i, n);
			one[n] = 0;
			double lat = strtod(one, &end), lon = 0;
			bool good = end != one && *end == ',';
			if (good) {
				char *from = end + 1;
				lon = strtod(from, &end);
				while (*end == ' ')
					end++;
				good = end != from && *end == 0;
			}
			if (good && isfinite(lat) && isfinite(lon) && g->nplaceholders < PLACEHOLDERS) {
				g->placeholder[g->nplaceholders].lat = lat;
				g->placeholder[g->nplaceholders++].lon = lon;
			} else {
				log_event(LOG_WARN, "placeholder not understood", LOG_I("at", i));
			}
		} else if (n) {
			log_event(LOG_WARN, "placeholder not understood", LOG_I("at", i));
		}
		i += n + 1;
	}
}

struct geo *
geo_new(const struct geo_options *options)
{
	struct geo *g = calloc(1, sizeof *g);
	if (!g)
		die("geo: no memory");
	g->radius_max_km = options->radius_max_km > 0 ? options->radius_max_km : 200;
	read_placeholders(g, options->placeholders);
	g->v4 = mmdb_new(options->path_v4);
	g->v6 = mmdb_new(options->path_v6);
	pthread_mutex_init(&g->lock, NULL);
	pthread_condattr_t attr;
	pthread_condattr_init(&attr);
	pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
	pthread_cond_init(&g->wake, &attr);
	pthread_condattr_destroy(&attr);
	return g;
}

void
geo_free(struct geo *g)
{
	if (!g)
		return;
	if (g->watching) {
		pthread_mutex_lock(&g->lock);
		g->stop = true;
		pthread_cond_signal(&g->wake);
		pthread_mutex_unlock(&g->lock);
		pthread_join(g->thread, NULL);
	}
	pthread_cond_destroy(&g->wake);
	pthread_mutex_destroy(&g->lock);
	mmdb_free(g->v4);
	mmdb_free(g->v6);
	free(g);
}

bool
geo_refresh(struct geo *g)
{
	bool four = mmdb_refresh(g->v4), six = mmdb_refresh(g->v6);
	return four || six;
}

static void *
watch(void *arg)
{
	struct geo *g = arg;
	pthread_mutex_lock(&g->lock);
	while (!g->stop) {
		struct timespec t;
		clock_gettime(CLOCK_MONOTONIC, &t);
		t.tv_sec += g->seconds;
		int e = 0;
		while (!g->stop && e != ETIMEDOUT)
			e = pthread_cond_timedwait(&g->wake, &g->lock, &t);
		if (g->stop)
			break;
		pthread_mutex_unlock(&g->lock);
		geo_refresh(g);
		pthread_mutex_lock(&g->lock);
	}
	pthread_mutex_unlock(&g->lock);
	return NULL;
}

bool
geo_watch(struct geo *g, int seconds)
{
	if (g->watching)
		return true;
	g->seconds = seconds > 0 ? seconds : 1;
	g->watching = pthread_create(&g->thread, NULL, watch, g) == 0;
	return g->watching;
}

void
geo_status(struct geo *g, struct mmdb_status *ret_v4, struct mmdb_status *ret_v6)
{
	mmdb_status(g ? g->v4 : NULL, ret_v4);
	mmdb_status(g ? g->v6 : NULL, ret_v6);
}

size_t
geo_placeholders(const struct geo *g)
{
	return g->nplaceholders;
}

static const struct country *
french(const char *code)
{
	for (size_t i = 0; i < sizeof COUNTRIES / sizeof *COUNTRIES; i++)
		if (strcmp(COUNTRIES[i].code, code) == 0)
			return &COUNTRIES[i];
	return NULL;
}

/* Why the point is not good enough for a commune, or NULL. */
static const char *
doubt(const struct geo *g, const struct country *c, const struct mmdb_record *r)
{
	if (!r->has_point)
		return "imprecise";
	for (size_t i = 0; i < g->nplaceholders; i++)
		if (fabs(r->lat - g->placeholder[i].lat) < SAME && fabs(r->lon - g->placeholder[i].lon) < SAME)
			return "placeholder";
	if (!c->territory[0] && fabs(r->lat - 46) < SAME && fabs(r->lon - 2) < SAME)
		return "country-centroid";
	if (r->accuracy_km >= g->radius_max_km)
		return "imprecise";
	if (r->lon < c->west || r->lon > c->east || r->lat < c->south || r->lat > c->north)
		return "bad-data";
	return r->has_city ? NULL : "no-city";
}

void
geo_judge(const struct geo *g, const struct mmdb_record *r, struct place *ret)
{
	struct place p = { .source = PLACE_IP, .accuracy_km = r->accuracy_km };
	const struct country *c = french(r->country);

	memcpy(p.country, r->country, sizeof p.country);
	memcpy(p.subdivision, r->subdivision, sizeof p.subdivision);
	memcpy(p.city, r->city, sizeof p.city);
	p.lat = r->lat;
	p.lon = r->lon;
	if (!c) {
		p.reason = r->country[0] ? "abroad" : "imprecise";
		*ret = p;
		return;
	}
	p.reason = doubt(g, c, r);
	if (!p.reason) {
		p.reason = "ip";
		p.confidence = CONFIDENCE_COMMUNE;
	} else if (c->territory[0]) {
		p.confidence = CONFIDENCE_DEPARTEMENT;
	} else if (strcmp(p.reason, "no-city") == 0 && r->subdivision[0]) {
		for (size_t i = 0; i < sizeof REGIONS / sizeof *REGIONS; i++)
			if (strcmp(REGIONS[i].iso, r->subdivision) == 0) {
				snprintf(p.territory, sizeof p.territory, "%s", REGIONS[i].territory);
				p.confidence = CONFIDENCE_REGION;
				p.reason = "ip";
			}
	}
	if (c->territory[0]) {
		snprintf(p.territory, sizeof p.territory, "%s", c->territory);
	}
	*ret = p;
}

void
geo_locate(struct geo *g, struct str address, struct place *ret)
{
	struct addr a;
	struct mmdb_record r;
	struct place p = { .source = PLACE_DEFAULT, .reason = "no-database" };

	if (!addr_parse(address, &a)) {
		p.reason = "bad-data";
	} else if (addr_scope(&a) == ADDR_PRIVATE) {
		p.reason = "private";
	} else if (g) {
		/* One file may serve both families: MaxMind's does */
		enum mmdb_result e = mmdb_lookup(a.family == 4 ? g->v4 : g->v6, &a, &r);
		if (e == MMDB_NO_DATABASE)
			e = mmdb_lookup(a.family == 4 ? g->v6 : g->v4, &a, &r);
		switch (e) {
		case MMDB_FOUND:
			geo_judge(g, &r, &p);
			break;
		case MMDB_NOT_FOUND:
			p.reason = "not-found";
			break;
		case MMDB_BAD_DATA:
			p.reason = "bad-data";
			break;
		case MMDB_NO_DATABASE:
			break;
		}
	}
	*ret = p;
}
