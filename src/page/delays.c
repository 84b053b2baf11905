/* /delais: how long a text waits for an answer, région by région, and what waits now. Nothing is said of fewer than five texts. */
#include "gen/tpl.h"
#include "model/review.h"
#include "page/page.h"
#include "text/csv.h"
#include "text/json_out.h"

static struct str
days(struct arena *a, double d)
{
	if (d < 0)
		return STR("trop peu pour le dire");
	if (d < 1)
		return STR("moins d’un jour");
	return arena_fmt(a, "%.0f jour%s", d, d >= 1.5 ? "s" : "");
}

static struct str
number(struct arena *a, int64_t n)
{
	return n < 0 ? STR("moins de cinq") : words_number(a, n);
}

static void
answer_csv(struct resp *w, const struct review_delays *d)
{
	static const char *const names[] = { "type", "code", "nom", "envois", "premiere_reponse_mediane_jours", "premiere_reponse_p90_jours", "decision_mediane_jours",
		                             "decision_p90_jours", "en_attente" };
	struct csv_out o = { .b = &w->body, .separator = ';' };

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		csv_cell(&o, str_of(names[i]));
	csv_end_row(&o);
	for (size_t i = 0; i < d->n; i++) {
		const struct review_delay *x = &d->p[i];
		const double figures[] = { x->answer_median, x->answer_p90, x->decision_median, x->decision_p90 };
		csv_cell(&o, x->type);
		csv_cell(&o, x->code);
		csv_cell(&o, x->name);
		if (x->texts < 0)
			csv_cell(&o, STR_NONE);
		else
			csv_cell_int(&o, x->texts);
		for (size_t k = 0; k < 4; k++) {
			if (figures[k] < 0)
				csv_cell(&o, STR_NONE);
			else
				csv_cell_real(&o, figures[k], 1);
		}
		if (x->waiting < 0)
			csv_cell(&o, STR_NONE);
		else
			csv_cell_int(&o, x->waiting);
		csv_end_row(&o);
	}
	w->content_type = STR("text/csv; charset=utf-8");
}

static void
put_days(struct json_out *j, const char *key, double v)
{
	json_key(j, key);
	if (v < 0)
		json_null(j);
	else
		json_real(j, v);
}

static void
put_count(struct json_out *j, const char *key, int64_t n)
{
	json_key(j, key);
	if (n < 0)
		json_null(j);
	else
		json_int(j, n);
}

static void
answer_json(struct resp *w, const struct review_delays *d)
{
	struct json_out j = json_out(&w->body);

	json_begin_object(&j);
	json_key(&j, "jours");
	json_int(&j, 90);
	json_key(&j, "minimum");
	json_int(&j, 5);
	json_key(&j, "elements");
	json_begin_array(&j);
	for (size_t i = 0; i < d->n; i++) {
		const struct review_delay *x = &d->p[i];
		json_begin_object(&j);
		json_key(&j, "type");
		json_str(&j, x->type);
		json_key(&j, "code");
		json_str(&j, x->code);
		json_key(&j, "nom");
		json_str(&j, x->name);
		put_count(&j, "envois", x->texts);
		put_days(&j, "premiere_reponse_mediane", x->answer_median);
		put_days(&j, "premiere_reponse_p90", x->answer_p90);
		put_days(&j, "decision_mediane", x->decision_median);
		put_days(&j, "decision_p90", x->decision_p90);
		put_count(&j, "en_attente", x->waiting);
		json_end(&j);
	}
	json_end(&j);
	json_end(&j);
}

enum err
page_delays(struct req *r, struct resp *w)
{
	struct arena *a = r->arena;
	struct review_delays d;
	enum err e = review_delays_list(r->db, a, &d);

	if (e)
		return e;
	if (r->format == FORMAT_CSV)
		answer_csv(w, &d);
	if (r->format == FORMAT_JSON)
		answer_json(w, &d);
	if (r->format != FORMAT_HTML)
		return ERR_NONE;
	struct view_delay_row *rows = arena_array(a, struct view_delay_row, d.n + 1);
	for (size_t i = 0; i < d.n; i++) {
		const struct review_delay *x = &d.p[i];
		rows[i] = (struct view_delay_row){ x->name, number(a, x->texts), days(a, x->answer_median), days(a, x->answer_p90), days(a, x->decision_median),
			                           days(a, x->decision_p90), number(a, x->waiting) };
	}
	struct view_link trail[] = { { STR("Délais de relecture"), { NULL, 0 } } };
	struct view_figure *figures = arena_array(a, struct view_figure, 3);
	size_t n = 0;
	if (d.n) {
		figures[n++] = (struct view_figure){ rows[0].answer, STR("jusqu’à la première réponse, une fois sur deux"), { NULL, 0 } };
		figures[n++] = (struct view_figure){ rows[0].decision, STR("jusqu’à la décision, une fois sur deux"), { NULL, 0 } };
		figures[n++] = (struct view_figure){ rows[0].waiting, STR("fiches en attente aujourd’hui"), { NULL, 0 } };
	}
	struct view_delays v = { .crumbs = crumbs(a, 1, trail), .figures = { figures, n }, .rows = { rows, d.n }, .formats_label = STR("Ces délais ailleurs"), .formats = formats_of(r) };
	struct buf main;
	buf_init(&main, a, 8192);
	tpl_delays(&main, &v);
	struct view_layout layout = { .title = STR("Les délais de relecture"),
		                      .description = STR("Combien de temps une fiche proposée attend une réponse puis une décision, région par région."),
		                      .head_search = true };
	return page_send(r, w, &layout, &main);
}
