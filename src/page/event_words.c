/* Dates and hours of events in words. See event.h. */
#include "page/event.h"
#include "text/date.h"

const struct event_zone EVENT_ZONES[] = {
	{ "Europe/Paris", "à Paris" },           { "Indian/Reunion", "à La Réunion" },       { "America/Guadeloupe", "en Guadeloupe" },
	{ "America/Martinique", "en Martinique" }, { "America/Cayenne", "en Guyane" },         { "Indian/Mayotte", "à Mayotte" },
	{ "America/Miquelon", "à Saint-Pierre-et-Miquelon" }, { "America/St_Barthelemy", "à Saint-Barthélemy" }, { "America/Marigot", "à Saint-Martin" },
	{ "Pacific/Noumea", "en Nouvelle-Calédonie" }, { "Pacific/Tahiti", "à Tahiti" },       { "Pacific/Wallis", "à Wallis-et-Futuna" },
};
const size_t EVENT_ZONES_N = sizeof(EVENT_ZONES) / sizeof(*EVENT_ZONES);

const char *
event_zone_at(struct str zone)
{
	for (size_t i = 0; i < EVENT_ZONES_N; i++)
		if (str_eq(zone, str_of(EVENT_ZONES[i].id)))
			return EVENT_ZONES[i].at;
	return "";
}

struct url
link_event(struct arena *a, struct str address)
{
	return link_fmt(a, "/evenements/%.*s", (int)address.n, address.p);
}

struct str
event_hour(struct arena *a, struct str local)
{
	if (local.n < 13)
		return STR_NONE;
	const char *p = local.p + 9;
	size_t skip = p[0] == '0';
	if (p[2] == '0' && p[3] == '0')
		return arena_fmt(a, "%.*s h", (int)(2 - skip), p + skip);
	return arena_fmt(a, "%.*s h %.2s", (int)(2 - skip), p + skip, p + 2);
}

struct str
event_date_words(struct arena *a, const struct event *e)
{
	struct date d, end;

	if (!date_parse(e->starts_on, &d))
		return STR_NONE;
	if (str_eq(e->known, STR("annee")))
		return arena_fmt(a, "%d", d.year);
	if (str_eq(e->known, STR("mois")))
		return arena_fmt(a, "%s %d", date_month(d.month), d.year);
	if (!date_parse(e->ends_on, &end))
		return date_long(a, e->starts_on);
	struct str last = date_long(a, e->ends_on), first = date_long(a, e->starts_on);
	if (d.year == end.year && d.month == end.month)
		return arena_fmt(a, "du %d%s au %.*s", d.day, d.day == 1 ? "er" : "", (int)last.n, last.p);
	return arena_fmt(a, "du %.*s au %.*s", (int)first.n, first.p, (int)last.n, last.p);
}

static bool
is_remote(const struct event *e)
{
	return str_eq(e->mode, STR("distance")) || str_eq(e->mode, STR("mixte"));
}

/* "15 h à La Réunion", "1 h le lendemain à La Réunion": as their clocks show it. */
static struct str
hour_at(struct arena *a, const struct event *e, struct str local, const char *at)
{
	struct str hour = event_hour(a, local);
	int order = memcmp(local.p, e->start_local.p, 8);

	return arena_fmt(a, "%.*s%s %s", (int)hour.n, hour.p, order > 0 ? " le lendemain" : order < 0 ? " la veille" : "", at);
}

/* The hours of an event, each with its place: its own first; Paris and La Réunion when one may follow it from anywhere. */
static size_t
hours_of(struct arena *a, const struct event *e, struct str ret[3])
{
	bool paris = str_eq(e->timezone, STR("Europe/Paris")), reunion = str_eq(e->timezone, STR("Indian/Reunion"));
	size_t n = 0;

	if (e->start_local.n < 13)
		return 0;
	ret[n++] = hour_at(a, e, e->start_local, event_zone_at(e->timezone)[0] ? event_zone_at(e->timezone) : arena_cstr(a, e->timezone));
	if (!is_remote(e))
		return n;
	if (!paris)
		ret[n++] = hour_at(a, e, e->start_paris, "à Paris");
	if (!reunion)
		ret[n++] = hour_at(a, e, e->start_reunion, "à La Réunion");
	return n;
}

struct str
event_when(struct arena *a, const struct event *e)
{
	struct str hours[3], day = event_date_words(a, e), to = event_hour(a, e->end_local);
	size_t n = hours_of(a, e, hours);
	struct buf b;

	buf_init(&b, a, 160);
	buf_put(&b, day);
	if (n == 0)
		return buf_str(&b);
	if (to.n && memcmp(e->end_local.p, e->start_local.p, 8) == 0) {
		struct str from = event_hour(a, e->start_local);
		buf_fmt(&b, ", de %.*s à %.*s %s", (int)from.n, from.p, (int)to.n, to.p, event_zone_at(e->timezone));
	} else {
		buf_fmt(&b, ", %.*s", (int)hours[0].n, hours[0].p);
	}
	for (size_t i = 1; i < n; i++)
		buf_fmt(&b, "%s%.*s", i == 1 ? ", soit " : " et ", (int)hours[i].n, hours[i].p);
	return buf_str(&b);
}

struct view_event_date
event_date(struct arena *a, const struct event *e)
{
	struct str *rest = arena_array(a, struct str, 5), hours[3];
	struct date d, end;
	size_t n = 0, nhours = hours_of(a, e, hours);
	bool day = str_eq(e->known, STR("jour"));

	if (!date_parse(e->starts_on, &d))
		return (struct view_event_date){ 0 };
	rest[n++] = str_eq(e->known, STR("annee")) ? arena_fmt(a, "%d", d.year) : arena_fmt(a, "%s %d", date_month(d.month), d.year);
	if (!day)
		rest[n++] = STR("date exacte inconnue");
	if (date_parse(e->ends_on, &end))
		rest[n++] = end.month == d.month ? arena_fmt(a, "jusqu’au %d", end.day) : arena_fmt(a, "jusqu’au %d %s", end.day, date_month(end.month));
	for (size_t i = 0; i < nhours; i++)
		rest[n++] = hours[i];
	return (struct view_event_date){ .iso = event_day(e), .day = day ? arena_fmt(a, "%d", d.day) : STR_NONE, .rest = { rest, n } };
}

const char *
event_mode_label(struct str mode)
{
	return str_eq(mode, STR("distance"))   ? "À distance"
	       : str_eq(mode, STR("presence")) ? "Sur place"
	       : str_eq(mode, STR("mixte"))    ? "Sur place ou à distance"
	                                       : "";
}

struct str
event_state(struct arena *a, const struct event *e, struct str *ret_mark)
{
	*ret_mark = STR_NONE;
	if (str_eq(e->status, STR("annule"))) {
		*ret_mark = STR("annule");
		return STR("Annulé");
	}
	if (str_eq(e->status, STR("reporte"))) {
		*ret_mark = STR("deplace");
		return STR("Reporté, date à venir");
	}
	if (e->live) {
		*ret_mark = STR("direct");
		return STR("En ce moment");
	}
	if (e->over) {
		if (!str_eq(e->status, STR("inconnu")))
			return STR_NONE;
		*ret_mark = STR("doute");
		return STR("Annoncé ; nous ne savons pas s’il a eu lieu");
	}
	if (e->moved_from.n) {
		struct str was = date_long(a, e->moved_from), hour = event_hour(a, e->moved_from_local);
		*ret_mark = STR("deplace");
		return arena_fmt(a, "Déplacé : il était annoncé pour le %.*s%s%.*s", (int)was.n, was.p, hour.n ? ", " : "", (int)hour.n, hour.p);
	}
	if (str_eq(e->status, STR("prevu")) || str_eq(e->status, STR("inconnu"))) {
		*ret_mark = STR("doute");
		return STR("À confirmer");
	}
	return STR_NONE;
}

struct view_event_row
event_row(struct arena *a, const struct event *e)
{
	struct view_link *links = arena_array(a, struct view_link, 3);
	struct view_event_row v = { .date = event_date(a, e), .title = e->title, .url = link_event(a, e->address), .summary = e->summary,
		                    .how = str_of(event_mode_label(e->mode)) };
	size_t n = 0;

	v.state = event_state(a, e, &v.mark);
	if (e->where.type.n)
		v.place = place_of(a, &e->where);
	if (e->series_code.n)
		v.series = (struct view_link){ e->series, link_fmt(a, "/evenements?serie=%.*s", (int)e->series_code.n, e->series_code.p) };
	if (e->registers)
		links[n++] = (struct view_link){ STR("S’inscrire"), link_fmt(a, "/evenements/%.*s/inscription", (int)e->address.n, e->address.p) };
	if (e->replay_url.n)
		links[n++] = (struct view_link){ STR("Revoir"), link_external(e->replay_url) };
	v.links = (struct view_links){ links, n };
	return v;
}
