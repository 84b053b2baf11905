#include "unit.h"
#include "crypt/common.h"
#include "crypt/hash.h"
#include "crypt/password.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define KNOWN "Des pommes sous la pluie, à Mâcon"
/* Made by the reference program: argon2 catalyse-essai-1 -id -t 2 -k 19456 -p 1 -e */
#define KNOWN_ENCODED "$argon2id$v=19$m=19456,t=2,p=1$Y2F0YWx5c2UtZXNzYWktMQ$zfd4Erxy4qr5ElRdrxZ3DMrTf22lkdWKl1EiQvMQAUE"
#define KNOWN_WEAKER "$argon2id$v=19$m=8192,t=1,p=1$Y2F0YWx5c2UtZXNzYWktMQ$4lByHkngO8Zka9WN01YNlUDN0ra3Mvvq0KkKL5sOfO0"

static bool
same(const char *encoded, const char *password)
{
	bool ret;
	assert_int_equal(password_verify(str_of(encoded), str_of(password), &ret), ERR_NONE);
	return ret;
}

static void
known_answers(void **state)
{
	(void)state;
	assert_true(same(KNOWN_ENCODED, KNOWN));
	assert_false(same(KNOWN_ENCODED, "Des pommes sous la pluie, à Macon"));
	assert_false(same(KNOWN_ENCODED, ""));
	assert_true(same(KNOWN_WEAKER, KNOWN));
	assert_false(password_outdated(STR(KNOWN_ENCODED)));
	assert_true(password_outdated(STR(KNOWN_WEAKER)));
	assert_true(password_outdated(STR("")));
	/* What is not ours is compared with nobody's, and is never the same. */
	assert_false(same("", "nobody at all"));
	assert_false(same("$2b$10$abcdefghijklmnopqrstuvABCDEFGHIJKLMNOPQRSTUVWXYZ01234", KNOWN));
	assert_false(same("$argon2id$", KNOWN));
}

static void
stored(void **state)
{
	(void)state;
	char one[PASSWORD_ENCODED + 1], two[PASSWORD_ENCODED + 1];

	assert_int_equal(password_hash(STR(KNOWN), one), ERR_NONE);
	assert_int_equal(password_hash(STR(KNOWN), two), ERR_NONE);
	assert_int_equal(strncmp(one, "$argon2id$v=19$m=19456,t=2,p=1$", 31), 0);
	assert_string_not_equal(one, two);
	assert_true(same(one, KNOWN));
	assert_false(password_outdated(str_of(one)));
	/* a NUL does not end a password */
	assert_int_equal(password_hash(STR("abc\0def"), one), ERR_NONE);
	assert_false(same(one, "abc"));
}

static double
seconds(void)
{
	struct timespec t;
	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static int
by_value(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

/* An account that is unknown costs what a wrong password costs. */
static void
nobody_costs_the_same(void **state)
{
	(void)state;
	enum { TIMES = 9 };
	double known[TIMES], unknown[TIMES];

	for (int i = 0; i < TIMES; i++) {
		double start = seconds();
		assert_false(same(KNOWN_ENCODED, "un autre mot de passe"));
		known[i] = seconds() - start;
		start = seconds();
		assert_false(same("", "un autre mot de passe"));
		unknown[i] = seconds() - start;
	}
	qsort(known, TIMES, sizeof(double), by_value);
	qsort(unknown, TIMES, sizeof(double), by_value);
	assert_true(unknown[TIMES / 2] > known[TIMES / 2] * 0.7 && unknown[TIMES / 2] < known[TIMES / 2] * 1.4);
}

enum { CROWD = 24 };
static pthread_barrier_t together;
static atomic_int good, refused;

static void *
one_of_the_crowd(void *arg)
{
	bool is;
	pthread_barrier_wait(&together);
	enum err e = password_verify(arg ? STR(KNOWN_ENCODED) : STR_NONE, STR(KNOWN), &is);
	good += e == ERR_NONE && is == (arg != NULL);
	refused += e == ERR_DB_BUSY && !is;
	return NULL;
}

static void
a_crowd_is_refused_at_once(void **state)
{
	(void)state;
	pthread_t t[CROWD];

	good = refused = 0;
	pthread_barrier_init(&together, NULL, CROWD);
	for (int i = 0; i < CROWD; i++)
		assert_int_equal(pthread_create(&t[i], NULL, one_of_the_crowd, i % 2 ? &together : NULL), 0);
	for (int i = 0; i < CROWD; i++)
		pthread_join(t[i], NULL);
	pthread_barrier_destroy(&together);
	assert_int_equal(good + refused, CROWD);
	assert_true(good >= PASSWORD_PARALLEL);
	assert_true(refused > 0);
	assert_true(same(KNOWN_ENCODED, KNOWN)); /* the door is open again */
}

/* What the sentence is about: its kind is enough here. */
static const char *
kind(struct arena *a, struct str password)
{
	const struct str names[] = { STR("jeanne.dupont@mairie-exemple.fr"), STR("Jeanne Dupont"), STR("Les Amis de l’Écluse") };
	char *s = arena_cstr(a, password_refusal(a, password, names, 3));
	return !*s                          ? "good"
	       : strstr(s, "au moins 12")   ? "short"
	       : strstr(s, "128")           ? "long"
	       : strstr(s, "lire")          ? "unreadable"
	       : strstr(s, "se répète")     ? "guessed"
	       : strstr(s, "plus courants") ? "common"
	       : strstr(s, "votre nom")     ? "name"
	                                    : s;
}

static void
what_is_accepted(void **state)
{
	static const struct {
		const char *password, *kind;
	} cases[] = {
		/* length, in characters */
		{ "", "short" }, { "pr0tect!0n?", "short" }, { "éàçùôîéàçùô", "short" }, { "éàçùôîéüçêôœ", "good" }, { "日本語で書いた合い言葉です", "good" },
		/* no rule on what it is made of */
		{ "cheval agrafe pile correct", "good" }, { "quatremotssansrapport", "good" }, { "7391846205583", "good" }, { "&/(%=!?;:-_*", "good" },
		{ "xk4Zp!9vTq2m", "good" }, { "Le vent se lève 2 fois", "good" },
		/* repeated, or in the order of the keyboard or of the alphabet */
		{ "aaaaaaaaaaaa", "guessed" }, { "            ", "guessed" }, { "123456789012", "guessed" }, { "987654321098765", "guessed" }, { "azertyuiop123", "guessed" },
		{ "AZERTYuiopQSDFGHJKLM", "guessed" }, { "qwertyuiop[]", "guessed" }, { "poiuytreza321", "guessed" }, { "abcdefghijkl", "guessed" },
		{ "soleilsoleil", "guessed" }, { "SoleilSOLEILsoleil", "guessed" }, { "ab1ab1ab1ab1ab1", "guessed" }, { "111222333444", "guessed" },
		/* in the list, or a word of it with digits and signs around */
		{ "motdepasse2024", "common" }, { "Motdepasse!!2024", "common" }, { "mot de passe 1", "common" }, { "m0td3passe!!", "common" },
		{ "P@ssw0rd1234", "common" }, { "pa$$word20242024", "common" }, { "1q2w3e4r5t6y", "common" }, { "112233445566", "common" },
		{ "Développement", "common" }, { "environnement", "common" }, { "123456789987654321", "guessed" }, { "leavemealone", "common" }, { "marseille13000", "common" },
		{ "doudou-31-12-2019", "common" }, { "motdepasse€€", "common" }, { "motdepasse12motdepasse12", "common" },
		/* one's own names, those of the site */
		{ "jeannedupont1", "name" }, { "Dupont.Jeanne.1987", "name" }, { "CatalyseCatalyseur", "name" }, { "catalyse-2026!", "name" }, { "écluse-exemple-33", "name" },
		{ "dupontmotdepasse", "name" }, { "jeanne préfère les tomates", "good" },
	};
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		if (strcmp(kind(*state, str_of(cases[i].password)), cases[i].kind) != 0)
			fail_msg("%s: %s, expected %s", cases[i].password, kind(*state, str_of(cases[i].password)), cases[i].kind);

	assert_string_equal(kind(*state, STR("douze\xff" "caracteres")), "unreadable");
	assert_string_equal(kind(*state, STR("douze\0caracteres")), "unreadable");
	struct buf b;
	buf_init(&b, *state, 1024);
	for (int i = 0; i < PASSWORD_MAX; i++)
		buf_put(&b, i * i % 7 > 2 ? STR("œ") : i % 3 ? STR("k") : STR("é"));
	assert_string_equal(kind(*state, buf_str(&b)), "good");
	buf_char(&b, 'x');
	assert_string_equal(kind(*state, buf_str(&b)), "long");
	/* no name at all */
	assert_int_equal(password_refusal(*state, STR("jeanne-dupont-1987"), NULL, 0).n, 0);
}

/* Every word of the list is refused once it is long enough, alone or followed by a year. */
static void
every_word_of_the_list(void **state)
{
	size_t words = 0;

	for (const char *w = password_common, *end; (end = strchr(w, '\n')); w = end + 1, words++) {
		int n = (int)(end - w);
		struct str s = arena_fmt(*state, n < PASSWORD_MIN ? "%.*s!20262026" : "%.*s", n, w);
		if (strcmp(kind(*state, s), "good") == 0)
			fail_msg("%.*s is accepted", (int)s.n, s.p);
		if (words % 1000 == 0)
			arena_reset(*state);
	}
	assert_int_equal(words, 20000);
}

int
main(void)
{
	crypt_start();
	const struct CMUnitTest tests[] = {
		UNIT_TEST(known_answers), UNIT_TEST(stored), UNIT_TEST(nobody_costs_the_same), UNIT_TEST(a_crowd_is_refused_at_once),
		UNIT_TEST(what_is_accepted), UNIT_TEST(every_word_of_the_list),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
