/* /structures/nouvelle: one looks for one's structure first; whoever does not find it declares it, and answers for it. */
#include "gen/tpl.h"
#include "model/account.h"
#include "page/structure.h"
#include "page/write.h"
#include "web/actor.h"

enum { DECLARED = 10, DECLARED_PER_S = 24 * 3600 };

static const struct {
	const char *code, *label, *words;
} kinds[] = {
	{ "association", "Association", "association" },
	{ "commune", "Commune", "commune" },
	{ "intercommunalite", "Intercommunalité", "intercommunalité" },
	{ "departement", "Département", "département" },
	{ "region", "Région", "région" },
	{ "reseau", "Réseau", "réseau" },
	{ "fondation", "Fondation", "fondation" },
	{ "cooperative", "Coopérative", "coopérative" },
	{ "entreprise", "Entreprise", "entreprise" },
	{ "universite", "Université ou école", "université ou école" },
	{ "etablissement", "Établissement public", "établissement public" },
	{ "autre", "Autre", "structure" },
};
enum { KINDS_N = sizeof(kinds) / sizeof(*kinds) };

struct str
structure_kind_words(struct str kind)
{
	for (size_t i = 0; i < KINDS_N; i++)
		if (str_eq(kind, str_of(kinds[i].code)))
			return str_of(kinds[i].words);
	return kind.n ? kind : STR("structure");
}

struct url
structure_link(struct arena *a, int64_t id)
{
	return link_fmt(a, "/structures/%lld", (long long)id);
}

struct view_form_fields
structure_fields(struct req *r, const struct structure *s)
{
	struct view_form_field *f = arena_array(r->arena, struct view_form_field, STRUCTURE_FIELDS);
	struct view_form_option o[KINDS_N];
	struct str kind = s ? s->kind : STR("association");

	for (size_t i = 0; i < KINDS_N; i++)
		o[i] = (struct view_form_option){ .value = str_of(kinds[i].code), .label = str_of(kinds[i].label) };
	f[0] = form_field(r, PARAMS_STRUCTURE, "nom", s ? s->name : req_param(r, "q"), NULL);
	f[0].autocomplete = STR("organization");
	f[0].required = true;
	f[1] = form_field(r, PARAMS_STRUCTURE, "sorte", kind, NULL);
	f[1].select = true;
	form_options(r, &f[1], o, KINDS_N, &kind, 1);
	f[2] = form_field(r, PARAMS_STRUCTURE, "lieu", s ? s->place_key : STR_NONE, "Facultatif. Un nom ou un code postal : c’est son animateur qui répond aux demandes quand personne d’autre ne le peut.");
	f[2].suggest = STR("champ");
	f[3] = form_field(r, PARAMS_STRUCTURE, "site", s ? s->website : STR_NONE, "Facultatif. En entier : https://…");
	f[4] = form_field(r, PARAMS_STRUCTURE, "siren", s ? s->siren : STR_NONE, "Facultatif. Neuf chiffres : ils évitent de déclarer deux fois la même.");
	return (struct view_form_fields){ f, STRUCTURE_FIELDS };
}

static enum err
place_read(struct req *r, struct structure_words *ret)
{
	struct territory_refs choices;
	struct territory t;
	struct str typed = req_param(r, "lieu"), key;

	if (!typed.n)
		return ERR_NONE;
	enum err e = write_place_find(r, typed, &key, &choices);
	if (!e && key.n && !(e = territory_find_key(r->db, r->arena, key, &t)))
		ret->territory = t.id;
	if (e && e != ERR_NOT_FOUND)
		return e;
	if (ret->territory)
		return ERR_NONE;
	if (choices.n)
		form_fault(r, "lieu", "Plusieurs lieux portent ce nom. Ajoutez le département, ou écrivez le code postal.");
	else
		form_fault(r, "lieu", "Nous ne connaissons pas ce lieu. Essayez le code postal, ou laissez vide.");
	return ERR_NONE;
}

/* A number that another one has already is said here: in the database it would be an accident. */
static enum err
siren_free(struct req *r, struct str siren, int64_t id)
{
	struct structure_names same;
	enum err e = structure_search(r->write, r->arena, siren, &same);

	for (size_t i = 0; !e && i < same.n; i++)
		if (str_eq(same.p[i].siren, siren) && same.p[i].id != id)
			form_fault(r, "siren", "Ce SIREN est celui de « %.*s » : cherchez-la, et demandez à la rejoindre.", (int)same.p[i].name.n, same.p[i].name.p);
	return e;
}

enum err
structure_words_read(struct req *r, int64_t id, struct structure_words *ret, bool *ret_good)
{
	*ret = (struct structure_words){ .name = req_param(r, "nom"), .kind = req_param(r, "sorte"), .website = req_param(r, "site") };
	if (!req_typed(r, "nom").n)
		form_fault(r, "nom", "Écrivez son nom.");
	if (!ret->kind.n && !req_typed(r, "sorte").n)
		form_fault(r, "sorte", "Dites sa sorte.");
	if (req_param(r, "siren").n && !structure_siren(r->arena, req_param(r, "siren"), &ret->siren))
		form_fault(r, "siren", "Ces neuf chiffres ne font pas un SIREN : l’un d’eux est sans doute faux.");
	enum err e = place_read(r, ret);
	if (!e && ret->siren.n && r->nnotices == 0)
		e = siren_free(r, ret->siren, id);
	*ret_good = !e && r->nnotices == 0 && !r->refused;
	return e;
}

static enum err
show(struct req *r, struct resp *w, int status)
{
	struct arena *a = r->arena;
	struct structure_names found = { NULL, 0 };
	struct str q = req_param(r, r->method == METHOD_POST ? "nom" : "q");
	struct view_structure_new v = { .crumbs = crumbs(a, 2, (struct view_link[]){ { STR("Mon espace"), link_fmt(a, "/mon-espace") },
		                                                                     { STR("Votre structure"), { NULL, 0 } } }),
		                        .q = q };
	enum err e = q.n ? structure_search(r->write, a, q, &found) : ERR_NONE;

	if (e)
		return e;
	struct view_structure_found *p = arena_array(a, struct view_structure_found, found.n);
	for (size_t i = 0; i < found.n; i++) {
		struct str kind = structure_kind_words(found.p[i].kind), place = found.p[i].place;
		p[i] = (struct view_structure_found){ .link = { found.p[i].name, structure_link(a, found.p[i].id) },
			                              .note = arena_fmt(a, "%.*s%s%.*s", (int)kind.n, kind.p, place.n ? ", " : "", (int)place.n, place.p) };
	}
	v.found = (struct view_structure_founds){ p, found.n };
	if (q.n)
		v.found_title = found.n > 1   ? arena_fmt(a, "%zu structures portent ce nom, ou presque", found.n)
		                : found.n == 1 ? STR("Est-ce celle-ci ?")
		                               : STR("Nous ne la connaissons pas encore");
	v.fields = structure_fields(r, NULL);
	v.hidden = form_hidden(r, true);
	v.faults = form_faults(r);
	struct buf main;
	buf_init(&main, a, 16384);
	tpl_structure_new(&main, &v);
	struct view_layout layout = { .title = STR("Votre structure"), .noindex = true, .nav_self = true, .head_search = true };
	w->status = status;
	return page_send(r, w, &layout, &main);
}

enum err
page_structure_new(struct req *r, struct resp *w)
{
	struct structure_words s;
	int64_t id, wait;
	bool good;

	if (r->method != METHOD_POST)
		return show(r, w, 200);
	enum err e = structure_words_read(r, 0, &s, &good);
	if (e)
		return e;
	if (!good)
		return show(r, w, 422);
	if ((e = attempt_note(r->write, r->arena, "structure", arena_fmt(r->arena, "%lld", (long long)actor_of(r)->id), DECLARED, DECLARED_PER_S, &wait)))
		return e;
	if (wait) {
		form_fault(r, "formulaire", "Dix structures par jour au plus. Celle-ci pourra attendre demain.");
		return show(r, w, 429);
	}
	if ((e = structure_declare(r->write, r->arena, actor_of(r)->id, &s, &id)))
		return e;
	resp_redirect(w, 303, arena_fmt(r->arena, "/structures/%lld?fait=declaree", (long long)id));
	return ERR_NONE;
}
