/*
 * /administration/agenda: events announced, changed, moved, cancelled; what hangs on them; who comes. Those who registered are told by mail,
 * in the transaction of the change. One form of an event serves for a new one too.
 */
#include "model/event_admin.h"
#include "model/term.h"
#include "page/admin.h"
#include "page/event.h"
#include "page/event_mail.h"
#include "page/write.h"
#include "text/csv.h"
#include "text/json_out.h"
#include "text/slug.h"
#include "web/params.h"

static const char PATH[] = "/administration/agenda";

struct choice {
	const char *code, *label;
};
static const struct choice modes[] = { { "distance", "À distance" }, { "presence", "Sur place" }, { "mixte", "Sur place ou à distance" }, { "inconnu", "Pas encore connu" } };
static const struct choice knowns[] = { { "jour", "Le jour" }, { "mois", "Le mois seulement" }, { "annee", "L’année seulement" } };
static const struct choice doors[] = { { "aucune", "On ne s’inscrit pas ici" }, { "ouverte", "Ouvertes" }, { "fermee", "Closes" } };
static const struct choice sorts[] = { { "replay", "Rediffusion" }, { "support", "Support" }, { "compte_rendu", "Compte rendu" }, { "autre", "Autre document" } };
static const struct choice states[] = { { "prevu", "à confirmer" }, { "confirme", "confirmé" }, { "passe", "a eu lieu" },
	                                { "reporte", "reporté" },  { "annule", "annulé" },     { "inconnu", "état inconnu" } };

/* A list of one choice; the one that stands is `chosen`. */
#define SELECT(r, field, table, chosen) select_of(r, field, table, sizeof(table) / sizeof(*table), chosen)

static struct view_form_field
select_of(struct req *r, const char *field, const struct choice *table, size_t n, struct str chosen)
{
	struct view_form_field f = form_field(r, PARAMS_ADMIN_EVENT, field, STR_NONE, NULL);
	struct view_form_option *o = arena_array(r->arena, struct view_form_option, n);

	for (size_t i = 0; i < n; i++)
		o[i] = (struct view_form_option){ .value = str_of(table[i].code), .label = str_of(table[i].label) };
	f.select = true;
	form_options(r, &f, o, n, &chosen, 1);
	return f;
}

static struct view_form_field
typed(struct req *r, const char *name, struct str value, const char *type, const char *help)
{
	struct view_form_field f = form_field(r, PARAMS_ADMIN_EVENT, name, value, help);

	f.type = str_of(type);
	return f;
}

static struct str
number(struct arena *a, int64_t n)
{
	return n ? arena_fmt(a, "%lld", (long long)n) : STR_NONE;
}

static struct view_admin_form
event_form(struct req *r, const struct event *e, const struct event_admin *x)
{
	struct arena *a = r->arena;
	struct view_form_field f[22];
	struct view_form_option *zones = arena_array(a, struct view_form_option, EVENT_ZONES_N);
	struct str zone = e->timezone.n ? e->timezone : STR("Europe/Paris");
	bool day = e->id == 0 || str_eq(e->known, STR("jour"));
	size_t n = 0;

	f[n] = form_field(r, PARAMS_ADMIN_EVENT, "titre", e->title, NULL);
	f[n++].required = true;
	f[n] = form_field(r, PARAMS_ADMIN_EVENT, "resume", e->summary, "De quoi il s’agit, en quelques phrases. Pas de nom de personne.");
	f[n++].rows = 4;
	f[n++] = form_field(r, PARAMS_ADMIN_EVENT, "serie", e->series, "Le nom d’une série ; un nom nouveau en ouvre une.");
	f[n] = form_field(r, PARAMS_ADMIN_EVENT, "date", e->starts_on, "Du mois ou de l’année seulement : le premier jour.");
	f[n++].required = true;
	f[n++] = SELECT(r, "date_connue", knowns, e->known.n ? e->known : STR("jour"));
	f[n++] = form_field(r, PARAMS_ADMIN_EVENT, "date_fin", e->ends_on, "Seulement s’il dure plusieurs jours.");
	f[n++] = typed(r, "heure", day ? event_clock(a, e->start_local) : STR_NONE, "time", "Vide : pas encore connue.");
	f[n++] = typed(r, "heure_fin", day ? event_clock(a, e->end_local) : STR_NONE, "time", NULL);
	f[n] = form_field(r, PARAMS_ADMIN_EVENT, "fuseau", STR_NONE, NULL);
	for (size_t i = 0; i < EVENT_ZONES_N; i++)
		zones[i] = (struct view_form_option){ .value = str_of(EVENT_ZONES[i].id), .label = arena_fmt(a, "à l’heure qu’il est %s", EVENT_ZONES[i].at) };
	f[n].select = true;
	form_options(r, &f[n++], zones, EVENT_ZONES_N, &zone, 1);
	f[n++] = SELECT(r, "mode", modes, e->mode.n ? e->mode : STR("distance"));
	f[n++] = form_field(r, PARAMS_ADMIN_EVENT, "lieu", e->place, "Une salle, une adresse. Vide quand tout est à distance.");
	f[n] = form_field(r, PARAMS_ADMIN_EVENT, "territoire", x->territory, "Où il a lieu : une commune, un code postal, un département…");
	f[n++].suggest = STR("pres-de-moi");
	f[n++] = form_field(r, PARAMS_ADMIN_EVENT, "adresse", e->url, "Facultatif.");
	f[n++] = SELECT(r, "inscription", doors, e->registration.n ? e->registration : STR("ouverte"));
	f[n++] = form_field(r, PARAMS_ADMIN_EVENT, "jusqu", x->until, "Vide : jusqu’à la fin.");
	f[n++] = typed(r, "places_site", number(a, x->seats_site), "number", "Vide : sans limite.");
	f[n++] = typed(r, "places_distance", number(a, x->seats_remote), "number", "Vide : sans limite.");
	f[n++] = form_field(r, PARAMS_ADMIN_EVENT, "salle", x->room, "Donnée par courriel aux seules personnes inscrites. Jamais montrée sur le site.");
	f[n++] = form_field(r, PARAMS_ADMIN_EVENT, "consigne", x->how, "Un code, une façon de faire. Par courriel aussi.");
	if (e->id)
		f[n++] = form_field(r, PARAMS_ADMIN_EVENT, "note", e->change_note, "Facultatif : une phrase, montrée sur la page et envoyée si la date, l’heure ou le lieu change.");
	struct view_admin_form form = admin_form(r, e->id ? "changer" : "annoncer", e->id ? STR("Changer ce rendez-vous") : STR("Annoncer un rendez-vous"),
	                                         e->id ? link_fmt(a, "%s/%lld", PATH, (long long)e->id) : link_fmt(a, "%s", PATH), n, f, e->id ? STR("Enregistrer") : STR("Annoncer"),
	                                         "enregistrer");
	form.second = e->id != 0;
	return form;
}

/* "9:30", "09:30": a clock; *ret "09:30". */
static bool
clock_read(struct arena *a, struct str s, struct str *ret)
{
	const char *colon = s.n ? memchr(s.p, ':', s.n) : NULL;
	int hour = 0, minute = 0;

	*ret = STR_NONE;
	if (s.n == 0)
		return true;
	if (!colon || s.n - (size_t)(colon - s.p) != 3)
		return false;
	for (size_t i = 0; i < s.n; i++) {
		if (s.p + i == colon)
			continue;
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
		*(s.p + i < colon ? &hour : &minute) = (s.p + i < colon ? hour : minute) * 10 + (s.p[i] - '0');
	}
	*ret = arena_fmt(a, "%02d:%02d", hour, minute);
	return hour < 24 && minute < 60;
}

/* What was sent; false, with its faults said, when it cannot be an event. */
static enum err
draft_read(struct req *r, struct resp *w, struct event_draft *d, bool *ret_good)
{
	struct arena *a = r->arena;
	struct str place = req_param(r, "territoire"), until = req_param(r, "jusqu");
	struct territory_refs choices = { 0 };
	size_t before = r->nnotices;
	enum err e;

	*d = (struct event_draft){ .id = d->id, .slug = d->slug, .title = req_param(r, "titre"), .summary = req_param(r, "resume"), .series = req_param(r, "serie"),
		                   .starts_on = req_param(r, "date"), .known = req_param(r, "date_connue"), .ends_on = req_param(r, "date_fin"),
		                   .timezone = req_param(r, "fuseau"), .mode = req_param(r, "mode"), .place = req_param(r, "lieu"), .url = req_param(r, "adresse"),
		                   .note = req_param(r, "note"), .registration = req_param(r, "inscription"), .seats_site = req_param(r, "places_site"),
		                   .seats_remote = req_param(r, "places_distance"), .room = req_param(r, "salle"), .how = req_param(r, "consigne") };
	if (!d->known.n)
		d->known = STR("jour");
	if (!d->timezone.n)
		d->timezone = STR("Europe/Paris");
	if (!d->mode.n)
		d->mode = STR("inconnu");
	if (!d->registration.n)
		d->registration = STR("aucune");
	if (!d->title.n)
		form_fault(r, "titre", "Donnez un titre.");
	if (!d->starts_on.n)
		form_fault(r, "date", "Donnez un jour ; le premier du mois ou de l’année, si c’est tout ce que l’on sait.");
	if (!clock_read(a, req_param(r, "heure"), &d->hour))
		form_fault(r, "heure", "Une heure s’écrit 13:00.");
	if (!clock_read(a, req_param(r, "heure_fin"), &d->end_hour))
		form_fault(r, "heure_fin", "Une heure s’écrit 14:30.");
	bool day = str_eq(d->known, STR("jour"));
	if (!day && (d->hour.n || d->end_hour.n || d->ends_on.n))
		form_fault(r, "date_connue", "Sans le jour, pas d’heure ni de dernier jour.");
	if (!day && !str_eq(d->registration, STR("aucune")))
		form_fault(r, "inscription", "On s’inscrit quand le jour est connu.");
	if (str_eq(d->registration, STR("ouverte")) && str_eq(d->mode, STR("inconnu")))
		form_fault(r, "mode", "Dites comment l’on vient avant d’ouvrir les inscriptions.");
	if (!day && d->starts_on.n == 10)
		d->starts_on = arena_fmt(a, str_eq(d->known, STR("mois")) ? "%.7s-01" : "%.4s-01-01", d->starts_on.p);
	if (until.n && day)
		d->until = arena_fmt(a, "%.*s 23:59:59 %.*s", (int)until.n, until.p, (int)d->timezone.n, d->timezone.p);
	if (place.n && params_is_territory(place)) {
		d->territory = place;
	} else if (place.n) {
		if ((e = write_place_find(r, place, &d->territory, &choices)))
			return e;
		if (!d->territory.n)
			form_fault(r, "territoire", choices.n > 1 ? "« %.*s » peut désigner plusieurs lieux : ajoutez le code postal." : "Nous ne connaissons pas « %.*s ».", (int)place.n, place.p);
	}
	if (!d->slug.n)
		d->slug = slug_of(a, d->title);
	if (d->title.n && !slug_valid(d->slug))
		form_fault(r, "titre", "Un titre a des lettres.");
	*ret_good = r->nnotices == before;
	if (!*ret_good)
		w->status = 422;
	return ERR_NONE;
}

static struct str
date_words(struct arena *a, const struct event_admin_row *x)
{
	struct event e = { .starts_on = x->day, .known = x->known };

	return event_date_words(a, &e);
}

static enum err
agenda_show(struct req *r, struct resp *w)
{
	struct arena *a = r->arena;
	struct event_admin_rows all;
	enum err e = event_admin_list(r->write, a, admin_offset(r), ADMIN_PAGE, &all);

	if (e)
		return e;
	struct view_admin v = admin_view(r, PATH, STR("Agenda"), "Ce qui change ici est dit par courriel aux personnes inscrites, et suivi par les agendas abonnés.", false);
	v.caption = STR("Les rendez-vous");
	v.count = words_count(a, all.total, "rendez-vous", "rendez-vous");
	v.empty = STR("Aucun rendez-vous.");
	v.heads = admin_heads(a, 5, (struct view_admin_head[]){ { STR("Rendez-vous"), false }, { STR("Date"), false }, { STR("État"), false }, { STR("Inscrits"), true }, { STR("En attente"), true } });
	struct view_admin_row *rows = arena_array(a, struct view_admin_row, all.n + 1);
	size_t n = 0;
	for (size_t i = 0; i < all.n; i++) {
		const struct event_admin_row *x = &all.p[i];
		if (x->series)
			continue;
		struct view_admin_cell first = admin_link(x->title, link_fmt(a, "%s/%lld", PATH, (long long)x->id));
		struct str state = x->status;
		first.note = x->name;
		for (size_t k = 0; k < sizeof(states) / sizeof(*states); k++)
			if (str_eq(x->status, str_of(states[k].code)))
				state = str_of(states[k].label);
		rows[n] = admin_row(a, &v.heads, first, 4, (struct view_admin_cell[]){ admin_text(date_words(a, x)), admin_text(state), admin_number(a, x->seated), admin_number(a, x->waiting) });
		rows[n++].faded = x->over;
	}
	v.rows = (struct view_admin_rows){ rows, n };
	v.paging = admin_paging(r, PATH, all.total);
	struct view_link *links = arena_array(a, struct view_link, 2);
	links[0] = (struct view_link){ STR("Les séries"), link_fmt(a, "%s/series", PATH) };
	links[1] = (struct view_link){ STR("L’agenda sur le site"), link_fmt(a, "/evenements") };
	v.links = (struct view_links){ links, 2 };
	struct view_admin_form form = event_form(r, &(struct event){ 0 }, &(struct event_admin){ 0 });
	v.after = admin_forms(a, 1, &form);
	return admin_send(r, w, &v);
}

static const char *
field_of(struct str why)
{
	return str_eq(why, STR("heure")) ? "heure_fin" : str_eq(why, STR("places")) ? "places_site" : str_eq(why, STR("inscrits")) ? "mode" : str_eq(why, STR("motif")) ? "motif" : "titre";
}

static struct event_sender
sender_of(const struct req *r)
{
	return (struct event_sender){ r->base, site_of(r)->editor, site_of(r)->contact };
}

/* As it is now, in this transaction: those who come are told, those who wait may move up. */
static enum err
after_change(struct req *r, int64_t id, bool told)
{
	struct event_admin x;
	struct event now;
	struct event_sender s = sender_of(r);
	enum err e = event_admin_find(r->write, r->arena, id, &x);

	if (e || (e = event_find(r->write, r->arena, x.address, &now)))
		return e;
	if (told && !now.over && (e = event_tell_all(r->write, r->arena, &s, &now, NULL)))
		return e;
	return x.waiting && !str_eq(now.status, STR("annule")) ? event_fill(r->write, r->arena, &s, &now) : ERR_NONE;
}

enum err
page_admin_agenda(struct req *r, struct resp *w)
{
	struct event_draft d = { 0 };
	struct str why;
	int64_t id;
	bool good, told;
	enum err e;

	if (r->method != METHOD_POST || r->refused)
		return agenda_show(r, w);
	if ((e = draft_read(r, w, &d, &good)))
		return e;
	if (!good)
		return agenda_show(r, w);
	if ((e = event_save(r->write, r->arena, actor_of(r)->id, &d, &why, &id, &told)))
		return e;
	if (!admin_made(r, w, why, field_of(why)))
		return agenda_show(r, w);
	admin_done(r, w, arena_fmt(r->arena, "%s/%lld", PATH, (long long)id), "ajoute");
	return ERR_NONE;
}

/* What hangs on it, each with its button. */
static void
parts_show(struct req *r, const struct event *e, const struct event_parts *parts, struct view_admin *v)
{
	static const char *const kinds[][3] = { { "document", "document", "Document" },   { "speaker", "intervenant", "Intervenant" }, { "sheet", "fiche", "Fiche" },
		                                { "term", "terme", "Terme" },             { "catalyst", "catalyseur", "Catalyseur" },  { "area", "territoire", "Territoire concerné" } };
	struct arena *a = r->arena;
	struct view_admin_row *rows = arena_array(a, struct view_admin_row, parts->n + 1);
	size_t n = 0;

	v->caption = STR("Ce qui est lié à ce rendez-vous");
	v->empty = STR("Rien n’y est encore lié.");
	v->heads = admin_heads(a, 3, (struct view_admin_head[]){ { STR("Quoi"), false }, { STR("Sorte"), false }, { STR("Retirer"), false } });
	for (size_t k = 0; k < sizeof(kinds) / sizeof(*kinds); k++)
		for (size_t i = 0; i < parts->n; i++) {
			const struct event_part *x = &parts->p[i];
			if (!str_eq(x->part, str_of(kinds[k][0])))
				continue;
			bool numbered = k == 2 || k == 4 || k == 5; /* the others are known by the number of their row */
			struct view_form_pair *kept = arena_array(a, struct view_form_pair, 2);
			kept[0] = (struct view_form_pair){ STR("quoi"), str_of(kinds[k][1]) };
			kept[1] = (struct view_form_pair){ STR("numero"), arena_fmt(a, "%lld", (long long)(numbered ? x->n : x->taken)) };
			struct view_admin_cell first = x->url.n && k < 2 ? admin_link(x->label, link_external(x->url)) : admin_text(x->label), remove = { 0 };
			first.note = k == 1 ? x->note : STR_NONE;
			remove.buttons = admin_buttons(r, 1, (struct view_admin_button[]){ { .action = link_fmt(a, "%s/%lld", PATH, (long long)e->id), .label = STR("Retirer"),
			                                                                     .said = arena_fmt(a, " : %.*s", (int)x->label.n, x->label.p), .value = STR("retirer"), .kept = { kept, 2 } } });
			rows[n++] = admin_row(a, &v->heads, first, 2, (struct view_admin_cell[]){ admin_text(str_of(kinds[k][2])), remove });
		}
	v->rows = (struct view_admin_rows){ rows, n };
}

static enum err
join_forms(struct req *r, const struct event *e, struct view_admin_form ret[4])
{
	struct arena *a = r->arena;
	struct url here = link_fmt(a, "%s/%lld", PATH, (long long)e->id);
	struct view_form_field f[3];
	static const char *const schemes[] = { "theme", "pratique", "parcours", "odd" };
	struct view_form_option *o = arena_array(a, struct view_form_option, 80);
	size_t no = 0;

	f[0] = SELECT(r, "sorte", sorts, STR("replay"));
	f[1] = form_field(r, PARAMS_ADMIN_EVENT, "libelle", STR_NONE, NULL);
	f[2] = form_field(r, PARAMS_ADMIN_EVENT, "lien", STR_NONE, NULL);
	ret[0] = admin_form(r, "document", STR("Ajouter une rediffusion, un support, un compte rendu"), here, 3, f, STR("Ajouter ce document"), "ajouter");
	f[0] = form_field(r, PARAMS_ADMIN_EVENT, "qui", STR_NONE, "Une structure, pas une personne.");
	f[1] = form_field(r, PARAMS_ADMIN_EVENT, "role", STR_NONE, "Témoignage, animation, accueil…");
	ret[1] = admin_form(r, "intervenant", STR("Ajouter qui intervient"), here, 2, f, STR("Ajouter cette organisation"), "ajouter");
	f[0] = typed(r, "numero", STR_NONE, "number", "Celui de son cartouche ou de son adresse : M 12 a le numéro 12.");
	ret[2] = admin_form(r, "fiche", STR("Lier une fiche"), here, 1, f, STR("Lier cette fiche"), "ajouter");
	for (size_t k = 0; k < 4; k++) {
		struct term_edits t;
		enum err err = term_all(r->write, a, str_of(schemes[k]), &t);
		if (err)
			return err;
		for (size_t i = 0; i < t.n && no < 80; i++)
			if (!t.p[i].merged_into.n)
				o[no++] = (struct view_form_option){ .value = arena_fmt(a, "%s:%.*s", schemes[k], (int)t.p[i].code.n, t.p[i].code.p), .label = t.p[i].label };
	}
	f[0] = form_field(r, PARAMS_ADMIN_EVENT, "code", STR_NONE, NULL);
	f[0].select = true;
	form_options(r, &f[0], o, no, NULL, 0);
	ret[3] = admin_form(r, "terme", STR("Lier un thème, une pratique, un parcours, un objectif"), here, 1, f, STR("Lier ce terme"), "ajouter");
	static const char *const what[] = { "document", "intervenant", "fiche", "terme" };
	for (size_t k = 0; k < 4; k++) {
		struct view_form_pair *kept = arena_array(a, struct view_form_pair, 1);
		kept[0] = (struct view_form_pair){ STR("quoi"), str_of(what[k]) };
		ret[k].kept = (struct view_form_pairs){ kept, 1 };
		ret[k].second = true;
	}
	return ERR_NONE;
}

static enum err
event_show(struct req *r, struct resp *w, const struct event *e, const struct event_admin *x)
{
	struct arena *a = r->arena;
	struct event_parts parts;
	struct view_admin_form before[1], forms[6];
	enum err err = event_parts(r->write, a, e->id, &parts);
	bool off = str_eq(e->status, STR("annule")) || str_eq(e->status, STR("reporte"));
	struct url here = link_fmt(a, "%s/%lld", PATH, (long long)e->id);

	if (err || (err = join_forms(r, e, forms + 1)))
		return err;
	struct view_admin v = admin_view(r, PATH, e->title, NULL, true);
	v.lead = event_when(a, e);
	struct str seated = x->seated ? words_count(a, x->seated, "personne inscrite", "personnes inscrites") : STR("personne n’est encore inscrit"),
		   waiting = x->waiting ? words_count(a, x->waiting, "en attente", "en attente") : STR("personne n’attend");
	struct view_form_field f = form_field(r, PARAMS_ADMIN_EVENT, "motif", STR_NONE, "Une phrase, envoyée aux personnes inscrites et montrée sur la page.");
	f.rows = 2;
	if (off) {
		before[0] = admin_form(r, "retablir", STR("Le rétablir"), here, 0, NULL, STR("Il a bien lieu"), "retablir");
	} else if (!e->over) {
		before[0] = admin_form(r, "annuler", STR("L’annuler"), here, 1, &f, STR("Annuler ce rendez-vous"), "annuler");
		before[0].lead = arena_fmt(a, "%.*s, %.*s. Pour le déplacer, changez sa date plus bas : tout le monde est prévenu.", (int)seated.n, seated.p, (int)waiting.n, waiting.p);
	} else {
		before[0] = admin_form(r, "supprimer", STR("Le supprimer"), here, 0, NULL, STR("Supprimer ce rendez-vous"), "supprimer");
		before[0].lead = STR("S’il a été annoncé par erreur. Ce qui a eu lieu se garde.");
	}
	before[0].second = true;
	v.forms = admin_forms(a, 1, before);
	parts_show(r, e, &parts, &v);
	struct view_link *links = arena_array(a, struct view_link, 3);
	links[0] = (struct view_link){ STR("Sa page sur le site"), link_event(a, e->address) };
	links[1] = (struct view_link){ arena_fmt(a, "Qui vient : %.*s, %.*s", (int)seated.n, seated.p, (int)waiting.n, waiting.p), link_fmt(a, "%s/%lld/inscrits", PATH, (long long)e->id) };
	links[2] = (struct view_link){ STR("Cette liste en CSV"), link_fmt(a, "%s/%lld/inscrits.csv", PATH, (long long)e->id) };
	v.links = (struct view_links){ links, 3 };
	forms[0] = event_form(r, e, x);
	v.after = admin_forms(a, 5, forms);
	return admin_send(r, w, &v);
}

static enum err
join(struct req *r, struct str act, int64_t id, struct str *ret_why, bool *ret_good)
{
	struct arena *a = r->arena;
	struct str what = req_param(r, "quoi");
	const struct {
		const char *key, *field;
	} fields[] = { { "kind", "sorte" }, { "label", "libelle" }, { "url", "lien" }, { "who", "qui" }, { "role", "role" }, { "number", "numero" }, { "code", "code" }, { "key", "territoire" } };
	static const char *const needed[][2] = { { "document", "libelle" }, { "document", "lien" }, { "intervenant", "qui" }, { "fiche", "numero" }, { "catalyseur", "numero" },
		                                 { "terme", "code" }, { "territoire", "territoire" } };
	struct buf b;
	bool adds = str_eq(act, STR("ajouter"));

	*ret_good = true;
	for (size_t i = 0; i < sizeof(needed) / sizeof(*needed); i++)
		if (adds && str_eq(what, str_of(needed[i][0])) && req_param(r, needed[i][1]).n == 0) {
			form_fault(r, needed[i][1], "Ce champ manque.");
			*ret_good = false;
		}
	if (!what.n || (!adds && !req_param(r, "numero").n)) {
		form_fault(r, "formulaire", "Dites quoi.");
		*ret_good = false;
	}
	if (!*ret_good)
		return ERR_NONE;
	buf_init(&b, a, 512);
	struct json_out j = json_out(&b);
	json_begin_object(&j);
	for (size_t i = 0; i < sizeof(fields) / sizeof(*fields); i++) {
		struct str value = req_param(r, fields[i].field);
		json_key(&j, fields[i].key);
		json_str_or_null(&j, i == 0 && !value.n ? STR("autre") : value);
	}
	json_end(&j);
	return event_join(r->write, a, actor_of(r)->id, id, arena_cstr(a, act), what, buf_str(&b), ret_why);
}

/* The number in the address: of an event that is there. */
static enum err
event_asked(struct req *r, struct event *ret, struct event_admin *ret_x)
{
	struct str none;
	int64_t id = link_number(r->vars[0], &none);
	enum err e = id > 0 && none.n == 0 ? event_admin_find(r->write, r->arena, id, ret_x) : ERR_NOT_FOUND;

	return e ? e : event_find(r->write, r->arena, ret_x->address, ret);
}

enum err
page_admin_event(struct req *r, struct resp *w)
{
	struct arena *a = r->arena;
	struct event e;
	struct event_admin x;
	struct str act = req_param(r, "act"), why = STR_NONE, here;
	int64_t me = actor_of(r)->id, id;
	bool good = true, told = false;
	enum err err = event_asked(r, &e, &x);

	if (err || r->method != METHOD_POST || r->refused)
		return err ? err : event_show(r, w, &e, &x);
	here = arena_fmt(a, "%s/%lld", PATH, (long long)e.id);
	if (act.n == 0) {
		form_fault(r, "formulaire", "Dites quoi faire.");
		w->status = 422;
		return event_show(r, w, &e, &x);
	}
	if (str_eq(act, STR("enregistrer"))) {
		struct event_draft d = { .id = e.id, .slug = x.slug };
		if ((err = draft_read(r, w, &d, &good)))
			return err;
		if (!good)
			return event_show(r, w, &e, &x);
		if ((err = event_save(r->write, a, me, &d, &why, &id, &told)))
			return err;
	} else if (str_eq(act, STR("ajouter")) || str_eq(act, STR("retirer"))) {
		if ((err = join(r, act, e.id, &why, &good)))
			return err;
		if (!good)
			w->status = 422;
	} else {
		if ((err = event_decide(r->write, a, me, e.id, act, req_param(r, "motif"), &why)))
			return err;
		told = why.n == 0 && !str_eq(act, STR("supprimer"));
	}
	if (!good || !admin_made(r, w, why, str_eq(act, STR("ajouter")) ? "formulaire" : field_of(why)))
		return event_show(r, w, &e, &x);
	if (str_eq(act, STR("supprimer"))) {
		admin_done(r, w, str_of(PATH), "supprime");
		return ERR_NONE;
	}
	if ((told || str_eq(act, STR("enregistrer"))) && (err = after_change(r, e.id, told)))
		return err;
	admin_done(r, w, here, str_eq(act, STR("annuler")) ? "rdv-annule" : str_eq(act, STR("reporter")) ? "rdv-reporte" : str_eq(act, STR("retablir")) ? "rdv-retabli"
	                       : str_eq(act, STR("retirer")) ? "retire" : told && x.seated + x.waiting ? "rdv-change" : "enregistre");
	return ERR_NONE;
}

enum err
page_admin_event_people(struct req *r, struct resp *w)
{
	struct arena *a = r->arena;
	struct event e;
	struct event_admin x;
	struct registrations all;
	enum err err = event_asked(r, &e, &x);

	if (err || (err = registration_list(r->write, a, e.id, &all)))
		return err;
	if (r->format == FORMAT_CSV) {
		static const char *const names[] = { "nom", "courriel", "facon", "etat", "territoire", "inscrit_le" };
		struct csv_out o = { .b = &w->body, .separator = ';' };
		for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
			csv_cell(&o, str_of(names[i]));
		csv_end_row(&o);
		for (size_t i = 0; i < all.n; i++) {
			const struct registration *g = &all.p[i];
			const struct str cells[] = { g->name, g->email, g->mode, g->state, g->place, g->confirmed_at };
			for (size_t k = 0; k < sizeof(cells) / sizeof(*cells); k++)
				csv_cell(&o, cells[k]);
			csv_end_row(&o);
		}
		resp_header(w, "Content-Disposition", arena_fmt(a, "attachment; filename=\"inscrits-%.*s.csv\"", (int)e.address.n, e.address.p));
		return ERR_NONE;
	}
	struct view_admin v = admin_view(r, PATH, arena_fmt(a, "Qui vient à « %.*s »", (int)e.title.n, e.title.p),
	                                 "Ces noms et ces adresses ne servent qu’à ce rendez-vous. Ils sont effacés un mois après.", true);
	v.caption = STR("Les personnes inscrites");
	v.count = words_count(a, (int64_t)all.n, "personne", "personnes");
	v.empty = STR("Personne n’est inscrit pour le moment.");
	v.heads = admin_heads(a, 5, (struct view_admin_head[]){ { STR("Nom"), false }, { STR("Courriel"), false }, { STR("Comment"), false }, { STR("État"), false }, { STR("Territoire"), false } });
	struct view_admin_row *rows = arena_array(a, struct view_admin_row, all.n + 1);
	for (size_t i = 0; i < all.n; i++) {
		const struct registration *g = &all.p[i];
		rows[i] = admin_row(a, &v.heads, admin_text(g->name), 4,
		                    (struct view_admin_cell[]){ admin_text(g->email), admin_text(str_eq(g->mode, STR("site")) ? STR("sur place") : STR("à distance")),
		                                                admin_text(g->wait ? arena_fmt(a, "en attente, n° %lld", (long long)g->wait) : STR("a une place")), admin_text(g->place) });
	}
	v.rows = (struct view_admin_rows){ rows, all.n };
	struct view_link *links = arena_array(a, struct view_link, 2);
	links[0] = (struct view_link){ STR("Cette liste en CSV"), link_fmt(a, "%s/%lld/inscrits.csv", PATH, (long long)e.id) };
	links[1] = (struct view_link){ STR("Revenir au rendez-vous"), link_fmt(a, "%s/%lld", PATH, (long long)e.id) };
	v.links = (struct view_links){ links, 2 };
	return admin_send(r, w, &v);
}

static enum err
series_show(struct req *r, struct resp *w)
{
	struct arena *a = r->arena;
	struct event_admin_rows all;
	struct view_form_field f[3];
	enum err e = event_admin_list(r->write, a, 0, 1, &all);

	if (e)
		return e;
	const char *path = arena_fmt(a, "%s/series", PATH).p;
	struct view_admin v = admin_view(r, PATH, STR("Séries de rendez-vous"), "Une série s’ouvre quand un rendez-vous la nomme. Son code, dans les adresses, ne change pas.", true);
	struct view_admin_row *rows = arena_array(a, struct view_admin_row, all.n + 1);
	struct view_form_option *o = arena_array(a, struct view_form_option, all.n + 1);
	size_t n = 0;
	v.caption = STR("Les séries");
	v.empty = STR("Il n’y a pas encore de série.");
	v.heads = admin_heads(a, 3, (struct view_admin_head[]){ { STR("Série"), false }, { STR("Rendez-vous"), true }, { STR("Supprimer"), false } });
	for (size_t i = 0; i < all.n; i++) {
		const struct event_admin_row *x = &all.p[i];
		if (!x->series)
			continue;
		struct view_form_pair *kept = arena_array(a, struct view_form_pair, 1);
		kept[0] = (struct view_form_pair){ STR("serie"), arena_fmt(a, "%lld", (long long)x->id) };
		struct view_admin_cell first = admin_link(x->title, link_fmt(a, "/evenements?serie=%.*s", (int)x->address.n, x->address.p)), gone = { 0 };
		first.note = x->name;
		if (x->seated == 0)
			gone.buttons = admin_buttons(r, 1, (struct view_admin_button[]){ { .action = link_fmt(a, "%s", path), .label = STR("Supprimer"),
			                                                                   .said = arena_fmt(a, " : %.*s", (int)x->title.n, x->title.p), .value = STR("supprimer"), .kept = { kept, 1 } } });
		rows[n] = admin_row(a, &v.heads, first, 2, (struct view_admin_cell[]){ admin_number(a, x->seated), gone });
		o[n++] = (struct view_form_option){ .value = kept[0].value, .label = x->title };
	}
	v.rows = (struct view_admin_rows){ rows, n };
	f[0] = form_field(r, PARAMS_ADMIN_SERIES, "serie", STR_NONE, NULL);
	f[0].select = true;
	form_options(r, &f[0], o, n, NULL, 0);
	f[1] = form_field(r, PARAMS_ADMIN_SERIES, "nom", STR_NONE, NULL);
	f[2] = form_field(r, PARAMS_ADMIN_SERIES, "resume", STR_NONE, "Facultatif.");
	f[2].rows = 3;
	struct view_admin_form form = admin_form(r, "renommer", STR("Renommer une série"), link_fmt(a, "%s", path), 3, f, STR("Enregistrer"), "enregistrer");
	v.after = admin_forms(a, 1, &form);
	return admin_send(r, w, &v);
}

enum err
page_admin_event_series(struct req *r, struct resp *w)
{
	struct str act = req_param(r, "act"), name = req_param(r, "nom"), why;
	int64_t id = admin_int(r, "serie");
	enum err e;

	if (r->method != METHOD_POST || r->refused)
		return series_show(r, w);
	if (id == 0 || act.n == 0 || (str_eq(act, STR("enregistrer")) && name.n == 0)) {
		form_fault(r, id == 0 ? "serie" : "nom", "Dites laquelle, et son nouveau nom.");
		w->status = 422;
		return series_show(r, w);
	}
	if ((e = event_series_save(r->write, r->arena, actor_of(r)->id, id, act, name, req_param(r, "resume"), &why)))
		return e;
	if (!admin_made(r, w, why, "serie"))
		return series_show(r, w);
	admin_done(r, w, arena_fmt(r->arena, "%s/series", PATH), str_eq(act, STR("supprimer")) ? "supprime" : "enregistre");
	return ERR_NONE;
}
