/*
 * event: what the pages of webinars and meetings share: dates in words, seats. Layer 4. All lives in the arena given; nothing fails.
 */
#ifndef PAGE_EVENT_H
#define PAGE_EVENT_H
#include "model/event.h"
#include "page/page.h"

/* What the page of events is asked: what their alerts and frames are asked too. *q: its pages; *ret_t: the first territory, id 0 for none. */
enum err event_query_of(struct req *r, struct list_query *q, struct territory *ret_t, struct event_query *ret) MUST_CHECK;

struct url link_event(struct arena *a, struct str address);
/* "8 juin 2023", "du 21 au 27 mai 2023", "avril 2022", "2015" */
struct str event_date_words(struct arena *a, const struct event *e);
/* "13 h", "14 h 30" of "20230608T143000" */
struct str event_hour(struct arena *a, struct str local);
/* "8 juin 2023, de 13 h à 14 h 30 (heure de Paris), 15 h à La Réunion"; what is not known is left out. */
struct str event_when(struct arena *a, const struct event *e);
struct view_event_date event_date(struct arena *a, const struct event *e);
const char *event_mode_label(struct str mode); /* "À distance", "Sur place", "Sur place ou à distance", "" */
/* What a reader must know first: "Annulé", "En ce moment", "Déplacé"; empty: nothing. *ret_mark: a class. */
struct str event_state(struct arena *a, const struct event *e, struct str *ret_mark);
struct view_event_row event_row(struct arena *a, const struct event *e);

/* Zones offered to editors: of Paris first, then overseas. */
struct event_zone {
	const char *id, *at; /* "Indian/Reunion", "à La Réunion" */
};
extern const struct event_zone EVENT_ZONES[];
extern const size_t EVENT_ZONES_N;
const char *event_zone_at(struct str zone); /* "" when it is not one of these */

#endif
