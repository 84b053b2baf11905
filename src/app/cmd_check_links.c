/*
 * catalyse check-links: are the pages that sheets point to still there? Polite: one request at a time, a pause between two of one host, what
 * robots.txt asks, HEAD then GET, a name that says who asks. State is in the database: stopped anywhere, it goes on from there. An
 * address is said dead when it failed on three days. Run each night by catalyse-links.timer.
 */
#include "app/cmd.h"
#include "fetch/fetch.h"
#include "model/link_check.h"
#include "text/json_out.h"
#include "text/robots_txt.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { LINKS_MOST = 500, PAUSE_MS = 1000, HOSTS = 256, ROBOTS_MOST = 200000, BODY_MOST = 65536 };

struct host {
	struct str origin; /* "https://a.example" */
	struct str robots;
	int64_t asked_ms;
};

struct check {
	struct cmd *cmd;
	struct fetch *fetch;
	struct arena *arena; /* of one address */
	struct host hosts[HOSTS];
	size_t nhosts;
	int pause_ms;
	size_t done, good, moved, refused, ignored, failed, dead;
};

static int64_t
now_ms(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static void
rest(struct check *c, struct host *h)
{
	int64_t wait = h->asked_ms ? h->asked_ms + c->pause_ms - now_ms() : 0;

	if (wait > 0)
		nanosleep(&(struct timespec){ wait / 1000, (wait % 1000) * 1000000 }, NULL);
	h->asked_ms = now_ms();
}

/* The host of an address, with what its robots.txt asks, read once. The oldest gives its place when there are many. */
static enum err
host_of(struct check *c, struct str url, struct host **ret)
{
	size_t n = 0, slashes = 0;
	struct fetch_answer answer;

	while (n < url.n && (url.p[n] != '/' || ++slashes < 3) && url.p[n] != '?' && url.p[n] != '#')
		n++;
	struct str origin = { url.p, n };
	for (size_t i = 0; i < c->nhosts && i < HOSTS; i++)
		if (str_eq(c->hosts[i].origin, origin)) {
			*ret = &c->hosts[i];
			return ERR_NONE;
		}
	struct host *h = &c->hosts[c->nhosts++ % HOSTS];
	*h = (struct host){ .origin = arena_str(c->cmd->arena, origin) };
	rest(c, h);
	enum err e = fetch_get(c->fetch, c->cmd->arena, arena_fmt(c->arena, "%.*s/robots.txt", (int)origin.n, origin.p), false, ROBOTS_MOST, &answer);
	if (!e && answer.end == FETCH_ANSWERED && answer.status == 200)
		h->robots = answer.body;
	*ret = h;
	return e;
}

static const char *
outcome_of(const struct fetch_answer *x)
{
	if (x->end != FETCH_ANSWERED)
		return x->end == FETCH_PRIVATE ? "ignore" : "injoignable";
	if (x->status >= 200 && x->status < 300)
		return x->moved && x->location.n ? "deplace" : "bon";
	if (x->status == 404 || x->status == 410)
		return "absent";
	return x->status < 500 ? "refuse" : "injoignable"; /* 401, 403, 429: it is there, not for programs */
}

static enum err
check_one(struct check *c, struct db *db, struct str url)
{
	struct fetch_answer x = { .end = FETCH_PRIVATE };
	struct host *h;
	bool dead;
	enum err e = host_of(c, url, &h);

	if (e)
		return e;
	struct str path = { url.p + h->origin.n, url.n - h->origin.n };
	const char *hash = memchr(path.p, '#', path.n);
	if (hash)
		path.n = (size_t)(hash - path.p);
	bool allowed = robots_allow(h->robots, STR("catalyse-liens"), path.n ? path : STR("/"));
	if (allowed) {
		rest(c, h);
		e = fetch_get(c->fetch, c->arena, url, true, 0, &x);
		if (!e && x.end != FETCH_PRIVATE && (x.end != FETCH_ANSWERED || x.status >= 400)) { /* many servers know only GET */
			rest(c, h);
			e = fetch_get(c->fetch, c->arena, url, false, BODY_MOST, &x);
		}
		if (e)
			return e;
	}
	const char *outcome = outcome_of(&x);
	if ((e = link_note(db, c->arena, url, x.status, outcome, strcmp(outcome, "deplace") == 0 ? x.location : STR_NONE, &dead)))
		return e;
	c->done++;
	c->good += strcmp(outcome, "bon") == 0;
	c->moved += strcmp(outcome, "deplace") == 0;
	c->refused += strcmp(outcome, "refuse") == 0;
	c->ignored += strcmp(outcome, "ignore") == 0;
	c->failed += strcmp(outcome, "absent") == 0 || strcmp(outcome, "injoignable") == 0;
	c->dead += dead;
	return ERR_NONE;
}

static void
report(struct check *c, const struct link_counts *n)
{
	struct buf b;

	buf_init(&b, c->cmd->arena, 512);
	if (c->cmd->json) {
		struct json_out j = json_out(&b);
		json_begin_object(&j);
		json_key(&j, "adresses"), json_int(&j, n->total);
		json_key(&j, "demandees"), json_int(&j, (int64_t)c->done);
		json_key(&j, "bonnes"), json_int(&j, (int64_t)c->good);
		json_key(&j, "deplacees"), json_int(&j, (int64_t)c->moved);
		json_key(&j, "fermees_aux_programmes"), json_int(&j, (int64_t)c->refused);
		json_key(&j, "ignorees"), json_int(&j, (int64_t)c->ignored);
		json_key(&j, "en_panne"), json_int(&j, (int64_t)c->failed);
		json_key(&j, "mortes"), json_int(&j, n->dead);
		json_key(&j, "restantes"), json_int(&j, n->due);
		json_end(&j);
	} else {
		buf_fmt(&b, "%zu adresses demandées sur %lld : %zu bonnes, %zu déplacées, %zu fermées aux programmes, %zu ignorées, %zu en panne.\n", c->done,
		        (long long)n->total, c->good, c->moved, c->refused, c->ignored, c->failed);
		buf_fmt(&b, "Mortes (en panne trois jours) : %lld. À demander encore : %lld.", (long long)n->dead, (long long)n->due);
	}
	cmd_print(&b);
}

int
cmd_check_links(struct cmd *c)
{
	bool local = getenv("CATALYSE_CHECK_LINKS_LOCAL") != NULL;
	struct check k = { .cmd = c, .pause_ms = local ? 0 : PAUSE_MS };
	const char *site = conf_text(c->conf, CONF_BASE_URL);
	const struct str *urls;
	struct link_counts counts;
	int64_t total;
	int most = LINKS_MOST;
	size_t n;

	if (c->argc == 2 && strcmp(c->argv[0], "--limit") == 0)
		most = atoi(c->argv[1]);
	else if (c->argc != 0)
		return cmd_usage(c);
	if (most < 1 || most > 100000)
		return cmd_usage(c);
	struct db *db = cmd_db(c);
	if (!db)
		return CMD_REFUSED;
	struct str agent = arena_fmt(c->arena, "Catalyse-liens/1 (%s%s)", site[0] ? "+" : "", site[0] ? site : "verification de liens");
	enum err e = fetch_open(&k.fetch, agent.p, local);
	if (e)
		return cmd_refuse_err(c, "réseau", e);
	k.arena = arena_new(1 << 20, (size_t)1 << 26);
	if ((e = link_collect(db, c->arena, &total)) || (e = link_due(db, c->arena, most, &urls, &n)))
		n = 0;
	for (size_t i = 0; i < n && !e; i++) {
		e = check_one(&k, db, urls[i]);
		arena_reset(k.arena);
		cmd_progress(c, "Liens", i + 1, n);
	}
	arena_free(k.arena);
	fetch_close(k.fetch);
	if (e || (e = link_counts(db, c->arena, &counts)))
		return cmd_refuse_err(c, "liens", e);
	report(&k, &counts);
	return CMD_OK;
}
