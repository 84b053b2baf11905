/*
 * /atelier: writing together. The code leads to a page where anybody in the room writes and sees the board; each contribution has a link,
 * shown and sent by mail if wished, by which it becomes a draft of whoever opens it with an account.
 */
#include "crypt/token.h"
#include "gen/tpl.h"
#include "model/mail.h"
#include "model/workshop.h"
#include "page/admin.h"
#include "page/sign.h"
#include "page/workshop.h"
#include "text/json_out.h"

enum { FORM_AGE_MIN_MS = 1500, MAILS = 10, MAILS_PER_S = 24 * 3600, ROOM_MAILS = 120, ROOM_S = 3600 };

static struct str
count_of(struct arena *a, const struct workshop *s)
{
	return s->notes ? words_count(a, s->notes, "contribution", "contributions") : STR("rien encore");
}

struct str
workshop_address(struct req *r, const char *path)
{
	struct str host = r->base;
	const char *after = memchr(host.p, '/', host.n); /* "https://exemple.fr" is read aloud without its scheme */

	if (after && (size_t)(after - host.p) + 2 < host.n)
		host = (struct str){ after + 2, host.n - (size_t)(after + 2 - host.p) };
	return arena_fmt(r->arena, "%.*s%s", (int)host.n, host.p, path);
}

enum err
page_workshop_door(struct req *r, struct resp *w)
{
	struct str code = req_param(r, "code");
	struct workshop s;

	if (code.n) {
		enum err e = workshop_find(r->write, r->arena, code, &s);
		if (!e) {
			resp_redirect(w, 303, arena_fmt(r->arena, "/atelier/%.*s", (int)s.code.n, s.code.p));
			return ERR_NONE;
		}
		if (e != ERR_NOT_FOUND)
			return e;
		form_fault(r, "code", "Aucun atelier n’a ce code. Six lettres ou chiffres, que la personne qui anime vous donne.");
	}
	struct view_form_field f = form_field(r, PARAMS_WORKSHOP_DOOR, "code", STR_NONE, "Six lettres ou chiffres, donnés par la personne qui anime.");
	f.required = true;
	f.autocomplete = STR("off");
	struct buf main;
	buf_init(&main, r->arena, 8192);
	struct view_workshop_door v = { .crumbs = crumbs(r->arena, 1, &(struct view_link){ STR("Atelier"), { NULL, 0 } }), .faults = form_faults(r), .field = f };
	tpl_atelier_porte(&main, &v);
	struct view_layout layout = { .title = STR("Rejoindre un atelier"), .head_search = true };
	w->cache = CACHE_NONE;
	w->status = v.faults.n ? 404 : 200;
	return page_send(r, w, &layout, &main);
}

static struct view_workshop_note
note_view(const struct workshop_note *n)
{
	const struct sheet_kind *k = sheet_kind_of(n->type);

	return (struct view_workshop_note){ .kind = str_of(k->letter),
		                            .letter = k->letter[0] == 'm' ? STR("M") : k->letter[0] == 'e' ? STR("E") : k->letter[0] == 'd' ? STR("D") : k->letter[0] == 'o' ? STR("O") : STR("C"),
		                            .kind_name = str_of(k->name),
		                            .title = n->title,
		                            .summary = n->summary,
		                            .by = n->name.n ? n->name : STR("Anonyme"),
		                            .hour = n->hour,
		                            .iso = n->written_at };
}

static void
json_send(struct req *r, struct resp *w, const struct workshop *s, const struct workshop_notes *notes)
{
	struct json_out j = json_out(&w->body);

	w->content_type = STR("application/json");
	json_begin_object(&j);
	json_key(&j, "code"), json_str(&j, s->code);
	json_key(&j, "titre"), json_str(&j, s->title);
	json_key(&j, "ouvert"), json_bool(&j, s->open);
	json_key(&j, "ferme_le"), json_str(&j, s->closes_at);
	json_key(&j, "total"), json_int(&j, s->notes);
	json_key(&j, "compte"), json_str(&j, count_of(r->arena, s));
	json_key(&j, "contributions"), json_begin_array(&j);
	for (size_t i = 0; i < notes->n; i++) {
		struct view_workshop_note v = note_view(&notes->p[i]);
		json_begin_object(&j);
		json_key(&j, "id"), json_int(&j, notes->p[i].id);
		json_key(&j, "type"), json_str(&j, notes->p[i].type);
		json_key(&j, "type_libelle"), json_str(&j, v.kind_name);
		json_key(&j, "lettre"), json_str(&j, v.letter);
		json_key(&j, "titre"), json_str(&j, v.title);
		json_key(&j, "chapo"), json_str(&j, v.summary);
		json_key(&j, "nom"), json_str(&j, v.by);
		json_key(&j, "heure"), json_str(&j, v.hour);
		json_key(&j, "ecrit_le"), json_str(&j, v.iso);
		json_end(&j);
	}
	json_end(&j);
	json_end(&j);
}

static enum err
show(struct req *r, struct resp *w, const struct workshop *s, int status, bool new_key)
{
	struct arena *a = r->arena;
	struct workshop_notes notes;
	int64_t after = admin_int(r, "apres");
	bool board = str_eq(req_param(r, "vue"), STR("tableau"));
	enum err e = workshop_notes(r->write, a, s->id, after, false, &notes);

	if (e)
		return e;
	w->cache = CACHE_NONE;
	w->status = status;
	if (r->format == FORMAT_JSON) {
		json_send(r, w, s, &notes);
		return ERR_NONE;
	}
	struct view_form_field f[5] = { form_field(r, PARAMS_WORKSHOP, "titre", STR_NONE, "Une phrase : ce qui a été fait, ou ce qu’il faudrait faire."),
		                        form_field(r, PARAMS_WORKSHOP, "chapo", STR_NONE, "En 300 caractères : où, avec qui, ce que cela a changé."),
		                        form_field(r, PARAMS_WORKSHOP, "type", STR("exemple"), NULL),
		                        form_field(r, PARAMS_WORKSHOP, "nom", STR_NONE, "Facultatif. Un prénom, une structure : ce que l’on lira sur le tableau."),
		                        form_field(r, PARAMS_WORKSHOP, "courriel", STR_NONE, "Facultatif. Pour recevoir le lien qui vous rendra ce texte. Elle n’est montrée à personne, et effacée après l’atelier.") };
	struct view_form_option kinds[5];
	for (size_t i = 0; i < 5; i++)
		kinds[i] = (struct view_form_option){ .value = str_of(SHEET_KINDS[i].code), .label = str_of(SHEET_KINDS[i].name) };
	f[0].required = true;
	f[1].rows = 4;
	f[2].select = true;
	form_options(r, &f[2], kinds, 5, (struct str[]){ STR("exemple") }, 1);
	f[3].autocomplete = STR("off");
	struct view_workshop_note *v = arena_array(a, struct view_workshop_note, notes.n);
	for (size_t i = 0; i < notes.n; i++)
		v[i] = note_view(&notes.p[i]);
	struct view_link trail[] = { { STR("Atelier"), link_fmt(a, "/atelier") }, { s->title, { NULL, 0 } } };
	struct view_workshop view = { .crumbs = crumbs(a, 2, trail),
		                      .title = s->title,
		                      .prompt = s->prompt.n ? s->prompt : STR("Racontez une expérience, une méthode, un outil. Ce que vous écrivez s’affiche aussitôt sur le tableau."),
		                      .code = s->code,
		                      .where = s->open ? arena_fmt(a, "%.*s, jusqu’à %.*s (heure de Paris)", (int)s->place.n, s->place.p, (int)s->closes_hour.n, s->closes_hour.p)
		                                       : arena_fmt(a, "%.*s, atelier terminé", (int)s->place.n, s->place.p),
		                      .address = workshop_address(r, "/atelier"),
		                      .open = s->open,
		                      .board = board,
		                      .action = link_fmt(a, "/atelier/%.*s", (int)s->code.n, s->code.p),
		                      .hidden = form_hidden(r, true),
		                      .fields = { f, 5 },
		                      .count = count_of(a, s),
		                      .last = arena_fmt(a, "%lld", notes.n ? (long long)notes.p[0].id : 0LL),
		                      .notes = { v, notes.n },
		                      .other = board ? (struct view_link){ STR("Écrire"), link_fmt(a, "/atelier/%.*s", (int)s->code.n, s->code.p) }
		                                     : (struct view_link){ STR("Le tableau seul, pour le projeter"), link_fmt(a, "/atelier/%.*s?vue=tableau", (int)s->code.n, s->code.p) },
		                      .offline = { STR("Emportez le formulaire"), link_fmt(a, "/atelier/%.*s/hors-ligne", (int)s->code.n, s->code.p) } };
	if (new_key) {
		struct token t;
		token_make(&t);
		view.hidden.key = arena_str(a, str_of(t.text));
	}
	view.faults = form_faults(r);
	struct buf main;
	buf_init(&main, a, 32768);
	tpl_atelier(&main, &view);
	struct view_layout layout = { .title = s->title, .noindex = true, .workshop = true };
	return page_send(r, w, &layout, &main);
}

struct str
workshop_claim_path(struct arena *a, struct str code, struct str secret)
{
	return arena_fmt(a, "/atelier/%.*s/reprendre/%.*s", (int)code.n, code.p, (int)secret.n, secret.p);
}

enum err
workshop_mail(struct req *r, const struct workshop *s, struct str email, struct str title, struct str secret)
{
	struct arena *a = r->arena;
	struct str path = workshop_claim_path(a, s->code, secret);
	int64_t wait = 0;
	enum err e = email.n ? attempt_note(r->write, a, "atelier", email, MAILS, MAILS_PER_S, &wait) : ERR_NONE;

	if (e || wait || !email.n)
		return e;
	struct mail m = { .to = email,
		          .kind = STR("atelier"),
		          .subject = STR("Ce que vous avez écrit en atelier"),
		          .letter = { LETTER_PARAGRAPHS(STR("Bonjour,"), arena_fmt(a, "Pendant l’atelier « %.*s », vous avez écrit : « %.*s ».", (int)s->title.n, s->title.p, (int)title.n, title.p),
		                                        STR("Ce lien vous le rend : ouvrez-le quand vous voudrez en faire une fiche, à votre nom.")),
		                      LETTER_LINKS({ STR("Reprendre mon texte"), arena_fmt(a, "%.*s%.*s", (int)r->base.n, r->base.p, (int)path.n, path.p) }),
		                      LETTER_AFTER(STR("Gardez ce lien pour vous : qui l’ouvre peut reprendre ce texte. Il vaut trois mois.")) } };
	return mail_queue(r->write, a, &m, NULL);
}

/* The secret of what is written under a key: the same if it is sent again, and kept nowhere. */
static enum err
secret_of(struct req *r, struct str code, struct str key, struct token *ret)
{
	struct crypt_key site, own;
	enum err e = actor_key(r, STR("atelier"), &site);

	if (e)
		return e;
	key_derive(&site, arena_fmt(r->arena, "%.*s %.*s", (int)code.n, code.p, (int)key.n, key.p), &own);
	token_of_key(&own, ret);
	key_forget(&site);
	key_forget(&own);
	return ERR_NONE;
}

static enum err
write(struct req *r, struct resp *w, const struct workshop *s)
{
	struct arena *a = r->arena;
	struct work_content c = { .type = req_param(r, "type").n ? req_param(r, "type") : STR("exemple"), .title = req_param(r, "titre"), .summary = req_param(r, "chapo"), .evidence = -1 };
	struct str email = req_param(r, "courriel"), outcome;
	struct token t;
	int64_t id;

	bool plain = r->key.n >= 8 && r->key.n <= 64;
	for (size_t i = 0; plain && i < r->key.n; i++)
		plain = (r->key.p[i] >= '0' && r->key.p[i] <= '9') || ((r->key.p[i] | 0x20) >= 'a' && (r->key.p[i] | 0x20) <= 'z') || r->key.p[i] == '_' || r->key.p[i] == '-';
	if (!plain)
		form_fault(r, "formulaire", "Cet envoi n’a pas de clé, de 8 à 64 lettres, chiffres, « _ » ou « - » : rechargez la page, votre texte est gardé ici.");
	if (!c.title.n && !req_typed(r, "titre").n)
		form_fault(r, "titre", "Écrivez une phrase : c’est elle que l’on lira sur le tableau.");
	if (r->nnotices == 0 && (req_param(r, "site_web").n || (r->format != FORMAT_JSON && r->form_age_ms < FORM_AGE_MIN_MS)))
		form_fault(r, "formulaire", "Ce formulaire nous est revenu comme le font les robots. Si vous n’en êtes pas un, envoyez-le à nouveau, tel quel.");
	if (r->refused || r->nnotices)
		return show(r, w, s, 422, false);
	enum err e = secret_of(r, s->code, r->key, &t);
	if (e || (e = workshop_write(r->write, a, s->code, r->key, req_param(r, "nom"), &c, email, str_of(t.sum), false, &id, &outcome)))
		return e;
	if (str_eq(outcome, STR("autre"))) {
		if (r->format == FORMAT_JSON)
			return err_note(ERR_KEY_USED, "the key came with another text");
		form_fault(r, "formulaire", "Ce formulaire a déjà envoyé un autre texte, qui est au tableau. Pour y mettre celui-ci aussi, envoyez-le à nouveau.");
		return show(r, w, s, 422, true);
	}
	if (str_eq(outcome, STR("ferme")) || str_eq(outcome, STR("plein"))) {
		form_fault(r, "formulaire", str_eq(outcome, STR("ferme")) ? "Cet atelier vient de finir. Votre texte est gardé ici : copiez-le, ou proposez une fiche sans atelier."
		                                                            : "Cet atelier a reçu deux mille contributions : il n’en prend plus.");
		return show(r, w, s, 409, false);
	}
	/* A room is one address: what it may have mailed in an hour. Past that the note stays, and its link is on the screen. */
	struct str visitor;
	int64_t wait = 0;
	if (email.n && ((e = actor_visitor(r, &visitor)) || (e = attempt_note(r->write, a, "atelier_salle", visitor, ROOM_MAILS, ROOM_S, &wait))))
		return e;
	if (!outcome.n && !wait && (e = workshop_mail(r, s, email, c.title, str_of(t.text))))
		return e;
	struct str path = workshop_claim_path(a, s->code, str_of(t.text));
	w->secret = true; /* made again alike if it is asked again */
	if (r->format == FORMAT_JSON) {
		struct json_out j = json_out(&w->body);
		json_begin_object(&j);
		json_key(&j, "id"), json_int(&j, id);
		json_key(&j, "reprendre"), json_str(&j, arena_fmt(a, "%.*s%.*s", (int)r->base.n, r->base.p, (int)path.n, path.p));
		json_end(&j);
		w->status = outcome.n ? 200 : 201;
		return ERR_NONE;
	}
	resp_redirect(w, 303, arena_fmt(a, "%.*s?fait=ecrit", (int)path.n, path.p));
	return ERR_NONE;
}

enum err
page_workshop(struct req *r, struct resp *w)
{
	struct workshop s;
	enum err e = workshop_find(r->write, r->arena, r->vars[0], &s);

	if (e)
		return e;
	return r->method == METHOD_POST ? write(r, w, &s) : show(r, w, &s, 200, false);
}

enum err
page_workshop_claim(struct req *r, struct resp *w)
{
	struct arena *a = r->arena;
	struct workshop_claim c;
	struct str code = r->vars[0], outcome = STR_NONE;
	char sum[TOKEN_SUM + 1];
	int64_t sheet = 0;

	if (!token_sum(r->vars[1], sum))
		return err_note(ERR_NOT_FOUND, "no such link");
	enum err e = workshop_note_find(r->write, a, code, str_of(sum), &c);
	if (e)
		return e;
	if (r->method == METHOD_POST && !r->refused) {
		if ((e = workshop_claim(r->write, a, actor_of(r)->id, str_of(sum), &sheet, &outcome)))
			return e;
		if (sheet) {
			resp_redirect(w, 303, arena_fmt(a, "/fiches/%lld/modifier", (long long)sheet));
			return ERR_NONE;
		}
		form_fault(r, "formulaire", "Quelqu’un a déjà repris ce texte avec ce lien.");
	}
	bool written = str_eq(req_param(r, "fait"), STR("ecrit"));
	struct view_link ways[] = { { STR("Revenir à l’atelier"), link_fmt(a, "/atelier/%.*s", (int)code.n, code.p) } };
	struct view_link trail[] = { { c.workshop, link_fmt(a, "/atelier/%.*s", (int)code.n, code.p) }, { STR("Reprendre"), { NULL, 0 } } };
	struct str path = workshop_claim_path(a, code, r->vars[1]);
	struct view_door d = { .title = written ? STR("C’est au tableau") : STR("Reprendre mon texte"),
		               .crumbs = crumbs(a, 2, trail),
		               .lead = arena_fmt(a, "« %.*s »", (int)c.content.title.n, c.content.title.p),
		               .links = { ways, 1 },
		               .note_title = STR("Gardez cette adresse"),
		               .note = STR("Elle seule vous rend ce texte, pendant trois mois : mettez-la en marque-page. Sans elle, il reste sur le tableau, et n’est à personne.") };
	if (c.by) {
		d.done = STR("Ce texte a été repris : il est devenu un brouillon dans l’espace d’une personne.");
	} else {
		d.done = written ? STR("Votre contribution s’affiche sur le tableau. Merci !") : STR_NONE;
		d.action = (struct url){ path.p, path.n };
		d.hidden = form_hidden(r, true);
		d.button = STR("En faire une fiche à mon nom");
	}
	d.faults = form_faults(r);
	return door_send(r, w, &d, d.faults.n ? 409 : 200);
}
