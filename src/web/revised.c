#include "web/revised.h"

#include "base/metric.h"
#include "web/etag.h"
#include "web/params.h"
#include "web/revision.h"

enum err
revised_serve(struct gate_worker *w, struct req *r, struct resp *resp)
{
	const struct depend *d = w->gate->depends ? &w->gate->depends[r->route - w->gate->routes.rows] : NULL;
	char before[REVISION_TAG], after[REVISION_TAG];

	if (!d || !d->nouns || r->method > METHOD_HEAD || params_bad(r) || revision_read(r, d->clock)
	    || !revision_tag(r, w->gate->seed, d, before))
		return r->route->handler(r, resp);
	/* "*" asks whether there is a page, which only making it tells. */
	if (!memchr(r->if_none_match.n ? r->if_none_match.p : "", '*', r->if_none_match.n) && etag_matches(r->if_none_match, str_of(before))) {
		resp->etag = arena_str(r->arena, str_of(before));
		metric_count(METRIC_pages_unmade);
		return ERR_NONE;
	}
	enum err e = r->route->handler(r, resp);
	if (e || resp->status != 200 || resp->etag.n || resp->cache == CACHE_NONE)
		return e;
	if (revision_tag(r, w->gate->seed, d, after) && !revision_read(r, d->clock)
	    && revision_tag(r, w->gate->seed, d, after) && strcmp(before, after) == 0)
		resp->etag = arena_str(r->arena, str_of(after));
	err_clear();
	return ERR_NONE;
}
