/*
 * sheet_version: the published versions of a sheet, what differs between two of them, and what is left of a sheet taken back.
 * Layer 3: SQL in, structs out, never HTML. All lives in the arena given.
 */
#ifndef MODEL_SHEET_VERSION_H
#define MODEL_SHEET_VERSION_H
#include "model/sheet.h"

struct sheet_status { /* what may be said of a sheet in any state */
	int64_t id, version;
	struct str type, slug, title, state, origin, modified_at, verified_on;
	struct str withdrawn_on, withdrawn_reason; /* of a sheet "retiree" */
	int64_t target_id;                         /* of a sheet "fusionnee": where its merges end; else 0 */
	struct str target_slug, target_title;
};

struct sheet_version {
	int64_t number;
	struct str title, hash, previous_hash, published_at, note;
	struct str author, decider; /* as readers see them: "contributeur supprimé"; empty when nobody was recorded */
	struct str summary, sections_json, licence; /* with evidence: only from sheet_version_find */
	int evidence;
	bool has_parts; /* what follows was recorded, a line each */
	struct str places, terms, source;
};

struct sheet_history { /* the last version first */
	const struct sheet_version *p;
	size_t n;
};

/* A part of a sheet as a text, before and after; empty: not there. A step or a value is one part. */
struct sheet_field {
	struct str key;   /* "titre", "pieges", "etapes-2": unique, fit for an anchor */
	struct str label; /* "Ce qui peut coincer", "Étape 2" */
	struct str before, after;
};

struct sheet_fields {
	const struct sheet_field *p;
	size_t n;
};

/* ERR_NOT_FOUND for what was never published. */
enum err sheet_status_find(struct db *db, struct arena *a, int64_t id, struct sheet_status *ret) MUST_CHECK;
/* Its versions can be read: it is public, archived, or merged into another. */
bool sheet_status_readable(const struct sheet_status *s);
enum err sheet_history_list(struct db *db, struct arena *a, int64_t id, struct sheet_history *ret) MUST_CHECK;
enum err sheet_version_find(struct db *db, struct arena *a, int64_t id, int64_t number, struct sheet_version *ret) MUST_CHECK; /* ERR_NOT_FOUND */
/* *ret: the first version whose seal does not hold, 0 when all do. */
enum err sheet_seal_check(struct db *db, struct arena *a, int64_t id, int64_t *ret) MUST_CHECK;
/* The sheet with the words of that version; what hangs on it (places, terms) stays. */
struct sheet sheet_at_version(struct arena *a, const struct sheet *s, const struct sheet_version *v);
/* Every part of either version, in the order of the page; steps and values are matched by their titles. */
struct sheet_fields sheet_version_fields(struct arena *a, struct str type, const struct sheet_version *before, const struct sheet_version *after);

#endif
