/*
 * adoption: somebody tried a sheet somewhere, and says how it went. Layer 3, as follow.h. Readers see those that are shown among the
 * parts of the sheet (model/sheet.h).
 */
#ifndef MODEL_ADOPTION_H
#define MODEL_ADOPTION_H
#include "base/arena.h"
#include "db/db.h"

struct adoption {
	int64_t territory_id, year, author_id; /* year 0: not said; author_id 0: a visitor */
	struct str who;     /* a structure, or a visitor's name; empty: the account's own */
	struct str place;   /* its name, when found */
	struct str outcome; /* "reussi", "partiel", "abandonne", "en_cours" */
	struct str note, email;
	struct str state;   /* "attente", "publique", "ecartee" */
};
enum err adoption_put(struct db *db, struct arena *a, int64_t sheet, const struct adoption *x, int64_t *ret_id) MUST_CHECK;
enum err adoption_find(struct db *db, struct arena *a, int64_t sheet, int64_t id, struct adoption *ret) MUST_CHECK; /* ERR_NOT_FOUND */
/* act: "montrer", "ecarter". *ret: "publique", "ecartee"; else introuvable, interdit, etat. */
enum err adoption_decide(struct db *db, struct arena *a, int64_t actor, int64_t id, struct str act, struct str *ret) MUST_CHECK;

#endif
