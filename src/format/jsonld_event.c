/* Events: an Event of schema.org, where it takes place, by whom, and what is left of it. */
#include "format/jsonld.h"
#include "format/uri.h"

#define PART(x, what) str_eq((x)->part, STR(what))

static void
status(struct json_out *j, const struct event *e)
{
	jsonld_pair(j, "eventStatus", str_eq(e->status, STR("annule")) ? STR("https://schema.org/EventCancelled")
	                              : str_eq(e->status, STR("reporte")) ? STR("https://schema.org/EventPostponed")
	                              : e->moved_from.n && !e->over ? STR("https://schema.org/EventRescheduled")
	                                                              : STR("https://schema.org/EventScheduled"));
	jsonld_pair(j, "previousStartDate", e->moved_from);
	if (!str_eq(e->mode, STR("inconnu")))
		jsonld_pair(j, "eventAttendanceMode", str_eq(e->mode, STR("distance")) ? STR("https://schema.org/OnlineEventAttendanceMode")
		                                      : str_eq(e->mode, STR("mixte")) ? STR("https://schema.org/MixedEventAttendanceMode")
		                                                                        : STR("https://schema.org/OfflineEventAttendanceMode"));
}

static void
place(const struct jsonld *d, struct json_out *j, const struct event *e)
{
	bool remote = str_eq(e->mode, STR("distance")) || str_eq(e->mode, STR("mixte")), somewhere = e->place.n || e->where.type.n;

	if (!remote && !somewhere)
		return;
	json_key(j, "location");
	json_begin_array(j);
	if (remote) {
		json_begin_object(j);
		jsonld_type(j, "VirtualLocation");
		jsonld_pair(j, "url", uri_event(d->r->arena, d->r->base, e->address));
		json_end(j);
	}
	if (somewhere) {
		json_begin_object(j);
		jsonld_type(j, "Place");
		jsonld_pair(j, "name", e->place.n ? e->place : e->where.name);
		if (e->where.type.n) {
			json_key(j, "containedInPlace");
			jsonld_place(d, j, &e->where);
		}
		json_end(j);
	}
	json_end(j);
}

static void
common(const struct jsonld *d, struct json_out *j, const struct event *e)
{
	struct arena *a = d->r->arena;
	struct str uri = uri_event(a, d->r->base, e->address);

	jsonld_pair(j, "@id", arena_fmt(a, "urn:uuid:%.*s", (int)e->uid.n, e->uid.p));
	jsonld_type(j, "Event");
	jsonld_pair(j, "identifier", e->uid);
	jsonld_pair(j, "url", uri);
	jsonld_pair(j, "name", e->title);
	jsonld_pair(j, "description", e->summary);
	jsonld_pair(j, "inLanguage", STR("fr"));
	/* A month or a year is a date too (ISO 8601). */
	jsonld_pair(j, "startDate", e->starts_at.n ? e->starts_at : event_day(e));
	jsonld_pair(j, "endDate", e->ends_at.n ? e->ends_at : e->ends_on);
	status(j, e);
	place(d, j, e);
	if (e->series.n) {
		json_key(j, "superEvent");
		json_begin_object(j);
		jsonld_type(j, "EventSeries");
		jsonld_pair(j, "name", e->series);
		jsonld_pair(j, "url", arena_fmt(a, "%.*s/evenements?serie=%.*s", (int)d->r->base.n, d->r->base.p, (int)e->series_code.n, e->series_code.p));
		json_end(j);
	}
	jsonld_pair(j, "isBasedOn", e->source_url);
}

void
jsonld_events(const struct jsonld *d, struct buf *b, const struct paging *p, int64_t total, const struct event *e, size_t n)
{
	struct json_out j = json_out(b);

	jsonld_list_begin(d, &j, p, total);
	for (size_t i = 0; i < n; i++) {
		jsonld_item_begin(&j, p->offset + (int64_t)i + 1);
		common(d, &j, &e[i]);
		jsonld_item_end(&j);
	}
	jsonld_list_end(&j);
}

void
jsonld_event(const struct jsonld *d, struct buf *b, const struct event *e, const struct event_parts *parts)
{
	struct json_out j = json_out(b);
	struct arena *a = d->r->arena;

	jsonld_begin(d, &j, "ItemPage", uri_event(a, d->r->base, e->address));
	jsonld_pair(&j, "dateModified", e->modified_at);
	jsonld_page_end(&j, arena_fmt(a, "urn:uuid:%.*s", (int)e->uid.n, e->uid.p));
	json_begin_object(&j);
	common(d, &j, e);
	json_key(&j, "performer");
	json_begin_array(&j);
	for (size_t i = 0; i < parts->n; i++)
		if (PART(&parts->p[i], "speaker")) {
			json_begin_object(&j);
			jsonld_type(&j, "Organization");
			jsonld_pair(&j, "name", parts->p[i].label);
			json_end(&j);
		}
	json_end(&j);
	json_key(&j, "about");
	json_begin_array(&j);
	for (size_t i = 0; i < parts->n; i++)
		if (PART(&parts->p[i], "term")) {
			json_begin_object(&j);
			jsonld_pair(&j, "@id", uri_term(a, d->r->base, parts->p[i].kind, parts->p[i].code));
			jsonld_type(&j, "DefinedTerm");
			jsonld_pair(&j, "name", parts->p[i].label);
			json_end(&j);
		}
	json_end(&j);
	json_key(&j, "subjectOf");
	json_begin_array(&j);
	for (size_t i = 0; i < parts->n; i++) {
		const struct event_part *x = &parts->p[i];
		if (!PART(x, "document") && !PART(x, "sheet"))
			continue;
		json_begin_object(&j);
		jsonld_type(&j, PART(x, "sheet") ? "Article" : str_eq(x->kind, STR("replay")) ? "VideoObject" : "DigitalDocument");
		jsonld_pair(&j, "name", x->label);
		jsonld_pair(&j, "url", PART(x, "sheet") ? uri_sheet(a, d->r->base, x->n, x->slug) : x->url);
		json_end(&j);
	}
	json_end(&j);
	json_end(&j);
	jsonld_end(&j);
}
