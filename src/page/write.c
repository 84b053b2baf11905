/* /contribuer/fiche, POST /fiches, /fiches/{id}/modifier, /fiches/{id}/brouillon: writing a sheet, by a form or by a program. */
#include "page/write.h"

#include "format/json_list.h"
#include "gen/tpl.h"
#include "text/diff.h"
#include "text/json_out.h"
#include "web/actor.h"
#include "web/problem.h"

struct screen {
	const struct work *work; /* NULL: a new one */
	struct work_content content;
	struct write_doubts doubts;
	bool short_form;
	int64_t rev;
	struct str done;
	const struct work *base; /* what somebody else saved meanwhile; NULL: nobody did */
	int status;
};

int64_t
write_number(const struct req *r)
{
	int64_t n = 0;
	struct str v = r->vars[0];

	for (size_t i = 0; i < v.n; i++)
		n = v.p[i] >= '0' && v.p[i] <= '9' && n >= 0 && n < 100000000 ? n * 10 + (v.p[i] - '0') : -1;
	return n > 0 ? n : 0;
}

static bool
asked(const struct req *r, const char *action)
{
	return str_eq(req_param(r, "action"), str_of(action));
}

static struct url
link_work(struct arena *a, int64_t id, const char *rest)
{
	return link_fmt(a, "/fiches/%lld/%s", (long long)id, rest);
}

static struct str
done_of(struct str code)
{
	static const char *const said[][2] = { { "enregistre", "C’est enregistré. Vous pouvez continuer maintenant ou plus tard." },
		                               { "cree", "Votre brouillon est enregistré. Vous le retrouverez dans « Mon espace »." },
		                               { "repris", "La fiche n’est plus en attente de relecture : vous pouvez la modifier." },
		                               { "etape", "C’est enregistré, et une ligne vide vous attend." },
		                               { "retire", "C’est retiré, et enregistré." } };

	for (size_t i = 0; i < sizeof(said) / sizeof(*said); i++)
		if (str_eq(code, str_of(said[i][0])))
			return str_of(said[i][1]);
	return STR_NONE;
}

struct str
write_hour(struct arena *a, const struct work *w)
{
	struct view_date d = words_date(a, w->saved_at, true);

	return d.text.n ? arena_fmt(a, "le %.*s à %.*s, heure de Paris", (int)d.text.n, d.text.p, (int)w->saved_hour.n, w->saved_hour.p) : STR_NONE;
}

/* What a text is on the way, when it may not be written. */
static void
lock(struct arena *a, const struct work *w, struct view_write *v)
{
	if (!w->may_write) {
		v->locked = STR("Vous pouvez lire ce texte, pas l’écrire.");
	} else if (str_eq(w->state, STR("soumise"))) {
		v->locked = STR("Cette fiche attend sa relecture. Pour la modifier, reprenez-la : elle quittera la file, et vous la renverrez ensuite.");
		v->unlock = STR("Reprendre le brouillon");
	} else if (str_eq(w->state, STR("en_relecture"))) {
		v->locked = arena_fmt(a, "%.*s relit cette fiche en ce moment. Le texte ne bouge pas pendant la relecture ; vous pouvez écrire un message.",
		                      w->reviewer.n ? (int)w->reviewer.n : 14, w->reviewer.n ? w->reviewer.p : "Quelqu’un");
	}
}

static struct view_write_clashes
clashes(struct arena *a, const struct work_content *mine, const struct work_content *base)
{
	struct str kind = mine->type.n ? mine->type : base->type;
	size_t n, k = 0;
	const struct work_field *f = work_content_fields(a, mine, kind, &n), *g = work_content_fields(a, base, kind, &n);
	struct view_write_clash *p = arena_array(a, struct view_write_clash, n);

	for (size_t i = 0; i < n; i++) {
		if (str_eq(f[i].text, g[i].text))
			continue;
		struct diff d = diff_texts(a, g[i].text, f[i].text);
		struct view_diff_piece *pieces = arena_array(a, struct view_diff_piece, d.n + 1);
		for (size_t m = 0; m < d.n; m++)
			pieces[m] = (struct view_diff_piece){ d.p[m].op == DIFF_ADDED, d.p[m].op == DIFF_REMOVED, d.p[m].text };
		p[k++] = (struct view_write_clash){ .id = arena_fmt(a, "conflit-%.*s", (int)f[i].key.n, f[i].key.p),
			                            .label = f[i].label,
			                            .mine = f[i].text,
			                            .theirs = g[i].text,
			                            .pieces = { pieces, d.n },
			                            .field = link_fmt(a, "#f-%.*s", (int)f[i].key.n, f[i].key.p) };
	}
	return (struct view_write_clashes){ p, k };
}

static enum err
alike_links(struct req *r, const struct screen *s, struct view_links *ret)
{
	struct arena *a = r->arena;
	struct work_likes likes;
	enum err e = work_alike(r->write, a, actor_of(r)->id, s->content.title, s->work ? s->work->id : 0, &likes);

	if (e)
		return e;
	struct view_link *p = arena_array(a, struct view_link, likes.n + 1);
	for (size_t i = 0; i < likes.n; i++) {
		const struct work_like *k = &likes.p[i];
		p[i] = (struct view_link){ k->is_public ? k->title : arena_fmt(a, "%.*s (votre brouillon)", (int)k->title.n, k->title.p),
			                   k->is_public ? link_sheet(a, k->id, k->slug) : link_work(a, k->id, "modifier") };
	}
	*ret = (struct view_links){ p, likes.n };
	return ERR_NONE;
}

static enum err
show(struct req *r, struct resp *w, struct screen *s)
{
	struct arena *a = r->arena;
	const struct work *k = s->work;
	struct view_write v = { .title = !k ? STR("Proposer une fiche") : s->content.title.n ? s->content.title : STR("Une fiche sans titre"),
		                .lead = s->short_form ? STR("Six renseignements suffisent. Le reste viendra plus tard, avec d’autres.")
		                                      : STR("Tout ce que la fiche peut porter. Rien n’y est obligatoire au-delà des six premiers renseignements."),
		                .done = s->done,
		                .rev = arena_fmt(a, "%lld", (long long)s->rev),
		                .action = k ? link_work(a, k->id, "modifier") : link_fmt(a, "/fiches"),
		                .preview = link_fmt(a, "/contribuer/apercu"),
		                .model = req_param(r, "modele"),
		                .send = k && str_eq(k->state, STR("modifications_demandees")) ? STR("Renvoyer à la relecture") : STR("Envoyer en relecture"),
		                .who_reads = STR("Une personne qui anime ce territoire, ou à défaut la rédaction, relit votre fiche et vous répond ici.") };
	enum err e;

	v.hidden = form_hidden(r, !k);
	struct view_link trail[2] = { { STR("Contribuer"), link_fmt(a, "/contribuer") }, { k ? STR("Écrire") : STR("Proposer une fiche"), { NULL, 0 } } };
	v.crumbs = crumbs(a, 2, trail);
	if (k) {
		v.id = arena_fmt(a, "%lld", (long long)k->id);
		v.text = link_work(a, k->id, "travail");
		v.saved = write_hour(a, k);
		struct view_link *around = arena_array(a, struct view_link, 4);
		around[0] = (struct view_link){ STR("Le texte tel qu’il paraîtra"), v.text };
		around[1] = (struct view_link){ STR("Les pièces jointes"), link_work(a, k->id, "travail/pieces") };
		around[2] = (struct view_link){ STR("Les auteurs"), link_work(a, k->id, "auteurs") };
		around[3] = (struct view_link){ STR("La relecture et ses messages"), link_work(a, k->id, "relecture") };
		v.around = (struct view_links){ around, k->rev ? 4 : 1 };
		lock(a, k, &v);
		if (str_eq(k->state, STR("publiee")) && s->rev == k->rev)
			v.lead = STR("Cette fiche est en ligne. Ce que vous écrivez ici prépare sa version suivante ; celle d’aujourd’hui reste en place.");
	}
	if (s->base) {
		v.clashes = clashes(a, &s->content, &s->base->content);
		struct str hour = write_hour(a, s->base);
		v.clash_by = arena_fmt(a, "%.*s l’a enregistré %.*s.", s->base->saved_by.n ? (int)s->base->saved_by.n : 9,
		                       s->base->saved_by.n ? s->base->saved_by.p : "Quelqu’un", (int)hour.n, hour.p ? hour.p : "");
	}
	if (v.locked.n == 0 && ((e = alike_links(r, s, &v.alike)) || (e = write_form(r, &s->content, &s->doubts, s->short_form, &v))))
		return e;
	v.faults = form_faults(r);
	struct buf main;
	buf_init(&main, a, 65536);
	tpl_ecrire(&main, &v);
	struct str title = v.faults.n ? arena_fmt(a, "%.*s : %.*s", (int)v.title.n, v.title.p, (int)v.faults.title.n, v.faults.title.p) : v.title;
	struct view_layout layout = { .title = title, .noindex = true, .head_search = true, .write = true };
	w->status = s->status ? s->status : r->refused ? 400 : w->status;
	w->cache = CACHE_NONE;
	return page_send(r, w, &layout, &main);
}

/* {"id","rev","etat","uri","contenu","a_preciser"} */
static void
work_json(struct req *r, struct resp *w, int64_t id, int64_t rev, const char *state, struct str content, const struct write_doubts *doubts)
{
	struct arena *a = r->arena;
	struct json_out j = json_out(&w->body);

	json_begin_object(&j);
	json_key(&j, "id");
	json_int(&j, id);
	json_key(&j, "uri");
	json_str(&j, arena_fmt(a, "%.*s/fiches/%lld/brouillon", (int)r->base.n, r->base.p, (long long)id));
	json_key(&j, "rev");
	json_int(&j, rev);
	json_key(&j, "etat");
	json_str(&j, str_of(state));
	json_key(&j, "contenu");
	json_raw(&j, content);
	json_key(&j, "a_preciser");
	json_begin_array(&j);
	for (size_t i = 0; doubts && i < doubts->n; i++) {
		json_begin_object(&j);
		json_key(&j, "lieu");
		json_str(&j, doubts->p[i].typed);
		json_key(&j, "propositions");
		json_begin_array(&j);
		for (size_t k = 0; k < doubts->p[i].choices.n; k++)
			json_territory_ref(&j, a, r->base, &doubts->p[i].choices.p[k]);
		json_end(&j);
		json_end(&j);
	}
	json_end(&j);
	json_notices(&j, r);
	json_end(&j);
	w->etag = arena_fmt(a, "%lld", (long long)rev);
	w->cache = CACHE_NONE;
}

/* Both texts, and field by field what differs. */
static enum err
conflict_json(struct req *r, struct resp *w, int status, const struct work *base, const struct work_content *mine)
{
	struct arena *a = r->arena;
	struct view_write_clashes c = clashes(a, mine, &base->content);
	struct json_out j = json_out(&w->body);

	json_begin_object(&j);
	json_key(&j, "type");
	json_str(&j, STR("about:blank"));
	json_key(&j, "title");
	json_str(&j, STR("Ce texte a été modifié entre-temps."));
	json_key(&j, "status");
	json_int(&j, status);
	json_key(&j, "detail");
	json_str(&j, STR("Rien n’a été changé. Reprenez ce qu’il faut du texte enregistré, puis envoyez le vôtre avec sa révision."));
	json_key(&j, "rev");
	json_int(&j, base->rev);
	json_key(&j, "enregistre");
	json_raw(&j, base->json);
	json_key(&j, "envoye");
	json_raw(&j, work_content_write(a, mine));
	json_key(&j, "champs");
	json_begin_array(&j);
	for (size_t i = 0; i < c.n; i++) {
		json_begin_object(&j);
		json_key(&j, "libelle");
		json_str(&j, c.p[i].label);
		json_key(&j, "enregistre");
		json_str(&j, c.p[i].theirs);
		json_key(&j, "envoye");
		json_str(&j, c.p[i].mine);
		json_end(&j);
	}
	json_end(&j);
	json_end(&j);
	w->status = status;
	w->etag = arena_fmt(a, "%lld", (long long)base->rev);
	w->content_type = STR("application/problem+json");
	w->cache = CACHE_NONE;
	return ERR_NONE;
}

/* To a program, all that is wrong before anything is done. */
static enum err
faults_json(struct req *r, struct resp *w, const struct work_faults *f)
{
	write_faults(r, f);
	w->status = 422;
	problem_write(r, w, ERR_BAD_INPUT);
	r->nnotices = 0;
	return ERR_NONE;
}

static enum err
too_long(struct req *r, struct resp *w, struct screen *s)
{
	form_fault(r, "formulaire", "Ce texte est trop long pour une fiche : 240 000 octets au plus. Une pièce jointe peut porter le détail.");
	s->status = 413;
	return show(r, w, s);
}

/* Where a form goes once its text is kept. */
static struct url
next_of(struct req *r, int64_t id, bool created, const struct write_doubts *doubts)
{
	struct arena *a = r->arena;
	bool is_short = write_short(r);
	const char *depth = (is_short && !asked(r, "complete")) || asked(r, "courte") ? "apercu" : "complete";
	struct str out = req_param(r, "retirer");

	if (asked(r, "etape") || asked(r, "valeur")) {
		const char *key = asked(r, "etape") ? "etapes" : "valeurs";
		return link_fmt(a, "/fiches/%lld/modifier?profondeur=complete&fait=etape#groupe-%s", (long long)id, key);
	}
	if (out.n)
		return link_fmt(a, "/fiches/%lld/modifier?profondeur=complete&fait=retire#groupe-%.*s", (long long)id, (int)(out.n > 7 ? out.n - 2 : out.n), out.p);
	return link_fmt(a, "/fiches/%lld/modifier?profondeur=%s&fait=%s%s", (long long)id, depth, created ? "cree" : "enregistre",
	                doubts->n && !created ? "#f-territoire" : "");
}

/* The text is kept; it is sent to be read over when that is asked, and nothing is missing. */
static enum err
send(struct req *r, struct resp *w, int64_t id, int64_t rev, const char *state, const struct work_content *c)
{
	struct arena *a = r->arena;
	struct work_faults faults;
	struct str refusal = STR_NONE;
	int64_t actor = actor_of(r)->id;
	enum err e = work_judge(r->write, a, id, c, write_short(r), &faults);

	if (e)
		return e;
	if (faults.n) { /* kept all the same: the form is opened again with what is missing */
		resp_redirect(w, 303, arena_fmt(a, "/fiches/%lld/modifier?profondeur=%s&verifier=1#fautes", (long long)id, write_short(r) ? "apercu" : "complete"));
		return ERR_NONE;
	}
	if (strcmp(state, "refusee") == 0) {
		if ((e = work_move(r->write, a, actor, id, "reprendre", STR_NONE, rev++, &refusal)))
			return e;
	}
	if (refusal.n == 0 && (e = work_move(r->write, a, actor, id, "soumettre", STR_NONE, rev, &refusal)))
		return e;
	if (refusal.n)
		return err_note(str_eq(refusal, STR("interdit")) ? ERR_FORBIDDEN : ERR_CONFLICT, "%.*s", (int)refusal.n, refusal.p);
	resp_redirect(w, 303, arena_fmt(a, "/fiches/%lld/travail?fait=envoye", (long long)id));
	return review_submitted(r, actor, id);
}

enum err
page_write_new(struct req *r, struct resp *w)
{
	struct screen s = { .content = { .evidence = -1 }, .short_form = write_short(r) };
	struct str model = req_param(r, "modele");
	enum err e;

	if (model.n) {
		int64_t n = 0;
		for (size_t i = 0; i < model.n; i++)
			n = n * 10 + (model.p[i] - '0');
		if ((e = work_model(r->write, r->arena, n, &s.content)))
			return e;
		s.short_form = false;
	} else if ((e = write_read(r, &s.content, &s.content, &s.doubts))) {
		return e;
	}
	return show(r, w, &s);
}

enum err
page_write_create(struct req *r, struct resp *w)
{
	struct arena *a = r->arena;
	struct screen s = { .content = { .evidence = -1 }, .short_form = write_short(r) };
	bool json = r->format == FORMAT_JSON, sends = asked(r, "envoyer");
	struct work_faults faults;
	struct str model = req_param(r, "modele");
	int64_t id, number = 0;
	enum err e = ERR_NONE;

	for (size_t i = 0; i < model.n; i++)
		number = number * 10 + (model.p[i] - '0');
	if (number && (e = work_model(r->write, a, number, &s.content)))
		return e;
	if ((e = write_read(r, &s.content, &s.content, &s.doubts)))
		return e;
	if (number)
		s.content.inspired_by = number;
	if (r->refused)
		return show(r, w, &s);
	if (json && sends) {
		if ((e = work_judge(r->write, a, 0, &s.content, false, &faults)))
			return e;
		if (faults.n)
			return faults_json(r, w, &faults);
	}
	e = work_create(r->write, a, actor_of(r)->id, &s.content, &id);
	if (e == ERR_TOO_LARGE && !json)
		return too_long(r, w, &s);
	if (e)
		return e;
	if (sends) {
		if ((e = send(r, w, id, 1, "brouillon", &s.content)))
			return e;
	} else {
		struct url to = next_of(r, id, true, &s.doubts);
		resp_redirect(w, 303, (struct str){ to.p, to.n });
	}
	if (json) {
		work_json(r, w, id, sends ? 2 : 1, sends ? "soumise" : "brouillon", work_content_write(a, &s.content), &s.doubts);
		w->location = arena_fmt(a, "/fiches/%lld/brouillon", (long long)id);
		w->status = 201;
	}
	return ERR_NONE;
}

/* What is kept now, beside what was typed. */
static enum err
conflict(struct req *r, struct resp *w, struct screen *s)
{
	struct work base;
	enum err e = work_find(r->write, r->arena, actor_of(r)->id, s->work->id, &base);

	if (e)
		return e;
	if (r->format == FORMAT_JSON)
		return conflict_json(r, w, r->method == METHOD_PUT ? 412 : 409, &base, &s->content);
	s->base = s->work = &base;
	s->rev = base.rev;
	s->status = 409;
	return show(r, w, s);
}

static int64_t
number_of(struct str s)
{
	int64_t n = 0;

	for (size_t i = 0; i < s.n && i < 12; i++)
		n = s.p[i] >= '0' && s.p[i] <= '9' && n >= 0 ? n * 10 + (s.p[i] - '0') : -1;
	return s.n ? n : -1;
}

/* Saves, and sends when asked. */
static enum err
save(struct req *r, struct resp *w, struct screen *s)
{
	struct arena *a = r->arena;
	const struct work *k = s->work;
	bool json = r->format == FORMAT_JSON, sends = asked(r, "envoyer");
	struct work_faults faults;
	int64_t rev;
	enum err e;

	if (json && sends) {
		if ((e = work_judge(r->write, a, k->id, &s->content, false, &faults)))
			return e;
		if (faults.n)
			return faults_json(r, w, &faults);
	}
	e = work_save(r->write, a, actor_of(r)->id, k, s->rev, &s->content, &rev);
	if (e == ERR_PRECONDITION)
		return conflict(r, w, s);
	if (e == ERR_TOO_LARGE && !json)
		return too_long(r, w, s);
	if (e)
		return e;
	const char *state = str_eq(k->state, STR("publiee")) ? "brouillon" : arena_cstr(a, k->state);
	if (sends) {
		if ((e = send(r, w, k->id, rev, state, &s->content)))
			return e;
	} else {
		struct url to = next_of(r, k->id, false, &s->doubts);
		resp_redirect(w, 303, (struct str){ to.p, to.n });
	}
	if (json) {
		struct work now;
		if ((e = work_find(r->write, a, actor_of(r)->id, k->id, &now)))
			return e;
		work_json(r, w, k->id, now.rev, arena_cstr(a, now.state), now.json, &s->doubts);
		w->location = STR_NONE;
		w->status = 200;
	}
	return ERR_NONE;
}

static enum err
take_back(struct req *r, struct resp *w, const struct work *k)
{
	struct arena *a = r->arena;
	struct str refusal;
	enum err e = work_move(r->write, a, actor_of(r)->id, k->id, "reprendre", STR_NONE, number_of(req_param(r, "rev")) > 0 ? k->rev : 0, &refusal);

	if (e)
		return e;
	if (str_eq(refusal, STR("interdit")))
		return ERR_FORBIDDEN;
	resp_redirect(w, 303, arena_fmt(a, "/fiches/%lld/modifier%s", (long long)k->id, refusal.n ? "" : "?fait=repris"));
	return ERR_NONE;
}

/* A text that has more than six fields opens whole. */
static bool
opens_short(const struct req *r, const struct work_content *c)
{
	if (req_param(r, "profondeur").n)
		return write_short(r);
	return c->nsections == 0 && c->nsteps == 0 && c->nvalues == 0 && c->steps_prose.n == 0 && c->inspired_by == 0;
}

enum err
page_write(struct req *r, struct resp *w)
{
	struct arena *a = r->arena;
	struct work k;
	int64_t id = write_number(r);
	enum err e = id ? work_find(r->write, a, actor_of(r)->id, id, &k) : ERR_NOT_FOUND;

	if (e)
		return e;
	bool sends = r->method == METHOD_POST;
	struct screen s = { .work = &k, .content = k.content, .rev = k.rev, .short_form = opens_short(r, &k.content) };
	if (!sends) {
		s.done = done_of(req_param(r, "fait"));
		if ((e = write_doubts_of(r, k.content.places, &s.doubts)))
			return e;
		if (req_param(r, "verifier").n) {
			struct work_faults faults;
			if ((e = work_judge(r->write, a, id, &k.content, s.short_form, &faults)))
				return e;
			write_faults(r, &faults);
			s.done = faults.n ? STR_NONE : STR("Il ne manque rien : vous pouvez envoyer cette fiche en relecture.");
		} else {
			write_doubts_told(r, &s.doubts);
		}
		return show(r, w, &s);
	}
	if (!k.may_write)
		return ERR_FORBIDDEN;
	if (asked(r, "reprendre"))
		return take_back(r, w, &k);
	s.short_form = write_short(r);
	s.rev = number_of(req_param(r, "rev"));
	if ((e = write_read(r, &k.content, &s.content, &s.doubts)))
		return e;
	if (r->refused)
		return show(r, w, &s);
	if (!work_editable(&k))
		return conflict(r, w, &s);
	return save(r, w, &s);
}

enum err
page_draft(struct req *r, struct resp *w)
{
	struct arena *a = r->arena;
	struct work k;
	int64_t id = write_number(r);
	enum err e = id ? work_find(r->write, a, actor_of(r)->id, id, &k) : ERR_NOT_FOUND;

	if (e)
		return e;
	if (r->method != METHOD_PUT) {
		struct write_doubts doubts;
		if ((e = write_doubts_of(r, k.content.places, &doubts)))
			return e;
		work_json(r, w, id, k.rev, arena_cstr(a, k.state), k.json, &doubts);
		return ERR_NONE;
	}
	if (!k.may_write)
		return ERR_FORBIDDEN;
	struct screen s = { .work = &k };
	s.rev = number_of(r->if_match.n ? r->if_match : req_param(r, "rev"));
	if (str_eq(r->if_match, STR("*")))
		s.rev = k.rev;
	if (s.rev < 0) {
		req_notice(r, STR("rev"), STR("manque"), STR("Dites quelle révision vous avez lue : un en-tête If-Match, ou « rev »."));
		return ERR_BAD_INPUT;
	}
	if ((e = write_read(r, &k.content, &s.content, &s.doubts)))
		return e;
	if (!work_editable(&k))
		return conflict(r, w, &s);
	return save(r, w, &s);
}
