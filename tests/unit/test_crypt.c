#include "unit.h"
#include "crypt/hash.h"
#include "crypt/sign.h"
#include "crypt/token.h"

#include <stdlib.h>

static struct crypt_key
key_of(unsigned char first)
{
	struct crypt_key k;
	for (size_t i = 0; i < sizeof(k.b); i++)
		k.b[i] = (unsigned char)(first + i);
	return k;
}

static void
sums(void **state)
{
	(void)state;
	char sum[65];
	sha256_of(STR("abc"), sum); /* FIPS 180-4 */
	assert_string_equal(sum, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
	sha256_of(STR_NONE, sum);
	assert_string_equal(sum, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

static void
keys(void **state)
{
	(void)state;
	struct crypt_key k, other, want = key_of(0);
	char text[KEY_TEXT + 1], again[KEY_TEXT + 1];

	assert_true(key_read(STR("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8"), &k));
	assert_memory_equal(&k, &want, sizeof(k));
	static const char *const bad[] = { "", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
		                           "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh9", /* bits left over */
		                           "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdH+8" };
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		assert_false(key_read(str_of(bad[i]), &k));

	key_make(text);
	key_make(again);
	assert_string_not_equal(text, again);
	assert_true(key_read(str_of(text), &k));

	key_derive(&want, STR("jeton"), &k);
	key_derive(&want, STR("jeton"), &other);
	assert_memory_equal(&k, &other, sizeof(k));
	key_derive(&want, STR("lien"), &other);
	assert_memory_not_equal(&k, &other, sizeof(k));
	assert_memory_not_equal(&k, &want, sizeof(k));
	key_forget(&k);
	assert_memory_equal(&k, &(struct crypt_key){ 0 }, sizeof(k));
}

static void
tokens(void **state)
{
	(void)state;
	struct token t, u;
	char sum[TOKEN_SUM + 1];

	token_make(&t);
	token_make(&u);
	assert_int_equal(strlen(t.text), TOKEN_TEXT);
	assert_int_equal(strspn(t.text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"), TOKEN_TEXT);
	assert_string_not_equal(t.text, u.text);
	assert_string_not_equal(t.sum, u.sum);
	assert_true(token_sum(str_of(t.text), sum));
	assert_string_equal(sum, t.sum);
	assert_true(token_sum(STR("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8"), sum));
	assert_string_equal(sum, "ea866a757e4c38babfa8127cbe9a409d3e1f93a00ff1488ff735fcf917afffd0");

	assert_false(token_sum(STR_NONE, sum));
	assert_string_equal(sum, "");
	assert_false(token_sum(str_of(t.sum), sum));
	t.text[7] = '+'; /* of the other base64 */
	assert_false(token_sum(str_of(t.text), sum));

	assert_true(token_eq(STR("abc"), STR("abc")));
	assert_true(token_eq(STR_NONE, STR("")));
	assert_false(token_eq(STR("abc"), STR("abd")));
	assert_false(token_eq(STR("abc"), STR("abcd")));
}

static void
signed_values(void **state)
{
	struct crypt_key key = key_of(0), stranger = key_of(1);
	struct signed_value v;
	const int64_t made = 1700000000000;
	struct str value = sign_make(*state, &key, STR("jeton"), STR("/fiches/1/suggerer"), made, 3600000);

	assert_text(*state, value, "L2ZpY2hlcy8xL3N1Z2dlcmVy.1700000000000.1700003600000.2HzFDCYFNC69Pxv4EW7S_USZxuVnUe87milIxnRhd3I");
	assert_int_equal(sign_check(*state, &key, STR("jeton"), value, made + 1999, &v), SIGN_OK);
	assert_text(*state, v.payload, "/fiches/1/suggerer");
	assert_int_equal(v.made_ms, made);
	assert_int_equal(v.expires_ms, made + 3600000);
	assert_int_equal(v.age_ms, 1999);

	/* to the last millisecond, and not after; a clock that is late gives no age */
	assert_int_equal(sign_check(*state, &key, STR("jeton"), value, made + 3600000, &v), SIGN_OK);
	assert_int_equal(sign_check(*state, &key, STR("jeton"), value, made + 3600001, &v), SIGN_EXPIRED);
	assert_text(*state, v.payload, "/fiches/1/suggerer");
	assert_int_equal(sign_check(*state, &key, STR("jeton"), value, made - 50, &v), SIGN_OK);
	assert_int_equal(v.age_ms, 0);

	/* of another purpose, of another key */
	assert_int_equal(sign_check(*state, &key, STR("lien"), value, made, &v), SIGN_FORGED);
	assert_int_equal(sign_check(*state, &key, STR(""), value, made, &v), SIGN_FORGED);
	assert_int_equal(sign_check(*state, &stranger, STR("jeton"), value, made, &v), SIGN_FORGED);
	assert_int_equal(v.payload.n, 0);

	/* an empty payload, any bytes, the longest */
	value = sign_make(*state, &key, STR("jeton"), STR_NONE, 0, 0);
	assert_int_equal(sign_check(*state, &key, STR("jeton"), value, 0, &v), SIGN_OK);
	assert_int_equal(v.payload.n, 0);
	value = sign_make(*state, &key, STR("jeton"), STR("a.b\0\xff"), 1, 1);
	assert_int_equal(sign_check(*state, &key, STR("jeton"), value, 1, &v), SIGN_OK);
	assert_memory_equal(v.payload.p, "a.b\0\xff", 5);
	value = sign_make(*state, &key, STR("jeton"), (struct str){ arena_alloc(*state, SIGN_MAX / 2), SIGN_MAX / 2 }, made, made);
	assert_int_equal(sign_check(*state, &key, STR("jeton"), value, made, &v), SIGN_OK);
	assert_int_equal(v.payload.n, SIGN_MAX / 2);
}

static void
a_changed_byte_is_refused(void **state)
{
	struct crypt_key key = key_of(0);
	struct signed_value v;
	struct str value = sign_make(*state, &key, STR("jeton"), STR("fiche:12"), 1000, 1000);
	char *p = arena_cstr(*state, value);

	for (size_t i = 0; i < value.n; i++)
		for (int c = 0; c < 256; c++) {
			p[i] = (char)c;
			enum sign_state got = sign_check(*state, &key, STR("jeton"), (struct str){ p, value.n }, 1500, &v);
			assert_int_equal(got, p[i] == value.p[i] ? SIGN_OK : SIGN_FORGED);
			p[i] = value.p[i];
		}
	for (size_t n = 0; n < value.n; n++) { /* cut */
		assert_int_equal(sign_check(*state, &key, STR("jeton"), (struct str){ p, n }, 1500, &v), SIGN_FORGED);
		assert_int_equal(sign_check(*state, &key, STR("jeton"), (struct str){ p + value.n - n, n }, 1500, &v), SIGN_FORGED);
	}
	char *longer = arena_alloc(*state, SIGN_MAX + 1);
	memset(longer, 'A', SIGN_MAX + 1);
	assert_int_equal(sign_check(*state, &key, STR("jeton"), (struct str){ longer, SIGN_MAX + 1 }, 1500, &v), SIGN_FORGED);
}

int
main(void)
{
	crypt_start();
	const struct CMUnitTest tests[] = {
		UNIT_TEST(sums), UNIT_TEST(keys), UNIT_TEST(tokens), UNIT_TEST(signed_values), UNIT_TEST(a_changed_byte_is_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
