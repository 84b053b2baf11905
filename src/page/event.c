/* /evenements/{date}-{slug}: one event, in every format: when, how to come, and what is left of it. */
#include "page/event.h"
#include "format/json_event.h"
#include "format/json_list.h"
#include "format/jsonld.h"
#include "format/listing.h"
#include "gen/tpl.h"
#include "text/date.h"
#include "text/slug.h"

#define PART(x, what) str_eq((x)->part, STR(what))

static const char *
document_kind(struct str kind)
{
	return str_eq(kind, STR("replay"))         ? "Rediffusion"
	       : str_eq(kind, STR("support"))      ? "Support"
	       : str_eq(kind, STR("compte_rendu")) ? "Compte rendu"
	                                           : "Document";
}

static struct view_links
terms(struct arena *a, const struct event_parts *parts, const char *scheme)
{
	struct view_link *p = arena_array(a, struct view_link, parts->n);
	size_t n = 0;

	for (size_t i = 0; i < parts->n; i++) {
		const struct event_part *x = &parts->p[i];
		if (PART(x, "term") && str_eq(x->kind, str_of(scheme)))
			p[n++] = (struct view_link){ x->label, link_fmt(a, "/evenements?%s=%.*s", scheme, (int)x->code.n, x->code.p) };
	}
	return (struct view_links){ p, n };
}

static struct view_facts
facts_of(struct arena *a, const struct event *e, const struct event_parts *parts)
{
	static const char *const lists[][2] = { { "theme", "Thèmes" }, { "pratique", "Pratiques" }, { "parcours", "Parcours" } };
	struct view_fact *f = arena_array(a, struct view_fact, 10);
	struct view_place *places = arena_array(a, struct view_place, parts->n), *where = arena_array(a, struct view_place, 1);
	struct view_odd *odds = arena_array(a, struct view_odd, parts->n);
	struct view_link *who = arena_array(a, struct view_link, parts->n), *series = arena_array(a, struct view_link, 1);
	struct str how = str_of(event_mode_label(e->mode));
	size_t n = 0, nplaces = 0, nodds = 0, nwho = 0;

	f[n++] = (struct view_fact){ .label = STR("Comment"), .text = how, .unknown = how.n == 0 };
	if (e->place.n || e->where.type.n) {
		f[n] = (struct view_fact){ .label = STR("Où"), .text = e->place };
		if (e->where.type.n) {
			where[0] = place_of(a, &e->where);
			f[n].places = (struct view_places){ where, 1 };
		}
		n++;
	}
	if (e->series_code.n) {
		series[0] = (struct view_link){ e->series, link_fmt(a, "/evenements?serie=%.*s", (int)e->series_code.n, e->series_code.p) };
		f[n++] = (struct view_fact){ .label = STR("Série"), .links = { series, 1 } };
	}
	for (size_t k = 0; k < sizeof(lists) / sizeof(*lists); k++) {
		struct view_links links = terms(a, parts, lists[k][0]);
		if (links.n)
			f[n++] = (struct view_fact){ .label = str_of(lists[k][1]), .links = links };
	}
	for (size_t i = 0; i < parts->n; i++) {
		const struct event_part *x = &parts->p[i];
		if (PART(x, "area")) {
			struct place_ref p = { x->kind, x->code, x->slug, x->label, x->note };
			places[nplaces++] = place_of(a, &p);
		} else if (PART(x, "catalyst")) {
			who[nwho++] = (struct view_link){ x->label, link_catalyst(a, x->n, x->slug) };
		} else if (PART(x, "term") && str_eq(x->kind, STR("odd"))) {
			odds[nodds++] = (struct view_odd){ x->code, x->label, link_fmt(a, "/fiches?odd=%.*s", (int)x->code.n, x->code.p) };
		}
	}
	if (nodds)
		f[n++] = (struct view_fact){ .label = STR("Objectifs de développement durable"), .odds = { odds, nodds } };
	if (nplaces)
		f[n++] = (struct view_fact){ .label = STR("Territoires concernés"), .places = { places, nplaces } };
	if (nwho)
		f[n++] = (struct view_fact){ .label = STR("Catalyseurs"), .links = { who, nwho } };
	return (struct view_facts){ f, n };
}

static void
seats_of(struct arena *a, const struct event *e, const struct event_parts *parts, struct view_event_page *v)
{
	struct view_event_seat *p = arena_array(a, struct view_event_seat, 2);
	size_t n = 0;

	for (size_t i = 0; i < parts->n && n < 2; i++) {
		const struct event_part *x = &parts->p[i];
		if (!PART(x, "seat"))
			continue;
		int64_t left = x->n - x->taken;
		struct str count = words_count(a, left, "place libre", "places libres");
		p[n++] = (struct view_event_seat){
			.label = str_eq(x->kind, STR("site")) ? STR("Sur place") : STR("À distance"),
			.note = !x->bounded ? STR("sans limite de places")
			        : left > 0  ? arena_fmt(a, "%.*s sur %lld", (int)count.n, count.p, (long long)x->n)
			                    : STR("complet, liste d’attente ouverte"),
		};
	}
	if (e->registers) {
		v->seats = (struct view_event_seats){ p, n };
		v->registration = (struct view_link){ STR("S’inscrire"), link_fmt(a, "/evenements/%.*s/inscription", (int)e->address.n, e->address.p) };
		v->registration_note = STR("Un nom et une adresse de courriel, sans compte. L’adresse pour se connecter n’est donnée qu’aux personnes inscrites.");
	} else if (!e->over && str_eq(e->registration, STR("fermee"))) {
		v->registration_note = STR("Les inscriptions sont closes.");
	}
}

static void
left_of(struct arena *a, const struct event_parts *parts, const struct event *e, struct view_event_page *v)
{
	struct view_event_document *documents = arena_array(a, struct view_event_document, parts->n + 1);
	struct view_event_speaker *speakers = arena_array(a, struct view_event_speaker, parts->n);
	struct view_sheet_mini *sheets = arena_array(a, struct view_sheet_mini, parts->n);
	struct view_link *around = arena_array(a, struct view_link, 2);
	size_t nd = 0, ns = 0, nf = 0, na = 0;

	for (size_t i = 0; i < parts->n; i++) {
		const struct event_part *x = &parts->p[i];
		if (PART(x, "document")) {
			documents[nd++] = (struct view_event_document){ { x->label, link_external(x->url) }, str_of(document_kind(x->kind)) };
		} else if (PART(x, "speaker")) {
			speakers[ns++] = (struct view_event_speaker){ x->label, x->note, link_external(x->url) };
		} else if (PART(x, "sheet")) {
			sheets[nf++] = (struct view_sheet_mini){ cote_of(a, x->kind, x->n), x->label, link_sheet(a, x->n, x->slug), STR_NONE };
		} else if (PART(x, "before") || PART(x, "after")) {
			struct event other = { .starts_on = x->note, .known = x->kind };
			struct str day = event_date_words(a, &other);
			around[na++] = (struct view_link){ arena_fmt(a, "%s : %.*s, %.*s", PART(x, "before") ? "Avant" : "Ensuite", (int)x->label.n, x->label.p, (int)day.n, day.p),
				                           link_event(a, x->code) };
		}
	}
	v->documents = (struct view_event_documents){ documents, nd };
	v->speakers = (struct view_event_speakers){ speakers, ns };
	v->sheets = (struct view_sheet_minis){ sheets, nf };
	v->around = (struct view_links){ around, na };
	if (e->over && nd == 0 && !str_eq(e->status, STR("annule")))
		v->nothing = STR("Nous ne connaissons ni rediffusion, ni support, ni compte rendu de ce rendez-vous. Si vous en avez, proposez-les.");
}

static struct str
doubt_of(const struct event *e)
{
	if (str_eq(e->known, STR("jour")))
		return e->start_local.n == 0 && !e->over ? STR("L’heure n’est pas encore annoncée.") : STR_NONE;
	return str_eq(e->known, STR("mois")) ? STR("Date exacte inconnue : nos sources ne donnent que le mois.") : STR("Date exacte inconnue : nos sources ne donnent que l’année.");
}

static enum err
show(struct req *r, struct resp *w, const struct event *e, const struct event_parts *parts, const struct view_links *trail)
{
	struct arena *a = r->arena;
	struct view_source *sources = arena_array(a, struct view_source, 2);
	size_t n = 0;
	struct view_event_page v = { .crumbs = *trail,
		                     .date = event_date(a, e),
		                     .title = e->title,
		                     .summary = e->summary,
		                     .change = e->change_note,
		                     .when = event_when(a, e),
		                     .doubt = doubt_of(e),
		                     .facts = facts_of(a, e, parts),
		                     .past = e->over,
		                     .keep = { arena_fmt(a, "evenement:%lld", (long long)e->id), link_fmt(a, "/listes/ajouter?evenement=%lld", (long long)e->id) },
		                     .formats_label = STR("Ce rendez-vous ailleurs"),
		                     .formats = formats_of(r) };

	v.state = event_state(a, e, &v.mark);
	if (!e->over)
		v.calendar = (struct view_link){ STR("Mettre dans mon agenda"), link_fmt(a, "/evenements/%.*s.ics", (int)e->address.n, e->address.p) };
	seats_of(a, e, parts, &v);
	left_of(a, parts, e, &v);
	if (e->source_label.n)
		sources[n++] = (struct view_source){ .id = STR("so1"), .label = e->source_label, .url = link_external(e->source_url) };
	if (e->url.n && !str_eq(e->url, e->source_url)) {
		sources[n] = (struct view_source){ .id = arena_fmt(a, "so%zu", n + 1), .label = STR("La page de l’organisateur"), .url = link_external(e->url) };
		n++;
	}
	v.sources = (struct view_sources){ sources, n };
	struct buf main;
	buf_init(&main, a, 32768);
	tpl_event(&main, &v);
	struct view_layout layout = { .title = arena_fmt(a, "%.*s, %.*s", (int)e->title.n, e->title.p, (int)event_date_words(a, e).n, event_date_words(a, e).p),
		                      .description = e->summary.n ? e->summary : v.when,
		                      .head_search = true };
	return page_send(r, w, &layout, &main);
}

enum err
page_event(struct req *r, struct resp *w)
{
	struct arena *a = r->arena;
	struct event e;
	struct event_parts parts;
	enum err err = slug_valid(r->vars[0]) ? event_find(r->db, a, r->vars[0], &e) : ERR_NOT_FOUND;

	if (err)
		return err;
	if (!str_eq(e.address, r->vars[0])) {
		page_moved(r, w, link_event(a, e.address));
		return ERR_NONE;
	}
	if ((err = event_parts(r->db, a, e.id, &parts)))
		return err;
	struct view_link crumb[2] = { { STR("Rendez-vous"), { "/evenements", 11 } }, { e.title, { NULL, 0 } } };
	struct view_links trail = crumbs(a, 2, crumb);
	if (r->format == FORMAT_HTML)
		return show(r, w, &e, &parts, &trail);
	if (r->format == FORMAT_JSON) {
		struct json_out j = json_out(&w->body);
		json_begin_object(&j);
		json_event(&j, a, r->base, &e, &parts);
		json_notices(&j, r);
		json_end(&j);
	} else if (r->format == FORMAT_JSONLD) {
		struct jsonld d = { r, e.title, site_of(r)->editor, &trail };
		jsonld_event(&d, &w->body, &e, &parts);
	} else {
		struct listing l = { r, e.title, site_of(r)->editor, 1, NULL, { NULL, 0 }, STR_NONE };
		listing_event(&l, w, &e);
	}
	return ERR_NONE;
}
