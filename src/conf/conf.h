/*
 * conf: the settings. Layer 1. One table, conf.def: the environment's CATALYSE_KEY wins over the file's KEY=value, which wins
 * over the default. Read once at start; the struct owns its texts until conf_free. A fault is ERR_BAD_INPUT (ERR_IO when the
 * file cannot be read) and a French sentence "file:line: …" in err_detail().
 */
#ifndef CONF_CONF_H
#define CONF_CONF_H
#include "base/buf.h"
#include "base/err.h"

#define CONF_PATH_DEFAULT CATALYSE_SYSCONFDIR "/catalyse/catalyse.conf" /* --sysconfdir of the build */

enum conf_key {
#define CONF(KEY, field, type, value, min, max, reloadable, unit, help) CONF_##KEY,
#include "conf/conf.def"
#undef CONF
	CONF_COUNT
};

struct conf {
	/* A TEXT or a PATH is a NUL-terminated string, "" when unset; an INT or a LEVEL (enum log_level) a number. */
#define CONF_C_TEXT const char *
#define CONF_C_PATH const char *
#define CONF_C_INT int
#define CONF_C_LEVEL int
#define CONF(KEY, field, type, value, min, max, reloadable, unit, help) CONF_C_##type field;
#include "conf/conf.def"
#undef CONF
	struct arena *arena_;
	unsigned char origin_[CONF_COUNT]; /* enum conf_origin */
};

enum conf_origin { CONF_DEFAULT, CONF_FILE, CONF_ENVIRONMENT };

/* path NULL: CONF_PATH_DEFAULT if it exists, else no file. */
enum err conf_load(struct conf **ret, const char *path) MUST_CHECK;
void conf_free(struct conf *c); /* NULL is fine */
/* Takes the reloadable settings of another load; texts are copied. */
void conf_reload(struct conf *c, const struct conf *from);

const char *conf_text(const struct conf *c, enum conf_key k); /* die()s on a number */
int conf_int(const struct conf *c, enum conf_key k);          /* die()s on a text */
const char *conf_key_name(enum conf_key k);                   /* "THREADS" */
bool conf_reloadable(enum conf_key k);
enum conf_origin conf_origin(const struct conf *c, enum conf_key k);

/* A value as it would be written in a file; passwords of a connection are hidden. */
void conf_put_value(struct buf *b, const struct conf *c, enum conf_key k);
/* The settings in force, one line each, with where they come from; or a commented file to start from. */
void conf_print(struct buf *b, const struct conf *c);
void conf_print_sample(struct buf *b);

#endif
