/*
 * catalyst: who helps, where, and why it is in a list. Layer 3. All lives in the arena given.
 */
#ifndef MODEL_CATALYST_H
#define MODEL_CATALYST_H
#include "model/list_query.h"

/* Why a catalyst answers for a territory, the best first (catalyst_list.sql). */
enum catalyst_rank {
	RANK_COVERS_COMMUNE,
	RANK_COVERS_EPCI,
	RANK_COVERS_DEPARTEMENT,
	RANK_COVERS_REGION,
	RANK_AREA_INSIDE,
	RANK_SEAT_INSIDE,
	RANK_SAME_DEPARTEMENT,
	RANK_NATIONAL,
	RANK_NONE = 9 /* no territory was asked */
};

struct catalyst_card {
	int64_t id;
	struct str ref, slug, name, summary, kind, precision, origin, verified_on, website, source_label, source_url;
	bool national;
	struct place_ref seat; /* type empty: unknown */
	struct str seat_in, departement_in;
	bool has_point;
	double lon, lat;
	struct str structure_kind; /* "association", "commune", "universite"; empty: not said */
	struct str practices; /* "Dialogue territorial, Accompagnements" */
	int rank;
	struct str cover_type, cover_name, cover_in;
	bool near; /* of catalyst_nearest(): there for its distance alone */
	bool has_distance;
	double distance_km;
};

struct catalyst_list {
	struct facet_counts facets;
	const struct catalyst_card *p;
	size_t n;
};

enum err catalyst_search(struct db *db, struct arena *a, const struct list_query *q, struct catalyst_list *ret) MUST_CHECK;
/* How many q has by its words, as they are. */
enum err catalyst_total(struct db *db, struct arena *a, const struct list_query *q, int64_t *ret) MUST_CHECK;
/* When list, which answers q, is short and its words look mistyped: list->facets.search.meant is what would make a longer one. */
enum err catalyst_meant(struct db *db, struct arena *a, const struct list_query *q, struct catalyst_list *list) MUST_CHECK;
/* The nearest with a known commune, without those already in seen; has_distance is set. */
enum err catalyst_nearest(struct db *db, struct arena *a, int64_t territory_id, const struct catalyst_list *seen, int64_t n,
                          struct catalyst_list *ret) MUST_CHECK;

struct catalyst_part {
	struct str part, scheme, code, slug, label, type, summary, verified_on;
	int64_t n;
	int evidence;
};

struct catalyst {
	struct catalyst_card card;
	struct str structure;
	int64_t structure_id; /* 0: none */
	struct str reach;     /* "oui": a message can be passed on; "refus": it wants none; "inconnu": nobody to write to */
	bool held;            /* somebody answers for it here */
	int64_t seat_id;
	struct place_ref departement;
	const struct catalyst_part *parts;
	size_t nparts;
};
enum err catalyst_find(struct db *db, struct arena *a, int64_t id, struct catalyst *ret) MUST_CHECK; /* ERR_NOT_FOUND */

/* What is around one. parts: "pratique" (a practice, or an activity of the practice parent; lit: it exercises it), "lieu" (the territory
 * of the set; name: "dans le Val-de-Marne"), "tient" (code: a practice, empty when not known; id: who holds it there, 0: nobody; lit:
 * itself), "evenement" (lit: to come). */
struct catalyst_beside {
	struct str part, code, label, parent, slug, name, date;
	int64_t id;
	bool lit;
};
struct catalyst_besides {
	const struct catalyst_beside *p;
	size_t n;
};
enum err catalyst_around(struct db *db, struct arena *a, int64_t id, struct catalyst_besides *ret) MUST_CHECK;
/* Parts "tient" only, of any territory. */
enum err catalyst_set(struct db *db, struct arena *a, int64_t territory, struct catalyst_besides *ret) MUST_CHECK;

/* The reason in words: "Intervient à Saint-Benoît", "Installé dans le même département"; for RANK_NONE, how far, empty when not known. */
struct str catalyst_reason(struct arena *a, const struct catalyst_card *c);

#endif
