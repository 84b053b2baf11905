/* /administration, and the frame of its pages. */
#include "page/admin.h"
#include "gen/tpl.h"
#include "model/staff.h"
#include "web/query.h"

#include <stdio.h>
#include <stdlib.h>

static const struct {
	const char *path, *label;
	enum role role;
} tabs[] = {
	{ "/administration", "Vue d’ensemble", ROLE_EDITOR },
	{ "/administration/vocabulaires", "Vocabulaires", ROLE_EDITOR },
	{ "/administration/thematiques", "Thématiques", ROLE_EDITOR },
	{ "/administration/ressources", "Ressources", ROLE_EDITOR },
	{ "/administration/textes", "Textes", ROLE_EDITOR },
	{ "/administration/espaces", "Espaces", ROLE_EDITOR },
	{ "/administration/boussole", "La boussole", ROLE_EDITOR },
	{ "/administration/import", "Importer un tableau", ROLE_EDITOR },
	{ "/administration/indicateurs", "Observatoire", ROLE_EDITOR },
	{ "/administration/agenda", "Agenda", ROLE_EDITOR },
	{ "/administration/reseau", "Réseau", ROLE_FACILITATOR },
	{ "/administration/liens", "Liens rompus", ROLE_EDITOR },
	{ "/administration/roles", "Rôles", ROLE_ADMIN },
	{ "/administration/comptes", "Comptes", ROLE_ADMIN },
	{ "/administration/journal", "Journal", ROLE_ADMIN },
};

static const struct {
	const char *code, *says;
} done_words[] = {
	{ "ajoute", "C’est ajouté, et visible tout de suite sur le site." },
	{ "enregistre", "C’est enregistré." },
	{ "ordre", "L’ordre est changé." },
	{ "remplace", "C’est remplacé partout où il servait." },
	{ "supprime", "C’est supprimé." },
	{ "place", "La fiche est placée dans cet espace." },
	{ "retire", "C’est retiré." },
	{ "role-donne", "Le rôle est donné. La personne devra se reconnecter, avec son second facteur." },
	{ "role-retire", "Le rôle est retiré, et ses sessions sont fermées." },
	{ "suspendu", "Le compte est suspendu, ses sessions sont fermées, et la personne en est avertie par courriel." },
	{ "retabli", "Le compte est rétabli, et la personne en est avertie par courriel." },
	{ "adapte", "Le texte de cet espace est enregistré : il se lit sous ses noms d’hôte, et la fiche commune reste ce qu’elle est." },
	{ "garde", "L’adaptation est gardée. Elle est maintenant comparée au texte commun d’aujourd’hui." },
	{ "reprend", "L’espace montre de nouveau le texte commun." },
	{ "importe", "L’import est fait." },
	{ "montre", "C’est visible sur le site." },
	{ "cache", "Ce n’est plus visible sur le site. Rien n’est perdu." },
	{ "rdv-change", "C’est enregistré. Les agendas suivent, et les personnes inscrites sont prévenues par courriel." },
	{ "rdv-annule", "Le rendez-vous est annulé. Il reste dans l’agenda, et les personnes inscrites sont prévenues par courriel." },
	{ "rdv-reporte", "Le rendez-vous est reporté. Les personnes inscrites sont prévenues par courriel." },
	{ "rdv-retabli", "Le rendez-vous a bien lieu. Les personnes inscrites sont prévenues par courriel." },
	{ "abandonne", "L’import est abandonné : rien n’a été écrit." },
};

static const struct {
	const char *why, *says;
} outcomes[] = {
	{ "introuvable", "Cet élément n’existe pas, ou plus." },
	{ "interdit", "Cet espace est tenu par d’autres : demandez à l’un de ses éditeurs, ou à l’administration." },
	{ "pris", "Ce code ou cette adresse sert déjà." },
	{ "fige", "Cette liste est fixée ailleurs : ses éléments ne s’ajoutent ni ne se retirent ici." },
	{ "utilise", "Cet élément sert encore : remplacez-le par un autre, il ne se supprime pas." },
	{ "remplace", "Cet élément a déjà été remplacé par un autre." },
	{ "autre", "Choisissez un autre élément du même vocabulaire." },
	{ "fiche", "Aucune fiche publiée n’a ce numéro." },
	{ "deja", "C’est déjà fait." },
	{ "plein", "Il n’y a plus de place : retirez d’abord une ligne." },
	{ "regle", "Cette règle nomme un filtre ou un terme que les listes de fiches ne connaissent pas." },
	{ "commun", "L’espace par défaut montre le texte commun : corrigez la fiche elle-même." },
	{ "perime", "Le texte commun vient de changer : relisez-le ci-dessous, puis décidez." },
	{ "compte", "Aucun compte actif n’a cette adresse." },
	{ "lieu", "Ce rôle est déjà donné, ou ce qu’il doit couvrir n’existe pas." },
	{ "dernier", "C’est le dernier administrateur : donnez d’abord ce rôle à quelqu’un d’autre." },
	{ "soi", "On ne suspend pas son propre compte." },
	{ "heure", "La fin vient avant le début. Vérifiez les heures, et les jours." },
	{ "inscrits", "Des personnes sont inscrites : annulez le rendez-vous, elles seront prévenues." },
	{ "places", "Il y a déjà plus de personnes inscrites que cela." },
	{ "motif", "Dites pourquoi, en une phrase : elle est envoyée aux personnes inscrites." },
	{ "etat", "L’état présent ne le permet pas : il a peut-être déjà changé." },
};

static struct url
url_of(struct arena *a, const char *path)
{
	return link_fmt(a, "%s", path);
}

struct view_admin
admin_view(struct req *r, const char *path, struct str title, const char *lead, bool under)
{
	struct arena *a = r->arena;
	const struct actor *me = actor_of(r);
	struct view_admin_tab *t = arena_array(a, struct view_admin_tab, sizeof tabs / sizeof *tabs);
	struct view_link trail[3] = { 0 };
	size_t n = 0, k = 0;
	struct view_admin v = { .title = title, .lead = lead ? str_of(lead) : STR_NONE };

	for (size_t i = 0; i < sizeof tabs / sizeof *tabs; i++) {
		bool here = strcmp(path, tabs[i].path) == 0;
		if (me->role >= tabs[i].role)
			t[n++] = (struct view_admin_tab){ str_of(tabs[i].label), url_of(a, tabs[i].path), here };
		if (here && i && under)
			trail[1] = (struct view_link){ str_of(tabs[i].label), url_of(a, tabs[i].path) }, k = 1;
	}
	v.tabs = (struct view_admin_tabs){ t, n };
	trail[0] = (struct view_link){ STR("Administration"), url_of(a, "/administration") };
	if (strcmp(path, "/administration") == 0)
		trail[0].url = (struct url){ NULL, 0 };
	else
		trail[++k] = (struct view_link){ title, { NULL, 0 } };
	v.crumbs = crumbs(a, k + 1, trail);
	for (size_t i = 0; i < sizeof done_words / sizeof *done_words; i++)
		if (str_eq(req_param(r, "fait"), str_of(done_words[i].code)) && r->method != METHOD_POST)
			v.done = str_of(done_words[i].says);
	return v;
}

enum err
admin_send(struct req *r, struct resp *w, struct view_admin *v)
{
	struct buf main;

	if (r->refused && w->status == 200)
		w->status = 400;
	if (r->method == METHOD_POST)
		v->faults = form_faults(r);
	buf_init(&main, r->arena, 65536);
	tpl_admin(&main, v);
	struct view_layout layout = { .title = v->title, .noindex = true, .head_search = true };
	return page_send(r, w, &layout, &main);
}

void
admin_done(struct req *r, struct resp *w, struct str path, const char *code)
{
	resp_redirect(w, 303, arena_fmt(r->arena, "%.*s?fait=%s", (int)path.n, path.p, code));
}

bool
admin_made(struct req *r, struct resp *w, struct str why, const char *field)
{
	if (why.n == 0)
		return true;
	for (size_t i = 0; i < sizeof outcomes / sizeof *outcomes; i++)
		if (str_eq(why, str_of(outcomes[i].why)))
			form_fault(r, field, "%s", outcomes[i].says);
	w->status = str_eq(why, STR("interdit")) ? 403 : 422;
	return false;
}

struct view_admin_cell
admin_text(struct str text)
{
	return (struct view_admin_cell){ .text = text };
}

struct view_admin_cell
admin_link(struct str text, struct url url)
{
	return (struct view_admin_cell){ .text = text, .url = url };
}

struct view_admin_cell
admin_number(struct arena *a, int64_t n)
{
	return (struct view_admin_cell){ .text = words_number(a, n), .number = true };
}

struct view_admin_buttons
admin_buttons(struct req *r, size_t n, const struct view_admin_button *buttons)
{
	struct view_admin_button *p = arena_array(r->arena, struct view_admin_button, n + 1);
	static const struct str act = { "act", 3 };

	for (size_t i = 0; i < n; i++) {
		p[i] = buttons[i];
		p[i].name = act;
		p[i].hidden = form_hidden(r, false);
		struct view_form_pair *kept = arena_array(r->arena, struct view_form_pair, p[i].kept.n + 1);
		for (size_t k = 0; k < p[i].kept.n; k++)
			kept[k] = p[i].kept.p[k];
		p[i].kept.p = kept;
	}
	return (struct view_admin_buttons){ p, n };
}

struct view_admin_heads
admin_heads(struct arena *a, size_t n, const struct view_admin_head *heads)
{
	struct view_admin_head *p = arena_array(a, struct view_admin_head, n + 1);

	memcpy(p, heads, n * sizeof *p);
	return (struct view_admin_heads){ p, n };
}

struct view_admin_row
admin_row(struct arena *a, const struct view_admin_heads *heads, struct view_admin_cell first, size_t n, const struct view_admin_cell *cells)
{
	struct view_admin_cell *p = arena_array(a, struct view_admin_cell, n + 1);

	for (size_t i = 0; i < n; i++) {
		p[i] = cells[i];
		if (i + 1 < heads->n && cells[i].buttons.n == 0)
			p[i].head = heads->p[i + 1].label;
	}
	return (struct view_admin_row){ .first = first, .cells = { p, n } };
}

struct view_admin_form
admin_form(struct req *r, const char *id, struct str title, struct url action, size_t n, const struct view_form_field *fields, struct str button, const char *act)
{
	struct view_form_field *p = arena_array(r->arena, struct view_form_field, n + 1);

	for (size_t i = 0; i < n; i++)
		p[i] = fields[i];
	return (struct view_admin_form){ .id = str_of(id), .title = title, .action = action, .hidden = form_hidden(r, true), .fields = { p, n }, .button = button,
		                         .name = act ? STR("act") : STR_NONE, .value = act ? str_of(act) : STR_NONE };
}

struct view_admin_forms
admin_forms(struct arena *a, size_t n, const struct view_admin_form *forms)
{
	struct view_admin_form *p = arena_array(a, struct view_admin_form, n + 1);

	for (size_t i = 0; i < n; i++)
		p[i] = forms[i];
	return (struct view_admin_forms){ p, n };
}

struct str
admin_when(struct arena *a, struct str iso)
{
	struct view_date day = words_date(a, (struct str){ iso.p, iso.n > 10 ? 10 : iso.n }, false);

	if (iso.n < 16)
		return day.text;
	return arena_fmt(a, "%.*s à %.2s h %.2s UTC", (int)day.text.n, day.text.p, iso.p + 11, iso.p + 14);
}

struct str
admin_history(struct arena *a, struct str at, struct str by)
{
	struct str when = admin_when(a, at);

	if (at.n == 0)
		return STR_NONE;
	return arena_fmt(a, "Dernier changement : %.*s, par %.*s.", (int)when.n, when.p, by.n ? (int)by.n : 12, by.n ? by.p : "la plateforme");
}

int64_t
admin_int(const struct req *r, const char *name)
{
	struct str s = req_param(r, name);
	int64_t v = 0;

	for (size_t i = 0; i < s.n && i < 18; i++)
		v = v * 10 + s.p[i] - '0';
	return v;
}

int64_t
admin_offset(const struct req *r)
{
	int64_t page = admin_int(r, "page");

	return page > 1 ? (page - 1) * ADMIN_PAGE : 0;
}

static struct url
page_url(struct req *r, const char *path, int64_t page)
{
	return link_list(r, str_of(path), (struct param){ STR("fait"), STR_NONE }, (struct param){ STR("page"), arena_fmt(r->arena, "%lld", (long long)page) });
}

struct view_paging
admin_paging(struct req *r, const char *path, int64_t total)
{
	int64_t pages = (total + ADMIN_PAGE - 1) / ADMIN_PAGE, page = admin_int(r, "page");
	struct view_paging p = { .nofollow = true };

	page = page < 1 ? 1 : page;
	if (pages < 2)
		return p;
	p.label = arena_fmt(r->arena, "Page %lld sur %lld", (long long)page, (long long)pages);
	if (page > 1)
		p.prev = page_url(r, path, page - 1);
	if (page < pages)
		p.next = page_url(r, path, page + 1);
	return p;
}

enum err
page_admin(struct req *r, struct resp *w)
{
	struct arena *a = r->arena;
	struct staff_counts n;
	bool boss = actor_of(r)->role >= ROLE_ADMIN;
	enum err e = staff_counts(r->write, a, &n);

	if (e)
		return e;
	struct view_figure f[] = {
		{ words_number(a, n.terms), n.terms > 1 ? STR("termes dans les vocabulaires") : STR("terme dans les vocabulaires"), url_of(a, "/administration/vocabulaires") },
		{ words_number(a, n.espaces), n.espaces > 1 ? STR("espaces") : STR("espace"), url_of(a, "/administration/espaces") },
		{ words_number(a, n.imports), n.imports > 1 ? STR("tableaux importés d’ici") : STR("tableau importé d’ici"), url_of(a, "/administration/import") },
		{ words_number(a, n.roles), n.roles > 1 ? STR("personnes qui ont un rôle") : STR("personne qui a un rôle"), url_of(a, "/administration/roles") },
		{ words_number(a, n.accounts), n.accounts > 1 ? STR("comptes") : STR("compte"), url_of(a, "/administration/comptes") },
		{ words_number(a, n.suspended), n.suspended > 1 ? STR("comptes suspendus") : STR("compte suspendu"), link_fmt(a, "/administration/comptes?etat=suspendu") },
		{ words_number(a, n.lines), n.lines > 1 ? STR("lignes au journal") : STR("ligne au journal"), url_of(a, "/administration/journal") },
	};
	struct view_admin v = admin_view(r, "/administration", STR("Administration"),
	                                 boss ? "Ce qui se règle ici se voit aussitôt sur le site, et laisse une ligne au journal."
	                                      : "Les vocabulaires, les espaces dont vous êtes éditeur et l’import de tableaux. Chaque changement laisse une ligne au journal.",
	                                 false);
	v.figures = (struct view_figures){ f, boss ? 7 : 3 };
	return admin_send(r, w, &v);
}
