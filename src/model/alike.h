/*
 * alike: the territories like one, why, and what comes from them; the programmes a territory takes part in. Layer 3. SQL in,
 * structs out; all lives in the arena given.
 */
#ifndef MODEL_ALIKE_H
#define MODEL_ALIKE_H
#include "model/list_query.h"

struct alike_criterion {
	struct str code, label; /* "population", "Population" */
	struct str value;       /* this territory's: "20 000 à 50 000 habitants"; empty: unknown */
	struct str note;        /* where it comes from */
	bool chosen;            /* asked for, or usual */
	bool used;              /* held: a chosen one is let go when it would leave nothing to show */
	int64_t others;         /* territories of the same kind that share the value */
};

struct alike_place {
	struct place_ref place;
	struct str name_of; /* "des Mureaux" */
	struct str why;     /* "20 000 à 50 000 habitants, outre-mer" */
	int64_t sheets, catalysts;
};

struct alike_sheet {
	int64_t id;
	struct str type, slug, title, summary, verified_on;
	int evidence;
	struct alike_place from; /* sheets and catalysts are not set */
};

struct alike {
	const struct alike_criterion *criteria;
	size_t ncriteria;
	int64_t total;        /* territories alike on the criteria used */
	int64_t with_content; /* of them, those where something is known */
	int64_t total_sheets; /* sheets that come from them; -1: not counted, the base is large */
	const struct alike_place *places;
	size_t nplaces;
	const struct alike_sheet *sheets;
	size_t nsheets;
};

/* criteria: codes; none means the usual ones. At most nplaces and nsheets are given. */
enum err alike_find(struct db *db, struct arena *a, int64_t territory_id, struct strs criteria, int64_t nplaces, int64_t nsheets,
                    struct alike *ret) MUST_CHECK;

struct programme {
	struct str part;       /* "ici", "autour": held by what contains it, "dedans": n of what it contains take part */
	struct str code, name; /* "petites-villes-de-demain" */
	struct str label, signed_on, period, url;
	struct str source, vintage, loaded_on; /* vintage may be empty: nobody says */
	struct place_ref place;                /* who holds it; its type only for "dedans" */
	int64_t n;
	bool has_term; /* sheets may bear it: /fiches?dispositif=code */
};
struct programmes {
	const struct programme *p;
	size_t n;
};
enum err programmes_find(struct db *db, struct arena *a, int64_t territory_id, struct programmes *ret) MUST_CHECK;

#endif
