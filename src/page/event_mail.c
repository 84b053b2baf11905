#include "page/event_mail.h"
#include "format/event_ical.h"
#include "model/account.h"
#include "model/mail.h"
#include "page/event.h"

static const struct {
	const char *subject, *before, *after; /* what is said before the title, and around it */
	const char *method;         /* of the calendar joined; NULL: none is */
} letters[] = {
	[EVENT_SEATED] = { "Votre inscription", "Votre inscription à « ", " » est confirmée.", "PUBLISH" },
	[EVENT_WAITING] = { "Liste d’attente", "Toutes les places de « ", " » sont prises : vous êtes sur la liste d’attente.", NULL },
	[EVENT_MOVED_UP] = { "Une place s’est libérée", "Une place s’est libérée à « ", " », et elle est à vous.", "PUBLISH" },
	[EVENT_AGAIN] = { "Inscription déjà faite", "Cette adresse est déjà inscrite à « ", " » : il n’y a rien à refaire.", "PUBLISH" },
	[EVENT_DAY] = { "C’est demain", "« ", " » a lieu demain.", "PUBLISH" },
	[EVENT_HOUR] = { "Dans une heure", "« ", " » commence dans une heure.", NULL },
	[EVENT_CHANGED] = { "Changement", "« ", " » a changé. Voici ce qu’il faut savoir maintenant.", "PUBLISH" },
	[EVENT_CANCELLED] = { "Annulé", "« ", " » est annulé.", "CANCEL" },
};

/* Where and how, for this person. */
static struct str
how_to_come(struct arena *a, const struct event *e, const struct registration *g)
{
	bool remote = str_eq(g->mode, STR("distance"));

	if (g->wait)
		return arena_fmt(a, "Vous êtes à la place n° %lld. Dès qu’une place se libère pour vous, elle est à vous, et nous vous écrivons.", (long long)g->wait);
	if (remote && g->room.n)
		return arena_fmt(a, "Vous venez à distance. L’adresse pour vous connecter est ci-dessous ; elle n’est donnée qu’aux personnes inscrites : gardez-la pour vous.%s%.*s",
		                 g->how.n ? " " : "", (int)g->how.n, g->how.p);
	if (remote)
		return STR("Vous venez à distance. L’adresse pour vous connecter vous sera envoyée par courriel.");
	if (e->place.n || e->where.name.n)
		return arena_fmt(a, "Vous venez sur place : %.*s%s%.*s.", (int)e->place.n, e->place.p, e->place.n && e->where.name.n ? ", " : "", (int)e->where.name.n, e->where.name.p);
	return STR("Vous venez sur place. Le lieu vous sera dit par courriel.");
}

static struct str
changed_how(struct arena *a, const struct event *e)
{
	struct str mark, state = event_state(a, e, &mark);

	return arena_fmt(a, "%.*s%s%.*s", (int)state.n, state.p, state.n && e->change_note.n ? ". " : "", (int)e->change_note.n, e->change_note.p);
}

static struct str
calendar_of(struct arena *a, const struct event_sender *s, const struct event *e, const struct registration *g, const char *method)
{
	struct str room = g->room.n ? arena_fmt(a, "Pour vous connecter : %.*s\n%.*s", (int)g->room.n, g->room.p, (int)g->how.n, g->how.p) : STR_NONE;
	struct ical_event v = event_ical(a, s->base, e, room);
	struct buf b;

	v.organizer = s->editor.n ? s->editor : STR("Catalyse");
	v.organizer_uri = s->contact.n > 7 && (memcmp(s->contact.p, "mailto:", 7) == 0 || memcmp(s->contact.p, "https:/", 7) == 0) ? s->contact : s->base;
	if (s->contact.n && memchr(s->contact.p, '@', s->contact.n) && memcmp(v.organizer_uri.p, "mailto:", 7) != 0)
		v.organizer_uri = arena_fmt(a, "mailto:%.*s", (int)s->contact.n, s->contact.p);
	buf_init(&b, a, 4096);
	ical_write(&b, STR_NONE, method, &v, 1);
	return buf_str(&b);
}

enum err
event_tell(struct db *db, struct arena *a, const struct event_sender *s, const struct event *e, const struct registration *g, enum event_letter kind)
{
	struct token t;
	struct str p[6], when = event_when(a, e);
	struct letter_link links[3];
	size_t n = 0, nlinks = 0;
	bool over = kind == EVENT_CANCELLED, seated = str_eq(g->state, STR("inscrit"));
	const char *method = letters[kind].method;

	if (kind == EVENT_AGAIN && !seated)
		method = NULL;
	token_make(&t);
	enum err err = token_put(db, a, str_of(t.sum), EVENT_LINK, 0, 0, arena_fmt(a, "{\"inscription\":%lld}", (long long)g->id), g->lasts_s);
	if (err)
		return err;
	p[n++] = arena_fmt(a, "Bonjour %.*s,", (int)g->name.n, g->name.p);
	p[n++] = arena_fmt(a, "%s%.*s%s", letters[kind].before, (int)e->title.n, e->title.p, letters[kind].after);
	if (kind == EVENT_CHANGED || over) {
		struct str how = over ? e->change_note : changed_how(a, e);
		if (how.n)
			p[n++] = how;
	}
	p[n++] = arena_fmt(a, "%s%.*s.", over ? "Il était annoncé : " : "Quand : ", (int)when.n, when.p);
	if (!over)
		p[n++] = how_to_come(a, e, g);
	if (!over && g->room.n)
		links[nlinks++] = (struct letter_link){ STR("Se connecter, le moment venu"), g->room };
	links[nlinks++] = (struct letter_link){ STR("Voir le rendez-vous"), arena_fmt(a, "%.*s/evenements/%.*s", (int)s->base.n, s->base.p, (int)e->address.n, e->address.p) };
	if (!over)
		links[nlinks++] = (struct letter_link){ STR("Me désinscrire"), arena_fmt(a, "%.*s/evenements/%.*s/inscription/annuler?lien=%s", (int)s->base.n, s->base.p,
			                                                               (int)e->address.n, e->address.p, t.text) };
	struct str after[2];
	size_t nafter = 0;
	if (method)
		after[nafter++] = over ? STR("Le fichier joint le retire de votre agenda.") : STR("Le fichier joint met ce rendez-vous dans votre agenda, ou l’y met à jour.");
	if (!over)
		after[nafter++] = seated ? STR("Si vous ne venez plus, un clic suffit : votre place ira à quelqu’un d’autre.") : STR("Si vous n’attendez plus, un clic suffit.");
	struct mail m = { .to = g->email, .kind = STR("rendez_vous"),
		          .subject = arena_fmt(a, "%s : %.*s", letters[kind].subject, (int)e->title.n, e->title.p),
		          .letter = { .paragraphs = p, .nparagraphs = n, .links = links, .nlinks = nlinks, .after = after, .nafter = nafter } };
	if (method) {
		m.file = STR("rendez-vous.ics");
		m.file_type = arena_fmt(a, "text/calendar; charset=utf-8; method=%s", method);
		m.file_bytes = calendar_of(a, s, e, g, method);
	}
	return mail_queue(db, a, &m, NULL);
}

enum err
event_tell_all(struct db *db, struct arena *a, const struct event_sender *s, const struct event *e, size_t *ret_n)
{
	struct registrations all;
	enum err err = registration_list(db, a, e->id, &all);
	bool cancelled = str_eq(e->status, STR("annule"));
	struct arena *one = arena_new(1 << 16, 1 << 22); /* of one letter: there may be hundreds */

	for (size_t i = 0; i < all.n && !err; i++, arena_reset(one)) {
		err = event_tell(db, one, s, e, &all.p[i], cancelled ? EVENT_CANCELLED : EVENT_CHANGED);
		if (!err)
			err = registration_told(db, one, all.p[i].id);
	}
	arena_free(one);
	if (ret_n)
		*ret_n = err ? 0 : all.n;
	return err;
}

enum err
event_fill(struct db *db, struct arena *a, const struct event_sender *s, const struct event *e)
{
	const int64_t *ids;
	size_t n = 0;
	enum err err = registration_promote(db, a, e->id, &ids, &n);

	for (size_t i = 0; i < n && !err; i++) {
		struct registration g;
		if (!(err = registration_find(db, a, ids[i], 0, STR_NONE, &g)))
			err = event_tell(db, a, s, e, &g, EVENT_MOVED_UP);
	}
	return err;
}
