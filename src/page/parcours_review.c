/*
 * /moderation/parcours, /moderation/parcours/{id}: parcours that contributors composed, and those that are public, for editors and animateurs.
 * Also the text as it will appear, with what may be done, which its author sees too. See parcours_desk.h.
 */
#include "page/parcours_desk.h"

#include "base/log.h"
#include "gen/tpl.h"
#include "model/mail.h"
#include "text/json_out.h"
#include "web/params.h"

enum { PAGE_SIZE = 50 };

static const struct {
	const char *state, *words, *mark;
} states[] = {
	{ "brouillon", "Brouillon", "en_cours" },
	{ "soumise", "Attend une relecture", "a-verifier" },
	{ "publiee", "En ligne", "reussi" },
	{ "refusee", "Renvoyé avec une raison", "a-verifier" },
	{ "retiree", "Retiré", "abandonne" },
};

static struct str
state_part(struct str state, bool mark)
{
	for (size_t i = 0; i < sizeof(states) / sizeof(*states); i++)
		if (str_eq(state, str_of(states[i].state)))
			return str_of(mark ? states[i].mark : states[i].words);
	return STR_NONE;
}

struct view_desk_rows
desk_rows(struct arena *a, const struct parcours_work_rows *l, const char *path)
{
	struct view_desk_row *p = arena_array(a, struct view_desk_row, l->n + 1);

	for (size_t i = 0; i < l->n; i++) {
		const struct parcours_work_row *x = &l->p[i];
		bool waits = str_eq(x->state, STR("soumise"));
		struct view_date day = words_date(a, waits && x->submitted_on.n ? x->submitted_on : x->saved_on, true);
		struct str count = words_count(a, x->steps, "étape", "étapes");
		struct str by = x->own ? STR("la plateforme") : x->author.n ? x->author : STR("une personne qui a supprimé son compte");
		p[i] = (struct view_desk_row){ .link = { x->title.n ? x->title : STR("Sans titre"), link_fmt(a, "%s/%lld", path, (long long)x->id) },
			                       .state = state_part(x->state, false),
			                       .mark = state_part(x->state, true),
			                       .note = arena_fmt(a, "%.*s, par %.*s, %s le %.*s%s", (int)count.n, count.p, (int)by.n, by.p, waits ? "envoyé" : "enregistré", (int)day.text.n,
			                                         day.text.p, x->online && !str_eq(x->state, STR("publiee")) ? " ; une version est en ligne" : ""),
			                       .reason = str_eq(x->state, STR("refusee")) || str_eq(x->state, STR("retiree")) ? x->reason : STR_NONE };
	}
	return (struct view_desk_rows){ p, l->n };
}

static const struct {
	const char *right, *act, *label, *title, *lead;
	bool reasoned, second;
} acts[] = {
	{ "auteur:modifier", "modifier", "Modifier ce parcours", "Le changer", "La version en ligne reste en place pendant que vous écrivez.", false, false },
	{ "auteur:reprendre", "reprendre", "Reprendre mon texte", "Le reprendre", "Personne ne le lira tant que vous ne l’aurez pas renvoyé.", false, true },
	{ "auteur:retirer", "retirer", "Retirer ce parcours", "Le retirer du site", "Sa page restera, avec la date et la raison. Cela se répare.", true, true },
	{ "auteur:soumettre", "soumettre", "Envoyer à la relecture", "L’envoyer", NULL, false, false },
	{ "relecteur:publier", "publier", "Publier", "Le publier", "Il paraît tout de suite, et la personne qui l’a composé en est prévenue.", false, false },
	{ "relecteur:refuser", "refuser", "Renvoyer avec cette raison", "Le renvoyer à son auteur", "Dites ce qui manque ou ce qui gêne : il pourra le reprendre et l’envoyer à nouveau.", true, true },
	{ "relecteur:retirer", "retirer", "Retirer ce parcours", "Le retirer du site", "Sa page restera, avec la date et cette raison, que tout le monde lira.", true, true },
	{ "relecteur:retablir", "retablir", "Remettre en ligne", "Le remettre en ligne", NULL, false, false },
};

static struct view_desk_acts
acts_of(struct req *r, const struct parcours_work *k, bool reviewer)
{
	struct arena *a = r->arena;
	struct view_desk_act *p = arena_array(a, struct view_desk_act, sizeof(acts) / sizeof(*acts));
	size_t n = 0;

	for (size_t i = 0; i < sizeof(acts) / sizeof(*acts); i++) {
		if (!parcours_work_may(k, acts[i].right) || (strncmp(acts[i].right, "relecteur", 9) == 0) != reviewer)
			continue;
		if (strcmp(acts[i].act, "retirer") == 0 && !k->online)
			continue;
		struct view_form_field *f = arena_array(a, struct view_form_field, 1);
		if (acts[i].reasoned) {
			f[0] = form_field(r, r->route->params, "motif", STR_NONE, NULL);
			f[0].id = arena_fmt(a, "f-motif-%s", acts[i].act);
			f[0].described = f[0].error.n ? arena_fmt(a, "f-motif-%s-e", acts[i].act) : STR_NONE;
			f[0].rows = 3;
			f[0].max = 0;
		}
		p[n++] = (struct view_desk_act){ .id = arena_fmt(a, "acte-%s", acts[i].act),
			                         .title = str_of(acts[i].title),
			                         .lead = acts[i].lead ? str_of(acts[i].lead) : STR_NONE,
			                         .action = link_fmt(a, "/%s/parcours/%lld", reviewer ? "moderation" : "contribuer", (long long)k->id),
			                         .hidden = form_hidden(r, false),
			                         .rev = arena_fmt(a, "%lld", (long long)k->rev),
			                         .fields = { f, acts[i].reasoned ? 1 : 0 },
			                         .value = str_of(acts[i].act),
			                         .label = str_of(acts[i].label),
			                         .second = acts[i].second };
	}
	return (struct view_desk_acts){ p, n };
}

enum err
desk_show(struct req *r, struct resp *w, const struct parcours_work *k, bool reviewer)
{
	struct arena *a = r->arena;
	struct parcours p = parcours_work_text(a, k);
	struct view_parcours_answers answers;
	struct view_link way[] = { reviewer ? (struct view_link){ STR("À relire"), link_fmt(a, "/moderation") } : (struct view_link){ STR("Contribuer"), link_fmt(a, "/contribuer") },
		                   { STR("Parcours"), reviewer ? link_fmt(a, "/moderation/parcours") : link_fmt(a, "/contribuer/parcours") },
		                   { k->text.title.n ? k->text.title : STR("Sans titre"), { NULL, 0 } } };
	int64_t steps, minutes, gone = 0;
	struct buf facts;

	buf_init(&facts, a, 256);
	for (size_t i = 0; i < PARCOURS_LENGTHS; i++) {
		parcours_measure(&p, PARCOURS_HOURS[i], &steps, &minutes);
		struct str lasts = parcours_duration(a, minutes), count = words_count(a, steps, "étape", "étapes");
		buf_fmt(&facts, "%sEn %d heures : %.*s, %.*s.", i ? " " : "", PARCOURS_HOURS[i], (int)count.n, count.p, (int)lasts.n, lasts.p);
	}
	for (size_t i = 0; i < p.n; i++)
		gone += p.steps[i].gone;
	struct view_desk_text v = { .crumbs = crumbs(a, 3, way),
		                    .title = way[2].label,
		                    .summary = p.summary,
		                    .audience = p.audience,
		                    .state = state_part(k->state, false),
		                    .mark = state_part(k->state, true),
		                    .by = k->own ? STR("De la plateforme.") : k->author.n ? arena_fmt(a, "Composé par %.*s.", (int)k->author.n, k->author.p) : STR("Composé par une personne qui a supprimé son compte."),
		                    .reason = str_eq(k->state, STR("refusee")) || str_eq(k->state, STR("retiree")) ? k->reason : STR_NONE,
		                    .done = desk_done(r, req_param(r, "fait")),
		                    .facts = buf_str(&facts),
		                    .gone = gone ? STR("Une étape au moins propose ce qui n’est plus publié : elle ne paraîtra pas.") : STR_NONE,
		                    .aims = parcours_lines(a, p.aims),
		                    .steps = parcours_steps_view(r, &p, PARCOURS_HOURS[PARCOURS_LENGTHS - 1], &answers),
		                    .acts = acts_of(r, k, reviewer) };
	if (k->online)
		v.online = (struct view_link){ STR("La version en ligne"), link_fmt(a, "/parcours/%.*s", (int)k->slug.n, k->slug.p) };
	if (!reviewer && (str_eq(k->state, STR("brouillon")) || str_eq(k->state, STR("refusee")))) {
		v.back = (struct view_link){ STR("Revenir au formulaire"), link_fmt(a, "/contribuer/parcours/%lld", (long long)k->id) };
		v.acts.n = 0; /* sent from the form, which says what is missing */
	}
	if (reviewer && k->own && (parcours_work_may(k, "auteur:modifier") || parcours_work_may(k, "auteur:soumettre") || parcours_work_may(k, "auteur:reprendre")))
		v.back = (struct view_link){ STR("Le changer, au nom de la plateforme"), link_fmt(a, "/contribuer/parcours/%lld", (long long)k->id) };
	if (!reviewer && k->own)
		v.queue = (struct view_link){ STR("Le publier se fait depuis la liste des parcours"), link_fmt(a, "/moderation/parcours/%lld", (long long)k->id) };
	v.faults = form_faults(r);
	struct buf main;
	buf_init(&main, a, 65536);
	tpl_parcours_travail(&main, &v);
	struct view_layout layout = { .title = v.title, .noindex = true, .nav_self = !reviewer, .head_search = true };
	return page_send(r, w, &layout, &main);
}

static const struct {
	const char *code, *says;
} done_words[] = {
	{ "publier", "Le parcours est en ligne." },
	{ "refuser", "Le parcours est renvoyé à son auteur, avec votre raison." },
	{ "retirer", "Le parcours est retiré. Sa page dit pourquoi." },
	{ "retablir", "Le parcours est de nouveau en ligne." },
};

enum err
page_parcours_queue(struct req *r, struct resp *w)
{
	struct arena *a = r->arena;
	struct list_query q = { .page = 1, .taille = PAGE_SIZE };
	struct parcours_work_rows l;

	for (size_t i = 0; i < req_param(r, "page").n; i++)
		q.page = (i ? q.page * 10 : 0) + req_param(r, "page").p[i] - '0';
	enum err e = parcours_work_list(r->write, a, actor_of(r)->id, true, (q.page - 1) * q.taille, q.taille, &l);
	if (e)
		return e;
	if (r->format == FORMAT_JSON) {
		struct json_out j = json_out(&w->body);
		json_begin_object(&j);
		json_key(&j, "total"), json_int(&j, l.total);
		json_key(&j, "elements");
		json_begin_array(&j);
		for (size_t i = 0; i < l.n; i++) {
			json_begin_object(&j);
			json_key(&j, "id"), json_int(&j, l.p[i].id);
			json_key(&j, "titre"), json_str(&j, l.p[i].title);
			json_key(&j, "etat"), json_str(&j, l.p[i].state);
			json_key(&j, "code"), json_str_or_null(&j, l.p[i].slug);
			json_key(&j, "auteur"), json_str_or_null(&j, l.p[i].author);
			json_key(&j, "en_ligne"), json_bool(&j, l.p[i].online);
			json_key(&j, "etapes"), json_int(&j, l.p[i].steps);
			json_key(&j, "envoye_le"), json_str_or_null(&j, l.p[i].submitted_on);
			json_end(&j);
		}
		json_end(&j);
		json_end(&j);
		return ERR_NONE;
	}
	struct view_link way[] = { { STR("À relire"), link_fmt(a, "/moderation") }, { STR("Parcours"), { NULL, 0 } } };
	struct view_desk v = { .crumbs = crumbs(a, 2, way),
		               .title = STR("Les parcours"),
		               .lead = STR("Ceux qui attendent d’abord, puis ceux qui sont en ligne. Qui en a composé un ne le publie pas."),
		               .rows_title = STR("À relire, et en ligne"),
		               .rows = desk_rows(a, &l, "/moderation/parcours"),
		               .paging = paging_of(r, r->path, &q, l.total) };
	for (size_t i = 0; i < sizeof(done_words) / sizeof(*done_words); i++)
		if (str_eq(req_param(r, "fait"), str_of(done_words[i].code)))
			v.done = str_of(done_words[i].says);
	struct buf main;
	buf_init(&main, a, 16384);
	tpl_parcours_suite(&main, &v);
	struct view_layout layout = { .title = v.title, .noindex = true, .head_search = true };
	return page_send(r, w, &layout, &main);
}

/* Whoever composed it learns what was decided, and why. */
static enum err
tell(struct req *r, const struct parcours_work *k, struct str act, struct str why)
{
	struct arena *a = r->arena;
	struct str email, slug, title = k->text.title;
	int64_t account;
	enum err e = parcours_work_author(r->write, a, k->id, &account, &email, &slug);

	if (e || account == 0)
		return e;
	bool out = str_eq(act, STR("publier")) || str_eq(act, STR("retablir")), back = str_eq(act, STR("refuser"));
	int n = title.n > 160 ? 160 : (int)title.n;
	while (n > 0 && n < (int)title.n && ((unsigned char)title.p[n] & 0xc0) == 0x80)
		n--;
	struct str sentence = arena_fmt(a, out    ? "Votre parcours « %.*s » est en ligne, sous votre nom."
	                                   : back ? "Votre parcours « %.*s » n’est pas publié pour l’instant. Il vous revient avec cette raison :"
	                                          : "Votre parcours « %.*s » a été retiré du site. La raison, que sa page montre aussi :",
	                                n, title.p);
	struct str link = out ? arena_fmt(a, "%.*s/parcours/%.*s", (int)r->base.n, r->base.p, (int)slug.n, slug.p)
	                      : arena_fmt(a, "%.*s/contribuer/parcours/%lld", (int)r->base.n, r->base.p, (long long)k->id);
	struct mail m = { .to = email, .account = account, .kind = STR("parcours"),
		          .subject = arena_fmt(a, "Votre parcours : %.*s", n, title.p),
		          .letter = { LETTER_PARAGRAPHS(STR("Bonjour,"), sentence, out ? STR("Merci : quelqu’un gagnera du temps en passant par là.") : why),
		                      LETTER_LINKS({ out ? STR("Le lire") : STR("Le reprendre"), link }) } };
	return mail_queue(r->write, a, &m, NULL);
}

enum err
page_parcours_decide(struct req *r, struct resp *w)
{
	struct arena *a = r->arena;
	struct parcours_work k;
	struct str act = req_param(r, "action"), why, reason = req_typed(r, "motif");
	int64_t me = actor_of(r)->id, id = 0, rev = 0;

	for (size_t i = 0; i < r->vars[0].n && i < 9; i++)
		id = r->vars[0].p[i] >= '0' && r->vars[0].p[i] <= '9' ? id * 10 + (r->vars[0].p[i] - '0') : -1000000000;
	for (size_t i = 0; i < req_param(r, "rev").n && i < 9; i++)
		rev = rev * 10 + (req_param(r, "rev").p[i] - '0');
	enum err e = id > 0 ? parcours_work_find(r->write, a, me, id, &k) : ERR_NOT_FOUND;
	if (e)
		return e;
	if (r->method == METHOD_POST && !r->refused) {
		if (!parcours_work_may(&k, arena_fmt(a, "relecteur:%.*s", (int)act.n, act.p).p))
			why = k.author_id == me ? STR("interdit") : STR("etat");
		else if ((e = parcours_work_move(r->write, a, me, id, act, reason, rev, &why)))
			return e;
		if (!why.n) {
			if ((e = tell(r, &k, act, reason)))
				return e;
			resp_redirect(w, 303, arena_fmt(a, "/moderation/parcours?fait=%.*s", (int)act.n, act.p));
			return ERR_NONE;
		}
		desk_refused(r, w, why);
	}
	return desk_show(r, w, &k, true);
}
