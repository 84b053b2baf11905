#include "crypt/sign.h"

#include "base/log.h"
#include "crypt/b64.h"

#include <inttypes.h>
#include <sodium.h>

enum { MAC_BYTES = crypto_generichash_BYTES, MAC_TEXT = B64_TEXT(MAC_BYTES) };

static void
mac(const struct crypt_key *key, struct str purpose, struct str s, unsigned char ret[MAC_BYTES])
{
	struct crypt_key own;

	key_derive(key, purpose, &own);
	if (crypto_generichash(ret, MAC_BYTES, (const unsigned char *)s.p, s.n, own.b, sizeof(own.b)) != 0)
		die("nothing can be signed");
	key_forget(&own);
}

struct str
sign_make(struct arena *a, const struct crypt_key *key, struct str purpose, struct str payload, int64_t now_ms, int64_t lasts_ms)
{
	char text[SIGN_MAX], code[MAC_TEXT + 1];
	unsigned char sum[MAC_BYTES];

	if (payload.n > SIGN_MAX / 2 || now_ms < 0 || lasts_ms < 0 || now_ms > INT64_MAX - lasts_ms)
		die("%zu bytes are not to be signed", payload.n);
	b64_write(payload, text, sizeof(text));
	struct str head = arena_fmt(a, "%s.%" PRId64 ".%" PRId64, text, now_ms, now_ms + lasts_ms);
	mac(key, purpose, head, sum);
	b64_write((struct str){ (const char *)sum, sizeof(sum) }, code, sizeof(code));
	return arena_fmt(a, "%.*s.%s", (int)head.n, head.p, code);
}

/* Decimal digits after the next '.', up to the one that follows or the end: nothing else is ever signed. */
static bool
instant(struct str *s, int64_t *ret)
{
	size_t i = 1;

	*ret = 0;
	if (s->n < 2 || s->p[0] != '.')
		return false;
	for (; i < s->n && s->p[i] >= '0' && s->p[i] <= '9'; i++)
		if (__builtin_mul_overflow(*ret, 10, ret) || __builtin_add_overflow(*ret, s->p[i] - '0', ret))
			return false;
	*s = (struct str){ s->p + i, s->n - i };
	return i > 1;
}

enum sign_state
sign_check(struct arena *a, const struct crypt_key *key, struct str purpose, struct str value, int64_t now_ms, struct signed_value *ret)
{
	unsigned char given[MAC_BYTES], sum[MAC_BYTES];
	size_t n;

	*ret = (struct signed_value){ 0 };
	if (value.n > SIGN_MAX || value.n <= MAC_TEXT + 1 || value.p[value.n - MAC_TEXT - 1] != '.')
		return SIGN_FORGED;
	struct str head = { value.p, value.n - MAC_TEXT - 1 };
	if (!b64_read((struct str){ head.p + head.n + 1, MAC_TEXT }, given, sizeof(given), &n) || n != sizeof(given))
		return SIGN_FORGED;
	mac(key, purpose, head, sum);
	if (sodium_memcmp(given, sum, sizeof(sum)) != 0)
		return SIGN_FORGED;

	/* From here on the bytes are ours. */
	const char *dot = memchr(head.p, '.', head.n);
	struct str rest = dot ? (struct str){ dot, head.n - (size_t)(dot - head.p) } : STR_NONE;
	struct signed_value v = { 0 };
	if (!instant(&rest, &v.made_ms) || !instant(&rest, &v.expires_ms) || rest.n)
		return SIGN_FORGED;
	struct str text = { head.p, (size_t)(dot - head.p) };
	unsigned char *p = arena_alloc(a, text.n + 1);
	if (!b64_read(text, p, text.n + 1, &n))
		return SIGN_FORGED;
	v.payload = (struct str){ (const char *)p, n };
	v.age_ms = now_ms > v.made_ms ? now_ms - v.made_ms : 0;
	*ret = v;
	return now_ms > v.expires_ms ? SIGN_EXPIRED : SIGN_OK;
}
