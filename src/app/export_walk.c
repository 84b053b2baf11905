#include "app/export_walk.h"
#include "app/export_file.h"
#include "base/log.h"
#include "format/figures.h"
#include "format/json_item.h"
#include "format/listing.h"
#include "format/uri.h"
#include "text/csv.h"

#include <stdio.h>

enum { BATCH = 200, CSV = 0, JSON = 1, JSONL = 2, GEOJSON = 3 };

static const struct export_format all_formats[EXPORT_FORMATS_MAX] = {
	[CSV] = { "csv", "text/csv", "l'essentiel, pour un tableur" },
	[JSON] = { "json.gz", "application/json", "tout, en un seul document JSON compressé" },
	[JSONL] = { "jsonl.gz", "application/jsonl", "tout, un objet JSON par ligne, compressé" },
	[GEOJSON] = { "geojson", "application/geo+json", "l'essentiel, pour une carte" },
};
const struct export_files EXPORT_FILES[EXPORT_KINDS] = {
	[EXPORT_SHEETS] = { "fiches", "Licence propre à chaque fiche (champ « licence »), CC BY-SA 4.0 le plus souvent", 4, all_formats },
	[EXPORT_CATALYSTS] = { "catalyseurs", "Licence Ouverte 2.0 ; la source de chacun est dans le champ « source »", 4, all_formats },
	[EXPORT_TERRITORIES] = { "territoires", "Licence Ouverte 2.0 (INSEE, DGCL, La Poste)", 3, all_formats },
	[EXPORT_FIGURES] = { "chiffres", "À ceux qui les ont publiés : la source de chacun est sur sa ligne, et sa licence quand elle est connue", 3, all_formats },
};

struct walk {
	struct cmd *cmd;
	struct db *db;
	enum export_kind kind;
	struct arena *arena; /* of one batch */
	struct req r;        /* what the writers of src/format read of a request: the arena and the base address */
	struct export_file *files[EXPORT_FORMATS_MAX];
	int64_t items, last;
};

static void
put(struct walk *w, size_t format, const struct buf *b)
{
	if (w->files[format])
		export_file_put(w->files[format], buf_str(b));
}

/* A table made by the site's own writer: its line of titles is kept once. */
static void
put_table(struct walk *w, const struct buf *b)
{
	struct str s = buf_str(b);
	const char *end = w->items == 0 ? NULL : memmem(s.p, s.n, "\r\n", 2);
	if (end)
		s = (struct str){ end + 2, s.n - (size_t)(end + 2 - s.p) };
	export_file_put(w->files[CSV], s);
}

/* The object in item goes to both JSON files. */
static void
put_item(struct walk *w, struct buf *json, struct buf *lines, struct str item, size_t before)
{
	buf_put(json, w->items + (int64_t)before > 0 ? STR(",\n") : STR("\n"));
	buf_put(json, item);
	buf_put(lines, item);
	buf_char(lines, '\n');
}

static enum err
batch_sheets(struct walk *w, const int64_t *ids, size_t n, size_t *ret_written)
{
	struct arena *a = w->arena;
	struct listing l = { .r = &w->r };
	struct sheet_card *cards = arena_array(a, struct sheet_card, n);
	struct buf json, lines, geo, table;
	size_t done = 0;
	buf_init(&json, a, 65536), buf_init(&lines, a, 65536), buf_init(&geo, a, 65536), buf_init(&table, a, 65536);
	for (size_t i = 0; i < n; i++) {
		struct sheet s;
		struct buf item;
		enum err e = sheet_find(w->db, a, ids[i], &s);
		if (e == ERR_GONE || e == ERR_NOT_FOUND)
			continue; /* withdrawn a moment ago */
		if (e)
			return e;
		buf_init(&item, a, 8192);
		struct json_out j = json_out(&item);
		json_begin_object(&j);
		json_sheet(&j, a, w->r.base, &s);
		json_end(&j);
		put_item(w, &json, &lines, buf_str(&item), done);
		cards[done] = sheet_card_of(&s);
		buf_put(&geo, w->items + (int64_t)done > 0 ? STR(",\n") : STR("\n"));
		struct json_out g = json_out(&geo);
		geojson_feature_sheet(&l, &g, &cards[done]);
		done++;
	}
	table_sheets(&w->r, &table, cards, done);
	put(w, JSON, &json), put(w, JSONL, &lines), put(w, GEOJSON, &geo), put_table(w, &table);
	*ret_written = done;
	return ERR_NONE;
}

static enum err
batch_catalysts(struct walk *w, const int64_t *ids, size_t n, size_t *ret_written)
{
	struct arena *a = w->arena;
	struct listing l = { .r = &w->r };
	struct catalyst_card *cards = arena_array(a, struct catalyst_card, n);
	struct buf json, lines, geo, table;
	size_t done = 0;
	buf_init(&json, a, 65536), buf_init(&lines, a, 65536), buf_init(&geo, a, 65536), buf_init(&table, a, 65536);
	for (size_t i = 0; i < n; i++) {
		struct catalyst c;
		struct buf item;
		enum err e = catalyst_find(w->db, a, ids[i], &c);
		if (e == ERR_GONE || e == ERR_NOT_FOUND)
			continue;
		if (e)
			return e;
		buf_init(&item, a, 4096);
		struct json_out j = json_out(&item);
		json_begin_object(&j);
		json_catalyst(&j, a, w->r.base, &c);
		json_end(&j);
		put_item(w, &json, &lines, buf_str(&item), done);
		cards[done] = c.card;
		buf_put(&geo, w->items + (int64_t)done > 0 ? STR(",\n") : STR("\n"));
		struct json_out g = json_out(&geo);
		geojson_feature_catalyst(&l, &g, &c.card);
		done++;
	}
	table_catalysts(&w->r, &table, cards, done);
	put(w, JSON, &json), put(w, JSONL, &lines), put(w, GEOJSON, &geo), put_table(w, &table);
	*ret_written = done;
	return ERR_NONE;
}

/* Territories have no page of their own to agree with in CSV: one row each, with what contains them. */
static enum err
batch_territories(struct walk *w, size_t *ret_written)
{
	static const char *const names[] = { "type", "code", "uri", "nom", "nature", "population", "superficie_km2", "codes_postaux",
		                             "dans_type", "dans_code", "epci", "longitude", "latitude", "millesime" };
	enum { NAMES = sizeof(names) / sizeof(*names), NUMBERS = 1 << 5 | 1 << 6 | 1 << 11 | 1 << 12 | 1 << 13 };
	struct arena *a = w->arena;
	struct db_rows r;
	struct buf json, lines, table;
	enum err e = db_run(w->db, a, QUERY_EXPORT_TERRITORIES, DB_ARGS(db_arg_int(a, w->last), db_arg_int(a, (int64_t)BATCH * 10)), &r);
	if (e)
		return e;
	buf_init(&json, a, 262144), buf_init(&lines, a, 262144), buf_init(&table, a, 262144);
	struct csv_out o = { .b = &table, .separator = ';' };
	for (size_t k = 0; w->items == 0 && k < NAMES; k++)
		csv_cell(&o, str_of(names[k]));
	if (w->items == 0)
		csv_end_row(&o);
	for (size_t i = 0; i < r.nrows; i++) {
#define CELL(name) db_text(&r, i, COL_EXPORT_TERRITORIES_##name)
		struct str type = CELL(TYPE), code = CELL(CODE);
		const struct str cells[NAMES] = { type, code, uri_territory(a, w->r.base, type, code, CELL(SLUG)), CELL(NAME), CELL(NATURE),
			                          CELL(POPULATION), CELL(AREA_KM2), CELL(POSTCODES), CELL(PARENT_TYPE),
			                          CELL(PARENT_CODE), CELL(EPCI), CELL(LON), CELL(LAT), CELL(VINTAGE) };
#undef CELL
		struct buf item;
		buf_init(&item, a, 512);
		struct json_out j = json_out(&item);
		json_begin_object(&j);
		for (unsigned k = 0; k < NAMES; k++) {
			json_key(&j, names[k]);
			if (!(NUMBERS & 1u << k))
				json_str_or_null(&j, cells[k]);
			else if (cells[k].n == 0)
				json_null(&j);
			else if (k == 11 || k == 12)
				json_real(&j, db_real(&r, i, k == 11 ? COL_EXPORT_TERRITORIES_LON : COL_EXPORT_TERRITORIES_LAT));
			else
				json_raw(&j, cells[k]);
			/* A longitude of the West begins with a minus, and is no formula. */
			if (cells[k].n && (k == 11 || k == 12))
				csv_cell_real(&o, db_real(&r, i, k == 11 ? COL_EXPORT_TERRITORIES_LON : COL_EXPORT_TERRITORIES_LAT), 6);
			else
				csv_cell(&o, cells[k]);
		}
		json_end(&j);
		csv_end_row(&o);
		put_item(w, &json, &lines, buf_str(&item), i);
		w->last = db_int(&r, i, COL_EXPORT_TERRITORIES_ID);
	}
	put(w, JSON, &json), put(w, JSONL, &lines), put(w, CSV, &table);
	*ret_written = r.nrows;
	return ERR_NONE;
}

/* The figures are few, and told with their question: all at once. */
static enum err
batch_figures(struct walk *w, size_t *ret_written)
{
	struct arena *a = w->arena;
	struct indicators list;
	struct figures all;
	struct buf json, lines, table;
	enum err e;
	if ((e = indicator_list(w->db, a, &(struct indicator_query){ 0 }, &list)) || (e = figure_list(w->db, a, STR_NONE, INT32_MAX, &all)))
		return e;
	buf_init(&json, a, 65536), buf_init(&lines, a, 65536), buf_init(&table, a, 65536);
	for (size_t i = 0; i < all.n; i++) {
		struct buf item;
		buf_init(&item, a, 1024);
		struct json_out j = json_out(&item);
		figures_json_figure(&j, &w->r, &all.p[i]);
		put_item(w, &json, &lines, buf_str(&item), i);
	}
	figures_csv(&w->r, &table, &list, &all);
	put(w, JSON, &json), put(w, JSONL, &lines), put(w, CSV, &table);
	*ret_written = all.n;
	return ERR_NONE;
}

static enum err
batch(struct walk *w, size_t *ret_written, bool *ret_more)
{
	struct db_rows r;
	int64_t ids[BATCH];
	if (w->kind == EXPORT_FIGURES) {
		*ret_more = false;
		return batch_figures(w, ret_written);
	}
	if (w->kind == EXPORT_TERRITORIES) {
		enum err e = batch_territories(w, ret_written);
		*ret_more = !e && *ret_written > 0;
		return e;
	}
	enum err e = db_run(w->db, w->arena, QUERY_EXPORT_IDS,
	                    DB_ARGS(db_arg_bool(w->kind == EXPORT_SHEETS), db_arg_int(w->arena, w->last), db_arg_int(w->arena, BATCH)), &r);
	if (e)
		return e;
	for (size_t i = 0; i < r.nrows; i++)
		w->last = ids[i] = db_int(&r, i, COL_EXPORT_IDS_ID);
	*ret_more = r.nrows == BATCH;
	return w->kind == EXPORT_SHEETS ? batch_sheets(w, ids, r.nrows, ret_written) : batch_catalysts(w, ids, r.nrows, ret_written);
}

static void
around(struct walk *w, const char *name, const char *date, bool opening)
{
	char text[400];
	if (opening)
		snprintf(text, sizeof(text), "{\"date\":\"%s\",\"elements\":[", date);
	else
		snprintf(text, sizeof(text), "\n]}\n");
	export_file_put(w->files[JSON], str_of(text));
	if (!w->files[GEOJSON])
		return;
	if (opening)
		snprintf(text, sizeof(text), "{\"type\":\"FeatureCollection\",\"name\":\"%s\",\"features\":[", name);
	export_file_put(w->files[GEOJSON], str_of(text));
}

enum err
export_walk(struct cmd *c, struct db *db, enum export_kind kind, const char *dir, const char *date, int64_t total, int64_t *ret_items,
            struct export_sum ret_sums[EXPORT_FORMATS_MAX])
{
	const struct export_files *files = &EXPORT_FILES[kind];
	struct walk w = { .cmd = c, .db = db, .kind = kind, .arena = arena_new(4 << 20, (size_t)256 << 20) };
	char path[1200];
	enum err e = ERR_NONE;
	bool more = true;
	w.r.arena = w.arena;
	w.r.base = str_of(conf_text(c->conf, CONF_BASE_URL));
	for (size_t i = 0; i < files->n && !e; i++) {
		snprintf(path, sizeof(path), "%s/%s.%s", dir, files->name, files->formats[i].suffix);
		e = export_file_new(&w.files[i], path);
	}
	if (!e)
		around(&w, files->name, date, true);
	while (!e && more) {
		size_t written = 0;
		if ((e = batch(&w, &written, &more)))
			break;
		if (arena_exhausted(w.arena)) {
			e = err_note(ERR_NO_MEMORY, "%s : un lot ne tient pas en mémoire", files->name);
			break;
		}
		w.items += (int64_t)written;
		arena_reset(w.arena);
		cmd_progress(c, files->name, (size_t)(w.items < total ? w.items : total), (size_t)total);
	}
	if (!e)
		around(&w, files->name, date, false);
	for (size_t i = 0; i < files->n; i++) {
		if (e) {
			export_file_drop(w.files[i]);
			continue;
		}
		e = export_file_end(w.files[i], &ret_sums[i].bytes, ret_sums[i].sha256);
	}
	arena_free(w.arena);
	*ret_items = w.items;
	return e;
}
