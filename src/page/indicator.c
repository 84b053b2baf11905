/* /observatoire/{indicateur}: a question, the figures published, who was asked, what cannot be concluded. */
#include "format/figures.h"
#include "format/listing.h"
#include "gen/tpl.h"
#include "page/figures.h"

enum { MOST = 5000 };

static struct view_figures
facts_of(struct arena *a, const struct indicator *i, const struct figures *f)
{
	struct view_figure *p = arena_array(a, struct view_figure, 6);
	size_t n = 0, unknown = 0;
	int64_t from = 0, to = 0, places = 0;
	bool nation = false;

	for (size_t k = 0; k < f->n; k++) {
		unknown += f->p[k].year_from == 0;
		if (f->p[k].year_from && (from == 0 || f->p[k].year_from < from))
			from = f->p[k].year_from;
		if (f->p[k].year_to > to)
			to = f->p[k].year_to;
		nation = nation || str_eq(f->p[k].place.type, STR("pays"));
	}
	places = i->places - nation;
	struct str years = from == 0 ? STR("Année non précisée") : from == to ? arena_fmt(a, "%lld", (long long)from) : arena_fmt(a, "De %lld à %lld", (long long)from, (long long)to);
	if (from && unknown)
		years = arena_fmt(a, "%.*s ; non précisée pour %zu", (int)years.n, years.p, unknown);
	struct str count = words_count(a, places, "territoire", "territoires");
	p[n++] = (struct view_figure){ i->asked, STR("Qui a été interrogé"), { NULL, 0 } };
	p[n++] = (struct view_figure){ i->question, STR("La question"), { NULL, 0 } };
	if (f->n) {
		p[n++] = (struct view_figure){ years, STR("Quand"), { NULL, 0 } };
		p[n++] = (struct view_figure){ !places ? STR("France entière") : nation ? arena_fmt(a, "France, et %.*s", (int)count.n, count.p) : count, STR("Où"), { NULL, 0 } };
	}
	if (i->producer.n)
		p[n++] = (struct view_figure){ i->producer, STR("Qui a produit"), { NULL, 0 } };
	return (struct view_figures){ p, n };
}

static struct view_links
sources_of(struct arena *a, const struct figures *f)
{
	struct view_link *p = arena_array(a, struct view_link, f->n + 1);
	size_t n = 0;

	for (size_t k = 0; k < f->n; k++) {
		const struct figure *x = &f->p[k];
		bool before = false;
		for (size_t m = 0; m < k && !before; m++)
			before = str_eq(f->p[m].source_label, x->source_label) && str_eq(f->p[m].source_url, x->source_url);
		if (before)
			continue;
		p[n++] = (struct view_link){ x->publisher.n ? arena_fmt(a, "%.*s, %.*s", (int)x->publisher.n, x->publisher.p, (int)x->source_label.n, x->source_label.p) : x->source_label,
			                     link_external(x->source_url) };
	}
	return (struct view_links){ p, n };
}

static void
parts_of(struct arena *a, const struct indicator_parts *parts, struct view_indicator *v)
{
	struct view_sheet_mini *sheets = arena_array(a, struct view_sheet_mini, parts->n + 1);
	struct view_link *terms = arena_array(a, struct view_link, parts->n + 1);

	for (size_t i = 0; i < parts->n; i++) {
		const struct indicator_part *p = &parts->p[i];
		if (str_eq(p->part, STR("fiche")))
			sheets[v->sheets.n++] = (struct view_sheet_mini){ cote_of(a, p->scheme, p->id), p->label, link_sheet(a, p->id, p->slug), STR_NONE };
		else if (str_eq(p->scheme, STR("odd")) || str_eq(p->scheme, STR("theme")) || str_eq(p->scheme, STR("profil")) || str_eq(p->scheme, STR("dispositif")))
			terms[v->terms.n++] = (struct view_link){ str_eq(p->scheme, STR("odd")) ? arena_fmt(a, "ODD %.*s, %.*s", (int)p->code.n, p->code.p, (int)p->label.n, p->label.p) : p->label,
				                                  link_fmt(a, "/fiches?%.*s=%.*s", (int)p->scheme.n, p->scheme.p, (int)p->code.n, p->code.p) };
	}
	v->sheets.p = sheets;
	v->terms.p = terms;
}

static struct str
citation_of(struct req *r, const struct indicator *i, const struct figures *f)
{
	struct arena *a = r->arena;
	struct str page = uri_indicator(a, r->base, i->code), who = i->producer.n ? i->producer : f->n ? f->p[0].publisher : STR_NONE;

	return arena_fmt(a, "%.*s%s« %.*s », cité par Catalyse, %.*s", (int)who.n, who.n ? who.p : "", who.n ? ", " : "", (int)i->label.n, i->label.p, (int)page.n, page.p);
}

static struct str
licence_of(struct arena *a, const struct figures *f)
{
	struct str one = f->n ? f->p[0].licence : STR_NONE;

	for (size_t k = 1; k < f->n; k++)
		if (!str_eq(f->p[k].licence, one))
			return STR("Les licences diffèrent d’un chiffre à l’autre : voyez le fichier CSV.");
	return one.n ? arena_fmt(a, "Licence de ces chiffres : %.*s.", (int)one.n, one.p)
	             : STR("La licence de ces chiffres n’est pas précisée par leurs sources : citez-les, et demandez pour en reprendre davantage.");
}

static enum err
answer_data(struct req *r, struct resp *w, const struct indicator *i, const struct figures *f, const struct view_links *trail)
{
	struct indicators one = { i, 1 };

	if (r->format == FORMAT_CSV) {
		figures_csv(r, &w->body, &one, f);
		resp_header(w, "Content-Disposition", arena_fmt(r->arena, "attachment; filename=\"catalyse-%.*s.csv\"", (int)i->code.n, i->code.p));
		w->content_type = STR("text/csv; charset=utf-8");
	} else if (r->format == FORMAT_JSONLD) {
		struct jsonld d = { r, i->label, site_of(r)->editor, trail };
		figures_jsonld(&d, &w->body, &one, f);
	} else {
		struct json_out j = json_out(&w->body);
		figures_json_indicator(&j, r, i, f);
	}
	return ERR_NONE;
}

enum err
page_indicator(struct req *r, struct resp *w)
{
	struct arena *a = r->arena;
	struct indicator i;
	struct figures f;
	struct indicator_parts parts;
	struct territory_refs refs;
	enum err e = indicator_find(r->db, a, r->vars[0], &i);

	if (e || (e = figure_list(r->db, a, i.code, MOST, &f)))
		return e;
	struct view_links trail = crumbs(a, 2, (struct view_link[]){ { STR("Observatoire"), { "/observatoire", 13 } }, { i.label, { NULL, 0 } } });
	if (r->format != FORMAT_HTML)
		return answer_data(r, w, &i, &f, &trail);
	if ((e = indicator_parts_find(r->db, a, i.id, &parts)) || (e = territories_cached(r, &refs)))
		return e;
	struct view_indicator v = { .crumbs = trail,
		                    .topic = i.topic,
		                    .title = i.label,
		                    .lead = i.reading,
		                    .facts = facts_of(a, &i, &f),
		                    .blocks = figure_blocks(a, &i, &f, &refs, "f"),
		                    .definition = i.definition,
		                    .method = i.method,
		                    .limits = i.limits,
		                    .sources = sources_of(a, &f),
		                    .compare = { "/observatoire/comparer", 22 },
		                    .citation = citation_of(r, &i, &f),
		                    .licence = licence_of(a, &f),
		                    .formats_label = STR("Ces chiffres ailleurs"),
		                    .formats = formats_of(r) };
	if (f.n)
		v.overseas = figure_overseas(a, &f, &refs);
	parts_of(a, &parts, &v);
	struct buf main;
	buf_init(&main, a, 65536);
	tpl_indicator(&main, &v);
	struct view_layout layout = { .title = i.label, .description = i.reading.n ? i.reading : i.definition, .head_search = true };
	return page_send(r, w, &layout, &main);
}
