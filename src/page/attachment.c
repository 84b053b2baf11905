/* A file of a public sheet. Its address holds the beginning of its sum: what it gives never changes, until there is nothing to give. */
#include "model/attachment.h"
#include "page/page.h"

enum { HASH = 8 };

/* "3-0badcafe-plan.png" */
static bool
address_read(struct str piece, int64_t *ret_id, struct str *ret_hash, struct str *ret_name)
{
	const char *dash = memchr(piece.p, '-', piece.n);
	size_t n = dash ? (size_t)(dash - piece.p) : 0;
	struct str nothing;

	if (n == 0 || piece.n < n + 1 + HASH + 2 || piece.p[n + 1 + HASH] != '-')
		return false;
	*ret_id = link_number((struct str){ piece.p, n }, &nothing);
	*ret_hash = (struct str){ piece.p + n + 1, HASH };
	*ret_name = (struct str){ piece.p + n + HASH + 2, piece.n - n - HASH - 2 };
	return *ret_id >= 0 && nothing.n == 0;
}

enum err
page_attachment(struct req *r, struct resp *w)
{
	struct attachment_file f;
	struct str hash, name, nothing;
	int64_t sheet = link_number(r->vars[0], &nothing), id;

	if (sheet < 0 || nothing.n || !address_read(r->vars[1], &id, &hash, &name))
		return ERR_NOT_FOUND;
	enum err e = attachment_public_find(r->db, r->arena, sheet, id, hash, &f);
	if (e)
		return e;
	if (!str_eq(name, f.name)) {
		page_moved(r, w, attachment_url(r->arena, sheet, id, hash, f.name));
		return ERR_NONE;
	}
	/* Images were encoded by us: they may be shown. A document is saved, and opened by who wants to. */
	w->content_type = f.type;
	w->etag = (struct str){ f.sum.p, 16 };
	resp_header(w, "Content-Disposition", arena_fmt(r->arena, "%s; filename=\"%.*s\"", media_is_image(f.type) ? "inline" : "attachment",
	                                                (int)f.name.n, f.name.p));
	resp_bytes(w, f.bytes);
	return ERR_NONE;
}
