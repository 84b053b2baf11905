#include "web/resp.h"

static void
put_clean(struct buf *b, struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] != '\r' && s.p[i] != '\n' && s.p[i] != 0)
			buf_char(b, s.p[i]);
}

void
resp_header(struct resp *r, const char *name, struct str value)
{
	put_clean(&r->headers, str_of(name));
	buf_lit(&r->headers, ": ");
	put_clean(&r->headers, value);
	buf_lit(&r->headers, "\r\n");
}

void
resp_link(struct resp *r, struct str target, const char *rel, struct str type)
{
	if (!r->links.arena)
		buf_init(&r->links, r->headers.arena, 512);
	if (r->links.n)
		buf_lit(&r->links, ", ");
	buf_char(&r->links, '<');
	put_clean(&r->links, target);
	buf_fmt(&r->links, ">; rel=\"%s\"", rel);
	if (type.n)
		buf_fmt(&r->links, "; type=\"%.*s\"", (int)type.n, type.p);
}

void
resp_bytes(struct resp *r, struct str bytes)
{
	r->body.p = (char *)(uintptr_t)bytes.p; /* read only: a full buffer is not written to */
	r->body.n = r->body.cap = bytes.n;
}

void
resp_redirect(struct resp *r, int status, struct str location)
{
	r->status = status;
	r->location = location;
}
