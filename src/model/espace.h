/*
 * espace: front offices as those in charge change them, and what is placed in them. Layer 3, on read-write connections; as term.h.
 */
#ifndef MODEL_ESPACE_H
#define MODEL_ESPACE_H
#include "media/media.h"
#include "model/term.h"

struct espace {
	int64_t id, position, sheets, adapted, to_see; /* adapted: fields of sheets; to_see: those whose common text has changed since */
	struct str code, name, brand, host, tagline, foot;
	struct str hosts;               /* besides host, a line each */
	struct str colour, band, ground; /* "#rrggbb"; empty: the site's own */
	struct str mark;                /* a built-in one */
	struct str rule;
	bool is_default, has_image;
	struct str editors; /* names, "a, b" */
	bool may;           /* the one who asks changes it */
	struct changed changed;
};
struct espaces {
	const struct espace *p;
	size_t n;
};
struct espace_sheet {
	int64_t id;
	struct str type, slug, title, state;
};
struct espace_sheets {
	const struct espace_sheet *p;
	size_t n;
	int64_t total;
};

enum err espace_all(struct db *db, struct arena *a, int64_t actor, struct espaces *ret) MUST_CHECK;
enum err espace_find(struct db *db, struct arena *a, int64_t actor, struct str code, struct espace *ret) MUST_CHECK; /* ERR_NOT_FOUND */
enum err espace_sheets(struct db *db, struct arena *a, int64_t id, int64_t offset, int64_t most, struct espace_sheets *ret) MUST_CHECK;
enum err espace_save(struct db *db, struct arena *a, int64_t actor, const struct espace *e, struct str *ret_why) MUST_CHECK; /* id 0: a new one */
enum err espace_rule_save(struct db *db, struct arena *a, int64_t actor, int64_t id, struct str rule, struct str *ret_why) MUST_CHECK;
enum err espace_make_default(struct db *db, struct arena *a, int64_t actor, int64_t id, struct str *ret_why) MUST_CHECK;

struct espace_line { /* of the menu, the doors or the foot */
	int64_t id;
	struct str zone, group, label, url, note;
};
struct espace_lines {
	const struct espace_line *p;
	size_t n;
};
enum err espace_lines_list(struct db *db, struct arena *a, int64_t id, struct str zone, struct espace_lines *ret) MUST_CHECK;
/* act: ajouter (id 0), changer, monter, descendre, retirer. */
enum err espace_line_act(struct db *db, struct arena *a, int64_t actor, int64_t espace, struct str act, const struct espace_line *l, struct str *ret_why)
        MUST_CHECK;
struct espace_block;
enum err espace_block_act(struct db *db, struct arena *a, int64_t actor, int64_t espace, struct str act, const struct espace_block *b, struct str *ret_why)
        MUST_CHECK;
/* m NULL: the built-in mark again. */
enum err espace_image_set(struct db *db, struct arena *a, int64_t actor, int64_t espace, const struct media_part *m, struct str type, struct str *ret_why)
        MUST_CHECK;
/* act: placer, retirer, monter, descendre. */
enum err espace_place(struct db *db, struct arena *a, int64_t actor, int64_t id, int64_t sheet, struct str act, struct str *ret_why) MUST_CHECK;

#endif
