/*
 * freshness: sheets that nobody verified for long, and what those who hold them answer. Layer 3, as follow.h.
 */
#ifndef MODEL_FRESHNESS_H
#define MODEL_FRESHNESS_H
#include "base/arena.h"
#include "db/db.h"

struct stale_sheet {
	int64_t id;
	struct str due; /* "demande", "rappel", "escalade": nobody answered, or nobody holds it */
	struct str title, slug, since;
	struct str dead_links; /* one a line; may be empty */
};
struct stale_sheets {
	const struct stale_sheet *p;
	size_t n;
};
enum err freshness_due(struct db *db, struct arena *a, int months, int most, struct stale_sheets *ret) MUST_CHECK;
/* Held until the end of the transaction. *ret false: another run has asked meanwhile. */
enum err freshness_take(struct db *db, struct arena *a, const struct stale_sheet *s, bool *ret) MUST_CHECK;
enum err freshness_note(struct db *db, struct arena *a, int64_t sheet, struct str due) MUST_CHECK; /* "escalade": shown as to be verified */
/* act: "verifier", "archiver", "corriger". *ret: empty when done; else introuvable, etat, motif. */
enum err freshness_answer(struct db *db, struct arena *a, int64_t actor, int64_t sheet, struct str act, struct str why, struct str *ret) MUST_CHECK;
/* Addresses of visitors that have served are wiped. */
enum err follow_forget(struct db *db, struct arena *a, int64_t *ret_n) MUST_CHECK;
/* Links, sessions, tries and kept answers that have had their time go. */
enum err expired_forget(struct db *db, struct arena *a, int64_t *ret_n) MUST_CHECK;

#endif
