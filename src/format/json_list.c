#include "format/json_list.h"

#include "format/uri.h"

static void
pair(struct json_out *j, const char *key, struct str value)
{
	json_key(j, key);
	json_str_or_null(j, value);
}

void
json_place(struct json_out *j, const struct place_ref *p)
{
	json_begin_object(j);
	pair(j, "type", p->type);
	pair(j, "code", p->code);
	pair(j, "nom", p->name);
	json_end(j);
}

void
json_sheet_card(struct json_out *j, struct arena *a, struct str base, const struct sheet_card *c)
{
	json_begin_object(j);
	json_key(j, "id");
	json_int(j, c->id);
	json_key(j, "uri");
	json_str(j, uri_sheet(a, base, c->id, c->slug));
	pair(j, "type", c->type);
	pair(j, "titre", c->title);
	pair(j, "chapo", c->summary);
	json_key(j, "version");
	json_int(j, c->version);
	json_key(j, "preuve");
	json_str(j, str_of(SHEET_EVIDENCE_CODES[c->evidence]));
	pair(j, "origine", c->origin);
	pair(j, "cree_le", c->created_at);
	pair(j, "modifie_le", c->modified_at);
	pair(j, "verifie_le", c->verified_on);
	pair(j, "licence", c->licence);
	pair(j, "langue", c->language);
	json_key(j, "territoire");
	json_place(j, &c->place);
	json_key(j, "valable_partout");
	json_bool(j, c->national);
	if (c->has_distance) {
		json_key(j, "distance_km");
		json_real(j, (double)(int64_t)(c->distance_km * 10 + 0.5) / 10);
	}
	json_end(j);
}

void
json_catalyst_card(struct json_out *j, struct arena *a, struct str base, const struct catalyst_card *c)
{
	json_begin_object(j);
	json_key(j, "id");
	json_int(j, c->id);
	json_key(j, "uri");
	json_str(j, uri_catalyst(a, base, c->id, c->slug));
	pair(j, "nom", c->name);
	pair(j, "resume", c->summary);
	pair(j, "statut", c->kind);
	pair(j, "pratiques", c->practices);
	json_key(j, "siege");
	if (c->seat.type.n)
		json_place(j, &c->seat);
	else
		json_null(j);
	pair(j, "precision", c->precision);
	json_key(j, "national");
	json_bool(j, c->national);
	pair(j, "site", c->website);
	pair(j, "source", c->source_label);
	pair(j, "source_url", c->source_url);
	pair(j, "origine", c->origin);
	pair(j, "verifie_le", c->verified_on);
	pair(j, "raison", catalyst_reason(a, c));
	json_key(j, "distance_km");
	if (c->has_distance)
		json_real(j, (double)(int64_t)(c->distance_km * 10 + 0.5) / 10);
	else
		json_null(j);
	json_end(j);
}

void
json_territory_ref(struct json_out *j, struct arena *a, struct str base, const struct territory_ref *t)
{
	/* Where places of several types come together, a département is told from a région of its name. */
	bool coded = str_eq(t->type, STR("commune")) || str_eq(t->type, STR("epci")) || (str_eq(t->type, STR("departement")) && str_eq(t->part, STR("suggest")));
	json_begin_object(j);
	pair(j, "type", t->type);
	pair(j, "code", t->code);
	pair(j, "nom", t->name);
	json_key(j, "libelle");
	json_str(j, coded ? arena_fmt(a, "%.*s (%.*s)", (int)t->name.n, t->name.p, (int)t->stone.n, t->stone.p) : t->name);
	json_key(j, "valeur");
	json_str(j, arena_fmt(a, "%.*s:%.*s", (int)t->type.n, t->type.p, (int)t->code.n, t->code.p));
	if (t->slug.n) {
		json_key(j, "uri");
		json_str(j, uri_territory(a, base, t->type, t->code, t->slug));
	}
	if (t->population > 0) {
		json_key(j, "population");
		json_int(j, t->population);
	}
	if (t->has_km && str_eq(t->part, STR("near"))) {
		json_key(j, "distance_km");
		json_real(j, (double)(int64_t)(t->km * 10 + 0.5) / 10);
	}
	json_end(j);
}

void
json_territory_of(struct json_out *j, const struct territory *t, const char *source, const char *confidence)
{
	json_key(j, "territoire");
	if (t->id == 0) {
		json_null(j);
		return;
	}
	json_begin_object(j);
	pair(j, "type", t->type);
	pair(j, "code", t->code);
	pair(j, "nom", t->name);
	json_key(j, "source");
	json_str(j, str_of(source));
	json_key(j, "confiance");
	json_str(j, str_of(confidence));
	json_end(j);
}

static bool
asked(const struct req *r, struct str name, struct str value)
{
	for (size_t i = 0; i < r->nparams; i++)
		if (str_eq(r->params[i].name, name) && str_eq(r->params[i].value, value))
			return true;
	return false;
}

static void
facets(struct json_out *j, const struct req *r, const struct facet_counts *f)
{
	struct str open = STR_NONE;
	json_key(j, "facettes");
	json_begin_object(j);
	for (size_t i = 0; i < f->n; i++) {
		struct str facet = f->p[i].facet, value = f->p[i].code, label = f->p[i].label;
		if (!str_eq(facet, open)) {
			if (open.n)
				json_end(j);
			json_key(j, facet.p);
			json_begin_array(j);
			open = facet;
		}
		if (str_eq(facet, STR("preuve")) && value.n == 1) {
			label = str_of(SHEET_EVIDENCE_NAMES[value.p[0] - '0']);
			value = str_of(SHEET_EVIDENCE_CODES[value.p[0] - '0']);
		} else if (str_eq(facet, STR("type"))) {
			label = str_of(sheet_kind_of(value)->plural);
		}
		json_begin_object(j);
		pair(j, "valeur", value);
		pair(j, "libelle", label);
		json_key(j, "nombre");
		json_int(j, f->p[i].n);
		if (f->p[i].about) {
			json_key(j, "approche");
			json_bool(j, true);
		}
		if (f->p[i].parent.n)
			pair(j, "parent", f->p[i].parent);
		json_key(j, "actif");
		json_bool(j, asked(r, facet, value));
		json_end(j);
	}
	if (open.n)
		json_end(j);
	json_end(j);
}

void
json_notices(struct json_out *j, const struct req *r)
{
	json_key(j, "avertissements");
	json_begin_array(j);
	for (size_t i = 0; i < r->nnotices; i++) {
		json_begin_object(j);
		pair(j, "champ", r->notices[i].field);
		pair(j, "code", r->notices[i].code);
		pair(j, "message", r->notices[i].message);
		json_end(j);
	}
	json_end(j);
}

void
json_search_note(struct json_out *j, const struct search_note *n)
{
	if (n->meant.n) {
		json_key(j, "vouliez_vous_dire");
		json_str(j, n->meant);
	}
	if (n->nplaces) {
		json_key(j, "lieux_possibles");
		json_begin_array(j);
		for (size_t i = 0; i < n->nplaces; i++) {
			json_begin_object(j);
			pair(j, "territoire", n->places[i].key);
			pair(j, "q", n->rest);
			json_end(j);
		}
		json_end(j);
	}
	if (n->instead.n == 0 && n->wider.n == 0)
		return;
	json_key(j, "recherche");
	json_begin_object(j);
	pair(j, "demande", n->asked);
	pair(j, "a_la_place", n->instead.n ? n->instead : n->wider);
	pair(j, "raison", n->instead.n ? n->reason : STR("peu"));
	if (n->wider.n) {
		json_key(j, "tous");
		json_int(j, n->found);
	}
	json_end(j);
}

static void
links(struct json_out *j, const struct paging *p)
{
	json_key(j, "liens");
	json_begin_object(j);
	pair(j, "self", p->self);
	pair(j, "first", p->first);
	pair(j, "prev", p->prev);
	pair(j, "next", p->next);
	pair(j, "last", p->last);
	json_end(j);
}

void
json_list_head(struct json_out *j, struct req *r, const struct list_query *q, const struct paging *p,
               const struct facet_counts *f, const struct territory *t)
{
	json_key(j, "total");
	json_int(j, f->total);
	if (f->about) {
		json_key(j, "total_approche");
		json_bool(j, true);
	}
	json_key(j, "page");
	json_int(j, q->page);
	json_key(j, "taille");
	json_int(j, q->taille);
	links(j, p);
	facets(j, r, f);
	json_territory_of(j, t, "choix", "sûre");
	if (q->territoires.n > 1) {
		json_key(j, "territoires"); /* all that were asked for; "territoire" is the first */
		json_begin_array(j);
		for (size_t i = 0; i < q->territoires.n; i++)
			json_str(j, q->territoires.p[i]);
		json_end(j);
	}
	json_search_note(j, &f->search);
	json_notices(j, r);
}
