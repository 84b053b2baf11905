#include "page/network_form.h"

#include "gen/tpl.h"
#include "model/mail.h"
#include "model/vocabulary.h"
#include "page/write.h"
#include "text/json.h"
#include "text/json_out.h"
#include "web/params.h"

enum { AREAS_MOST = 60 };

int64_t
network_int(const struct req *r, const char *name)
{
	struct str s = req_param(r, name);
	int64_t n = 0;

	for (size_t i = 0; i < s.n && i < 10; i++)
		n = n * 10 + (s.p[i] - '0');
	return n;
}

struct view_form_pair
network_pair(struct arena *a, const char *name, int64_t value)
{
	return (struct view_form_pair){ str_of(name), arena_fmt(a, "%lld", (long long)value) };
}

enum err
network_page_send(struct req *r, struct resp *w, struct view_network_page *v, int status)
{
	struct buf main;

	v->faults = form_faults(r);
	buf_init(&main, r->arena, 32768);
	tpl_network_page(&main, v);
	struct view_layout layout = { .title = v->title,
		                      .canonical = link_fmt(r->arena, "%.*s%.*s", (int)r->base.n, r->base.p, (int)r->path.n, r->path.p), /* no text */
		                      .noindex = true, .nav_catalysts = true, .head_search = true };
	w->status = status;
	return page_send(r, w, &layout, &main);
}

/* The terms of a scheme that a content holds, as boxes. */
static enum err
boxes(struct req *r, const char *name, const char *scheme, const struct json *held, const char *help, struct view_form_field *ret)
{
	struct arena *a = r->arena;
	struct vocabulary v;
	enum err e = vocabulary_find(r->db, a, str_of(scheme), &v);
	size_t n = 0, ns = strlen(scheme);

	if (e)
		return e;
	struct view_form_option *o = arena_array(a, struct view_form_option, (size_t)v.nterms + 1);
	struct str *chosen = arena_array(a, struct str, json_len(held) + 1);
	for (size_t i = 0; i < (size_t)v.nterms; i++)
		o[i] = (struct view_form_option){ .value = v.terms[i].code, .label = v.terms[i].label };
	for (const struct json *x = json_first(held); x; x = json_next(x)) {
		struct str t = json_text(x);
		if (t.n > ns + 1 && memcmp(t.p, scheme, ns) == 0 && t.p[ns] == ':')
			chosen[n++] = (struct str){ t.p + ns + 1, t.n - ns - 1 };
	}
	*ret = form_field(r, r->route->params, name, STR_NONE, help);
	ret->checks = true;
	form_options(r, ret, o, (size_t)v.nterms, chosen, n);
	return ERR_NONE;
}

enum err
network_fields(struct req *r, bool name, struct str content, struct view_form_fields *ret)
{
	struct arena *a = r->arena;
	struct view_form_field *p = arena_array(a, struct view_form_field, NETWORK_FIELDS);
	struct view_form_option listed[] = { { .value = STR("oui"), .label = STR("Oui, il y figure") }, { .value = STR("non"), .label = STR("Non, plus maintenant") } };
	const struct json *d = NULL;
	struct buf areas;
	size_t n = 0;
	enum err e = content.n ? json_parse(a, content, &d) : ERR_NONE;

	if (e)
		return e;
	buf_init(&areas, a, 256);
	for (const struct json *x = json_first(json_get(d, "couvre")); x; x = json_next(x))
		buf_fmt(&areas, "%s%.*s", areas.n ? "\n" : "", (int)json_text(x).n, json_text(x).p);
	if (name) {
		p[n] = form_field(r, r->route->params, "nom", STR_NONE, "Celui que l’on connaît sur le territoire.");
		p[n++].required = true;
	}
	p[n] = form_field(r, r->route->params, "resume", json_text(json_get(d, "resume")), "En quelques phrases : qui il relie, comment, pour quoi.");
	p[n++].rows = 5;
	if ((e = boxes(r, "pratiques", "pratique", json_get(d, "termes"), "Une au moins.", &p[n++]))
	    || (e = boxes(r, "activites", "activite", json_get(d, "termes"), "Cocher une activité coche sa pratique.", &p[n++]))
	    || (e = boxes(r, "profils", "profil", json_get(d, "termes"), "Ce qu’est la structure. Facultatif.", &p[n++])))
		return e;
	p[n] = form_field(r, r->route->params, "siege", json_text(json_get(d, "siege")), "Une commune ou un département : un nom, ou un code postal.");
	p[n++].suggest = STR("champ");
	p[n] = form_field(r, r->route->params, "couvre", buf_str(&areas), "Un par ligne : commune, intercommunalité, département, région.");
	p[n++].rows = 3;
	p[n++] = form_field(r, r->route->params, "site", json_text(json_get(d, "site")), "Facultatif. En entier : https://…");
	if (!name) {
		struct str now = json_text(json_get(d, "annuaire"));
		p[n] = form_field(r, r->route->params, "annuaire", STR_NONE, "Sans vous dans l’annuaire, sa page, les listes et la carte ne le montrent plus.");
		p[n].choices = true;
		form_options(r, &p[n++], listed, 2, &now, 1);
	}
	*ret = (struct view_form_fields){ p, n };
	return ERR_NONE;
}

/* One place typed: its key. A fault of that field when it is none, or several. */
static enum err
place_key(struct req *r, const char *field, struct str typed, struct str *ret)
{
	struct territory_refs choices;
	struct territory t;
	enum err e = write_place_find(r, typed, ret, &choices);

	if (!e && ret->n && (e = territory_find_key(r->db, r->arena, *ret, &t)) == ERR_NOT_FOUND) {
		*ret = STR_NONE;
		e = ERR_NONE;
	}
	if (e || ret->n)
		return e;
	if (choices.n)
		form_fault(r, field, "Plusieurs lieux s’appellent « %.*s ». Ajoutez le département, ou écrivez le code postal.", (int)typed.n, typed.p);
	else
		form_fault(r, field, "Nous ne connaissons pas « %.*s ». Essayez le code postal.", (int)typed.n, typed.p);
	return ERR_NONE;
}

static bool
among(const struct str *p, size_t n, struct str s)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(p[i], s))
			return true;
	return false;
}

/* "pratique:x" of each box ticked, and of the practice of each activity; sorted by the database. */
static enum err
terms_read(struct req *r, struct json_out *j)
{
	static const char *const names[][2] = { { "pratiques", "pratique" }, { "activites", "activite" }, { "profils", "profil" } };
	struct arena *a = r->arena;
	struct str *held = arena_array(a, struct str, 64);
	size_t n = 0;

	for (size_t k = 0; k < 3; k++) {
		const struct str *ticked;
		size_t nticked = req_params(r, names[k][0], &ticked);
		struct vocabulary v;
		enum err e = vocabulary_find(r->db, a, str_of(names[k][1]), &v);
		if (e)
			return e;
		for (size_t i = 0; i < (size_t)v.nterms; i++) {
			const struct term *t = &v.terms[i];
			if (!among(ticked, nticked, t->code) || n + 2 > 64)
				continue;
			struct str own = arena_fmt(a, "%s:%.*s", names[k][1], (int)t->code.n, t->code.p);
			struct str wider = arena_fmt(a, "pratique:%.*s", (int)t->parent_code.n, t->parent_code.p);
			if (!among(held, n, own))
				held[n++] = own;
			if (k == 1 && t->parent_code.n && !among(held, n, wider))
				held[n++] = wider;
		}
	}
	bool any = false;
	for (size_t i = 0; i < n; i++)
		any = any || (held[i].n > 9 && memcmp(held[i].p, "pratique:", 9) == 0);
	if (!any)
		form_fault(r, "pratiques", "Cochez une pratique au moins : c’est ce qui fait un catalyseur.");
	/* In the order the database gives them: what does not change is then not a change. */
	for (size_t i = 1; i < n; i++)
		for (size_t k = i; k > 0; k--) {
			size_t m = held[k].n < held[k - 1].n ? held[k].n : held[k - 1].n;
			int c = memcmp(held[k].p, held[k - 1].p, m);
			if (c > 0 || (c == 0 && held[k].n >= held[k - 1].n))
				break;
			struct str s = held[k];
			held[k] = held[k - 1];
			held[k - 1] = s;
		}
	json_key(j, "termes");
	json_begin_array(j);
	for (size_t i = 0; i < n; i++)
		json_str(j, held[i]);
	json_end(j);
	return ERR_NONE;
}

enum err
network_content(struct req *r, bool name, struct str *ret, bool *ret_good)
{
	struct arena *a = r->arena;
	struct buf b;
	struct str areas = req_param(r, "couvre"), seat = req_param(r, "siege"), key = STR_NONE, keys[AREAS_MOST];
	size_t before = r->nnotices, nkeys = 0, typed = 0;
	enum err e;

	*ret_good = false;
	buf_init(&b, a, 2048);
	struct json_out j = json_out(&b);
	json_begin_object(&j);
	if (name) {
		if (!req_param(r, "nom").n && !req_typed(r, "nom").n)
			form_fault(r, "nom", "Écrivez son nom.");
		json_key(&j, "nom"), json_str(&j, req_param(r, "nom"));
	}
	json_key(&j, "resume"), json_str(&j, req_param(r, "resume"));
	json_key(&j, "site"), json_str(&j, req_param(r, "site"));
	json_key(&j, "annuaire"), json_str(&j, str_eq(req_param(r, "annuaire"), STR("non")) ? STR("non") : STR("oui"));
	if (seat.n && (e = place_key(r, "siege", seat, &key)))
		return e;
	json_key(&j, "siege"), json_str(&j, key);
	for (size_t i = 0; i < areas.n;) {
		size_t end = i;
		while (end < areas.n && areas.p[end] != '\n')
			end++;
		size_t from = i, to = end;
		while (from < to && (areas.p[from] == ' ' || areas.p[from] == '\r'))
			from++;
		while (to > from && (areas.p[to - 1] == ' ' || areas.p[to - 1] == '\r'))
			to--;
		if (to > from && ++typed > AREAS_MOST) {
			form_fault(r, "couvre", "%d lieux au plus : au-delà, écrivez le département ou la région qui les contient.", AREAS_MOST);
			break;
		}
		if (to > from) {
			if ((e = place_key(r, "couvre", (struct str){ areas.p + from, to - from }, &keys[nkeys])))
				return e;
			nkeys += keys[nkeys].n > 0;
		}
		i = end + 1;
	}
	json_key(&j, "couvre");
	json_begin_array(&j);
	for (size_t i = 0; i < nkeys; i++)
		json_str(&j, keys[i]);
	json_end(&j);
	if ((e = terms_read(r, &j)))
		return e;
	json_end(&j);
	*ret = buf_str(&b);
	*ret_good = r->nnotices == before && !r->refused;
	return ERR_NONE;
}

enum err
network_tell(struct req *r, int64_t request, struct str subject, struct str sentence, struct str message)
{
	struct arena *a = r->arena;
	const struct network_decider *p;
	size_t n;
	enum err e = network_deciders(r->write, a, request, &p, &n);

	for (size_t i = 0; !e && i < n; i++) {
		struct mail m = { .to = p[i].email, .account = p[i].account, .kind = STR("reseau"), .subject = subject,
			          .letter = { LETTER_PARAGRAPHS(STR("Bonjour,"), sentence, message.n ? message : STR("Aucun mot ne l’accompagne.")),
			                      LETTER_LINKS({ STR("Lire et répondre"), arena_fmt(a, "%.*s/administration/reseau/%lld", (int)r->base.n, r->base.p, (long long)request) }) } };
		e = mail_queue(r->write, a, &m, NULL);
	}
	return e;
}
