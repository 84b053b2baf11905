/*
 * params: checks the pairs of a query or a form against a route's schema. Layer 2.
 * Good values go to req->params; what is wrong becomes a notice: "inconnu" (ignored), else a bad value (dropped, status 400).
 */
#ifndef WEB_PARAMS_H
#define WEB_PARAMS_H
#include "web/route.h"

#define PARAMS_PAIRS_MAX 200

/* The canonical order of a query: that of the schema; values of one name by themselves, but for territories, of which
 * the first leads, and for items named one by one. */
void params_order(const struct param_def *schema, struct param *p, size_t n);
void params_read(struct req *r, const struct param_def *schema, struct str raw); /* appends to r->params */
struct query_pair;
/* The same for pairs already decoded: those of a body, when form. */
void params_pairs(struct req *r, const struct param_def *schema, const struct query_pair *pairs, size_t n, bool form);
bool params_bad(const struct req *r); /* a notice other than "inconnu" and "ignore" was made, here or by the page */
/* "commune:97410": the type is known, the code has the shape of that type's codes. */
bool params_is_territory(struct str value) MUST_CHECK;

#endif
