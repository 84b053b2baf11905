#include "unit.h"
#include "crypt/b64.h"
#include "crypt/hash.h"
#include "crypt/qr.h"
#include "crypt/seal.h"
#include "crypt/sign.h"
#include "crypt/token.h"
#include "crypt/totp.h"

#include <qrencode.h>
#include <stdio.h>

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
base64url(void **state)
{
	(void)state;
	static const char *const cases[][2] = { { "", "" }, { "f", "Zg" }, { "fo", "Zm8" }, { "foo", "Zm9v" }, { "foob", "Zm9vYg" }, { "\xfb\xff", "-_8" } };
	char text[16];
	unsigned char back[16];
	size_t n;

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct str s = str_of(cases[i][0]);
		b64_write(s, text, B64_TEXT(s.n) + 1);
		assert_string_equal(text, cases[i][1]);
		assert_true(b64_read(str_of(text), back, s.n, &n));
		assert_int_equal(n, s.n);
		assert_memory_equal(back, s.p, n);
		assert_true(n == 0 || !b64_read(str_of(text), back, n - 1, &n));
	}
	static const char *const bad[] = { "Z", "Zg==", "Zh", "Zm9v ", "Zm9v\n", "+/8", "\xc1" "AAA", "A\xc1" "AA" };
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		assert_false(b64_read(str_of(bad[i]), back, sizeof(back), &n));
	for (int c = 0; c < 256; c++) { /* 64 letters, no more */
		char four[] = { 'A', 'A', 'A', (char)c };
		assert_int_equal(b64_read((struct str){ four, 4 }, back, sizeof(back), &n),
		                 c && strchr("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_", c) != NULL);
	}
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

static void
sealed_texts(void **state)
{
	struct crypt_key key = key_of(0), stranger = key_of(1);
	struct str got, box = seal(*state, &key, STR("totp:12"), STR("GEZDGNBVGY3TQOJQ")), again = seal(*state, &key, STR("totp:12"), STR("GEZDGNBVGY3TQOJQ"));

	assert_false(str_eq(box, again)); /* a nonce each time */
	assert_null(memmem(box.p, box.n, "GEZD", 4));
	assert_true(unseal(*state, &key, STR("totp:12"), box, &got));
	assert_text(*state, got, "GEZDGNBVGY3TQOJQ");
	assert_false(unseal(*state, &key, STR("totp:13"), box, &got));
	assert_int_equal(got.n, 0);
	assert_false(unseal(*state, &stranger, STR("totp:12"), box, &got));
	assert_true(unseal(*state, &key, STR("totp:12"), seal(*state, &key, STR("totp:12"), STR_NONE), &got));
	assert_int_equal(got.n, 0);

	char *p = arena_cstr(*state, box);
	for (size_t i = 0; i < box.n; i++) {
		for (int bit = 0; bit < 8; bit++) {
			p[i] = (char)(box.p[i] ^ 1 << bit);
			assert_false(unseal(*state, &key, STR("totp:12"), (struct str){ p, box.n }, &got));
		}
		p[i] = box.p[i];
		assert_false(unseal(*state, &key, STR("totp:12"), (struct str){ p, i }, &got));
	}
	assert_true(unseal(*state, &key, STR("totp:12"), (struct str){ p, box.n }, &got));
}

#define RFC_SECRET "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ" /* "12345678901234567890" */

static void
codes_of_rfc_6238(void **state)
{
	(void)state;
	static const struct {
		int64_t now, step;
		const char *code; /* the last six of the eight digits of appendix B */
	} cases[] = {
		{ 59, 1, "287082" },
		{ 1111111109, 37037036, "081804" },
		{ 1111111111, 37037037, "050471" },
		{ 1234567890, 41152263, "005924" },
		{ 2000000000, 66666666, "279037" },
		{ 20000000000, 666666666, "353130" },
	};
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		int64_t step, start = cases[i].step * TOTP_STEP_S;
		struct str code = str_of(cases[i].code);
		assert_true(totp_check(STR(RFC_SECRET), code, cases[i].now, &step));
		assert_int_equal(step, cases[i].step);
		/* one step of tolerance on each side, the step said is the code's own */
		assert_true(totp_check(STR(RFC_SECRET), code, start + 2 * TOTP_STEP_S - 1, &step));
		assert_int_equal(step, cases[i].step);
		assert_true(totp_check(STR(RFC_SECRET), code, start - TOTP_STEP_S, &step));
		assert_int_equal(step, cases[i].step);
		assert_false(totp_check(STR(RFC_SECRET), code, start + 2 * TOTP_STEP_S, &step));
		assert_int_equal(step, 0);
		assert_false(totp_check(STR(RFC_SECRET), code, start - TOTP_STEP_S - 1, &step));
	}
}

static void
codes_as_typed(void **state)
{
	int64_t step;

	assert_true(totp_check(STR(RFC_SECRET), STR(" 287 082 "), 59, &step));
	static const char *const codes[] = { "", "28708", "2870822", "287083", "28708a", "-87082", "287\t082", "94287082" };
	for (size_t i = 0; i < sizeof(codes) / sizeof(*codes); i++)
		assert_false(totp_check(STR(RFC_SECRET), str_of(codes[i]), 59, &step));
	assert_true(totp_check(STR(RFC_SECRET), STR("755224"), 0, &step)); /* RFC 4226, counter 0 */
	assert_int_equal(step, 0);
	static const char *const secrets[] = { "", "GEZDGNBV", "gezdgnbvgy3tqojqgezdgnbvgy3tqojq", "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJ=",
		                               "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJ1", "GEZDGNBVGY3TQOJQ GEZDGNBVGY3TQOJ", RFC_SECRET "A" };
	for (size_t i = 0; i < sizeof(secrets) / sizeof(*secrets); i++)
		assert_false(totp_check(str_of(secrets[i]), STR("287082"), 59, &step));

	char a[TOTP_SECRET + 1], b[TOTP_SECRET + 1];
	totp_secret_make(a);
	totp_secret_make(b);
	assert_int_equal(strspn(a, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"), TOTP_SECRET);
	assert_string_not_equal(a, b);
	assert_text(*state, totp_uri(*state, STR(RFC_SECRET), STR("Catalyse à nous"), STR("jeanne+a@exemple.fr")),
	            "otpauth://totp/Catalyse%20%C3%A0%20nous:jeanne%2Ba%40exemple.fr?secret=" RFC_SECRET
	            "&issuer=Catalyse%20%C3%A0%20nous&algorithm=SHA1&digits=6&period=30");
}

static void
recovery_codes(void **state)
{
	struct recovery codes[RECOVERY_CODES];
	char sum[RECOVERY_SUM + 1];

	recovery_make(codes);
	for (size_t i = 0; i < RECOVERY_CODES; i++) {
		assert_int_equal(strlen(codes[i].text), RECOVERY_TEXT);
		assert_int_equal(strspn(codes[i].text, "abcdefghijklmnopqrstuvwxyz234567-"), RECOVERY_TEXT);
		for (size_t k = 0; k < i; k++)
			assert_string_not_equal(codes[i].sum, codes[k].sum);
		assert_true(recovery_sum(str_of(codes[i].text), sum));
		assert_string_equal(sum, codes[i].sum);
	}
	assert_true(recovery_sum(STR("  K2MD7qxa p3ve--w5ub"), sum));
	assert_string_equal(sum, "d76f97567ed6713094305e183364671535c7e9b5ce89635e0541bd1a1b621bb9");
	static const char *const bad[] = { "", "k2md-7qxa-p3ve-w5u", "k2md-7qxa-p3ve-w5ubb", "k2md-7qxa-p3ve-w5u1", "k2md-7qxa-p3ve-w5uB\n", "é" };
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		assert_false(recovery_sum(str_of(bad[i]), sum));
		assert_string_equal(sum, "");
	}
	assert_false(recovery_sum((struct str){ arena_alloc(*state, 16), 16 }, sum));
}

/* The modules that the path paints, side x side with the margin. */
static char *
painted(struct arena *a, struct html svg, int *ret_side)
{
	char *text = arena_cstr(a, (struct str){ svg.p, svg.n }), *grid;
	int x, y, w, back, used;

	assert_int_equal(sscanf(strstr(text, "viewBox=") + 9, "0 0 %d", ret_side), 1);
	grid = arena_alloc(a, (size_t)(*ret_side * *ret_side));
	const char *d = strstr(text, "<path fill=\"#000\" d=\"") + 21;
	for (; *d == 'M'; d += used) {
		assert_int_equal(sscanf(d, "M%d %dh%dv1h-%dz%n", &x, &y, &w, &back, &used), 4);
		assert_true(w > 0 && w == back && x >= 0 && y >= 0 && x + w <= *ret_side && y < *ret_side);
		memset(grid + y * *ret_side + x, 1, (size_t)w);
	}
	assert_string_equal(d, "\"/></svg>");
	return grid;
}

static void
qr_codes(void **state)
{
	const char *uri = "otpauth://totp/Catalyse:jeanne%40exemple.fr?secret=" RFC_SECRET "&issuer=Catalyse&algorithm=SHA1&digits=6&period=30";
	struct html svg = qr_svg(*state, str_of(uri), STR("L’image \"à lire\" <b>"));
	int side;

	assert_non_null(memmem(svg.p, svg.n, "aria-label=\"L’image &quot;à lire&quot; &lt;b", 42));
	char *grid = painted(*state, svg, &side);
	QRcode *want = QRcode_encodeString8bit(uri, 0, QR_ECLEVEL_M);
	assert_int_equal(side, want->width + 8);
	for (int y = 0; y < side; y++)
		for (int x = 0; x < side; x++) {
			bool inside = x >= 4 && y >= 4 && x < side - 4 && y < side - 4;
			assert_int_equal(grid[y * side + x], inside ? want->data[(y - 4) * want->width + x - 4] & 1 : 0);
		}
	QRcode_free(want);
	/* the eye of the first corner, as the norm draws it */
	static const char *const eye[] = { "11111110", "10000010", "10111010", "10111010", "10111010", "10000010", "11111110", "00000000" };
	for (int y = 0; y < 8; y++)
		for (int x = 0; x < 8; x++)
			assert_int_equal(grid[(y + 4) * side + x + 4], eye[y][x] - '0');

	assert_int_equal(qr_svg(*state, STR_NONE, STR("x")).n, 0);
	assert_int_equal(qr_svg(*state, STR("a\0b"), STR("x")).n, 0);
	char *longest = arena_alloc(*state, QR_MAX + 1);
	memset(longest, 0xc3, QR_MAX + 1);
	assert_true(qr_svg(*state, (struct str){ longest, QR_MAX }, STR("x")).n > 0);
	assert_int_equal(qr_svg(*state, (struct str){ longest, QR_MAX + 1 }, STR("x")).n, 0);
}

int
main(void)
{
	crypt_start();
	const struct CMUnitTest tests[] = {
		UNIT_TEST(sums), UNIT_TEST(base64url), UNIT_TEST(keys), UNIT_TEST(tokens), UNIT_TEST(signed_values), UNIT_TEST(a_changed_byte_is_refused),
		UNIT_TEST(sealed_texts), UNIT_TEST(codes_of_rfc_6238), UNIT_TEST(codes_as_typed), UNIT_TEST(recovery_codes), UNIT_TEST(qr_codes),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
