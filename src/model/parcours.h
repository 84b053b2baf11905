/*
 * parcours: a way through sheets, events, texts and questions, at three lengths. Layer 3. What is public, on any connection.
 * Everything lives in the arena. Fails as the database does.
 */
#ifndef MODEL_PARCOURS_H
#define MODEL_PARCOURS_H
#include "db/db.h"
#include "model/list_query.h"

enum { PARCOURS_LENGTHS = 3 };
extern const int PARCOURS_HOURS[PARCOURS_LENGTHS]; /* 2, 4, 12 */

struct parcours_card {
	struct str slug, title, situation, summary, origin, term, author, modified_at;
	bool signed_by; /* somebody composed it; author is empty once their account is gone */
	int64_t steps[PARCOURS_LENGTHS], minutes[PARCOURS_LENGTHS]; /* that can be read, by length */
};
struct parcours_cards {
	const struct parcours_card *p;
	size_t n;
	int64_t total;
};
enum err parcours_list(struct db *db, struct arena *a, int64_t offset, int64_t size, struct parcours_cards *ret) MUST_CHECK;

struct parcours_step {
	struct str code, kind, title, body;
	int64_t minutes, since;
	bool gone; /* its sheet can no longer be read: nothing else of it is known */
	int64_t sheet_id;
	struct str sheet_type, sheet_slug, sheet_title, sheet_summary;
	struct str event_ref, event_address, event_title, event_day, event_summary, event_replay;
};

struct parcours {
	struct str slug, title, situation, summary, audience, aims, origin, source_label, source_url, state, withdrawn_on, withdrawn_reason, term, author,
		published_on, modified_at;
	bool signed_by;
	const struct parcours_step *steps;
	size_t n;
};
/* ERR_NOT_FOUND; one that was withdrawn is found, with its state. */
enum err parcours_find(struct db *db, struct arena *a, struct str slug, struct parcours *ret) MUST_CHECK;

#endif
