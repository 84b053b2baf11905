/*
 * /contribuer/sans-compte: the six fields, without an account. What is typed is kept with a link that goes by mail; the link shows the
 * text, and its button sends it to be read over. Nothing is public, nor seen by anybody, before that.
 */
#include "gen/tpl.h"
#include "model/mail.h"
#include "model/work_author.h"
#include "page/sign.h"
#include "page/write.h"
#include "text/json.h"
#include "text/json_out.h"

enum { OFFER_LASTS_S = 7 * 24 * 3600, OFFERS = 3, OFFERS_PER_S = 24 * 3600, FORM_AGE_MIN_MS = 2000 };

static struct view_links
trail(struct arena *a)
{
	struct view_link p[] = { { STR("Contribuer"), link_fmt(a, "/contribuer") }, { STR("Sans compte"), { NULL, 0 } } };

	return crumbs(a, 2, p);
}

static enum err
show(struct req *r, struct resp *w, const struct work_content *c, const struct write_doubts *doubts, int status)
{
	struct arena *a = r->arena;
	struct view_form_field *who = arena_array(a, struct view_form_field, 2);
	struct view_write v = { .crumbs = trail(a), .title = STR("Proposer une fiche, sans compte"), .lead = STR("Six renseignements et votre adresse : un courriel vous fait confirmer l’envoi."),
		                .action = link_fmt(a, "/contribuer/sans-compte"), .preview = link_fmt(a, "/contribuer/apercu"), .hidden = form_hidden(r, true),
		                .send = STR("Recevoir le courriel de confirmation"), .guest = true,
		                .who_reads = STR("Vous confirmez par le courriel, puis une personne qui anime ce territoire relit votre fiche et vous répond à cette adresse.") };
	enum err e = write_form(r, c, doubts, true, &v);

	if (e)
		return e;
	who[0] = form_field(r, PARAMS_GUEST, "nom", STR_NONE, "Celui que l’on verra sous la fiche. Un prénom, ou le nom de votre structure.");
	who[1] = form_field(r, PARAMS_GUEST, "courriel", STR_NONE, "Pour confirmer l’envoi et vous répondre. Nous ne le montrons à personne.");
	who[0].autocomplete = STR("name");
	v.who = (struct view_form_fields){ who, 2 };
	v.faults = form_faults(r);
	struct buf main;
	buf_init(&main, a, 32768);
	tpl_ecrire(&main, &v);
	struct view_layout layout = { .title = v.title, .noindex = true, .head_search = true, .write = true };
	w->status = status;
	w->cache = CACHE_NONE;
	return page_send(r, w, &layout, &main);
}

static enum err
look_at_your_mail(struct req *r, struct resp *w)
{
	struct view_door d = { .title = STR("Regardez vos courriels"),
		               .lead = STR("Nous venons d’écrire à l’adresse que vous avez donnée. Ouvrez le lien de ce courriel pour envoyer votre fiche."),
		               .note_title = STR("Rien n’arrive ?"),
		               .note = STR("Comptez une minute ou deux et regardez dans les indésirables. Votre texte est gardé sept jours avec ce lien.") };

	d.crumbs = trail(r->arena);
	return door_send(r, w, &d, 200);
}

/* The text and whose it is, until the link is used. */
static struct str
kept(struct req *r, const struct work_content *c)
{
	struct buf b;

	buf_init(&b, r->arena, 4096);
	struct json_out j = json_out(&b);
	json_begin_object(&j);
	json_key(&j, "nom"), json_str(&j, req_param(r, "nom"));
	json_key(&j, "courriel"), json_str(&j, req_param(r, "courriel"));
	json_key(&j, "contenu"), json_str(&j, work_content_write(r->arena, c)); /* a text: read back as it is */
	json_end(&j);
	return buf_str(&b);
}

static enum err
send_link(struct req *r, const struct work_content *c)
{
	struct arena *a = r->arena;
	struct token t;

	token_make(&t);
	enum err e = token_put(r->write, a, str_of(t.sum), "apercu", 0, 0, kept(r, c), OFFER_LASTS_S);
	if (e)
		return e;
	struct mail m = { .to = req_param(r, "courriel"), .kind = STR("lien"), .subject = STR("Confirmez l’envoi de votre fiche"),
		          .letter = { LETTER_PARAGRAPHS(STR("Bonjour,"), arena_fmt(a, "Vous proposez une fiche à Catalyse : « %.*s ». Elle partira en relecture quand vous l’aurez confirmée.",
		                                                               (int)c->title.n, c->title.p)),
		                      LETTER_LINKS({ STR("Relire et envoyer ma fiche"), arena_fmt(a, "%.*s/contribuer/sans-compte/%s", (int)r->base.n, r->base.p, t.text) }),
		                      LETTER_AFTER(STR("Ce lien vaut sept jours. Si vous n’avez rien écrit, ne faites rien : sans ce geste, la fiche n’existe pas.")) } };
	return mail_queue(r->write, a, &m, NULL);
}

enum err
page_guest(struct req *r, struct resp *w)
{
	struct arena *a = r->arena;
	struct work_content c = { .evidence = -1 };
	struct write_doubts doubts;
	struct work_faults faults;
	int64_t wait = 0;
	enum err e = write_read(r, &c, &c, &doubts);

	if (e || r->method != METHOD_POST)
		return e ? e : show(r, w, &c, &doubts, 200);
	if (r->refused)
		return show(r, w, &c, &doubts, 400);
	if ((e = work_judge(r->write, a, 0, &c, true, &faults)))
		return e;
	write_faults(r, &faults);
	if (req_param(r, "nom").n == 0)
		form_fault(r, "nom", "Écrivez le nom que l’on verra sous la fiche.");
	if (req_param(r, "courriel").n == 0)
		form_fault(r, "courriel", "Écrivez votre adresse : c’est là que part la confirmation.");
	/* Robots fill what people do not see, and answer at once. Somebody may be taken for one: the text is given back, to be sent again. */
	if (r->nnotices == 0 && (req_param(r, "site_web").n || r->form_age_ms < FORM_AGE_MIN_MS))
		form_fault(r, "formulaire", "Ce formulaire nous est revenu comme le font les robots. Si vous n’en êtes pas un, envoyez-le à nouveau, tel quel.");
	if (r->nnotices == 0 && (e = attempt_note(r->write, a, "apercu", req_param(r, "courriel"), OFFERS, OFFERS_PER_S, &wait)))
		return e;
	if (wait)
		form_fault(r, "formulaire", "Trois fiches par jour et par adresse, au plus, sans compte. Gardez ce texte, ou ouvrez un compte pour continuer maintenant.");
	if (r->nnotices)
		return show(r, w, &c, &doubts, wait ? 429 : 422);
	if ((e = send_link(r, &c)))
		return e;
	return look_at_your_mail(r, w);
}

static enum err
over(struct req *r, struct resp *w)
{
	struct view_link ways[] = { { STR("Proposer une fiche"), link_fmt(r->arena, "/contribuer") } };
	struct view_door d = { .title = STR("Ce lien ne sert plus"), .lead = STR("La fiche a déjà été envoyée, ou le lien a plus de sept jours."), .links = { ways, 1 } };

	d.crumbs = trail(r->arena);
	return door_send(r, w, &d, 404);
}

enum err
page_guest_confirm(struct req *r, struct resp *w)
{
	struct arena *a = r->arena;
	struct handed h;
	const struct json *doc;
	struct str text = r->vars[0];
	int64_t sheet, author;
	bool sends = r->method == METHOD_POST && !r->refused;
	enum err e = sends ? token_use(r->write, a, text, "apercu", &h) : token_find(r->write, a, text, "apercu", &h);

	if (e == ERR_NOT_FOUND || (!e && !sends && (h.used || h.late)))
		return over(r, w);
	if (!e)
		e = json_parse(a, h.data, &doc);
	if (e)
		return e;
	struct str name = json_text(json_get(doc, "nom")), email = json_text(json_get(doc, "courriel"));
	struct work_content c = work_content_read(a, json_text(json_get(doc, "contenu")));
	if (sends) {
		if ((e = work_offer(r->write, a, name, email, work_content_write(a, &c), &sheet, &author)) || (e = review_offered(r, author, sheet)))
			return e;
		struct view_door d = { .title = STR("C’est envoyé. Merci !"),
			               .lead = STR("Votre fiche attend sa relecture. La réponse viendra par courriel, à l’adresse que vous avez donnée."),
			               .note_title = STR("Pour la suivre"),
			               .note = STR("Choisissez un mot de passe avec cette même adresse, à la page de connexion : la fiche est déjà à votre nom.") };
		struct view_link ways[] = { { STR("Choisir un mot de passe"), link_fmt(a, "/mot-de-passe") }, { STR("Proposer une autre fiche"), link_fmt(a, "/contribuer") } };
		d.crumbs = trail(a);
		d.links = (struct view_links){ ways, 2 };
		return door_send(r, w, &d, 200);
	}
	struct view_sheet v;
	if ((e = write_sheet_view(r, &c, 0, &v)))
		return e;
	v.cote.text = arena_fmt(a, "%c ?", sheet_kind_of(c.type)->letter[0] - 32);
	v.crumbs = trail(a);
	struct view_draft d = { .title = STR("Prête à partir"), .who = arena_fmt(a, "Voici votre fiche, signée %.*s. Elle part en relecture quand vous appuyez sur ce bouton.", (int)name.n, name.p),
		                .action = link_fmt(a, "/contribuer/sans-compte/%.*s", (int)text.n, text.p), .hidden = form_hidden(r, false), .button = STR("Envoyer en relecture") };
	struct buf main;
	buf_init(&main, a, 32768);
	tpl_travail(&main, &d);
	tpl_sheet(&main, &v);
	struct view_layout layout = { .title = STR("Envoyer ma fiche"), .noindex = true, .head_search = true };
	w->cache = CACHE_NONE;
	return page_send(r, w, &layout, &main);
}
