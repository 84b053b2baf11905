/* /administration/liens: the addresses that no longer answer, and the sheets that hold them. */
#include "format/json_item.h"
#include "gen/tpl.h"
#include "model/link_check.h"
#include "page/page.h"

enum { MOST = 200 };

static const char *
outcome_words(const struct failing_link *x)
{
	return str_eq(x->outcome, STR("absent")) ? "la page n’existe plus" : x->status ? "le site est en panne" : "le site ne répond pas";
}

static enum err
answer_json(struct req *r, struct resp *w, const struct link_counts *n, const struct failing_link *p, size_t count)
{
	struct json_out j = json_out(&w->body);

	json_begin_object(&j);
	json_key(&j, "adresses"), json_int(&j, n->total);
	json_key(&j, "demandees"), json_int(&j, n->asked);
	json_key(&j, "deplacees"), json_int(&j, n->moved);
	json_key(&j, "en_panne"), json_int(&j, n->failing);
	json_key(&j, "mortes"), json_int(&j, n->dead);
	json_key(&j, "liens");
	json_begin_array(&j);
	for (size_t i = 0; i < count; i++) {
		json_begin_object(&j);
		json_key(&j, "url"), json_str(&j, p[i].url);
		json_key(&j, "statut");
		p[i].status ? json_int(&j, p[i].status) : json_null(&j);
		json_key(&j, "etat"), json_str(&j, p[i].outcome);
		json_key(&j, "jours_en_panne"), json_int(&j, p[i].failures);
		json_key(&j, "depuis"), json_str(&j, p[i].first_failure_on);
		json_key(&j, "demandee_le"), json_str_or_null(&j, p[i].checked_at);
		json_key(&j, "fiche"), json_int(&j, p[i].sheet_id);
		json_address(&j, r->arena, r->base, "fiche_url", link_sheet(r->arena, p[i].sheet_id, p[i].slug), "");
		json_end(&j);
	}
	json_end(&j);
	json_end(&j);
	return ERR_NONE;
}

enum err
page_dead_links(struct req *r, struct resp *w)
{
	struct arena *a = r->arena;
	struct link_counts n;
	const struct failing_link *p;
	size_t count;
	enum err e = link_counts(r->write, a, &n);

	if (e || (e = link_failing(r->write, a, MOST, &p, &count)))
		return e;
	if (r->format == FORMAT_JSON)
		return answer_json(r, w, &n, p, count);
	struct view_dead_link *rows = arena_array(a, struct view_dead_link, count);
	for (size_t i = 0; i < count; i++)
		rows[i] = (struct view_dead_link){ .url = { p[i].url, link_external(p[i].url) },
			                           .outcome = p[i].status ? arena_fmt(a, "%s (%lld)", outcome_words(&p[i]), (long long)p[i].status) : str_of(outcome_words(&p[i])),
			                           .since = words_date(a, p[i].first_failure_on, false),
			                           .dead = p[i].failures >= 3,
			                           .sheet = { p[i].title, link_sheet(a, p[i].sheet_id, p[i].slug) },
			                           .cote = cote_of(a, p[i].type, p[i].sheet_id),
			                           .correct = { STR("Corriger"), link_fmt(a, "/fiches/%lld/modifier", (long long)p[i].sheet_id) } };
	struct view_dead_links v = {
		.crumbs = crumbs(a, 2, (struct view_link[]){ { STR("Administration"), { "/administration", 15 } }, { STR("Liens"), { NULL, 0 } } }),
		.lead = n.asked ? arena_fmt(a, "%lld adresses demandées sur %lld : %lld en panne, dont %lld depuis trois jours ou plus ; %lld ont déménagé.", (long long)n.asked,
		                            (long long)n.total, (long long)n.failing, (long long)n.dead, (long long)n.moved)
		                : STR("Aucune adresse n’a encore été demandée : « catalyse check-links » le fait, chaque nuit quand son minuteur est activé."),
		.rows = { rows, count },
	};
	struct buf main;
	buf_init(&main, a, 16384);
	tpl_dead_links(&main, &v);
	struct view_layout layout = { .title = STR("Liens qui ne répondent plus"), .noindex = true, .head_search = true };
	return page_send(r, w, &layout, &main);
}
