/*
 * list_query: what a list is asked, the same for pages, data and feeds. Layer 3. Values are already checked by the gate;
 * an empty list or string means "no filter". Lives in the request's arena.
 */
#ifndef MODEL_LIST_QUERY_H
#define MODEL_LIST_QUERY_H
#include "base/arena.h"
#include "base/err.h"
#include "db/db.h"

#define LIST_PAGES_MAX 500 /* deeper, a walk is the way (web/params_list.def says the same) */
#define LIST_NEAR_KM 2000  /* beyond, nothing is near: another ocean. La Réunion and Mayotte, Guyane and the Antilles are within */

struct strs {
	const struct str *p;
	size_t n;
};

struct list_query {
	struct str q;
	bool whole; /* those who have all the words of q, even when they are few: as an alert asks */
	struct strs types, themes, odds, pratiques, parcours, profils, maturites, dispositifs, espaces, preuves;
	struct strs territoires; /* "type:code" */
	struct str verifie_depuis, modifie_depuis; /* ISO dates */
	struct str lat, lon, rayon;                /* degrees, degrees, km */
	struct str bbox;                           /* "minlon,minlat,maxlon,maxlat" */
	struct str tri;                            /* pertinence, proximite, recent, verifie */
	int64_t page, taille;                      /* from 1; 1..100 */
	struct str apres;                          /* walks all by id after this one: tri and page have no effect */
};

/* One count of a facet: the total of the list with this value in place of its facet's own, the other filters kept. */
struct facet_count {
	struct str facet; /* "type", "preuve", "territoire", "theme", "odd", "pratique", "parcours", "profil", "dispositif", "maturite", "espace" */
	struct str code;  /* "methode", "2", "departement:974" */
	struct str label; /* empty for type and preuve */
	struct str parent; /* "region:84" for its départements; empty otherwise */
	int64_t n;
	bool about; /* n is an estimate */
};

struct search_place {
	struct str key, name_in; /* "commune:69123", "à Lyon (69)" */
};

/* The words asked for found nothing: what was looked for instead. All but meant empty when they found something, with filters or without. */
struct search_note {
	struct str asked, instead;
	struct str reason; /* of instead, or of meant without it: "famille": words of one family; "orthographe": corrected words; "large": most of the words ("~ ..." as
	                      search_query() takes it); "un": any of them */
	bool nothing;      /* nor do those, with the filters: the list is empty */
	struct str wider;  /* few have all the words: the list goes on with what has most of them, or any: what was looked for */
	int64_t found, others; /* with wider: of the list, those that have all the words, and those that do not */
	struct str meant;  /* they found little: very near words, which find more; see search_meant() */
	const struct search_place *places; /* they name a place, or may mean these */
	size_t nplaces;
	struct str rest;    /* the other words, to be looked for there */
	struct str missing; /* "à Lyon (69)": nothing has them there, places[0] is wider; empty: not the case */
};

struct facet_counts {
	const struct facet_count *p;
	size_t n;
	int64_t total; /* items of the whole list */
	bool about;    /* total is an estimate */
	int64_t after; /* in a walk: the cursor of the next page; 0: this was the last */
	int64_t shown; /* items of this page */
	struct search_note search;
};

/* Where a sheet or a seat is: what a kilometre stone shows. */
struct place_ref {
	struct str type, code, slug, name;
	struct str stone; /* "974", "FR" */
};

struct point { /* WGS84, degrees */
	bool known;
	double lon, lat;
};

struct db_arg list_query_texts(struct arena *a, struct strs v); /* text[], null when empty */
/* Takes one counted value into list (which has room for it); "total" goes to ret->total instead. */
void facet_counts_add(struct facet_counts *ret, struct facet_count *list, struct facet_count f);
int64_t facet_counts_exact(const struct facet_counts *f); /* the total; -1 when it is an estimate */
int64_t list_query_offset(const struct list_query *q);
/* How many items the pages are known to hold: the total or, where that is an estimate, what this page tells: its end when it is not full, one more at
   the least when it is. */
int64_t list_query_reach(const struct list_query *q, const struct facet_counts *f);
bool list_query_filtered(const struct list_query *q); /* by something else than words and territories */
/* In a walk the statement gives one row more than asked: *ret_n loses it, and the cursor is that of the last row kept. */
void facet_counts_walk(struct facet_counts *ret, const struct list_query *q, size_t *ret_n, int64_t last_kept);

#endif
