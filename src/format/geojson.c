/* RFC 7946, with numberMatched, numberReturned and links as in OGC API Features. Properties are flat: a GIS makes columns of them. */
#include "format/listing.h"
#include "format/uri.h"
#include "text/json_out.h"

#include <math.h>

static void
pair(struct json_out *j, const char *key, struct str value)
{
	json_key(j, key);
	json_str_or_null(j, value);
}

static void
distance(struct json_out *j, bool known, double km)
{
	if (!known)
		return;
	json_key(j, "distance_km");
	json_real(j, round(km * 10) / 10);
}

static void
position(struct json_out *j, struct point p)
{
	json_begin_array(j);
	json_real(j, p.lon);
	json_real(j, p.lat);
	json_end(j);
}

/* Opens a feature and its properties. Two places are a MultiPoint, none is null. */
static void
feature_begin(struct json_out *j, struct str id, const struct point *p, size_t n)
{
	json_begin_object(j);
	pair(j, "type", STR("Feature"));
	json_key(j, "id");
	json_str(j, id);
	json_key(j, "geometry");
	if (n == 0) {
		json_null(j);
	} else {
		json_begin_object(j);
		pair(j, "type", n == 1 ? STR("Point") : STR("MultiPoint"));
		json_key(j, "coordinates");
		if (n > 1)
			json_begin_array(j);
		for (size_t i = 0; i < n; i++)
			position(j, p[i]);
		if (n > 1)
			json_end(j);
		json_end(j);
	}
	json_key(j, "properties");
	json_begin_object(j);
}

static void
feature_end(struct json_out *j)
{
	json_end(j);
	json_end(j);
}

static void
place(struct json_out *j, const struct place_ref *p, const char *type, const char *code, const char *name)
{
	pair(j, type, p->type);
	pair(j, code, p->code);
	pair(j, name, p->name);
}

static void
sheet_feature(const struct listing *l, struct json_out *j, const struct sheet_card *c, const struct point *points, size_t n)
{
	struct arena *a = l->r->arena;

	feature_begin(j, arena_fmt(a, "fiche/%lld", (long long)c->id), points, n);
	json_key(j, "id");
	json_int(j, c->id);
	pair(j, "uri", uri_sheet(a, l->r->base, c->id, c->slug));
	pair(j, "type", c->type);
	pair(j, "titre", c->title);
	pair(j, "chapo", c->summary);
	pair(j, "preuve", str_of(SHEET_EVIDENCE_CODES[c->evidence]));
	place(j, &c->place, "territoire_type", "territoire_code", "territoire_nom");
	json_key(j, "valable_partout");
	json_bool(j, c->national);
	pair(j, "origine", c->origin);
	pair(j, "licence", c->licence);
	pair(j, "modifie_le", c->modified_at);
	pair(j, "verifie_le", c->verified_on);
	distance(j, c->has_distance, c->distance_km);
	feature_end(j);
}

static void
catalyst_feature(const struct listing *l, struct json_out *j, const struct catalyst_card *c)
{
	struct arena *a = l->r->arena;
	struct point p = { c->has_point, c->lon, c->lat };

	feature_begin(j, arena_fmt(a, "catalyseur/%lld", (long long)c->id), &p, p.known);
	json_key(j, "id");
	json_int(j, c->id);
	pair(j, "uri", uri_catalyst(a, l->r->base, c->id, c->slug));
	pair(j, "nom", c->name);
	pair(j, "resume", c->summary);
	pair(j, "statut", c->kind);
	pair(j, "pratiques", c->practices);
	place(j, &c->seat, "siege_type", "siege_code", "siege_nom");
	pair(j, "precision", c->precision);
	json_key(j, "national");
	json_bool(j, c->national);
	pair(j, "site", c->website);
	pair(j, "source", c->source_label);
	pair(j, "origine", c->origin);
	pair(j, "verifie_le", c->verified_on);
	pair(j, "raison", catalyst_reason(a, c));
	distance(j, c->has_distance, c->distance_km);
	feature_end(j);
}

void
geojson_feature_sheet(const struct listing *l, struct json_out *j, const struct sheet_card *c)
{
	sheet_feature(l, j, c, &c->point, c->point.known);
}

void
geojson_feature_catalyst(const struct listing *l, struct json_out *j, const struct catalyst_card *c)
{
	catalyst_feature(l, j, c);
}

struct box {
	bool known;
	double west, south, east, north;
};

static void
box_add(struct box *b, struct point p)
{
	if (!p.known)
		return;
	if (!b->known)
		*b = (struct box){ true, p.lon, p.lat, p.lon, p.lat };
	b->west = fmin(b->west, p.lon);
	b->south = fmin(b->south, p.lat);
	b->east = fmax(b->east, p.lon);
	b->north = fmax(b->north, p.lat);
}

static void
link_add(struct json_out *j, const char *rel, struct str href, struct str type, struct str title)
{
	if (href.n == 0)
		return;
	json_begin_object(j);
	pair(j, "href", href);
	pair(j, "rel", str_of(rel));
	pair(j, "type", type);
	if (title.n)
		pair(j, "title", title);
	json_end(j);
}

static void
collection_begin(const struct listing *l, struct json_out *j, size_t n, const struct box *b)
{
	struct str type = STR("application/geo+json");

	json_begin_object(j);
	pair(j, "type", STR("FeatureCollection"));
	if (l->total >= 0) { /* OGC API - Features: left out where it is not known */
		json_key(j, "numberMatched");
		json_int(j, l->total);
	}
	json_key(j, "numberReturned");
	json_int(j, (int64_t)n);
	json_key(j, "links");
	json_begin_array(j);
	link_add(j, "self", l->paging->self, type, l->title);
	link_add(j, "first", l->paging->first, type, STR_NONE);
	link_add(j, "prev", l->paging->prev, type, STR_NONE);
	link_add(j, "next", l->paging->next, type, STR_NONE);
	link_add(j, "last", l->paging->last, type, STR_NONE);
	link_add(j, "alternate", l->paging->html, STR("text/html"), STR_NONE);
	json_end(j);
	if (b->known) {
		json_key(j, "bbox");
		json_begin_array(j);
		json_real(j, b->west);
		json_real(j, b->south);
		json_real(j, b->east);
		json_real(j, b->north);
		json_end(j);
	}
	json_key(j, "features");
	json_begin_array(j);
}

static void
collection_end(struct json_out *j)
{
	json_end(j);
	json_end(j);
}

void
geojson_sheets(const struct listing *l, struct buf *b, const struct sheet_card *p, size_t n)
{
	struct json_out j = json_out(b);
	struct box box = { 0 };

	for (size_t i = 0; i < n; i++)
		box_add(&box, p[i].point);
	collection_begin(l, &j, n, &box);
	for (size_t i = 0; i < n; i++)
		sheet_feature(l, &j, &p[i], &p[i].point, p[i].point.known);
	collection_end(&j);
}

void
geojson_catalysts(const struct listing *l, struct buf *b, const struct catalyst_card *p, size_t n)
{
	struct json_out j = json_out(b);
	struct box box = { 0 };

	if (!l->paging) {
		catalyst_feature(l, &j, p);
		return;
	}
	for (size_t i = 0; i < n; i++)
		box_add(&box, (struct point){ p[i].has_point, p[i].lon, p[i].lat });
	collection_begin(l, &j, n, &box);
	for (size_t i = 0; i < n; i++)
		catalyst_feature(l, &j, &p[i]);
	collection_end(&j);
}

void
geojson_sheet(const struct listing *l, struct buf *b, const struct sheet *s)
{
	struct json_out j = json_out(b);
	struct sheet_card c = sheet_card_of(s);
	struct point *points = arena_array(l->r->arena, struct point, s->nparts + 1);
	size_t n = 0;

	for (size_t i = 0; i < s->nparts; i++)
		if (s->parts[i].point.known)
			points[n++] = s->parts[i].point;
	sheet_feature(l, &j, &c, points, n);
}

void
geojson_territory(const struct listing *l, struct buf *b, const struct territory *t)
{
	struct arena *a = l->r->arena;
	struct json_out j = json_out(b);
	struct point p = { t->has_point, t->lon, t->lat };

	feature_begin(&j, arena_fmt(a, "%.*s/%.*s", (int)t->type.n, t->type.p, (int)t->code.n, t->code.p), &p, p.known);
	pair(&j, "uri", uri_territory(a, l->r->base, t->type, t->code, t->slug));
	pair(&j, "type", t->type);
	pair(&j, "code", t->code);
	pair(&j, "nom", t->name);
	json_key(&j, "population");
	if (t->population >= 0)
		json_int(&j, t->population);
	else
		json_null(&j);
	json_key(&j, "millesime");
	json_int(&j, t->vintage);
	json_key(&j, "fiches");
	json_int(&j, t->sheets);
	json_key(&j, "catalyseurs");
	json_int(&j, t->catalysts);
	feature_end(&j);
}
