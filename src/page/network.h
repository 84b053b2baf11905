/*
 * network: what the pages of the network of catalysts share: the catalyst of an address, the page of a form, words passed on, the set
 * of a territory. Layer 4.
 */
#ifndef PAGE_NETWORK_H
#define PAGE_NETWORK_H
#include "model/introduction.h"
#include "page/page.h"

enum { EXCHANGE_LASTS_S = 60 * 24 * 3600 };

/* The public catalyst of r->vars[0], a number; ERR_NOT_FOUND. ERR_DB_DOWN without a read-write connection. */
enum err network_catalyst(struct req *r, struct catalyst *ret) MUST_CHECK;
struct url network_link(struct arena *a, int64_t catalyst, const char *what); /* "/catalyseurs/12/contacter" */
struct str network_absolute(struct req *r, struct url u);
/* The page around a form about a catalyst, then the whole. */
struct view_contact contact_view(struct req *r, const struct catalyst *c, struct str title);
enum err contact_send(struct req *r, struct resp *w, struct view_contact *v, const struct catalyst *c) MUST_CHECK;
/* What else can be done when no message can be passed on: its site, to answer for it, the list. */
struct view_links contact_ways(struct req *r, const struct catalyst *c);
/* A territory typed in the field "lieu"; 0: none. Faults are said. */
enum err network_place(struct req *r, struct str typed, int64_t *ret_id) MUST_CHECK;

/* Words of one side, to the other: a mail to each, with a link of its own, no address in it. *ret_sent: how many leave. */
enum err exchange_pass(struct req *r, const struct catalyst *c, const struct introduction *x, bool asks, struct str body, const struct recipients *to,
                       size_t *ret_sent) MUST_CHECK;
/* A link to the thread, for whoever asked (account 0) or the catalyst's side. */
enum err exchange_link(struct req *r, int64_t catalyst, int64_t introduction, bool asks, int64_t account, struct str *ret) MUST_CHECK;

/* Who holds each practice, from parts "tient". in: "dans le Val-de-Marne"; key: "departement:94". */
struct view_set set_view(struct arena *a, const struct catalyst_besides *b, struct str in, struct str key);

#endif
