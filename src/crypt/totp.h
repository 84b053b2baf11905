/*
 * totp: the second factor: codes of an application (RFC 6238: SHA-1, six digits, 30 s, one step of tolerance on each side) and the
 * single-use codes that replace it when it is lost. Layer 2; the only file that sees liboath. Nothing is remembered here: the
 * caller keeps the step and refuses it and those before it, and strikes out a recovery code. Results live in the arena given.
 */
#ifndef CRYPT_TOTP_H
#define CRYPT_TOTP_H
#include "base/arena.h"
#include <stdint.h>

enum { TOTP_SECRET = 32, TOTP_STEP_S = 30, TOTP_WINDOW = 1, RECOVERY_CODES = 10, RECOVERY_TEXT = 19, RECOVERY_SUM = 64 };

/* A new secret of 160 bits, in base32: what is sealed (crypt/seal.h), and what is shown once to be typed by hand. */
void totp_secret_make(char ret[TOTP_SECRET + 1]);
/* code: six digits, spaces around and inside accepted. False when it is not that of now, of the step before or of the next, and when
 * secret is not base32. In ret_step the step it is the code of, now / 30 s: to be above the last one accepted for this account. */
bool totp_check(struct str secret, struct str code, int64_t now_s, int64_t *ret_step) MUST_CHECK;
/* otpauth://totp/issuer:account?…: what the QR code says. No page links to it. */
struct str totp_uri(struct arena *a, struct str secret, struct str issuer, struct str account);

/* 80 bits as "k2md-7qxa-p3ve-w5ub", so that a plain sum of it can be stored. */
struct recovery {
	char text[RECOVERY_TEXT + 1]; /* shown once */
	char sum[RECOVERY_SUM + 1];   /* hexadecimal, for the database */
};
void recovery_make(struct recovery ret[RECOVERY_CODES]);
/* The sum of what was typed, whatever its case, hyphens and spaces; false when it cannot be one of ours. */
bool recovery_sum(struct str typed, char ret[RECOVERY_SUM + 1]) MUST_CHECK;

#endif
