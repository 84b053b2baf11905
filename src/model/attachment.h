/*
 * attachment: files joined to a sheet. Layer 3. Texts live in the arena given; the bytes of a file are as long-lived, outside of
 * its count. Everything but the two public functions runs as catalyse_rw and answers by the actor's rights on the sheet.
 */
#ifndef MODEL_ATTACHMENT_H
#define MODEL_ATTACHMENT_H
#include "base/arena.h"
#include "base/err.h"
#include "db/db.h"
#include "media/media.h"

struct attachment {
	int64_t id, size;            /* bytes */
	struct str name, label, alt; /* name: "plan.png"; alt: what an image shows */
	struct str type;
	int width, height;           /* points of an image; 0 for a document */
	struct str hash, small_hash; /* eight digits, for addresses; small_hash: empty when the whole is small enough, or no image */
	bool public, leaving;        /* readers have it already; they lose it with the next version */
};

struct attachments {
	const struct attachment *p;
	size_t n;
};

struct attachment_file {
	struct str name, label, type, sum, bytes;
};

/* Those of a visible sheet; none of another. */
enum err attachment_public_list(struct db *db, struct arena *a, int64_t sheet, struct attachments *ret) MUST_CHECK;
/* hash: as in its address, of the whole or of the small version. ERR_NOT_FOUND when readers do not have it. */
enum err attachment_public_find(struct db *db, struct arena *a, int64_t sheet, int64_t id, struct str hash, struct attachment_file *ret)
        MUST_CHECK;

enum err attachment_list(struct db *db, struct arena *a, int64_t actor, int64_t sheet, struct attachments *ret) MUST_CHECK;
enum err attachment_find(struct db *db, struct arena *a, int64_t actor, int64_t sheet, int64_t id, struct str hash,
                         struct attachment_file *ret) MUST_CHECK; /* ERR_NOT_FOUND */

/*
 * Changes. ERR_NOT_FOUND: not for this actor to know of; ERR_FORBIDDEN; ERR_CONFLICT: not in this state of the sheet;
 * ERR_BAD_INPUT: too many, or a reason is wanted. *ret_reason is then a sentence for the visitor.
 */
enum err attachment_add(struct db *db, struct arena *a, int64_t actor, int64_t sheet, const struct media *m, struct str label,
                        struct str alt, int64_t *ret_id, struct str *ret_reason) MUST_CHECK; /* label: empty, the file's own */
enum err attachment_remove(struct db *db, struct arena *a, int64_t actor, int64_t id, struct str *ret_reason) MUST_CHECK;
enum err attachment_withdraw(struct db *db, struct arena *a, int64_t actor, int64_t id, struct str why, struct str *ret_reason)
        MUST_CHECK;
enum err attachment_describe(struct db *db, struct arena *a, int64_t actor, int64_t id, struct str label, struct str alt,
                             struct str *ret_reason) MUST_CHECK;

/* "/fiches/12/pieces/3-0badcafe-plan.png" */
struct url attachment_url(struct arena *a, int64_t sheet, int64_t id, struct str hash, struct str name);

#endif
