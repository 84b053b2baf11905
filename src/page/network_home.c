/* /reseau: the network: how many, what for, where, how many were put in touch, how to join. */
#include "format/json_list.h"
#include "gen/tpl.h"
#include "model/vocabulary.h"
#include "page/network_form.h"

/* What a source says, with its date: not what we count. */
static const char MEMBERS[] = "350", MEMBERS_SAID[] = "« plus de 350 acteurs », webinaire du Réseau du 8 juin 2023, et la page :",
		  MEMBERS_URL[] = "https://associations.gouv.fr/les-catalyseurs-territoriaux-11363.html";

static const char *const missions[] = {
	"Animer le réseau et valoriser les catalyseurs territoriaux",
	"Apporter une plateforme d’outils et de services qui se complètent",
	"Impliquer le réseau dans des programmes de recherche et de recherche-action",
};

static const char *const months[] = { "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre" };

static enum err
answer_json(struct req *r, struct resp *w, const struct network_figures *f, const struct introduction_counts *c)
{
	struct json_out j = json_out(&w->body);

	json_begin_object(&j);
	json_key(&j, "membres_selon_la_source");
	json_begin_object(&j);
	json_key(&j, "nombre"), json_str(&j, str_of(MEMBERS));
	json_key(&j, "date"), json_str(&j, STR("2023-06-08"));
	json_key(&j, "source"), json_str(&j, str_of(MEMBERS_URL));
	json_end(&j);
	for (size_t i = 0; i < f->n; i++)
		if (!str_eq(f->p[i].part, STR("ensemble"))) {
			json_key(&j, arena_cstr(r->arena, f->p[i].part));
			json_int(&j, f->p[i].n);
		}
	json_key(&j, "mises_en_relation");
	json_begin_array(&j);
	for (size_t i = 0; i < c->n; i++) {
		json_begin_object(&j);
		json_key(&j, "par"), json_str(&j, c->p[i].part);
		json_key(&j, "code"), json_str(&j, c->p[i].code);
		json_key(&j, "messages"), json_int(&j, c->p[i].n);
		json_key(&j, "reponses"), json_int(&j, c->p[i].answered);
		json_end(&j);
	}
	json_end(&j);
	json_key(&j, "ensembles");
	json_begin_array(&j);
	for (size_t i = 0; i < f->n; i++)
		if (str_eq(f->p[i].part, STR("ensemble"))) {
			json_begin_object(&j);
			json_key(&j, "departement"), json_str(&j, f->p[i].code);
			json_key(&j, "pratiques"), json_int(&j, f->p[i].practices);
			json_key(&j, "catalyseurs"), json_int(&j, f->p[i].n);
			json_end(&j);
		}
	json_end(&j);
	json_notices(&j, r);
	json_end(&j);
	return ERR_NONE;
}

static void
counts_of(struct req *r, const struct introduction_counts *c, struct view_network *v)
{
	struct arena *a = r->arena;
	struct view_count_row *m = arena_array(a, struct view_count_row, c->n + 1), *g = arena_array(a, struct view_count_row, c->n + 1);
	int64_t total = 0;

	for (size_t i = 0; i < c->n; i++) {
		const struct introduction_count *x = &c->p[i];
		struct str n = words_number(a, x->n), answered = words_number(a, x->answered);
		if (str_eq(x->part, STR("mois")) && x->code.n == 7) {
			int month = (x->code.p[5] - '0') * 10 + x->code.p[6] - '0';
			m[v->months.n++] = (struct view_count_row){ { arena_fmt(a, "%s %.4s", months[month > 0 && month < 13 ? month - 1 : 0], x->code.p), { NULL, 0 } }, n, answered };
		} else if (str_eq(x->part, STR("region"))) {
			g[v->regions.n++] = (struct view_count_row){ { x->name.n ? x->name : STR("Ailleurs, ou non dit"), { NULL, 0 } }, n, answered };
		} else if (str_eq(x->part, STR("total"))) {
			total = x->n;
		}
	}
	v->months.p = m;
	v->regions.p = g;
	v->counts_note = total ? arena_fmt(a, "Au moins %lld messages ont été transmis à des catalyseurs. Ce qui compte moins de cinq n’est pas montré ; ce qui est dit n’est pas gardé.", (long long)total)
	                       : STR("Moins de cinq messages ont été transmis jusqu’ici : trop peu pour être comptés sans désigner personne.");
}

enum err
page_network(struct req *r, struct resp *w)
{
	struct arena *a = r->arena;
	struct network_figures f;
	struct introduction_counts c;
	struct territory_refs refs;
	struct vocabulary practices;
	enum err e = network_home(r->db, a, &f);

	if (e || (e = introduction_counts(r->db, a, &c)))
		return e;
	if (r->format == FORMAT_JSON)
		return answer_json(r, w, &f, &c);
	if ((e = vocabulary_find(r->db, a, STR("pratique"), &practices)) || (e = territories_cached(r, &refs)))
		return e;
	struct view_figure *figures = arena_array(a, struct view_figure, 4);
	struct view_count_row *sets = arena_array(a, struct view_count_row, f.n + 1);
	struct str *tasks = arena_array(a, struct str, 3);
	struct view_link *meetings = arena_array(a, struct view_link, 3), *links = arena_array(a, struct view_link, (size_t)practices.nterms + 1);
	size_t n = 0, ns = 0;
	figures[n++] = (struct view_figure){ arena_fmt(a, "> %s", MEMBERS), STR("membres, selon le Réseau en 2023"), { NULL, 0 } };
	for (size_t i = 0; i < f.n; i++) {
		const struct network_figure *x = &f.p[i];
		if (str_eq(x->part, STR("ensemble")))
			sets[ns++] = (struct view_count_row){ { x->name, link_fmt(a, "/territoires/departement/%.*s-%.*s#ensemble", (int)x->code.n, x->code.p, (int)x->slug.n, x->slug.p) },
				                              arena_fmt(a, "%lld pratiques sur quatre", (long long)x->practices), words_count(a, x->n, "catalyseur", "catalyseurs") };
		else
			figures[n++] = (struct view_figure){ words_number(a, x->n),
				                             str_eq(x->part, STR("connus"))    ? STR("catalyseurs et acteurs connus ici")
				                             : str_eq(x->part, STR("membres")) ? STR("que le Réseau présente")
				                                                               : STR("dont la structure répond ici"),
				                             str_eq(x->part, STR("connus")) ? link_fmt(a, "/catalyseurs") : (struct url){ NULL, 0 } };
	}
	for (size_t i = 0; i < 3; i++)
		tasks[i] = str_of(missions[i]);
	for (size_t i = 0; i < (size_t)practices.nterms; i++)
		links[i] = (struct view_link){ practices.terms[i].label, link_fmt(a, "/comprendre/%.*s", (int)practices.terms[i].code.n, practices.terms[i].code.p) };
	meetings[0] = (struct view_link){ STR("Les rencontres annuelles, depuis 2015"), link_fmt(a, "/evenements?serie=rencontres-annuelles-du-reseau") };
	meetings[1] = (struct view_link){ STR("Tous les webinaires et rencontres"), link_fmt(a, "/evenements") };
	meetings[2] = (struct view_link){ STR("Les catalyseurs près de chez vous"), link_fmt(a, "/catalyseurs") };
	struct view_network v = {
		.crumbs = crumbs(a, 1, (struct view_link[]){ { STR("Le réseau"), { NULL, 0 } } }),
		.title = STR("Le réseau des catalyseurs"),
		.lead = STR("Un catalyseur est un tiers de confiance : il relie des mondes qui s’ignorent, sur un territoire. Ils sont associations, collectivités, fondations, entreprises, universités."),
		.figures = { figures, n },
		.figures_note = str_of(MEMBERS_SAID),
		.source = { STR("associations.gouv.fr"), link_external(str_of(MEMBERS_URL)) },
		.missions = { tasks, 3 },
		.practices = { links, (size_t)practices.nterms },
		.map = map_france(a, &refs, "reseau", STR("Où sont les catalyseurs et les acteurs connus")),
		.sets = { sets, ns },
		.meetings = { meetings, 3 },
		.join = link_fmt(a, "/reseau/rejoindre"),
	};
	counts_of(r, &c, &v);
	struct buf main;
	buf_init(&main, a, 65536);
	tpl_network(&main, &v);
	struct view_layout layout = { .title = v.title, .description = v.lead, .nav_catalysts = true, .head_search = true };
	return page_send(r, w, &layout, &main);
}
