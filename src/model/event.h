/*
 * event: webinars and meetings, alone or in a series: what is announced, what is over, what was said there. Layer 3. All lives in the
 * arena given. Hours come as the clocks of the place, of Paris and of La Réunion show them ("20230608T130000"): nothing above computes them.
 */
#ifndef MODEL_EVENT_H
#define MODEL_EVENT_H
#include "model/list_query.h"

struct event_query {
	struct str q;
	struct strs series, territoires, themes, odds, pratiques, parcours;
	struct strs modes;    /* "distance", "presence", "mixte" */
	struct strs periodes; /* "prochains", "passes" */
	struct strs annees;
	int64_t taille, debut;
};

struct event {
	int64_t id, sequence;
	struct str ref, uid, address, title, summary, series_code, series;
	struct str starts_on, known, ends_on;         /* ISO days; known: "jour", "mois", "annee" */
	struct str starts_at, ends_at, timezone;      /* ISO instants in UTC, empty when the hour is not known */
	struct str start_local, end_local, start_paris, start_reunion; /* "20230608T130000" */
	struct str place;
	struct place_ref where; /* type empty: unknown */
	struct str mode;        /* "distance", "presence", "mixte", "inconnu" */
	struct str status;      /* "prevu", "confirme", "passe", "reporte", "annule", "inconnu" */
	struct str url, replay_url, change_note, moved_from, moved_from_local;
	struct str registration; /* "aucune", "ouverte", "fermee" */
	struct str registration_until; /* ISO instant, may be empty */
	struct str created_at, modified_at, source_label, source_url, origin;
	int64_t documents;
	bool registers; /* one may register now */
	bool over, live;
};

struct event_list {
	struct facet_counts facets; /* "periode", "serie", "theme", "mode", "territoire", "annee", "pratique" */
	const struct event *p;
	size_t n;
};
/* Those to come first, the nearest first; then those that are over, the last first. */
enum err event_search(struct db *db, struct arena *a, const struct event_query *q, struct event_list *ret) MUST_CHECK;

struct event_part {
	struct str part; /* "document", "speaker", "sheet", "term", "catalyst", "area", "seat", "before", "after" */
	struct str kind, code, slug, label, url, note;
	int64_t n, taken, waiting;
	bool bounded; /* n says something */
};
struct event_parts {
	const struct event_part *p;
	size_t n;
};
/* By its address, or one that it had: event.address is then another one. ERR_NOT_FOUND. */
enum err event_find(struct db *db, struct arena *a, struct str address, struct event *ret) MUST_CHECK;
enum err event_parts(struct db *db, struct arena *a, int64_t id, struct event_parts *ret) MUST_CHECK;

/* What is known of its day: "2023-06-08", "2022-04", "2015". */
struct str event_day(const struct event *e);
/* "13:00" of "20230608T130000"; empty when there is none. */
struct str event_clock(struct arena *a, struct str local);

#endif
