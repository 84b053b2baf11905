#include "conf/conf.h"
#include "base/log.h"
#include "text/utf8.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

enum type { TYPE_TEXT, TYPE_PATH, TYPE_INT, TYPE_LEVEL };
enum { FILE_MAX_BYTES = 1 << 20, ARENA_BYTES = 4 << 20 };

static const struct setting {
	const char *name;
	enum type type;
	const char *text; /* default of a text */
	int number, min, max;
	bool reloadable;
	const char *unit, *help;
	size_t offset;
} settings[CONF_COUNT] = {
#define CONF_TEXT_TEXT(v) v
#define CONF_TEXT_PATH(v) v
#define CONF_TEXT_INT(v) NULL
#define CONF_TEXT_LEVEL(v) NULL
#define CONF_NUMBER_TEXT(v) 0
#define CONF_NUMBER_PATH(v) 0
#define CONF_NUMBER_INT(v) v
#define CONF_NUMBER_LEVEL(v) v
#define CONF(KEY, field, type, value, min, max, reloadable, unit, help)                                                \
	{ #KEY, TYPE_##type, CONF_TEXT_##type(value), CONF_NUMBER_##type(value), min, max, reloadable, unit, help, offsetof(struct conf, field) },
#include "conf/conf.def"
#undef CONF
};

static const char *const levels[] = { "debug", "info", "warn", "error" };

static bool
is_text(const struct setting *s)
{
	return s->type == TYPE_TEXT || s->type == TYPE_PATH;
}

static const char **
text_of(const struct conf *c, const struct setting *s)
{
	return (const char **)((char *)(uintptr_t)c + s->offset);
}

static int *
number_of(const struct conf *c, const struct setting *s)
{
	return (int *)((char *)(uintptr_t)c + s->offset);
}

/* where: "file:12" or "CATALYSE_THREADS" */
static enum err
value_set(struct conf *c, const struct setting *s, struct str v, const char *where)
{
	for (size_t i = 0; i < v.n; i++)
		if ((unsigned char)v.p[i] < 0x20 || v.p[i] == 0x7f)
			return err_note(ERR_BAD_INPUT, "%s: %s contient un caractère de contrôle", where, s->name);
	if (!utf8_valid(v))
		return err_note(ERR_BAD_INPUT, "%s: %s n'est pas en UTF-8", where, s->name);
	if (is_text(s)) {
		if (v.n < (size_t)s->min)
			return err_note(ERR_BAD_INPUT, "%s: %s ne peut pas être vide", where, s->name);
		if (v.n > (size_t)s->max)
			return err_note(ERR_BAD_INPUT, "%s: %s dépasse %d octets", where, s->name, s->max);
		if (s->type == TYPE_PATH && v.n && v.p[0] != '/')
			return err_note(ERR_BAD_INPUT, "%s: %s doit être un chemin absolu", where, s->name);
		*text_of(c, s) = arena_cstr(c->arena_, v);
		return ERR_NONE;
	}
	if (s->type == TYPE_LEVEL) {
		for (int i = 0; i < 4; i++)
			if (str_eq(v, str_of(levels[i]))) {
				*number_of(c, s) = i;
				return ERR_NONE;
			}
		return err_note(ERR_BAD_INPUT, "%s: %s vaut debug, info, warn ou error", where, s->name);
	}
	const char *text = arena_cstr(c->arena_, v);
	char *end;
	errno = 0;
	long n = strtol(text, &end, 10);
	if (end == text || *end || errno || !((text[0] >= '0' && text[0] <= '9') || text[0] == '-'))
		return err_note(ERR_BAD_INPUT, "%s: %s doit être un nombre entier", where, s->name);
	if (n < s->min || n > s->max)
		return err_note(ERR_BAD_INPUT, "%s: %s va de %d à %d%s%s", where, s->name, s->min, s->max, *s->unit ? " " : "", s->unit);
	*number_of(c, s) = (int)n;
	return ERR_NONE;
}

static struct str
trim(struct str s)
{
	while (s.n && (s.p[0] == ' ' || s.p[0] == '\t'))
		s.p++, s.n--;
	while (s.n && (s.p[s.n - 1] == ' ' || s.p[s.n - 1] == '\t' || s.p[s.n - 1] == '\r'))
		s.n--;
	return s;
}

static enum err
line_read(struct conf *c, struct str line, const char *where)
{
	line = trim(line);
	if (line.n == 0 || line.p[0] == '#')
		return ERR_NONE;
	const char *equal = memchr(line.p, '=', line.n);
	if (!equal)
		return err_note(ERR_BAD_INPUT, "%s: on attend CLE=valeur", where);
	struct str key = trim((struct str){ line.p, (size_t)(equal - line.p) });
	struct str v = trim((struct str){ equal + 1, line.n - (size_t)(equal - line.p) - 1 });
	if (v.n >= 2 && (v.p[0] == '"' || v.p[0] == '\'') && v.p[v.n - 1] == v.p[0])
		v.p++, v.n -= 2;
	for (int k = 0; k < CONF_COUNT; k++)
		if (str_eq(key, str_of(settings[k].name))) {
			if (c->origin_[k] == CONF_FILE)
				return err_note(ERR_BAD_INPUT, "%s: %s est donné deux fois", where, settings[k].name);
			c->origin_[k] = CONF_FILE;
			return value_set(c, &settings[k], v, where);
		}
	return err_note(ERR_BAD_INPUT, "%s: réglage inconnu « %.*s »", where, (int)(key.n > 80 ? 80 : key.n), key.p);
}

static enum err
file_read(struct conf *c, const char *path, bool optional)
{
	FILE *f = fopen(path, "re");
	char *line = NULL;
	size_t cap = 0, total = 0;
	ssize_t n;
	enum err e = ERR_NONE;

	if (!f && optional && errno == ENOENT)
		return ERR_NONE;
	if (!f && errno == EACCES)
		return err_note(ERR_IO, "%s: ce compte ne peut pas le lire ; root et le compte du site le peuvent", path);
	if (!f)
		return err_note(ERR_IO, "%s: %s", path, strerror(errno));
	for (int number = 1; !e && (n = getline(&line, &cap, f)) >= 0; number++) {
		total += (size_t)n;
		if (total > FILE_MAX_BYTES) {
			e = err_note(ERR_BAD_INPUT, "%s: plus d'un mégaoctet", path);
			break;
		}
		size_t len = (size_t)n;
		if (len && line[len - 1] == '\n')
			len--;
		e = line_read(c, (struct str){ line, len }, arena_fmt(c->arena_, "%s:%d", path, number).p);
	}
	if (!e && ferror(f))
		e = err_note(ERR_IO, "%s: %s", path, strerror(errno));
	free(line);
	fclose(f);
	return e;
}

static enum err
environment_read(struct conf *c)
{
	for (int k = 0; k < CONF_COUNT; k++) {
		const char *name = arena_fmt(c->arena_, "CATALYSE_%s", settings[k].name).p;
		const char *v = getenv(name);
		if (!v)
			continue;
		c->origin_[k] = CONF_ENVIRONMENT;
		enum err e = value_set(c, &settings[k], str_of(v), name);
		if (e)
			return e;
	}
	return ERR_NONE;
}

enum err
conf_load(struct conf **ret, const char *path)
{
	struct conf *c = calloc(1, sizeof(*c));

	*ret = NULL;
	if (!c)
		die("no memory for the settings");
	c->arena_ = arena_new(1 << 14, ARENA_BYTES);
	for (int k = 0; k < CONF_COUNT; k++) {
		if (is_text(&settings[k]))
			*text_of(c, &settings[k]) = settings[k].text;
		else
			*number_of(c, &settings[k]) = settings[k].number;
	}
	enum err e = file_read(c, path ? path : CONF_PATH_DEFAULT, path == NULL);
	if (!e)
		e = environment_read(c);
	if (e)
		conf_free(c);
	else
		*ret = c;
	return e;
}

void
conf_free(struct conf *c)
{
	if (!c)
		return;
	arena_free(c->arena_);
	free(c);
}

void
conf_reload(struct conf *c, const struct conf *from)
{
	for (int k = 0; k < CONF_COUNT; k++) {
		const struct setting *s = &settings[k];
		if (!s->reloadable)
			continue;
		c->origin_[k] = from->origin_[k];
		if (!is_text(s))
			*number_of(c, s) = *number_of(from, s);
		else if (strcmp(*text_of(c, s), *text_of(from, s)) != 0)
			*text_of(c, s) = arena_cstr(c->arena_, str_of(*text_of(from, s)));
	}
}

const char *
conf_text(const struct conf *c, enum conf_key k)
{
	if (!is_text(&settings[k]))
		die("setting %s is not a text", settings[k].name);
	return *text_of(c, &settings[k]);
}

int
conf_int(const struct conf *c, enum conf_key k)
{
	if (is_text(&settings[k]))
		die("setting %s is not a number", settings[k].name);
	return *number_of(c, &settings[k]);
}

const char *
conf_key_name(enum conf_key k)
{
	return settings[k].name;
}

bool
conf_reloadable(enum conf_key k)
{
	return settings[k].reloadable;
}

enum conf_origin
conf_origin(const struct conf *c, enum conf_key k)
{
	return (enum conf_origin)c->origin_[k];
}

/* "password=x" of libpq's words and "//user:x@" of an URI become ***. */
static void
text_put_hidden(struct buf *b, const char *text)
{
	const char *p = strstr(text, "password=");
	const char *scheme = strstr(text, "://"), *at = scheme ? strchr(scheme + 3, '@') : NULL;
	const char *colon = at ? memchr(scheme + 3, ':', (size_t)(at - scheme - 3)) : NULL;

	if (p) {
		const char *v = p + strlen("password="), *end = v + strcspn(v, *v == '\'' ? "" : " &");
		if (*v == '\'')
			end = strchr(v + 1, '\'') ? strchr(v + 1, '\'') + 1 : v + strlen(v);
		buf_mem(b, text, (size_t)(v - text));
		buf_lit(b, "***");
		buf_put(b, str_of(end));
	} else if (colon) {
		buf_mem(b, text, (size_t)(colon - text));
		buf_lit(b, ":***");
		buf_put(b, str_of(at));
	} else {
		buf_put(b, str_of(text));
	}
}

void
conf_put_value(struct buf *b, const struct conf *c, enum conf_key k)
{
	const struct setting *s = &settings[k];

	if (is_text(s))
		text_put_hidden(b, *text_of(c, s));
	else if (s->type == TYPE_LEVEL)
		buf_put(b, str_of(levels[*number_of(c, s)]));
	else
		buf_int(b, *number_of(c, s));
}

void
conf_print(struct buf *b, const struct conf *c)
{
	static const char *const origins[] = { "défaut", "fichier", "environnement" };

	for (int k = 0; k < CONF_COUNT; k++) {
		buf_fmt(b, "%s=", settings[k].name);
		conf_put_value(b, c, (enum conf_key)k);
		buf_fmt(b, "  # %s\n", origins[c->origin_[k]]);
	}
}

void
conf_print_sample(struct buf *b)
{
	buf_lit(b, "# Réglages de Catalyse. Une ligne CLE=valeur chacun ; la variable d'environnement CATALYSE_CLE l'emporte.\n"
		   "# Les lignes ci-dessous sont les valeurs par défaut.\n");
	for (int k = 0; k < CONF_COUNT; k++) {
		const struct setting *s = &settings[k];
		buf_fmt(b, "\n# %s\n", s->help);
		if (s->type == TYPE_INT)
			buf_fmt(b, "# De %d à %d%s%s.\n", s->min, s->max, *s->unit ? " " : "", s->unit);
		if (s->reloadable)
			buf_lit(b, "# Relu sans redémarrer.\n");
		if (is_text(s))
			buf_fmt(b, "#%s=%s\n", s->name, s->text);
		else if (s->type == TYPE_LEVEL)
			buf_fmt(b, "#%s=%s\n", s->name, levels[s->number]);
		else
			buf_fmt(b, "#%s=%d\n", s->name, s->number);
	}
}
