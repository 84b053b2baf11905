/* Events as iCalendar: what a person subscribes to, opens, or is sent. */
#include "format/event_ical.h"
#include "format/ical.h"
#include "format/uri.h"
#include "text/date.h"

/* The day after, as iCalendar wants the end of days; months and years that are not known finer last to their end. */
static struct str
end_of(struct arena *a, const struct event *e)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	struct date d;
	bool day = str_eq(e->known, STR("jour"));

	if (!date_parse(day ? e->ends_on : e->starts_on, &d))
		return STR_NONE;
	bool leap = (d.year % 4 == 0 && d.year % 100 != 0) || d.year % 400 == 0;
	if (str_eq(e->known, STR("annee")))
		d = (struct date){ d.year + 1, 1, 1 };
	else if (!day || d.day >= days[d.month - 1] + (leap && d.month == 2))
		d = d.month == 12 ? (struct date){ d.year + 1, 1, 1 } : (struct date){ d.year, d.month + 1, 1 };
	else
		d.day++;
	return arena_fmt(a, "%04d%02d%02d", d.year, d.month, d.day);
}

static const char *
status_of(struct str status)
{
	if (str_eq(status, STR("annule")))
		return "CANCELLED";
	return str_eq(status, STR("confirme")) || str_eq(status, STR("passe")) ? "CONFIRMED" : "TENTATIVE";
}

static struct str
title_of(struct arena *a, const struct event *e)
{
	const char *before = str_eq(e->status, STR("annule")) ? "Annulé : " : str_eq(e->status, STR("reporte")) ? "Reporté : " : "";

	return arena_fmt(a, "%s%.*s%s", before, (int)e->title.n, e->title.p, str_eq(e->known, STR("jour")) ? "" : " (date exacte inconnue)");
}

static struct str
text_of(struct arena *a, struct str base, const struct event *e, struct str more)
{
	struct buf b;
	struct str paris = event_clock(a, e->start_paris), reunion = event_clock(a, e->start_reunion), uri = uri_event(a, base, e->address);

	buf_init(&b, a, 512);
	if (e->change_note.n)
		buf_fmt(&b, "%.*s\n\n", (int)e->change_note.n, e->change_note.p);
	if (more.n)
		buf_fmt(&b, "%.*s\n\n", (int)more.n, more.p);
	if (e->summary.n)
		buf_fmt(&b, "%.*s\n\n", (int)e->summary.n, e->summary.p);
	if (paris.n && !str_eq(e->mode, STR("presence")))
		buf_fmt(&b, "%.*s à Paris, %.*s à La Réunion.\n", (int)paris.n, paris.p, (int)reunion.n, reunion.p);
	if (e->registers)
		buf_fmt(&b, "S’inscrire : %.*s/inscription\n", (int)uri.n, uri.p);
	if (e->replay_url.n)
		buf_fmt(&b, "La rediffusion : %.*s\n", (int)e->replay_url.n, e->replay_url.p);
	buf_put(&b, uri);
	return buf_str(&b);
}

struct ical_event
event_ical(struct arena *a, struct str base, const struct event *e, struct str more)
{
	bool hours = e->start_local.n > 0, remote = str_eq(e->mode, STR("distance"));
	struct str place = e->place;

	if (e->where.name.n)
		place = place.n ? arena_fmt(a, "%.*s, %.*s", (int)place.n, place.p, (int)e->where.name.n, e->where.name.p) : e->where.name;
	return (struct ical_event){
		.uid = e->uid,
		.sequence = e->sequence,
		.stamp = ical_instant(a, e->modified_at),
		.created = ical_instant(a, e->created_at),
		.start = hours ? e->start_local : ical_instant(a, e->starts_on),
		.end = hours ? e->end_local : end_of(a, e),
		.start_utc = ical_instant(a, e->starts_at),
		.end_utc = ical_instant(a, e->ends_at),
		.zone = hours ? e->timezone : STR_NONE,
		.title = title_of(a, e),
		.text = text_of(a, base, e, more),
		.place = place.n == 0 && remote ? STR("À distance") : place,
		.url = uri_event(a, base, e->address),
		.category = e->series,
		.status = status_of(e->status),
		.busy = hours,
	};
}

void
ical_events(const struct listing *l, struct buf *b, const struct event *p, size_t n)
{
	struct arena *a = l->r->arena;
	struct ical_event *v = arena_array(a, struct ical_event, n + 1);

	for (size_t i = 0; i < n; i++)
		v[i] = event_ical(a, l->r->base, &p[i], STR_NONE);
	ical_write(b, l->title, NULL, v, n);
}
