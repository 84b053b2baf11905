#include "format/paging.h"

#include "web/accept.h"
#include "web/params.h"
#include "web/query.h"

static struct str
address(struct req *r, const char *suffix, bool walk, int64_t n)
{
	struct buf b;

	if (n < !walk)
		return STR_NONE;
	buf_init(&b, r->arena, 256);
	buf_put(&b, r->base);
	buf_put(&b, r->path);
	if (*suffix)
		buf_fmt(&b, ".%s", suffix);
	struct param *p = arena_array(r->arena, struct param, r->nparams + 1);
	size_t np = 0;
	for (size_t i = 0; i < r->nparams; i++) {
		struct str name = r->params[i].name;
		if (!str_eq(name, STR("page")) && !str_eq(name, STR("apres")) && !(walk && str_eq(name, STR("tri"))))
			p[np++] = r->params[i];
	}
	if (walk || n > 1)
		p[np++] = (struct param){ walk ? STR("apres") : STR("page"), arena_fmt(r->arena, "%lld", (long long)n) };
	params_order(r->route->params, p, np);
	for (size_t i = 0; i < np; i++) {
		buf_char(&b, i ? '&' : '?');
		query_encode(&b, p[i].name, false);
		buf_char(&b, '=');
		query_encode(&b, p[i].value, false);
	}
	return buf_str(&b);
}

struct paging
paging_links(struct req *r, const struct list_query *q, const struct facet_counts *f)
{
	int64_t known = list_query_reach(q, f), pages = known ? (known + q->taille - 1) / q->taille : 1;
	bool end = !f->about || f->shown < q->taille;
	int64_t reach = pages < LIST_PAGES_MAX ? pages : LIST_PAGES_MAX; /* of what is linked */
	const char *suffix = format_suffix(r->format);

	if (q->apres.n) {
		int64_t here = 0;
		for (size_t i = 0; i < q->apres.n; i++)
			here = here * 10 + (q->apres.p[i] - '0');
		return (struct paging){
			.self = address(r, suffix, true, here),
			.first = address(r, suffix, true, 0),
			.next = address(r, suffix, true, f->after ? f->after : -1),
			.html = address(r, "", false, 1),
			.list = address(r, "", false, 1),
		};
	}
	return (struct paging){
		.offset = list_query_offset(q),
		.self = address(r, suffix, false, q->page),
		.first = address(r, suffix, false, 1),
		.prev = address(r, suffix, false, q->page > 1 && q->page <= pages + 1 ? q->page - 1 : 0),
		.next = address(r, suffix, false, q->page < reach ? q->page + 1 : 0),
		.last = address(r, suffix, false, end && pages <= LIST_PAGES_MAX ? pages : 0),
		.html = address(r, "", false, q->page),
		.list = address(r, "", false, 1),
	};
}

void
paging_headers(struct req *r, struct resp *w, const struct paging *p, int64_t total)
{
	const struct {
		const char *rel;
		struct str url;
	} links[] = { { "first", p->first }, { "prev", p->prev }, { "next", p->next }, { "last", p->last } };

	for (size_t i = 0; i < sizeof(links) / sizeof(*links); i++)
		if (links[i].url.n && links[i].url.n <= LINK_HEADER_MAX)
			resp_link(w, (struct str){ links[i].url.p, links[i].url.n }, links[i].rel, STR_NONE);
	if (total >= 0)
		resp_header(w, "X-Total", arena_fmt(r->arena, "%lld", (long long)total));
}
