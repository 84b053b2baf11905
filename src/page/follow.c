#include "page/follow.h"

#include "gen/tpl.h"
#include "text/diff.h"
#include "text/json.h"
#include "text/utf8.h"

enum {
	QUICK_MS = 2000,     /* nobody writes that fast */
	VISITOR_MOST = 20,   /* forms of one address... */
	ADDRESS_MOST = 10,   /* ...and towards one mailbox... */
	PER_S = 3600,        /* ...in that time */
	CONTEXT = 60,        /* characters of what does not change, on each side */
	CHANGES_MAX = 1500   /* bytes in a letter */
};

enum err
follow_sheet(struct req *r, struct sheet_status *ret)
{
	struct str slug;
	int64_t id = link_number(r->vars[0], &slug);

	if (id <= 0)
		return ERR_NOT_FOUND;
	if (!r->write)
		return err_note(ERR_DB_DOWN, "no read-write connection is set");
	enum err e = sheet_status_find(r->db, r->arena, id, ret);
	if (!e && !str_eq(ret->state, STR("publiee")) && !str_eq(ret->state, STR("a_actualiser")))
		e = str_eq(ret->state, STR("retiree")) ? ERR_GONE : ERR_NOT_FOUND;
	return e;
}

struct url
follow_link(struct arena *a, int64_t sheet, const char *what)
{
	return link_fmt(a, "/fiches/%lld/%s", (long long)sheet, what);
}

struct str
follow_absolute(struct req *r, struct url u)
{
	return arena_fmt(r->arena, "%.*s%.*s", (int)r->base.n, r->base.p, (int)u.n, u.p);
}

struct view_follow
follow_view(struct req *r, const struct sheet_status *s, struct str title)
{
	struct arena *a = r->arena;
	struct url sheet = link_sheet(a, s->id, s->slug);
	struct view_link *trail = arena_array(a, struct view_link, 3);

	trail[0] = (struct view_link){ STR("Fiches"), { "/fiches", 7 } };
	trail[1] = (struct view_link){ s->title, sheet };
	trail[2] = (struct view_link){ title, { NULL, 0 } };
	return (struct view_follow){ .crumbs = crumbs(a, 3, trail), .cote = cote_of(a, s->type, s->id), .sheet = { s->title, sheet }, .title = title };
}

enum err
follow_send(struct req *r, struct resp *w, struct view_follow *v)
{
	struct buf main;

	if (r->refused && w->status == 200)
		w->status = 400;
	v->faults = form_faults(r);
	buf_init(&main, r->arena, 16384);
	tpl_follow(&main, v);
	struct view_layout layout = { .title = arena_fmt(r->arena, "%.*s : %.*s", (int)v->title.n, v->title.p, (int)v->sheet.label.n, v->sheet.label.p),
		                      .canonical = link_fmt(r->arena, "%.*s%.*s", (int)r->base.n, r->base.p, (int)r->path.n, r->path.p), /* no text, no link */
		                      .noindex = true,
		                      .nav_sheets = true,
		                      .head_search = true };
	return page_send(r, w, &layout, &main);
}

bool
follow_welcome(struct req *r, struct resp *w, const struct actor *who, const char *kind, enum err *ret)
{
	struct str visitor, email = req_param(r, "courriel");
	int64_t wait = 0, more = 0;

	*ret = ERR_NONE;
	if (!who->id && req_typed(r, "site_web").n) {
		form_fault(r, "formulaire", "Un champ qui devait rester vide a été rempli. Si c’est votre navigateur qui l’a fait, envoyez à nouveau.");
		w->status = 422;
		return false;
	}
	if (!who->id && r->form_age_ms < QUICK_MS) {
		form_fault(r, "formulaire", "Ce formulaire a été rempli en un clin d’œil, comme le ferait un robot. Relisez-vous, puis envoyez à nouveau.");
		w->status = 422;
		return false;
	}
	if (who->id) {
		*ret = attempt_note(r->write, r->arena, kind, arena_fmt(r->arena, "compte:%lld", (long long)who->id), VISITOR_MOST * 3, PER_S, &wait);
	} else {
		*ret = actor_visitor(r, &visitor);
		if (!*ret)
			*ret = attempt_note(r->write, r->arena, kind, visitor, VISITOR_MOST, PER_S, &wait);
		if (!*ret && email.n)
			*ret = attempt_note(r->write, r->arena, kind, email, ADDRESS_MOST, PER_S, &more);
	}
	if (*ret)
		return false;
	wait = wait > more ? wait : more;
	if (wait) {
		resp_header(w, "Retry-After", arena_fmt(r->arena, "%lld", (long long)wait));
		form_fault(r, "formulaire", "Beaucoup d’envois viennent d’ici en peu de temps. Réessayez dans %lld minutes : votre texte est gardé dans cette page.",
		           (long long)(wait + 59) / 60);
		w->status = 429;
		return false;
	}
	return true;
}

enum err
follow_visitor(struct req *r, const struct actor **ret)
{
	static const struct actor visitor = { .role = ROLE_PUBLIC };
	enum err e = actor_find(r, ret);

	if (!e && (*ret)->id && ((*ret)->role >= ROLE_FACILITATOR || (*ret)->has_totp) && !(*ret)->second_factor)
		*ret = &visitor;
	return e;
}

enum err
follow_actor(struct req *r, const char *purpose, int64_t number, struct follow_actor *ret)
{
	struct str link = req_param(r, "lien");
	const struct actor *who;
	struct handed h;
	const struct json *data;
	int64_t n = 0;
	enum err e;

	if (link.n) {
		if ((e = token_find(r->write, r->arena, link, purpose, &h)))
			return e;
		if (json_parse(r->arena, h.data, &data) || !json_whole(json_get(data, "numero"), &n) || n != number || !h.account)
			return err_note(ERR_NOT_FOUND, "this link is about something else");
		if (h.late)
			return err_note(ERR_GONE, "this link is too old");
		*ret = (struct follow_actor){ h.account, link };
		return ERR_NONE;
	}
	if ((e = actor_find(r, &who)))
		return e;
	if (!who->id)
		return ERR_UNAUTHENTICATED;
	if (who->session && (who->role >= ROLE_FACILITATOR || who->has_totp) && !who->second_factor)
		return ERR_SECOND_FACTOR;
	if (!who->session && !(who->scopes & SCOPE_REVIEW))
		return err_note(ERR_FORBIDDEN, "this token does not review");
	*ret = (struct follow_actor){ who->id, STR_NONE };
	return ERR_NONE;
}

enum err
follow_mailed(struct req *r, const char *purpose, int64_t account, int64_t sheet, int64_t number, struct str path, struct str *ret)
{
	struct token t;

	token_make(&t);
	*ret = arena_fmt(r->arena, "%.*s%.*s?lien=%s", (int)r->base.n, r->base.p, (int)path.n, path.p, t.text);
	return token_put(r->write, r->arena, str_of(t.sum), purpose, account, sheet, arena_fmt(r->arena, "{\"numero\":%lld}", (long long)number),
	                 FOLLOW_LINK_LASTS_S);
}

/* The head or the tail of s: at most so many characters, whole ones. */
static struct str
head_of(struct str s)
{
	size_t i = 0, n = 0;
	while (i < s.n && n < CONTEXT) {
		i++;
		while (i < s.n && (s.p[i] & 0xc0) == 0x80)
			i++;
		n++;
	}
	return (struct str){ s.p, i };
}

static struct str
tail_of(struct str s)
{
	size_t i = s.n, n = 0;
	while (i > 0 && n < CONTEXT) {
		i--;
		while (i > 0 && (s.p[i] & 0xc0) == 0x80)
			i--;
		n++;
	}
	return (struct str){ s.p + i, s.n - i };
}

struct str
follow_changes(struct arena *a, struct str before, struct str after)
{
	struct diff d = diff_texts(a, before, after);
	struct buf b;

	buf_init(&b, a, 1024);
	for (size_t i = 0; i < d.n && b.n < CHANGES_MAX; i++) {
		struct str s = d.p[i].text;
		if (d.p[i].op == DIFF_REMOVED) {
			buf_fmt(&b, "[retiré : %.*s]", (int)s.n, s.p);
			if (i + 1 < d.n && d.p[i + 1].op == DIFF_ADDED)
				buf_lit(&b, " ");
		} else if (d.p[i].op == DIFF_ADDED) {
			buf_fmt(&b, "[ajouté : %.*s]", (int)s.n, s.p);
		} else {
			struct str head = i > 0 ? head_of(s) : STR_NONE, tail = i + 1 < d.n ? tail_of(s) : STR_NONE;
			if (head.n + tail.n >= s.n) {
				buf_put(&b, s);
			} else {
				buf_put(&b, head);
				buf_lit(&b, "…");
				buf_put(&b, tail);
			}
		}
	}
	if (b.n >= CHANGES_MAX) { /* the page shows all of it */
		size_t n = CHANGES_MAX;
		while (n > 0 && (b.p[n] & 0xc0) == 0x80)
			n--;
		b.n = n;
		buf_lit(&b, "…");
	}
	return buf_str(&b);
}

struct view_diff_fields
follow_diff(struct arena *a, struct str key, struct str label, struct str before, struct str after)
{
	struct view_diff_field *p = arena_array(a, struct view_diff_field, 1);

	*p = (struct view_diff_field){ .id = arena_fmt(a, "ecart-%.*s", (int)key.n, key.p),
		                       .label = label,
		                       .state = before.n ? STR("changé") : STR("ajouté"),
		                       .mark = before.n ? STR("change") : STR("ajout"),
		                       .pieces = diff_pieces(a, &(struct sheet_field){ key, label, before, after }) };
	return (struct view_diff_fields){ p, 1 };
}
