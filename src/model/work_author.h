/*
 * work_author: who writes a sheet, who is asked to, and texts offered without an account. Layer 3. All inside the caller's transaction on
 * the read-write connection; the caller checked what the actor may do (work_find). Each change is a line of the journal, by numbers.
 */
#ifndef MODEL_WORK_AUTHOR_H
#define MODEL_WORK_AUTHOR_H
#include "base/arena.h"
#include "base/err.h"
#include "db/db.h"

enum { INVITATION_LASTS_S = 30 * 24 * 3600 };

struct work_author {
	int64_t id;
	struct str name; /* empty: a deleted account */
	bool first;      /* "auteur", who signs first and manages; else "coauteur" */
	struct str since;
};
struct work_invitation {
	struct str hash, email, made;
};
struct work_authors {
	const struct work_author *p;
	size_t n;
	const struct work_invitation *asked;
	size_t nasked;
};
enum err work_authors(struct db *db, struct arena *a, int64_t sheet, struct work_authors *ret) MUST_CHECK;
/* token_sum: of the link that goes by mail. */
enum err work_invite(struct db *db, struct arena *a, int64_t actor, int64_t sheet, struct str token_sum, struct str email) MUST_CHECK;
/* *ret_done false: there was nothing to do, or that would leave nobody. */
enum err work_uninvite(struct db *db, struct arena *a, int64_t sheet, struct str hash, bool *ret_done) MUST_CHECK;
enum err work_join(struct db *db, struct arena *a, int64_t actor, int64_t sheet, bool *ret_done) MUST_CHECK;
enum err work_leave(struct db *db, struct arena *a, int64_t actor, int64_t sheet, int64_t who, bool *ret_done) MUST_CHECK;
enum err work_hand(struct db *db, struct arena *a, int64_t actor, int64_t sheet, int64_t to, bool *ret_done) MUST_CHECK;
/* ERR_NOT_FOUND */
enum err work_title(struct db *db, struct arena *a, int64_t sheet, struct str *ret_title, struct str *ret_type) MUST_CHECK;

/* A text sent by somebody without an account, whose address is confirmed. */
enum err work_offer(struct db *db, struct arena *a, struct str name, struct str email, struct str content, int64_t *ret_sheet, int64_t *ret_author) MUST_CHECK;

#endif
