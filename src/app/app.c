#include "app/app.h"
#include "app/routes.h"

#include "text/json_out.h"

#include <time.h>

const struct place *
app_locate(struct req *r)
{
	const struct app *app = r->app;
	struct place *p = arena_new_of(r->arena, struct place);
	geo_locate(app->geo, r->remote_addr, p);
	r->place = p;
	return p;
}

enum err
page_live(struct req *r, struct resp *w)
{
	(void)r;
	w->content_type = STR("application/json");
	buf_lit(&w->body, "{\"etat\":\"vivant\"}\n");
	return ERR_NONE;
}

static void
put_file(struct json_out *j, const char *key, const struct mmdb_status *s)
{
	json_key(j, key);
	json_begin_object(j);
	json_key(j, "charge");
	json_bool(j, s->loaded);
	json_key(j, "age_jours");
	if (s->loaded)
		json_int(j, (time(NULL) - (int64_t)s->build_epoch) / 86400);
	else
		json_null(j);
	json_end(j);
}

enum err
page_ready(struct req *r, struct resp *w)
{
	const struct app *app = r->app;
	struct db_rows rows;
	struct mmdb_status v4 = { 0 }, v6 = { 0 };
	enum err e = db_run(r->db, r->arena, QUERY_HEALTH, NULL, 0, &rows);
	geo_status(app->geo, &v4, &v6);
	struct json_out j = json_out(&w->body);
	json_begin_object(&j);
	json_key(&j, "etat");
	json_str(&j, e ? STR("base injoignable") : STR("pret"));
	json_key(&j, "territoires");
	json_bool(&j, !e && db_int(&rows, 0, COL_HEALTH_TERRITORIES) > 0);
	put_file(&j, "ipdb_v4", &v4);
	put_file(&j, "ipdb_v6", &v6);
	json_end(&j);
	w->content_type = STR("application/json");
	w->status = e ? 503 : 200;
	return ERR_NONE;
}
