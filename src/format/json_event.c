#include "format/json_event.h"
#include "format/json_list.h"
#include "format/uri.h"

#define PART(x, what) str_eq((x)->part, STR(what))

static void
pair(struct json_out *j, const char *key, struct str value)
{
	json_key(j, key);
	json_str_or_null(j, value);
}

static void
members(struct json_out *j, struct arena *a, struct str base, const struct event *e)
{
	struct str uri = uri_event(a, base, e->address);

	json_key(j, "id");
	json_int(j, e->id);
	json_key(j, "uri");
	json_str(j, uri);
	pair(j, "uid", e->uid);
	pair(j, "titre", e->title);
	pair(j, "resume", e->summary);
	json_key(j, "serie");
	if (e->series_code.n) {
		json_begin_object(j);
		pair(j, "code", e->series_code);
		pair(j, "nom", e->series);
		json_end(j);
	} else {
		json_null(j);
	}
	pair(j, "date", event_day(e));
	pair(j, "date_connue", e->known);
	pair(j, "date_fin", e->ends_on);
	pair(j, "debut", e->starts_at);
	pair(j, "fin", e->ends_at);
	pair(j, "fuseau", e->timezone);
	pair(j, "heure_paris", event_clock(a, e->start_paris));
	pair(j, "heure_reunion", event_clock(a, e->start_reunion));
	pair(j, "mode", e->mode);
	pair(j, "lieu", e->place);
	json_key(j, "territoire");
	if (e->where.type.n)
		json_place(j, &e->where);
	else
		json_null(j);
	pair(j, "etat", e->status);
	pair(j, "changement", e->change_note);
	pair(j, "date_precedente", e->moved_from);
	json_key(j, "passe");
	json_bool(j, e->over);
	json_key(j, "en_direct");
	json_bool(j, e->live);
	json_key(j, "inscription");
	json_begin_object(j);
	pair(j, "etat", e->registration);
	json_key(j, "ouverte");
	json_bool(j, e->registers);
	pair(j, "jusqu_au", e->registration_until);
	pair(j, "adresse", e->registers ? arena_fmt(a, "%.*s/inscription", (int)uri.n, uri.p) : STR_NONE);
	json_end(j);
	pair(j, "rediffusion", e->replay_url);
	pair(j, "adresse", e->url);
	json_key(j, "sequence");
	json_int(j, e->sequence);
	pair(j, "cree_le", e->created_at);
	pair(j, "modifie_le", e->modified_at);
	pair(j, "origine", e->origin);
	pair(j, "source", e->source_label);
	pair(j, "source_url", e->source_url);
}

void
json_event_card(struct json_out *j, struct arena *a, struct str base, const struct event *e)
{
	json_begin_object(j);
	members(j, a, base, e);
	json_end(j);
}

static void
seat(struct json_out *j, const struct event_part *x)
{
	pair(j, "mode", x->kind);
	json_key(j, "places");
	if (x->bounded)
		json_int(j, x->n);
	else
		json_null(j);
	json_key(j, "prises");
	json_int(j, x->taken);
	json_key(j, "en_attente");
	json_int(j, x->waiting);
}

static void
part_write(struct json_out *j, struct arena *a, struct str base, const struct event_part *x)
{
	json_begin_object(j);
	if (PART(x, "document")) {
		pair(j, "sorte", x->kind);
		pair(j, "libelle", x->label);
		pair(j, "adresse", x->url);
	} else if (PART(x, "speaker")) {
		pair(j, "organisation", x->label);
		pair(j, "role", x->note);
	} else if (PART(x, "sheet")) {
		json_key(j, "id");
		json_int(j, x->n);
		pair(j, "type", x->kind);
		pair(j, "titre", x->label);
		pair(j, "uri", uri_sheet(a, base, x->n, x->slug));
	} else if (PART(x, "catalyst")) {
		json_key(j, "id");
		json_int(j, x->n);
		pair(j, "nom", x->label);
		pair(j, "uri", uri_catalyst(a, base, x->n, x->slug));
	} else if (PART(x, "term")) {
		pair(j, "schema", x->kind);
		pair(j, "code", x->code);
		pair(j, "libelle", x->label);
	} else if (PART(x, "area")) {
		pair(j, "type", x->kind);
		pair(j, "code", x->code);
		pair(j, "nom", x->label);
	} else {
		seat(j, x);
	}
	json_end(j);
}

void
json_event(struct json_out *j, struct arena *a, struct str base, const struct event *e, const struct event_parts *parts)
{
	static const char *const lists[][2] = { { "document", "documents" }, { "speaker", "intervenants" }, { "sheet", "fiches" }, { "term", "termes" },
		                                { "catalyst", "catalyseurs" }, { "area", "territoires" }, { "seat", "places" } };

	members(j, a, base, e);
	for (size_t k = 0; k < sizeof(lists) / sizeof(*lists); k++) {
		json_key(j, lists[k][1]);
		json_begin_array(j);
		for (size_t i = 0; i < parts->n; i++)
			if (str_eq(parts->p[i].part, str_of(lists[k][0])))
				part_write(j, a, base, &parts->p[i]);
		json_end(j);
	}
}
