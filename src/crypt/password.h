/*
 * password: what is accepted as a password, how it is stored and compared. Layer 2, for any thread.
 * Argon2id by libsodium, 19 MiB and 12 to 28 ms a time: at most PASSWORD_PARALLEL at once in the process, PASSWORD_WAITING threads
 * (fewer where there are few: password_threads) waiting behind, one second at most. Whoever comes then is refused at once with ERR_DB_BUSY (503, Retry-After), whether the
 * account exists or not: a crowd at the door takes neither the memory nor all the threads of those who read.
 */
#ifndef CRYPT_PASSWORD_H
#define CRYPT_PASSWORD_H
#include "base/arena.h"
#include "base/err.h"

enum {
	PASSWORD_MIN = 12, /* characters */
	PASSWORD_MAX = 128,
	PASSWORD_FREE = 8, /* characters that must be left when what is easily guessed is counted for one or for nothing */
	PASSWORD_ENCODED = 127,
	PASSWORD_PARALLEL = 2,
	PASSWORD_WAITING = 4,
	PASSWORD_WAIT_MS = 1000
};

/* Why this password is refused, a French sentence; empty when it is good. names: what belongs to the account (e-mail, name, structure);
 * the names of the site are added. Nothing is asked of what it is made of, only that it is not known, repeated or one's own name. */
struct str password_refusal(struct arena *a, struct str password, const struct str *names, size_t n);

/* Once, before any thread: how many serve in this process. A quarter of them, one at least, is left to those who read. */
void password_threads(int threads);

/* "$argon2id$v=19$m=19456,t=2,p=1$salt$sum", with a salt of its own. Fails with ERR_DB_BUSY. */
enum err password_hash(struct str password, char ret_encoded[PASSWORD_ENCODED + 1]) MUST_CHECK;
/* Whether it is the password of encoded. encoded empty, for an account that is unknown or has none: the answer is no, after the same
 * work. Fails with ERR_DB_BUSY, in the same way for all. */
enum err password_verify(struct str encoded, struct str password, bool *ret_same) MUST_CHECK;
/* Whether encoded was made with less (or more) than what is asked today: make it again while the password is at hand. */
bool password_outdated(struct str encoded) MUST_CHECK;

#endif
