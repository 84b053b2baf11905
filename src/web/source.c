#include "web/source.h"
#include "base/log.h"
#include "base/metric.h"
#include <time.h>

enum { LOOK_MS = 1000, MARK_DIGITS = 16, MARK_LASTS_S = 60 };

static atomic_bool late_said; /* of the process: said once, not by every thread */

static int64_t
now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC_COARSE, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

bool
source_mark_read(struct str value, uint64_t *ret)
{
	uint64_t v = 0;

	if (value.n != MARK_DIGITS)
		return false;
	for (size_t i = 0; i < value.n; i++) {
		char c = value.p[i];
		if ((c < '0' || c > '9') && (c < 'a' || c > 'f'))
			return false;
		v = v << 4 | (unsigned)(c <= '9' ? c - '0' : c - 'a' + 10);
	}
	*ret = v;
	return true;
}

/* What the copy has, asked at most once a second. */
static void
look(struct gate_worker *w, struct req *r)
{
	struct source_state *s = &w->source;
	uint64_t replayed, received, before = s->received;
	struct db_rows rows;
	int64_t now = now_ms();

	if (s->looked_at && now - s->looked_at < LOOK_MS)
		return;
	s->looked_at = now;
	if (db_run(w->db, r->arena, QUERY_REPLICA_STATE, NULL, 0, &rows) || !source_mark_read(db_text(&rows, 0, COL_REPLICA_STATE_REPLAYED), &replayed) ||
	    !source_mark_read(db_text(&rows, 0, COL_REPLICA_STATE_RECEIVED), &received)) {
		s->replayed = 0;
		err_clear();
		return;
	}
	/* Something may be on its way at this very moment, after hours without a change: late is what was there at the last look already. */
	bool waits = db_bool(&rows, 0, COL_REPLICA_STATE_FED) ? replayed < received && replayed < before : true;
	s->late_s = waits ? db_real(&rows, 0, COL_REPLICA_STATE_AGE_S) : 0;
	s->replayed = replayed;
	s->received = received;
	bool late = s->late_s > w->gate->lag_max_s;
	if (late && !atomic_exchange(&late_said, true))
		log_event(LOG_WARN, "the copy is late: reads go to the primary if there is one", LOG_D("late_s", s->late_s));
	else if (!late && s->late_s < 1 && atomic_exchange(&late_said, false))
		log_event(LOG_INFO, "the copy is no longer late");
}

/* What a link sent by mail opens is one person's, like their own pages. */
static bool
is_personal(const struct route *route)
{
	return route->role >= ROLE_SELF || route->role == ROLE_LINK || strstr(route->pattern, "{jeton}");
}

void
source_choose(struct gate_worker *w, struct req *r, struct str mark)
{
	uint64_t wanted = 0;
	bool wrote = source_mark_read(mark, &wanted);
	bool posted = r->method == METHOD_POST || r->method == METHOD_PUT;
	bool personal = is_personal(r->route) || (posted && r->route->csrf);

	if (wrote)
		r->memo = NULL;
	if (!w->db || !w->write || r->route->role == ROLE_HOST || !db_is_copy(w->db)) {
		err_clear();
		return;
	}
	look(w, r);
	bool behind = personal || (wrote && w->source.replayed < wanted), late = w->source.late_s > w->gate->lag_max_s;
	if (!behind && !late)
		return;
	if (db_takes_changes(w->write)) {
		r->db = w->write;
		metric_count(METRIC_reads_primary);
		return;
	}
	err_clear();
	if (late)
		metric_count(METRIC_reads_late);
}

void
source_mark(struct req *r, struct resp *resp)
{
	bool person = (r->actor && r->actor->id && !r->bearer.n) || is_personal(r->route);
	struct db_rows rows;

	if (!r->write || resp->status >= 400 || !person)
		return;
	if (db_run(r->write, r->arena, QUERY_WRITE_MARK, NULL, 0, &rows)) {
		err_clear();
		return;
	}
	struct str mark = db_text(&rows, 0, COL_WRITE_MARK_MARK);
	resp_header(resp, "Set-Cookie", arena_fmt(r->arena, "frais=%.*s; Path=/; Max-Age=%d; HttpOnly; SameSite=Lax%s", (int)mark.n, mark.p, MARK_LASTS_S,
	                                          str_eq(r->scheme, STR("https")) ? "; Secure" : ""));
}
