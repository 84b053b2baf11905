/*
 * alert_query: the address of a list, as one may follow it: read, put in its canonical form, said in words, run as its page runs it.
 * Layer 4. Everything lives in the arena of the request given. Errors are those of db.
 */
#ifndef PAGE_ALERT_QUERY_H
#define PAGE_ALERT_QUERY_H
#include "model/alert.h"
#include "page/page.h"

enum { ALERT_QUERY_MAX = 2000, ALERT_WHOLE_MAX = 2000 };

/* What can be followed: /fiches, /catalyseurs, /recherche, /evenements. */
struct alert_list {
	const char *path;
	const struct param_def *params;
	const char *label;     /* "Fiches" */
	const char *one, *many; /* what is counted */
};

struct alert_query {
	struct req r;      /* the request that its page would get: parameters checked and in order; what only shows (page, order) left out */
	const struct alert_list *list;
	struct str canonical; /* "/fiches?theme=mobilites&territoire=region:04" */
};

/* False: no list of this site, or one that its page would refuse. Needs r->arena; what runs needs r->db too. */
bool alert_query_read(const struct req *r, struct str text, struct alert_query *ret) MUST_CHECK;

/* The same list in words, "Fiches : « mobilité », Méthodes, La Réunion", and how many items answer today. */
enum err alert_query_say(struct alert_query *q, struct str *ret_label, int64_t *ret_total) MUST_CHECK;

/* All that answers, by number. since: the day of the last look; a list of more than ALERT_WHOLE_MAX sheets gives those modified since
 * the day before only. Words that found nothing as they were asked give nothing. */
enum err alert_query_run(struct alert_query *q, struct str since, struct watch_items *ret) MUST_CHECK;

/* "/alertes?requete=…" for the list of a request; empty when it cannot be followed. */
struct url alert_link(struct req *r);

/* The page where an address manages its alerts: "/alertes/{signed}", good for more than a year; and back. */
enum err alert_manage_link(struct req *r, int64_t follower, struct url *ret) MUST_CHECK;
enum err alert_manage_read(struct req *r, struct str signed_text, int64_t *ret_follower) MUST_CHECK; /* ERR_NOT_FOUND; ERR_GONE: too old */

#endif
