#include "format/json_territory.h"

#include "format/json_list.h"
#include "format/uri.h"

static void
pair(struct json_out *j, const char *key, struct str value)
{
	json_key(j, key);
	json_str_or_null(j, value);
}

static void
number(struct json_out *j, const char *key, int64_t value, bool known)
{
	json_key(j, key);
	if (known)
		json_int(j, value);
	else
		json_null(j);
}

void
json_territory(struct json_out *j, struct arena *a, struct str base, const struct territory *t)
{
	pair(j, "type", t->type);
	pair(j, "code", t->code);
	pair(j, "nom", t->name);
	json_key(j, "uri");
	json_str(j, uri_territory(a, base, t->type, t->code, t->slug));
	pair(j, "nature", t->nature);
	number(j, "population", t->population, t->population >= 0);
	number(j, "habitants_a_10_km", t->people_near, t->people_near >= 0);
	number(j, "superficie_approchee_km2", (int64_t)(t->outline_km2 + 0.5), t->outline_km2 > 0);
	number(j, "communes", t->communes, t->communes > 0);
	number(j, "intercommunalites", t->epcis, t->epcis > 0);
	json_key(j, "outre_mer");
	json_bool(j, t->overseas);
	json_key(j, "point");
	if (t->has_point) {
		json_begin_array(j);
		json_real(j, t->lon);
		json_real(j, t->lat);
		json_end(j);
	} else {
		json_null(j);
	}
	json_key(j, "millesime");
	json_int(j, t->vintage);
	pair(j, "ancien_nom", t->former);
	json_key(j, "fiches");
	json_int(j, t->sheets);
}

void
json_territory_refs(struct json_out *j, struct arena *a, struct str base, const struct territory_refs *refs)
{
	static const char *const parts[][2] = { { "parent", "contenu_dans" }, { "member", "contient" }, { "near", "voisins" } };
	for (size_t k = 0; k < 3; k++) {
		json_key(j, parts[k][1]);
		json_begin_array(j);
		for (size_t i = 0; i < refs->n; i++)
			if (str_eq(refs->p[i].part, str_of(parts[k][0])))
				json_territory_ref(j, a, base, &refs->p[i]);
		json_end(j);
	}
}

void
json_programmes(struct json_out *j, const struct programmes *list)
{
	json_key(j, "programmes");
	json_begin_array(j);
	for (size_t i = 0; i < list->n; i++) {
		const struct programme *p = &list->p[i];
		json_begin_object(j);
		pair(j, "code", p->code);
		pair(j, "nom", p->name);
		pair(j, "ou", p->part);
		if (str_eq(p->part, STR("dedans"))) {
			pair(j, "type", p->place.type);
			json_key(j, "nombre");
			json_int(j, p->n);
		} else {
			pair(j, "libelle", p->label);
			json_key(j, "territoire");
			json_place(j, &p->place);
			pair(j, "signe_le", p->signed_on);
			pair(j, "periode", p->period);
			pair(j, "adresse", p->url);
		}
		pair(j, "source", p->source);
		pair(j, "millesime", p->vintage);
		pair(j, "charge_le", p->loaded_on);
		json_end(j);
	}
	json_end(j);
}

static void
alike_place(struct json_out *j, const struct alike_place *p)
{
	json_key(j, "territoire");
	json_place(j, &p->place);
	pair(j, "raison", p->why);
}

void
json_alike(struct json_out *j, struct arena *a, struct str base, const struct alike *x)
{
	json_key(j, "comme_ici");
	json_begin_object(j);
	json_key(j, "criteres");
	json_begin_array(j);
	for (size_t i = 0; i < x->ncriteria; i++) {
		const struct alike_criterion *c = &x->criteria[i];
		json_begin_object(j);
		pair(j, "code", c->code);
		pair(j, "libelle", c->label);
		pair(j, "valeur", c->value);
		pair(j, "source", c->note);
		json_key(j, "choisi");
		json_bool(j, c->chosen);
		json_key(j, "retenu");
		json_bool(j, c->used);
		number(j, "partage_par", c->others, c->value.n > 0);
		json_end(j);
	}
	json_end(j);
	json_key(j, "total");
	json_int(j, x->total);
	json_key(j, "avec_contenu");
	json_int(j, x->with_content);
	json_key(j, "territoires");
	json_begin_array(j);
	for (size_t i = 0; i < x->nplaces; i++) {
		json_begin_object(j);
		alike_place(j, &x->places[i]);
		json_key(j, "fiches");
		json_int(j, x->places[i].sheets);
		json_key(j, "catalyseurs");
		json_int(j, x->places[i].catalysts);
		json_end(j);
	}
	json_end(j);
	json_key(j, "total_fiches");
	if (x->total_sheets < 0)
		json_null(j);
	else
		json_int(j, x->total_sheets);
	json_key(j, "fiches");
	json_begin_array(j);
	for (size_t i = 0; i < x->nsheets; i++) {
		const struct alike_sheet *s = &x->sheets[i];
		json_begin_object(j);
		json_key(j, "id");
		json_int(j, s->id);
		json_key(j, "uri");
		json_str(j, uri_sheet(a, base, s->id, s->slug));
		pair(j, "type", s->type);
		pair(j, "titre", s->title);
		pair(j, "chapo", s->summary);
		pair(j, "verifie_le", s->verified_on);
		alike_place(j, &s->from);
		json_end(j);
	}
	json_end(j);
	json_end(j);
}
