#include "db/db_internal.h"
#include "base/log.h"
#include <pthread.h>
#include <stdlib.h>

#define TIMEOUT_MS 2000         /* for the only host; what connect_timeout says by default */
#define TIMEOUT_SEVERAL_MS 1000 /* for one of several */

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct db_hosts *all;

static const struct {
	const char *name;
	enum db_target target;
} targets[] = { { "any", TARGET_ANY }, { "read-write", TARGET_PRIMARY }, { "primary", TARGET_PRIMARY }, { "read-only", TARGET_STANDBY },
	        { "standby", TARGET_STANDBY }, { "prefer-standby", TARGET_PREFER_STANDBY } };

static char *
copy(const char *p, size_t n)
{
	char *z = strndup(p, n);
	if (!z)
		die("no memory");
	return z;
}

/* "a,b,c": the pieces, empty ones too; returns how many. */
static unsigned
split(const char *list, char *ret[DB_HOSTS_MAX])
{
	unsigned n = 0;
	for (const char *p = list; p && n < DB_HOSTS_MAX; n++) {
		size_t length = strcspn(p, ",");
		ret[n] = copy(p, length);
		p = p[length] ? p + length + 1 : NULL;
	}
	return n;
}

static void
read_options(struct db_hosts *h, const PQconninfoOption *parsed)
{
	unsigned hosts = 0, addresses = 0, ports = 0;
	int timeout = 0;
	for (const PQconninfoOption *o = parsed; o->keyword; o++) {
		if (!o->val || !o->val[0])
			continue;
		if (!strcmp(o->keyword, "host"))
			hosts = split(o->val, h->host);
		else if (!strcmp(o->keyword, "hostaddr"))
			addresses = split(o->val, h->address);
		else if (!strcmp(o->keyword, "port"))
			ports = split(o->val, h->port);
		else if (!strcmp(o->keyword, "connect_timeout"))
			timeout = atoi(o->val);
		else if (!strcmp(o->keyword, "target_session_attrs"))
			for (size_t i = 0; i < sizeof(targets) / sizeof(*targets); i++)
				if (!strcmp(o->val, targets[i].name))
					h->target = targets[i].target;
	}
	h->n = addresses > hosts ? addresses : hosts;
	if (h->n == 0)
		h->n = 1;
	for (unsigned i = 1; ports == 1 && i < h->n; i++) /* one port for all */
		h->port[i] = copy(h->port[0], strlen(h->port[0]));
	h->timeout_ms = timeout > 0 && timeout < 600 ? timeout * 1000 : h->n > 1 ? TIMEOUT_SEVERAL_MS : TIMEOUT_MS;
}

struct db_hosts *
db_hosts_of(const char *conninfo)
{
	char *why = NULL;
	PQconninfoOption *parsed = PQconninfoParse(conninfo, &why);
	if (!parsed) {
		err_note(ERR_BAD_INPUT, "database: %s", why ? why : "bad connection string");
		PQfreemem(why);
		return NULL;
	}
	pthread_mutex_lock(&lock);
	struct db_hosts *h = all;
	while (h && strcmp(h->conninfo, conninfo))
		h = h->next;
	if (!h) {
		h = calloc(1, sizeof *h);
		if (!h)
			die("no memory");
		h->conninfo = copy(conninfo, strlen(conninfo));
		read_options(h, parsed);
		h->next = all;
		all = h;
	}
	pthread_mutex_unlock(&lock);
	PQconninfoFree(parsed);
	return h;
}

void
db_hosts_again(void)
{
	pthread_mutex_lock(&lock);
	for (struct db_hosts *h = all; h; h = h->next) {
		atomic_store(&h->failures, 0);
		atomic_store(&h->retry_at, 0);
	}
	pthread_mutex_unlock(&lock);
}

/* Those that failed a moment ago come last: a dead host costs its time-out once, not at every connection. */
void
db_hosts_order(struct db_hosts *h, unsigned first, unsigned ret[DB_HOSTS_MAX])
{
	int64_t now = db_now_ms();
	unsigned n = 0;
	for (int late = 0; late < 2; late++)
		for (unsigned k = 0; k < h->n; k++) {
			unsigned i = (first + k) % h->n;
			int64_t at = atomic_load(&h->failed_at[i]);
			if ((at && now - at < DB_HOST_AVOIDED_MS) == (late == 1))
				ret[n++] = i;
		}
}

static bool
here(const char *host)
{
	if (!host || !host[0])
		host = getenv("PGHOST");
	return !host || !host[0] || host[0] == '/' || host[0] == '@' || !strcmp(host, "localhost") || !strcmp(host, "::1") || !strncmp(host, "127.", 4);
}

bool
db_is_here(const char *conninfo)
{
	const struct db_hosts *h = db_hosts_of(conninfo);
	for (unsigned i = 0; h && i < h->n; i++)
		if (h->address[i] && h->address[i][0] ? !here(h->address[i]) : !here(h->host[i]))
			return false;
	return h != NULL;
}
