#include "app/cmd_geo.h"
#include "geo/locate.h"
#include "text/json_out.h"

#include <math.h>
#include <stdio.h>

static const char *const confidence_words[] = {
	[CONFIDENCE_NONE] = "aucune", [CONFIDENCE_REGION] = "region", [CONFIDENCE_DEPARTEMENT] = "departement",
	[CONFIDENCE_COMMUNE] = "commune"
};

static void
chain_print(struct buf *b, struct json_out *j, const struct cmd *c, const struct db_rows *rows)
{
	if (c->json)
		json_key(j, "territoires"), json_begin_array(j);
	for (size_t i = 0; i < rows->nrows; i++) {
		struct str type = db_text(rows, i, COL_OPERATOR_PLACE_TYPE), code = db_text(rows, i, COL_OPERATOR_PLACE_CODE),
		           name = db_text(rows, i, COL_OPERATOR_PLACE_NAME);
		bool far = !db_is_null(rows, i, COL_OPERATOR_PLACE_DISTANCE_KM);
		double km = db_real(rows, i, COL_OPERATOR_PLACE_DISTANCE_KM);
		if (c->json) {
			json_begin_object(j);
			json_key(j, "type"), json_str(j, type);
			json_key(j, "code"), json_str(j, code);
			json_key(j, "nom"), json_str(j, name);
			if (far)
				json_key(j, "distance_km"), json_real(j, round(km * 10) / 10);
			json_end(j);
		} else {
			buf_fmt(b, "%-13.*s %-9.*s %.*s", (int)type.n, type.p, (int)code.n, code.p, (int)name.n, name.p);
			if (far)
				buf_fmt(b, " (à %.1f km du point)", km);
			buf_char(b, '\n');
		}
	}
	if (c->json)
		json_end(j);
}

int
cmd_geo(struct cmd *c)
{
	struct geo_options o = { .path_v4 = conf_text(c->conf, CONF_IPDB_V4), .path_v6 = conf_text(c->conf, CONF_IPDB_V6),
		                 .placeholders = str_of(conf_text(c->conf, CONF_IPDB_PLACEHOLDERS)),
		                 .radius_max_km = (int)conf_int(c->conf, CONF_IPDB_RADIUS_MAX_KM) };
	struct addr addr;
	struct place p;
	struct db_rows rows = { 0 };
	struct buf b;

	if (c->argc > 0 && strcmp(c->argv[0], "refresh") == 0)
		return cmd_geo_refresh(c);
	if (c->argc != 1)
		return cmd_usage(c);
	if (!addr_parse(str_of(c->argv[0]), &addr)) {
		cmd_refuse(c, "« %s » n'est pas une adresse IPv4 ou IPv6", c->argv[0]);
		return CMD_USAGE;
	}
	struct geo *geo = geo_new(&o);
	geo_locate(geo, str_of(c->argv[0]), &p);
	if (p.confidence != CONFIDENCE_NONE) {
		struct db *db = cmd_db(c);
		if (!db) {
			geo_free(geo);
			return CMD_REFUSED;
		}
		bool named = p.confidence != CONFIDENCE_COMMUNE;
		enum err e = db_run(db, c->arena, QUERY_OPERATOR_PLACE,
		                    DB_ARGS(db_arg_real(c->arena, p.lon), db_arg_real(c->arena, p.lat),
		                            named ? db_arg_str(str_of(p.territory)) : DB_NULL),
		                    &rows);
		if (e) {
			geo_free(geo);
			return cmd_refuse_err(c, "territoires", e);
		}
	}
	buf_init(&b, c->arena, 1024);
	struct json_out j = json_out(&b);
	if (c->json) {
		json_begin_object(&j);
		json_key(&j, "confiance"), json_str(&j, str_of(confidence_words[p.confidence]));
		json_key(&j, "raison"), json_str(&j, str_of(p.reason));
		json_key(&j, "pays"), json_str(&j, str_of(p.country));
		if (p.confidence == CONFIDENCE_COMMUNE)
			json_key(&j, "lat"), json_real(&j, p.lat), json_key(&j, "lon"), json_real(&j, p.lon);
	} else {
		buf_fmt(&b, "confiance %s (%s)%s%s\n", confidence_words[p.confidence], p.reason, p.country[0] ? ", pays " : "", p.country);
		if (p.confidence == CONFIDENCE_COMMUNE)
			buf_fmt(&b, "point %.5f, %.5f\n", p.lat, p.lon);
	}
	chain_print(&b, &j, c, &rows);
	if (!c->json && rows.nrows == 0)
		buf_lit(&b, "La question serait posée au visiteur.\n");
	if (c->json)
		json_end(&j);
	cmd_print(&b);
	geo_free(geo);
	return CMD_OK;
}
