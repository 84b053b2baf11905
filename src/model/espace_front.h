/*
 * espace_front: front offices as visitors see them: hosts, colours, mark, menu, doors, foot, home, chosen sheets. Layer 3, read-only.
 * All lives in the arena given. Those in charge change them through espace.h.
 */
#ifndef MODEL_ESPACE_FRONT_H
#define MODEL_ESPACE_FRONT_H
#include "model/sheet.h"

struct espace_link {
	struct str zone;  /* "menu", "portes", "pied" */
	struct str group; /* heading of its column; empty in the menu */
	struct str label, url, note;
};

struct espace_front {
	int64_t id;
	struct str code, name, brand, tagline, foot;
	struct str theme;  /* JSON, see espace_theme() */
	struct str digest; /* of the theme; empty: the site's own colours */
	struct str mark;   /* a built-in one, "lien", or "0123456789ab.png": an image */
	int width, height; /* of the image; 0 for a built-in mark */
	bool is_default;
	const struct str *hosts; /* the principal one first */
	size_t nhosts;
	const struct espace_link *links; /* by zone, in order */
	size_t nlinks;
};

struct espace_fronts {
	const struct espace_front *p;
	size_t n;
};

struct espace_block {
	int64_t id, size; /* size 0: that of its kind */
	struct str kind, title, body;
};

struct espace_blocks {
	const struct espace_block *p;
	size_t n;
};

/* The colours of a theme, "#rrggbb"; empty: the site's own. */
struct espace_colours {
	struct str accent, band, foot;
};

struct espace_image {
	struct str type, bytes;
};

enum err espace_fronts_list(struct db *db, struct arena *a, struct espace_fronts *ret) MUST_CHECK;
enum err espace_blocks_list(struct db *db, struct arena *a, int64_t espace, struct espace_blocks *ret) MUST_CHECK;
/* Placed sheets first, then those the rule takes. *ret_total: all it has. */
enum err espace_selection(struct db *db, struct arena *a, int64_t espace, int64_t most, struct sheet_card **ret, size_t *ret_n, int64_t *ret_total)
        MUST_CHECK;
enum err espace_logo_find(struct db *db, struct arena *a, struct str code, struct str sum, struct espace_image *ret) MUST_CHECK; /* ERR_NOT_FOUND */
struct espace_colours espace_theme(struct arena *a, struct str theme);
/* The one of a host name, without port and in lower case; else the default one; NULL when there is none. */
const struct espace_front *espace_front_of(const struct espace_fronts *all, struct str host);

#endif
