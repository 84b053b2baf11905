/*
 * search: what a question becomes when it finds nothing, and where its words stand. Layer 3. All lives in the arena given.
 */
#ifndef MODEL_SEARCH_H
#define MODEL_SEARCH_H
#include "model/sheet.h"

/* What to ask instead of q; instead is empty when there is nothing to offer. */
enum err search_repair(struct db *db, struct arena *a, struct str q, struct search_note *ret) MUST_CHECK;

/* Says where the words looked for stand in each sheet of the list (found_summary, found_passage); q as it was asked. */
enum err search_excerpts(struct db *db, struct arena *a, struct str q, struct sheet_list *list) MUST_CHECK;

#endif
