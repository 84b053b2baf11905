/*
 * write: what the pages that write a sheet share. Layer 4, see page.h. All lives in the request's arena.
 */
#ifndef PAGE_WRITE_H
#define PAGE_WRITE_H
#include "model/work.h"
#include "page/page.h"

/* A place that was typed and not recognised, or of which there are several. */
struct write_doubt {
	struct str typed;
	struct territory_refs choices; /* may be none */
};
struct write_doubts {
	const struct write_doubt *p;
	size_t n;
};

/* What the form shows: the six fields, or all of them. A program means all. */
bool write_short(const struct req *r);
/* What was sent, over what there was: of a short form the rest stays. Places are looked for; *ret_doubts: those to be told. */
enum err write_read(struct req *r, const struct work_content *old, struct work_content *ret, struct write_doubts *ret_doubts) MUST_CHECK;
/* A place that was typed: its key, "commune:97410"; empty when there are several, or none: then *ret_choices has those there are. */
enum err write_place_find(struct req *r, struct str typed, struct str *ret_key, struct territory_refs *ret_choices) MUST_CHECK;
/* The places typed in c->places, again: for a form that is opened. */
enum err write_doubts_of(struct req *r, struct str places, struct write_doubts *ret) MUST_CHECK;
/* Steps or values typed: the highest number sent in "sections_etapes_3_titre"; 0: none. */
size_t write_groups_typed(const struct req *r, const char *key);

/* All the fields of the form, from a content and from what was typed. */
enum err write_form(struct req *r, const struct work_content *c, const struct write_doubts *doubts, bool short_form, struct view_write *ret) MUST_CHECK;
/* Each fault as a notice on its field. */
void write_faults(struct req *r, const struct work_faults *f);
void write_doubts_told(struct req *r, const struct write_doubts *d);

/* The text as the public page would show it. */
enum err write_sheet_view(struct req *r, const struct work_content *c, int64_t id, struct view_sheet *ret) MUST_CHECK;
/* The number of the sheet in "{id}"; 0 when it is none. */
int64_t write_number(const struct req *r);
/* When it was saved: "le 28 novembre 2026 à 15 h 42, heure de Paris"; empty: never. */
struct str write_hour(struct arena *a, const struct work *w);

#endif
