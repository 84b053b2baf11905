#include "web/revision.h"

#include "base/buf.h"
#include "crypt/hash.h"

#include <stdio.h>
#include <time.h>

#define GOOD_MS 1000 /* what was read stays good that long where changes are heard, and none was */

static _Thread_local struct {
	bool known;
	int64_t read_ms; /* of CLOCK_MONOTONIC; 0: never */
	uint64_t generation;
	int64_t of[NOUN_N];
	char day[11];
	int64_t read_at, at; /* microseconds, of the base: when it was read, and now */
} now;

/* Between last and next nothing begins or ends in the agenda. */
static _Thread_local struct {
	struct kept kept;
	int64_t last, next;
} agenda;

void
revision_forget(void)
{
	now.known = false;
}

void
revision_doubt(void)
{
	now.known = false;
}

static enum err
agenda_read(struct db *db, struct arena *a)
{
	struct db_rows rows;
	struct kept kept;

	if (kept_good(&agenda.kept, OF(evenement), 0) && now.at >= agenda.last && now.at < agenda.next)
		return ERR_NONE;
	kept_mark(&kept, OF(evenement));
	enum err e = db_run(db, a, QUERY_EVENT_MOMENT, NULL, 0, &rows);
	if (e)
		return e;
	agenda.last = db_int(&rows, 0, COL_EVENT_MOMENT_LAST);
	agenda.next = db_int(&rows, 0, COL_EVENT_MOMENT_NEXT);
	agenda.kept = kept;
	return ERR_NONE;
}

static int64_t
now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* Whether the last reading still stands. What is older than the content that a page is made of does no harm: its tag is no longer asked about.
 * The reverse would: a copy of the base may be later than another, and is always asked. */
static bool
still_good(const struct req *r, uint64_t generation)
{
	return r->memo && now.read_ms && fresh_heard() && now.generation == generation && now_ms() - now.read_ms < GOOD_MS && !db_is_copy(r->db);
}

enum err
revision_read(struct req *r, bool clock)
{
	struct db_rows rows;
	uint64_t generation = fresh_generation(OF_ALL);
	enum err e = ERR_NONE;

	now.known = false;
	if (!r->db)
		return ERR_DB_DOWN;
	if (!still_good(r, generation)) {
		int64_t at = now_ms();
		now.read_ms = 0;
		if ((e = db_run(r->db, r->arena, QUERY_REVISION_READ, DB_ARGS(db_arg_texts(r->arena, noun_names, NOUN_N)), &rows)))
			return e;
		if (rows.nrows != NOUN_N)
			return err_note(ERR_DB_QUERY, "revision: %zu rows", rows.nrows);
		for (size_t i = 0; i < NOUN_N; i++)
			now.of[i] = db_int(&rows, i, COL_REVISION_READ_TOKEN);
		struct str day = db_text(&rows, 0, COL_REVISION_READ_DAY);
		snprintf(now.day, sizeof(now.day), "%.*s", (int)day.n, day.p);
		now.read_at = db_int(&rows, 0, COL_REVISION_READ_AT);
		now.read_ms = at ? at : 1;
		now.generation = generation;
	}
	now.at = now.read_at + (now_ms() - now.read_ms) * 1000;
	now.known = true;
	if (clock && (e = agenda_read(r->db, r->arena)))
		now.known = false;
	return e;
}

bool
revision_tag(const struct req *r, struct str seed, const struct depend *d, char ret[REVISION_TAG])
{
	struct buf b;

	if (!now.known)
		return false;
	buf_init(&b, r->arena, 1024);
	buf_put(&b, seed);
	buf_fmt(&b, "\n%s %lld\n%d\n", d->day ? now.day : "", d->clock ? (long long)agenda.last : 0, (int)r->format);
	const struct str said[] = { r->scheme, r->host, r->base, r->path, r->query, r->format == FORMAT_FRAGMENT ? r->cookie_territoire : STR_NONE };
	for (size_t i = 0; i < sizeof(said) / sizeof(*said); i++) {
		buf_put(&b, said[i]);
		buf_char(&b, '\n');
	}
	for (size_t i = 0; i < NOUN_N; i++)
		if (d->nouns & 1u << i) {
			buf_put(&b, noun_names[i]);
			buf_int(&b, (int64_t)now.of[i]);
		}
	ret[0] = 'r'; /* of a revision: no sum of bytes is like it */
	hash_hex16(buf_str(&b), ret + 1);
	return true;
}

static int64_t
revision_of(unsigned nouns)
{
	int64_t x = 0;

	for (size_t i = 0; i < NOUN_N; i++)
		if (nouns & 1u << i)
			x ^= now.of[i];
	return x;
}

void
kept_mark(struct kept *k, unsigned nouns)
{
	*k = (struct kept){ .since = now_ms() / 1000, .generation = fresh_generation(nouns), .revised = now.known, .revision = now.known ? revision_of(nouns) : 0 };
}

bool
kept_good(const struct kept *k, unsigned nouns, int unheard_s)
{
	if (k->since == 0)
		return false;
	if (now.known)
		return k->revised && k->revision == revision_of(nouns);
	return k->generation == fresh_generation(nouns) && now_ms() / 1000 - k->since < (fresh_heard() ? FRESH_UNHEARD_S : unheard_s);
}
