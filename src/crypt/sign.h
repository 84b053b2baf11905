/*
 * sign: values that leave and come back, that nobody else can have made: tokens of forms, links in mails. Layer 2.
 * "payload.made.expires.mac": the payload and the MAC (BLAKE2b, 256 bits) in base64url, both instants in milliseconds since 1970.
 * The MAC's key is drawn from the purpose: what was signed for one is refused for another. The payload is readable: put no secret in it.
 * Results live in the arena given.
 */
#ifndef CRYPT_SIGN_H
#define CRYPT_SIGN_H
#include "base/arena.h"
#include "crypt/key.h"
#include <stdint.h>

enum { SIGN_MAX = 2048 }; /* bytes of a signed value; longer ones are refused unread */

enum sign_state {
	SIGN_OK,
	SIGN_EXPIRED, /* ours, too old: the payload is given all the same, to say kindly what is to be done again */
	SIGN_FORGED   /* not ours, not whole, or of another purpose; nothing is given */
};

struct signed_value {
	struct str payload;
	int64_t made_ms, expires_ms;
	int64_t age_ms; /* since made_ms; 0 when the clock of the host that made it is ahead of ours */
};

/* die()s when the payload is above SIGN_MAX / 2 bytes. now_ms + lasts_ms is the last instant when it is good. */
struct str sign_make(struct arena *a, const struct crypt_key *key, struct str purpose, struct str payload, int64_t now_ms, int64_t lasts_ms);
enum sign_state sign_check(struct arena *a, const struct crypt_key *key, struct str purpose, struct str value, int64_t now_ms,
                           struct signed_value *ret) MUST_CHECK;

#endif
