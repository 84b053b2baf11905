/*
 * parcours: what the pages of parcours share: steps as views, durations in words. Layer 4.
 */
#ifndef PAGE_PARCOURS_H
#define PAGE_PARCOURS_H
#include "model/parcours.h"
#include "model/parcours_progress.h"
#include "page/page.h"

/* "45 min", "1 h", "1 h 50" */
struct str parcours_duration(struct arena *a, int64_t minutes);
/* The class of a kind, and its name in words: "Fiche", "Rencontre", "À revoir", "À lire", "Question". */
struct str parcours_kind_words(struct str kind);
/* Is it there to be read, at that length? */
bool parcours_step_shown(const struct parcours_step *s, int hours);
/* What a length holds. */
void parcours_measure(const struct parcours *p, int hours, int64_t *ret_steps, int64_t *ret_minutes);
/* The shortest length that holds something; 12 when none does. */
int parcours_shortest(const struct parcours *p);
/* Stations at that length, numbered from 1, and the right answers of its questions apart, for paper. */
struct view_parcours_steps parcours_steps_view(struct req *r, const struct parcours *p, int hours, struct view_parcours_answers *ret_answers);
struct view_parcours_rows parcours_begun_rows(struct arena *a, const struct parcours_begun_list *l); /* what one has begun */
struct view_strs parcours_lines(struct arena *a, struct str text); /* the lines that say something */

#endif
