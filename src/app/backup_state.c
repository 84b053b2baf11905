#include "app/backup_state.h"
#include "app/file_put.h"
#include "text/json.h"
#include "text/json_out.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

enum { STATE_MOST = 64 * 1024 };

static int64_t
whole(const struct json *v)
{
	int64_t n;

	return json_whole(v, &n) ? n : 0;
}

static void
event_read(const struct json *v, struct backup_event *e)
{
	*e = (struct backup_event){ .at = whole(json_get(v, "le")), .good_at = whole(json_get(v, "bon_le")), .took_ms = whole(json_get(v, "duree_ms")),
		                    .message = json_text(json_get(v, "message")), .label = json_text(json_get(v, "etiquette")) };
}

enum err
backup_state_read(struct arena *a, const char *path, struct backup_state *ret)
{
	struct backup_state s = { 0 };
	const struct json *v;

	*ret = s;
	if (!path[0])
		return ERR_NONE;
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
	if (fd < 0)
		return errno == ENOENT ? ERR_NONE : err_note(ERR_IO, "%s : %s", path, strerror(errno));
	char *text = arena_alloc(a, STATE_MOST);
	ssize_t n = read(fd, text, STATE_MOST);
	close(fd);
	if (n < 0)
		return err_note(ERR_IO, "%s : %s", path, strerror(errno));
	enum err e = json_parse(a, (struct str){ text, (size_t)n }, &v);
	if (e)
		return e;
	event_read(json_get(v, "sauvegarde"), &s.backup);
	event_read(json_get(v, "essai"), &s.drill);
	s.full_at = whole(json_get(v, "complete_le")), s.oldest_at = whole(json_get(v, "plus_ancienne_le"));
	s.bytes = whole(json_get(v, "octets")), s.stored_bytes = whole(json_get(v, "octets_gardes"));
	s.known = true;
	*ret = s;
	return ERR_NONE;
}

static void
event_write(struct json_out *j, const char *key, const struct backup_event *e)
{
	json_key(j, key), json_begin_object(j);
	json_key(j, "le"), json_int(j, e->at);
	json_key(j, "bon_le"), json_int(j, e->good_at);
	json_key(j, "duree_ms"), json_int(j, e->took_ms);
	json_key(j, "message"), json_str(j, e->message);
	json_key(j, "etiquette"), json_str(j, e->label);
	json_end(j);
}

static void
gauge(struct buf *b, const char *name, double v, const char *help)
{
	buf_fmt(b, "# HELP %s %s\n# TYPE %s gauge\n%s %.12g\n", name, help, name, name, v);
}

void
backup_state_measure(struct buf *b, const struct backup_state *s)
{
	gauge(b, "catalyse_backup_timestamp_seconds", (double)s->backup.good_at, "When the last good backup ended, 0 for never");
	gauge(b, "catalyse_backup_failed", s->backup.at > 0 && s->backup.message.n > 0, "Whether the last backup failed");
	gauge(b, "catalyse_backup_duration_seconds", (double)s->backup.took_ms / 1000, "How long the last good backup took");
	gauge(b, "catalyse_backup_bytes", (double)s->bytes, "Size of the base in the last backup");
	gauge(b, "catalyse_backup_stored_bytes", (double)s->stored_bytes, "What the last backup takes in the repository");
	gauge(b, "catalyse_drill_timestamp_seconds", (double)s->drill.good_at, "When a backup was last brought back and found good, 0 for never");
	gauge(b, "catalyse_drill_failed", s->drill.at > 0 && s->drill.message.n > 0, "Whether the last drill failed");
	gauge(b, "catalyse_drill_duration_seconds", (double)s->drill.took_ms / 1000, "How long the last good drill took");
}

enum err
backup_state_write(struct arena *a, const char *path, const struct backup_state *s)
{
	struct buf b;

	if (!path[0])
		return ERR_NONE;
	buf_init(&b, a, 1024);
	struct json_out j = json_out(&b);
	json_begin_object(&j);
	event_write(&j, "sauvegarde", &s->backup);
	event_write(&j, "essai", &s->drill);
	json_key(&j, "complete_le"), json_int(&j, s->full_at);
	json_key(&j, "plus_ancienne_le"), json_int(&j, s->oldest_at);
	json_key(&j, "octets"), json_int(&j, s->bytes);
	json_key(&j, "octets_gardes"), json_int(&j, s->stored_bytes);
	json_end(&j);
	buf_char(&b, '\n');
	enum err e = file_put(a, path, buf_str(&b));
	if (e)
		return e;
	size_t n = strlen(path), bare = n > 5 && strcmp(path + n - 5, ".json") == 0 ? n - 5 : n;
	buf_init(&b, a, 2048);
	backup_state_measure(&b, s);
	return file_put(a, arena_fmt(a, "%.*s.prom", (int)bare, path).p, buf_str(&b));
}
