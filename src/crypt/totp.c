#include "crypt/totp.h"

#include "base/buf.h"
#include "base/log.h"
#include "crypt/hash.h"
#include "crypt/token.h"
#include "web/query.h"

#include <liboath/oath.h>
#include <sodium.h>
#include <stdlib.h>

enum { SECRET_BYTES = 20, DIGITS = 6, RECOVERY_LETTERS = 16, GROUP = 4 };

static const char base32[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

void
totp_secret_make(char ret[TOTP_SECRET + 1])
{
	/* 32 letters of 5 bits: the 160 bits of an SHA-1 key, as RFC 4226 asks. */
	for (size_t i = 0; i < TOTP_SECRET; i++)
		ret[i] = base32[randombytes_uniform(32)];
	ret[TOTP_SECRET] = '\0';
}

static bool
code_read(struct str code, char ret[DIGITS + 1])
{
	size_t n = 0;

	for (size_t i = 0; i < code.n; i++) {
		if (code.p[i] == ' ')
			continue;
		if (code.p[i] < '0' || code.p[i] > '9' || n == DIGITS)
			return false;
		ret[n++] = code.p[i];
	}
	ret[n] = '\0';
	return n == DIGITS;
}

/* The bytes of a secret as we make them: liboath would also take padding, spaces and small letters. */
static bool
secret_read(struct str secret, unsigned char ret[SECRET_BYTES])
{
	char *bytes = NULL;
	size_t n = 0;

	if (secret.n != TOTP_SECRET)
		return false;
	for (size_t i = 0; i < secret.n; i++)
		if (!secret.p[i] || !strchr(base32, secret.p[i]))
			return false;
	bool read = oath_base32_decode(secret.p, secret.n, &bytes, &n) == OATH_OK && n == SECRET_BYTES;
	if (read)
		memcpy(ret, bytes, SECRET_BYTES);
	if (bytes)
		sodium_memzero(bytes, n);
	free(bytes);
	return read;
}

bool
totp_check(struct str secret, struct str code, int64_t now_s, int64_t *ret_step)
{
	unsigned char key[SECRET_BYTES];
	char given[DIGITS + 1], good[DIGITS + 1];
	bool found = false;

	*ret_step = 0;
	if (now_s < 0 || !code_read(code, given) || !secret_read(secret, key))
		return false;
	/* Every step is computed, so that time says nothing of which one it was. */
	for (int64_t step = now_s / TOTP_STEP_S - TOTP_WINDOW; step <= now_s / TOTP_STEP_S + TOTP_WINDOW; step++) {
		if (step < 0)
			continue;
		if (oath_totp_generate((const char *)key, sizeof(key), step * TOTP_STEP_S, TOTP_STEP_S, 0, DIGITS, good) != OATH_OK)
			die("liboath gives no code");
		if (token_eq((struct str){ given, DIGITS }, (struct str){ good, DIGITS })) {
			*ret_step = step;
			found = true;
		}
	}
	sodium_memzero(key, sizeof(key));
	sodium_memzero(good, sizeof(good));
	return found;
}

struct str
totp_uri(struct arena *a, struct str secret, struct str issuer, struct str account)
{
	struct buf b;

	buf_init(&b, a, 256);
	buf_lit(&b, "otpauth://totp/");
	query_encode(&b, issuer, true);
	buf_char(&b, ':');
	query_encode(&b, account, true);
	buf_lit(&b, "?secret=");
	query_encode(&b, secret, true);
	buf_lit(&b, "&issuer=");
	query_encode(&b, issuer, true);
	buf_fmt(&b, "&algorithm=SHA1&digits=%d&period=%d", DIGITS, TOTP_STEP_S);
	return buf_str(&b);
}

void
recovery_make(struct recovery ret[RECOVERY_CODES])
{
	for (size_t k = 0; k < RECOVERY_CODES; k++) {
		for (size_t i = 0; i < RECOVERY_TEXT; i++)
			ret[k].text[i] = (char)(i % (GROUP + 1) == GROUP ? '-' : base32[randombytes_uniform(32)] | 0x20);
		ret[k].text[RECOVERY_TEXT] = '\0';
		if (!recovery_sum(str_of(ret[k].text), ret[k].sum))
			die("a recovery code that we do not read");
	}
}

bool
recovery_sum(struct str typed, char ret[RECOVERY_SUM + 1])
{
	char letters[RECOVERY_LETTERS];
	size_t n = 0;

	ret[0] = '\0';
	for (size_t i = 0; i < typed.n; i++) {
		char c = typed.p[i];
		if (c == '-' || c == ' ')
			continue;
		c = c >= 'a' && c <= 'z' ? (char)(c - 32) : c;
		if (!c || !strchr(base32, c) || n == RECOVERY_LETTERS)
			return false;
		letters[n++] = c;
	}
	if (n < RECOVERY_LETTERS)
		return false;
	sha256_of((struct str){ letters, n }, ret);
	return true;
}
