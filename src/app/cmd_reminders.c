/*
 * catalyse reminders: those who come to an event are reminded of it, the day before and an hour before, each once; seats that are free go to
 * those who wait; a month after, who came is forgotten. Run every five minutes by catalyse-reminders.timer: what was said is not said again.
 */
#include "app/cmd.h"
#include "crypt/hash.h"
#include "page/event_mail.h"

enum { BATCH = 100, KEEP_DAYS = 30 };

struct remind {
	struct cmd *cmd;
	struct arena *arena; /* of one transaction */
	struct event_sender from;
	int64_t event;
	size_t taken, day, hour, moved;
	int64_t forgotten;
};

/* Taken and told in one transaction: what is not sent is taken again. */
static enum err
batch(struct db *db, void *arg)
{
	struct remind *m = arg;
	const struct registration_due *due;
	size_t day = 0, hour = 0;
	enum err e = registration_due(db, m->arena, BATCH, &due, &m->taken);

	for (size_t i = 0; i < m->taken && !e; i++) {
		struct registration g;
		struct event x;
		if ((e = registration_find(db, m->arena, due[i].id, 0, STR_NONE, &g)) || (e = event_find(db, m->arena, g.address, &x)))
			break;
		e = event_tell(db, m->arena, &m->from, &x, &g, due[i].hour ? EVENT_HOUR : EVENT_DAY);
		day += !due[i].hour;
		hour += due[i].hour;
	}
	m->day += e ? 0 : day;
	m->hour += e ? 0 : hour;
	return e;
}

/* A seat that was left by an account that went, or by more room. */
static enum err
fill(struct db *db, void *arg)
{
	struct remind *m = arg;
	const int64_t *ids;
	size_t n = 0;
	enum err e = registration_promote(db, m->arena, m->event, &ids, &n);

	for (size_t i = 0; i < n && !e; i++) {
		struct registration g;
		struct event x;
		if (!(e = registration_find(db, m->arena, ids[i], 0, STR_NONE, &g)) && !(e = event_find(db, m->arena, g.address, &x)))
			e = event_tell(db, m->arena, &m->from, &x, &g, EVENT_MOVED_UP);
	}
	m->moved += e ? 0 : n;
	return e;
}

static enum err
forget(struct db *db, void *arg)
{
	struct remind *m = arg;

	return registration_forget(db, m->arena, KEEP_DAYS, &m->forgotten);
}

static void
report(const struct remind *m)
{
	struct buf b;

	buf_init(&b, m->cmd->arena, 160);
	if (m->cmd->json)
		buf_fmt(&b, "{\"veille\":%zu,\"heure\":%zu,\"places\":%zu,\"oublies\":%lld}", m->day, m->hour, m->moved, (long long)m->forgotten);
	else
		buf_fmt(&b, "%zu rappels de la veille, %zu d'une heure avant, %zu places données à qui attendait, %lld inscriptions oubliées", m->day, m->hour, m->moved,
		        (long long)m->forgotten);
	cmd_print(&b);
}

int
cmd_reminders(struct cmd *c)
{
	const struct conf *f = c->conf;
	struct remind m = { .cmd = c, .from = { str_of(f->base_url), str_of(f->site_editor), str_of(f->site_contact) } };
	const int64_t *events;
	size_t n = 0;

	if (c->argc > 0 || c->dry_run)
		return cmd_usage(c);
	if (m.from.base.n == 0)
		return cmd_refuse(c, "le réglage BASE_URL manque : les courriels portent des liens vers le site");
	struct db *db = cmd_db(c);
	if (!db)
		return CMD_REFUSED;
	crypt_start();
	m.arena = arena_new(1 << 20, (size_t)1 << 26);
	enum err e = registration_waiting(db, c->arena, &events, &n);
	for (size_t i = 0; i < n && !e; i++, arena_reset(m.arena)) {
		m.event = events[i];
		e = db_transaction(db, fill, &m);
	}
	do {
		arena_reset(m.arena);
		if (!e)
			e = db_transaction(db, batch, &m);
	} while (!e && m.taken == BATCH);
	if (!e)
		e = db_transaction(db, forget, &m);
	arena_free(m.arena);
	if (e)
		return cmd_refuse_err(c, "rappels", e);
	report(&m);
	return CMD_OK;
}
