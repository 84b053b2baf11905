/*
 * space: what a person finds in their own space: what awaits them, their sheets and those of their structures by state, their
 * structures. Layer 3. Read on the read-write connection; all lives in the arena given. Errors are those of db.
 */
#ifndef MODEL_SPACE_H
#define MODEL_SPACE_H
#include "db/db.h"

enum { SPACE_SHEETS = 6, SPACE_PAGE = 50, SPACE_REVIEWS = 100 };

struct space_await {
	struct str kind; /* "changements", "relecture", "invitation", "coecriture", "demandes", "revendications", "suggestions", "a_verifier", "a_relire" */
	int64_t id;      /* of the sheet, or of the structure */
	struct str type, title;
	int64_t n;       /* how many; SPACE_REVIEWS means that or more */
	struct str day;  /* before when; may be empty */
	struct str code; /* of an invitation to write: what names its link */
};

struct space_sheet {
	bool shared;      /* a structure's, not signed by this person */
	struct str state; /* of the text being written, or of the public sheet when there is none */
	int64_t total;    /* sheets in that state */
	int64_t id;
	struct str type, title, slug; /* slug: empty when it was never published */
	bool online;
	struct str structure, day, due;
};

struct space_structure {
	int64_t id, sheets;
	struct str name, role, state;
};

struct space_awaits {
	const struct space_await *p;
	size_t n;
};
struct space_sheets {
	const struct space_sheet *p;
	size_t n;
};
struct space_structures {
	const struct space_structure *p;
	size_t n;
};

enum err space_awaits_list(struct db *db, struct arena *a, int64_t actor, bool reviews, struct space_awaits *ret) MUST_CHECK;
/* state: empty for all, most of each; they come by state. */
enum err space_sheets_list(struct db *db, struct arena *a, int64_t actor, struct str state, int64_t skip, int64_t most, struct space_sheets *ret) MUST_CHECK;
enum err space_structures_list(struct db *db, struct arena *a, int64_t actor, struct space_structures *ret) MUST_CHECK;
/* A fresh link for an invitation to write, known by its code: fresh_sum names it from now on. ERR_NOT_FOUND: not to them. */
enum err space_invitation(struct db *db, struct arena *a, int64_t actor, struct str code, struct str fresh_sum) MUST_CHECK;

#endif
