#include "model/search_miss.h"
#include "base/log.h"
#include "db/db.h"
#include "text/keep.h"
#include "text/slug.h"
#include "web/robot.h"

#include <pthread.h>
#include <string.h>

#define QUEUE 64
#define DEADLINE_MS 2000

struct note {
	const char *about, *outcome;
	char subject[SLUG_MAX + 1], asked[32];
};

/* Behind the lock, but for conninfo and the thread. */
static struct {
	pthread_mutex_t lock;
	pthread_cond_t wake;
	pthread_t thread;
	bool running, stop;
	struct note notes[QUEUE];
	size_t first, n;
	const char *conninfo;
	bool unnamed;
} miss = { .lock = PTHREAD_MUTEX_INITIALIZER, .wake = PTHREAD_COND_INITIALIZER };

static bool
text_keep(char *to, size_t size, struct str s)
{
	if (s.n >= size)
		return false;
	memcpy(to, s.p ? s.p : "", s.n);
	to[s.n] = 0;
	return true;
}

void
search_miss_note(const struct req *r, const struct list_query *q, int64_t total)
{
	if (!miss.running || total >= SEARCH_MISS_FEW || r->format != FORMAT_HTML || q->page > 1 || robot_named(r->user_agent))
		return;
	if (q->q.n + q->themes.n + q->territoires.n == 0)
		return;
	struct str asked = q->territoires.n ? q->territoires.p[0] : STR_NONE;
	struct str subject = keep_words(r->arena, q->q);
	struct note note = { .about = "words", .outcome = total > 0 ? "few" : "none" };
	if (q->q.n && subject.n == 0) {
		note.about = "withheld";
	} else if (q->q.n == 0 && q->themes.n) {
		note.about = "theme";
		subject = q->themes.p[0];
	} else if (q->q.n == 0) {
		note.about = "place";
	}
	if (!text_keep(note.subject, sizeof(note.subject), subject) || !text_keep(note.asked, sizeof(note.asked), asked))
		return;
	pthread_mutex_lock(&miss.lock);
	if (miss.n < QUEUE)
		miss.notes[(miss.first + miss.n++) % QUEUE] = note;
	pthread_cond_signal(&miss.wake);
	pthread_mutex_unlock(&miss.lock);
}

static enum err
count(struct db *db, struct arena *a, const struct note *note)
{
	struct db_rows rows;
	enum err e = db_run(db, a, QUERY_SEARCH_MISS_NOTE,
	                    DB_ARGS(db_arg_str(str_of(note->about)), db_arg_str(str_of(note->subject)), db_arg_str(str_of(note->asked)),
	                            db_arg_str(str_of(note->outcome))),
	                    &rows);
	if (e)
		log_event(LOG_WARN, "a search without answer was not counted", LOG_S("detail", str_of(err_detail())));
	arena_reset(a);
	return e;
}

static void *
run(void *unused)
{
	struct db_options o = { .conninfo = miss.conninfo, .deadline_ms = DEADLINE_MS, .application = "catalysed/recherches", .unnamed = miss.unnamed };
	struct arena *a = arena_new(16 * 1024, 256 * 1024);
	struct db *db;
	if (db_new(&db, &o) != ERR_NONE)
		die("no memory for a connection");
	for (;;) {
		pthread_mutex_lock(&miss.lock);
		while (miss.n == 0 && !miss.stop)
			pthread_cond_wait(&miss.wake, &miss.lock);
		bool more = miss.n > 0, stop = miss.stop;
		struct note note = miss.notes[miss.first];
		if (more)
			miss.first = (miss.first + 1) % QUEUE, miss.n--;
		pthread_mutex_unlock(&miss.lock);
		if (!more || (count(db, a, &note) != ERR_NONE && stop))
			break;
	}
	db_free(db);
	arena_free(a);
	return unused;
}

void
search_miss_start(const char *conninfo, bool unnamed)
{
	if (!conninfo[0])
		return;
	miss.conninfo = conninfo;
	miss.unnamed = unnamed;
	miss.stop = false;
	miss.running = pthread_create(&miss.thread, NULL, run, NULL) == 0;
	if (!miss.running)
		log_event(LOG_WARN, "searches without answer will not be counted");
}

void
search_miss_stop(void)
{
	if (!miss.running)
		return;
	pthread_mutex_lock(&miss.lock);
	miss.stop = true;
	pthread_cond_signal(&miss.wake);
	pthread_mutex_unlock(&miss.lock);
	pthread_join(miss.thread, NULL);
	miss.running = false;
}

enum err
search_miss_rights(const char *conninfo, bool *ret_may, bool *ret_more)
{
	struct db_options o = { .conninfo = conninfo, .deadline_ms = DEADLINE_MS, .application = "catalyse check" };
	struct arena *a = arena_new(16 * 1024, 256 * 1024);
	struct db_rows rows;
	struct db *db = NULL;
	enum err e = db_new(&db, &o);
	if (!e && !(e = db_run(db, a, QUERY_SEARCH_MISS_MAY, NULL, 0, &rows))) {
		*ret_may = db_bool(&rows, 0, COL_SEARCH_MISS_MAY_MAY);
		*ret_more = db_bool(&rows, 0, COL_SEARCH_MISS_MAY_MORE);
	}
	arena_free(a);
	db_free(db);
	return e;
}
