/*
 * /alertes: whoever follows a list is told by mail of what is new in it, without an account. An address is kept once the link sent there
 * was confirmed, and no longer than its last alert. /alertes/{jeton}: what an address follows, by the signed link of each mail.
 */
#include "gen/tpl.h"
#include "model/mail.h"
#include "page/alert_query.h"
#include "page/follow.h"
#include "text/json.h"
#include "text/json_out.h"
#include "web/params.h"

static const char PURPOSE[] = "alerte";
enum { CONFIRM_LASTS = 3 * 24 * 3600 };

static struct view_links
trail(struct arena *a, struct str last)
{
	struct view_link *p = arena_array(a, struct view_link, 2);

	p[0] = (struct view_link){ STR("Alertes"), last.n ? (struct url){ "/alertes", 8 } : (struct url){ NULL, 0 } };
	p[1] = (struct view_link){ last, { NULL, 0 } };
	return crumbs(a, last.n ? 2 : 1, p);
}

static enum err
send(struct req *r, struct resp *w, struct view_alert *v)
{
	struct buf main;

	if (w->status == 200 && params_bad(r))
		w->status = 400;
	v->faults = form_faults(r);
	buf_init(&main, r->arena, 16384);
	tpl_alert(&main, v);
	struct view_layout layout = { .title = v->title, .canonical = link_fmt(r->arena, "%.*s/alertes", (int)r->base.n, r->base.p), .noindex = true,
		                      .head_search = true };
	return page_send(r, w, &layout, &main);
}

static struct str
total_words(struct arena *a, const struct alert_query *q, int64_t total)
{
	struct str count = words_count(a, total, q->list->one, q->list->many);

	return total ? arena_fmt(a, "%.*s aujourd’hui", (int)count.n, count.p) : STR("rien n’y répond aujourd’hui : la première réponse vous sera dite");
}

static struct view_facts
facts_of(struct arena *a, const struct alert_query *q, struct str label, int64_t total, struct str rhythm)
{
	struct view_fact *p = arena_array(a, struct view_fact, 3);
	size_t n = 0;

	p[n++] = (struct view_fact){ .label = STR("La liste"), .text = label };
	p[n++] = (struct view_fact){ .label = STR("Ce qui y répond"), .text = total_words(a, q, total) };
	if (rhythm.n)
		p[n++] = (struct view_fact){ .label = STR("Rythme"), .text = str_eq(rhythm, STR("jour")) ? STR("chaque jour où il y a du nouveau")
			                                                                                 : STR("une fois par semaine, s’il y a du nouveau") };
	return (struct view_facts){ p, n };
}

static struct view_strs
promises(struct arena *a)
{
	struct str *p = arena_array(a, struct str, 4);

	p[0] = STR("Un courriel arrive avec un lien. Rien n’est gardé tant que vous n’avez pas appuyé sur son bouton ; sans réponse, tout est oublié au bout de trois jours.");
	p[1] = STR("Ensuite, un courriel ne part que s’il y a du nouveau : ce qui est paru dans cette liste, ou ce qui y a changé, depuis le précédent.");
	p[2] = STR("Chaque courriel porte un lien pour l’arrêter d’un seul geste.");
	p[3] = STR("Votre adresse ne sert qu’à cela. Elle est effacée avec votre dernière alerte.");
	return (struct view_strs){ p, 4 };
}

static struct view_links
lists(struct arena *a)
{
	static const char *const all[][2] = { { "Les fiches, avec leurs filtres", "/fiches" },
		                              { "Les catalyseurs", "/catalyseurs" },
		                              { "Les webinaires et les rencontres", "/evenements" },
		                              { "Une recherche dans tout le site", "/recherche" } };
	enum { N = sizeof(all) / sizeof(*all) };
	struct view_link *p = arena_array(a, struct view_link, N);

	for (size_t i = 0; i < N; i++)
		p[i] = (struct view_link){ str_of(all[i][0]), { all[i][1], strlen(all[i][1]) } };
	return (struct view_links){ p, N };
}

static struct str
done_words(struct str code)
{
	static const struct {
		const char *code, *words;
	} done[] = {
		{ "envoye", "Encore un geste : un courriel vient de partir, avec un lien. Votre alerte commence quand vous l’aurez ouvert." },
		{ "lien", "Si cette adresse suit une liste, un courriel vient d’y partir, avec le lien de ses alertes." },
		{ "efface", "C’est fait : vos alertes sont supprimées, et votre adresse est effacée." },
		{ "confirmee", "C’est fait : un courriel vous dira ce qui paraîtra dans cette liste." },
		{ "pause", "Cette alerte est en pause." },
		{ "reprise", "Cette alerte reprend." },
		{ "rythme", "Le rythme de cette alerte a changé." },
		{ "supprimee", "Cette alerte est supprimée." },
	};

	for (size_t i = 0; i < sizeof(done) / sizeof(*done); i++)
		if (str_eq(code, str_of(done[i].code)))
			return str_of(done[i].words);
	return STR_NONE;
}

/* Without a list: where to find one, and the link for those who lost it. */
static enum err
welcome(struct req *r, struct resp *w, struct str trouble)
{
	struct arena *a = r->arena;
	struct view_form_field *again = arena_array(a, struct view_form_field, 1);

	again[0] = form_field(r, r->route->params, "courriel", STR_NONE, "L’adresse à laquelle vous recevez vos alertes.");
	again[0].required = true;
	struct view_alert v = { .crumbs = trail(a, STR_NONE),
		                .title = STR("Être prévenu par courriel"),
		                .lead = STR("De ce qui paraît dans une liste du site, sans compte. Choisissez la liste avec ses filtres : « Être prévenu » y est écrit."),
		                .done = done_words(req_param(r, "fait")),
		                .trouble = trouble,
		                .hidden = form_hidden(r, false),
		                .lists_title = STR("Choisir une liste"),
		                .lists = lists(a),
		                .again_title = STR("Retrouver mes alertes"),
		                .again = { again, 1 },
		                .note_title = STR("Comment cela se passe"),
		                .notes = promises(a) };
	return send(r, w, &v);
}

static enum err
form(struct req *r, struct resp *w, struct alert_query *q, struct str label, int64_t total)
{
	const struct view_form_option rhythms[] = {
		{ .value = STR("jour"), .label = STR("Chaque jour où il y a du nouveau") },
		{ .value = STR("semaine"), .label = STR("Une fois par semaine, s’il y a du nouveau") },
	};
	struct arena *a = r->arena;
	struct view_form_field *p = arena_array(a, struct view_form_field, 2);
	struct view_form_pair *kept = arena_array(a, struct view_form_pair, 1);
	struct view_link *links = arena_array(a, struct view_link, 1);
	struct str usual = STR("semaine");

	p[0] = form_field(r, r->route->params, "courriel", STR_NONE, "Un lien de confirmation y sera envoyé. Cette adresse n’est montrée à personne.");
	p[0].required = true;
	p[1] = form_field(r, r->route->params, "rythme", STR_NONE, NULL);
	p[1].choices = true;
	form_options(r, &p[1], rhythms, 2, &usual, 1);
	kept[0] = (struct view_form_pair){ STR("requete"), q->canonical };
	links[0] = (struct view_link){ STR("Revenir à la liste"), { q->canonical.p, q->canonical.n } };
	struct view_alert v = { .crumbs = trail(a, STR("Une liste")),
		                .title = STR("Être prévenu par courriel"),
		                .lead = total ? STR("De ce qui paraîtra dans cette liste, ou y changera. Sans compte.")
		                              : STR("Rien ne répond encore à cette demande. Laissez une adresse : la première réponse vous sera dite."),
		                .done = done_words(req_param(r, "fait")),
		                .facts = facts_of(a, q, label, total, STR_NONE),
		                .action = { "/alertes", 8 },
		                .hidden = form_hidden(r, true),
		                .kept = { kept, 1 },
		                .fields = { p, 2 },
		                .trap = true,
		                .choice = STR("suivre"),
		                .button = STR("Recevoir le lien de confirmation"),
		                .note_title = STR("Comment cela se passe"),
		                .notes = promises(a),
		                .links = { links, 1 } };
	if (v.done.n)
		v.action = (struct url){ NULL, 0 };
	return send(r, w, &v);
}

/* The link that makes an alert: what was asked waits in it. Known or not, the address gets the same one. */
static enum err
hand_out(struct req *r, const struct alert_query *q, struct str label, struct str email, struct str rhythm)
{
	struct arena *a = r->arena;
	struct token t;
	struct buf data;

	token_make(&t);
	buf_init(&data, a, 1024);
	struct json_out j = json_out(&data);
	json_begin_object(&j);
	json_key(&j, "requete"), json_str(&j, q->canonical);
	json_key(&j, "rythme"), json_str(&j, rhythm);
	json_key(&j, "courriel"), json_str(&j, email);
	json_end(&j);
	enum err e = token_put(r->write, a, str_of(t.sum), PURPOSE, 0, 0, buf_str(&data), CONFIRM_LASTS);
	if (e)
		return e;
	struct mail m = {
		.to = email, .kind = STR("lien"),
		.subject = STR("Votre alerte, à confirmer"),
		.letter = { LETTER_PARAGRAPHS(STR("Bonjour,"), arena_fmt(a, "Vous demandez à être prévenu de ce qui paraîtra dans cette liste :\n%.*s", (int)label.n, label.p),
		                              STR("L’alerte commence quand vous appuyez sur le bouton de la page que ce lien ouvre.")),
		            LETTER_LINKS({ STR("Confirmer mon alerte"), follow_absolute(r, link_fmt(a, "/alertes/confirmer?lien=%s", t.text)) }),
		            LETTER_AFTER(STR("Ce lien sert pendant trois jours. Si vous n’avez rien demandé, laissez ce courriel : votre adresse ne sera pas gardée.")) },
	};
	return mail_queue(r->write, a, &m, NULL);
}

/* The link of one's alerts, for an address that has some; nothing else tells it from another. */
static enum err
find_again(struct req *r, struct resp *w)
{
	struct arena *a = r->arena;
	struct str email = req_param(r, "courriel");
	static const struct actor visitor = { .role = ROLE_PUBLIC };
	int64_t who;
	struct url u;
	enum err e;

	if (!r->refused && email.n == 0) {
		form_fault(r, "courriel", "Donnez l’adresse à laquelle vous recevez vos alertes.");
		w->status = 422;
	}
	if (r->refused || w->status != 200)
		return welcome(r, w, STR_NONE);
	if (!follow_welcome(r, w, &visitor, "alerte", &e))
		return e ? e : welcome(r, w, STR_NONE);
	if ((e = follower_find(r->write, a, email, &who)) || (e = alert_manage_link(r, who, &u)))
		return e;
	/* Known or not, the same is run: only the reader of the mail learns something. */
	struct mail m = {
		.to = email, .kind = STR("lien"),
		.subject = STR("Le lien de vos alertes"),
		.letter = { LETTER_PARAGRAPHS(STR("Bonjour,"),
		                              who ? STR("Ce lien montre les listes que suit cette adresse. Il sert à les changer, à les mettre en pause ou à les supprimer.")
		                                  : STR("Le lien de vos alertes vient d’être demandé, mais cette adresse ne suit aucune liste du site. Peut-être en suivez-vous "
		                                        "une avec une autre adresse.")),
		            LETTER_LINKS({ who ? STR("Voir mes alertes") : STR("Suivre une liste"), follow_absolute(r, who ? u : (struct url){ "/alertes", 8 }) }),
		            LETTER_AFTER(who ? STR("Gardez-le pour vous : il sert sans mot de passe.") : STR("Si vous n’avez rien demandé, laissez ce courriel.")) },
	};
	if ((e = mail_queue(r->write, a, &m, NULL)))
		return e;
	resp_redirect(w, 303, STR("/alertes?fait=lien"));
	return ERR_NONE;
}

enum err
page_alert(struct req *r, struct resp *w)
{
	static const struct actor visitor = { .role = ROLE_PUBLIC };
	struct str asked = req_param(r, "requete"), email = req_param(r, "courriel"), rhythm = req_param(r, "rythme"), label;
	struct alert_query q;
	int64_t total;
	enum err e;

	if (!r->write)
		return err_note(ERR_DB_DOWN, "no read-write connection is set");
	if (r->method == METHOD_POST && str_eq(req_typed(r, "choix"), STR("retrouver")))
		return find_again(r, w);
	if (asked.n == 0)
		return welcome(r, w, STR_NONE);
	e = alert_query_read(r, asked, &q) ? alert_query_say(&q, &label, &total) : ERR_BAD_INPUT;
	if (e == ERR_BAD_INPUT) {
		w->status = r->method == METHOD_POST ? 422 : 400;
		return welcome(r, w, STR("Cette adresse n’est pas celle d’une liste que l’on peut suivre. Ouvrez la liste, puis « Être prévenu »."));
	}
	if (e || r->method != METHOD_POST || r->refused)
		return e ? e : form(r, w, &q, label, total);
	if (email.n == 0)
		form_fault(r, "courriel", "Donnez une adresse : c’est là que vous serez prévenu.");
	if (rhythm.n == 0)
		form_fault(r, "rythme", "Choisissez un rythme.");
	if (params_bad(r)) {
		w->status = 422;
		return form(r, w, &q, label, total);
	}
	if (!follow_welcome(r, w, &visitor, "alerte", &e))
		return e ? e : form(r, w, &q, label, total);
	if ((e = hand_out(r, &q, label, email, rhythm)))
		return e;
	struct url u = alert_link(&q.r);
	resp_redirect(w, 303, arena_fmt(r->arena, "%.*s&fait=envoye", (int)u.n, u.p));
	return ERR_NONE;
}

/* The list is looked at, and what it holds today is what the alert knows: it tells of what comes after. */
static enum err
begin(struct req *r, struct alert_query *q, struct str email, struct str rhythm, int64_t *ret_follower)
{
	struct arena *a = r->arena;
	struct watch_items items;
	struct watch watch;
	struct str label;
	int64_t total, turn;
	enum err e;

	if ((e = alert_query_say(q, &label, &total)) || (e = watch_hold(r->write, a, q->canonical, &watch)) || (e = alert_query_run(q, watch.looked_on, &items))
	    || (e = watch_look(r->write, a, watch.id, &items, &turn)))
		return e;
	return alert_put(r->write, a, email, watch.id, label, rhythm, turn, items.n == 0, ret_follower);
}

enum err
page_alert_confirm(struct req *r, struct resp *w)
{
	struct arena *a = r->arena;
	struct str link = req_param(r, "lien"), label;
	bool post = r->method == METHOD_POST && !r->refused;
	struct alert_query q;
	struct handed h;
	const struct json *d = NULL;
	int64_t total, follower;
	struct url u;

	if (!r->write)
		return err_note(ERR_DB_DOWN, "no read-write connection is set");
	enum err e = post ? token_use(r->write, a, link, PURPOSE, &h) : token_find(r->write, a, link, PURPOSE, &h);
	struct view_alert v = { .crumbs = trail(a, STR("Confirmer")), .title = STR("Confirmer votre alerte") };
	if (!e && (json_parse(a, h.data, &d) || !alert_query_read(r, json_text(json_get(d, "requete")), &q)))
		e = ERR_NOT_FOUND;
	if (e == ERR_NOT_FOUND || (!e && !post && (h.used || h.late))) {
		w->status = e && !post ? 404 : 410;
		v.title = STR("Ce lien n’est plus bon");
		v.lead = !e && h.used ? STR("Il a déjà servi : votre alerte a commencé.") : STR("Il est incomplet, ou il a plus de trois jours. L’alerte peut être demandée à nouveau.");
		v.lists_title = STR("Choisir une liste");
		v.lists = lists(a);
		return send(r, w, &v);
	}
	struct str email = json_text(json_get(d, "courriel")), rhythm = json_text(json_get(d, "rythme"));
	if (e || (e = alert_query_say(&q, &label, &total)))
		return e;
	if (post) {
		if ((e = begin(r, &q, email, rhythm, &follower)))
			return e;
		if (follower == 0) {
			w->status = 422;
			v.title = STR("Trop d’alertes pour cette adresse");
			v.lead = STR("Une adresse suit trente listes au plus. Supprimez-en une, puis recommencez.");
			return send(r, w, &v);
		}
		if ((e = alert_manage_link(r, follower, &u)))
			return e;
		resp_redirect(w, 303, arena_fmt(a, "%.*s?fait=confirmee", (int)u.n, u.p));
		w->secret = true;
		return ERR_NONE;
	}
	v.lead = STR("La voici. Elle commence quand vous appuyez sur le bouton.");
	v.facts = facts_of(a, &q, label, total, rhythm);
	v.action = link_fmt(a, "/alertes/confirmer?lien=%.*s", (int)link.n, link.p);
	v.hidden = form_hidden(r, false);
	v.choice = STR("confirmer");
	v.button = STR("Confirmer mon alerte");
	return send(r, w, &v);
}

/* "p…@exemple.org": whoever has the link knows the address; whoever looks over their shoulder does not. */
static struct str
masked(struct arena *a, struct str email)
{
	const char *at = email.n ? memchr(email.p, '@', email.n) : NULL;

	return at && at > email.p ? arena_fmt(a, "%c…%.*s", email.p[0], (int)(email.n - (size_t)(at - email.p)), at) : email;
}

static enum err
act(struct req *r, struct resp *w, int64_t follower)
{
	struct arena *a = r->arena;
	struct str what = req_param(r, "act"), number = req_param(r, "alerte"), fait;
	bool gone = false, all = str_eq(what, STR("oublier")), rhythm = str_eq(what, STR("jour")) || str_eq(what, STR("semaine"));
	int64_t id = 0;
	enum err e;

	for (size_t i = 0; i < number.n; i++)
		id = id * 10 + (number.p[i] - '0');
	if (what.n == 0 || (id == 0 && !all))
		return err_note(ERR_BAD_INPUT, "no act, or on no alert");
	if (all || str_eq(what, STR("supprimer"))) {
		e = alert_end(r->write, a, follower, all ? 0 : id, &gone);
		fait = STR("supprimee");
	} else if (rhythm) {
		e = alert_set(r->write, a, follower, id, -1, what);
		fait = STR("rythme");
	} else {
		bool pause = str_eq(what, STR("pauser"));
		e = alert_set(r->write, a, follower, id, pause, STR_NONE);
		fait = pause ? STR("pause") : STR("reprise");
	}
	if (e)
		return e;
	w->secret = true;
	resp_redirect(w, 303, gone || all ? STR("/alertes?fait=efface") : arena_fmt(a, "%.*s?fait=%.*s", (int)r->path.n, r->path.p, (int)fait.n, fait.p));
	return ERR_NONE;
}

static struct view_alert_row
row(struct arena *a, const struct alert *x)
{
	bool daily = str_eq(x->rhythm, STR("jour"));
	struct view_date since = words_date(a, x->since, true), told = words_date(a, x->told_on, true);
	struct str last = x->told_on.n ? arena_fmt(a, " Dernier courriel le %.*s.", (int)told.text.n, told.text.p) : STR(" Aucun courriel pour le moment : rien de nouveau.");

	return (struct view_alert_row){
		.id = arena_fmt(a, "%lld", (long long)x->id),
		.list = { x->label, { x->query.p, x->query.n } },
		.state = x->paused ? STR("en pause") : STR_NONE,
		.mark = STR("clos"),
		.detail = arena_fmt(a, "Au plus un courriel par %s, depuis le %.*s.%.*s", daily ? "jour" : "semaine", (int)since.text.n, since.text.p, (int)last.n, last.p),
		.paused = x->paused,
		.daily = daily,
	};
}

enum err
page_alerts(struct req *r, struct resp *w)
{
	struct arena *a = r->arena;
	struct alerts all = { 0 };
	int64_t follower = 0;

	if (!r->write)
		return err_note(ERR_DB_DOWN, "no read-write connection is set");
	enum err e = alert_manage_read(r, r->vars[0], &follower);
	if (!e)
		e = alert_list(r->write, a, follower, &all);
	if (e == ERR_NOT_FOUND || e == ERR_GONE) {
		struct view_alert v = { .crumbs = trail(a, STR("Mes alertes")), .title = STR("Aucune alerte à ce lien"),
			                .lead = STR("Elles ont été supprimées avec l’adresse, ou ce lien est incomplet, ou trop ancien. Celui d’un courriel plus récent servira.") };
		w->status = e == ERR_GONE ? 410 : 404;
		v.lists_title = STR("Choisir une liste");
		v.lists = lists(a);
		return send(r, w, &v);
	}
	if (e)
		return e;
	if (r->method == METHOD_POST && !r->refused)
		return act(r, w, follower);
	struct view_alert_row *rows = arena_array(a, struct view_alert_row, all.n);
	for (size_t i = 0; i < all.n; i++)
		rows[i] = row(a, &all.p[i]);
	struct str count = words_count(a, (int64_t)all.n, "alerte", "alertes"), email = masked(a, all.email);
	struct view_link *links = arena_array(a, struct view_link, 1);
	links[0] = (struct view_link){ STR("Suivre une autre liste"), { "/alertes", 8 } };
	struct view_alerts v = { .crumbs = trail(a, STR("Mes alertes")),
		                 .title = STR("Mes alertes"),
		                 .lead = arena_fmt(a, "%.*s, envoyée%s à %.*s. Ce lien est à vous, et sert sans mot de passe.", (int)count.n, count.p, all.n > 1 ? "s" : "",
		                                   (int)email.n, email.p),
		                 .done = done_words(req_param(r, "fait")),
		                 .action = link_fmt(a, "%.*s", (int)r->path.n, r->path.p),
		                 .hidden = form_hidden(r, false),
		                 .rows = { rows, all.n },
		                 .links = { links, 1 } };
	struct buf main;
	buf_init(&main, a, 16384);
	tpl_alerts(&main, &v);
	struct view_layout layout = { .title = v.title, .canonical = link_fmt(a, "%.*s/alertes", (int)r->base.n, r->base.p), .noindex = true, .head_search = true };
	return page_send(r, w, &layout, &main);
}
