#include "format/paging.h"

#include "web/accept.h"
#include "web/query.h"

static struct str
address(struct req *r, const char *suffix, int64_t page)
{
	struct buf b;
	bool first = true;

	if (page < 1)
		return STR_NONE;
	buf_init(&b, r->arena, 256);
	buf_put(&b, r->base);
	buf_put(&b, r->path);
	if (*suffix)
		buf_fmt(&b, ".%s", suffix);
	for (size_t i = 0; i <= r->nparams; i++) {
		bool last = i == r->nparams;
		struct str name = last ? STR("page") : r->params[i].name;
		struct str value = last ? arena_fmt(r->arena, "%lld", (long long)page) : r->params[i].value;
		if ((!last && str_eq(name, STR("page"))) || (last && page <= 1))
			continue;
		buf_char(&b, first ? '?' : '&');
		first = false;
		query_encode(&b, name, false);
		buf_char(&b, '=');
		query_encode(&b, value, false);
	}
	return buf_str(&b);
}

struct paging
paging_links(struct req *r, const struct list_query *q, int64_t total)
{
	int64_t pages = total ? (total + q->taille - 1) / q->taille : 1;
	const char *suffix = format_suffix(r->format);

	return (struct paging){
		.offset = list_query_offset(q),
		.self = address(r, suffix, q->page),
		.first = address(r, suffix, 1),
		.prev = address(r, suffix, q->page > 1 && q->page <= pages + 1 ? q->page - 1 : 0),
		.next = address(r, suffix, q->page < pages ? q->page + 1 : 0),
		.last = address(r, suffix, pages),
		.html = address(r, "", q->page),
		.list = address(r, "", 1),
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
			resp_header(w, "Link", arena_fmt(r->arena, "<%.*s>; rel=\"%s\"", (int)links[i].url.n, links[i].url.p, links[i].rel));
	resp_header(w, "X-Total", arena_fmt(r->arena, "%lld", (long long)total));
}
