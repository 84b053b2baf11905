/* CSV: one row an item, the names of the columns those of the JSON. A file can come back: ids, references and sources are there. */
#include "format/listing.h"
#include "format/uri.h"
#include "text/csv.h"

static void
titles(struct csv_out *o, const char *const *names)
{
	for (; *names; names++)
		csv_cell(o, str_of(*names));
	csv_end_row(o);
}

static void
cell_bool(struct csv_out *o, bool v)
{
	csv_cell(o, v ? STR("oui") : STR("non"));
}

static void
cell_real(struct csv_out *o, bool known, double v, int decimals)
{
	if (known)
		csv_cell_real(o, v, decimals);
	else
		csv_cell(o, STR_NONE);
}

static void
cell_place(struct csv_out *o, const struct place_ref *p)
{
	csv_cell(o, p->type);
	csv_cell(o, p->code);
	csv_cell(o, p->name);
}

void
table_sheets(struct req *r, struct buf *b, const struct sheet_card *p, size_t n)
{
	static const char *const names[] = { "id", "reference", "uri", "type", "titre", "chapo", "version", "preuve", "origine",
		                             "source", "source_url", "licence", "langue", "territoire_type", "territoire_code",
		                             "territoire_nom", "valable_partout", "longitude", "latitude", "cree_le",
		                             "modifie_le", "verifie_le", "distance_km", NULL };
	struct csv_out o = { .b = b, .separator = ';' };

	titles(&o, names);
	for (size_t i = 0; i < n; i++) {
		const struct sheet_card *c = &p[i];
		csv_cell_int(&o, c->id);
		csv_cell(&o, c->ref);
		csv_cell(&o, uri_sheet(r->arena, r->base, c->id, c->slug));
		csv_cell(&o, c->type);
		csv_cell(&o, c->title);
		csv_cell(&o, c->summary);
		csv_cell_int(&o, c->version);
		csv_cell(&o, str_of(SHEET_EVIDENCE_CODES[c->evidence]));
		csv_cell(&o, c->origin);
		csv_cell(&o, c->source_label);
		csv_cell(&o, c->source_url);
		csv_cell(&o, c->licence);
		csv_cell(&o, c->language);
		cell_place(&o, &c->place);
		cell_bool(&o, c->national);
		cell_real(&o, c->point.known, c->point.lon, 6);
		cell_real(&o, c->point.known, c->point.lat, 6);
		csv_cell(&o, c->created_at);
		csv_cell(&o, c->modified_at);
		csv_cell(&o, c->verified_on);
		cell_real(&o, c->has_distance, c->distance_km, 1);
		csv_end_row(&o);
	}
}

void
table_catalysts(struct req *r, struct buf *b, const struct catalyst_card *p, size_t n)
{
	static const char *const names[] = { "id", "reference", "uri", "nom", "resume", "statut", "pratiques", "siege_type",
		                             "siege_code", "siege_nom", "precision", "national", "longitude", "latitude",
		                             "site", "origine", "source", "source_url", "verifie_le", "raison",
		                             "distance_km", NULL };
	struct csv_out o = { .b = b, .separator = ';' };

	titles(&o, names);
	for (size_t i = 0; i < n; i++) {
		const struct catalyst_card *c = &p[i];
		csv_cell_int(&o, c->id);
		csv_cell(&o, c->ref);
		csv_cell(&o, uri_catalyst(r->arena, r->base, c->id, c->slug));
		csv_cell(&o, c->name);
		csv_cell(&o, c->summary);
		csv_cell(&o, c->kind);
		csv_cell(&o, c->practices);
		cell_place(&o, &c->seat);
		csv_cell(&o, c->precision);
		cell_bool(&o, c->national);
		cell_real(&o, c->has_point, c->lon, 6);
		cell_real(&o, c->has_point, c->lat, 6);
		csv_cell(&o, c->website);
		csv_cell(&o, c->origin);
		csv_cell(&o, c->source_label);
		csv_cell(&o, c->source_url);
		csv_cell(&o, c->verified_on);
		csv_cell(&o, catalyst_reason(r->arena, c));
		cell_real(&o, c->has_distance, c->distance_km, 1);
		csv_end_row(&o);
	}
}

void
table_events(struct req *r, struct buf *b, const struct event *p, size_t n)
{
	static const char *const names[] = { "id", "reference", "uri", "uid", "titre", "resume", "serie", "date", "date_connue", "date_fin", "debut", "fin",
		                             "fuseau", "heure_paris", "heure_reunion", "mode", "lieu", "territoire_type", "territoire_code",
		                             "territoire_nom", "etat", "passe", "inscription", "rediffusion", "adresse", "origine", "source", "source_url",
		                             "sequence", "modifie_le", NULL };
	struct csv_out o = { .b = b, .separator = ';' };

	titles(&o, names);
	for (size_t i = 0; i < n; i++) {
		const struct event *e = &p[i];
		csv_cell_int(&o, e->id);
		csv_cell(&o, e->ref);
		csv_cell(&o, uri_event(r->arena, r->base, e->address));
		csv_cell(&o, e->uid);
		csv_cell(&o, e->title);
		csv_cell(&o, e->summary);
		csv_cell(&o, e->series_code);
		csv_cell(&o, event_day(e));
		csv_cell(&o, e->known);
		csv_cell(&o, e->ends_on);
		csv_cell(&o, e->starts_at);
		csv_cell(&o, e->ends_at);
		csv_cell(&o, e->timezone);
		csv_cell(&o, event_clock(r->arena, e->start_paris));
		csv_cell(&o, event_clock(r->arena, e->start_reunion));
		csv_cell(&o, e->mode);
		csv_cell(&o, e->place);
		cell_place(&o, &e->where);
		csv_cell(&o, e->status);
		cell_bool(&o, e->over);
		csv_cell(&o, e->registration);
		csv_cell(&o, e->replay_url);
		csv_cell(&o, e->url);
		csv_cell(&o, e->origin);
		csv_cell(&o, e->source_label);
		csv_cell(&o, e->source_url);
		csv_cell_int(&o, e->sequence);
		csv_cell(&o, e->modified_at);
		csv_end_row(&o);
	}
}

void
table_territory(struct req *r, struct buf *b, const struct territory *t)
{
	static const char *const names[] = { "type", "code", "uri", "nom", "population", "millesime", "longitude", "latitude",
		                             "superficie_approchee_km2", "fiches", "catalyseurs", NULL };
	struct csv_out o = { .b = b, .separator = ';' };

	titles(&o, names);
	csv_cell(&o, t->type);
	csv_cell(&o, t->code);
	csv_cell(&o, uri_territory(r->arena, r->base, t->type, t->code, t->slug));
	csv_cell(&o, t->name);
	cell_real(&o, t->population >= 0, (double)t->population, 0);
	csv_cell_int(&o, t->vintage);
	cell_real(&o, t->has_point, t->lon, 6);
	cell_real(&o, t->has_point, t->lat, 6);
	cell_real(&o, t->outline_km2 > 0, t->outline_km2, 1);
	csv_cell_int(&o, t->sheets);
	csv_cell_int(&o, t->catalysts);
	csv_end_row(&o);
}
