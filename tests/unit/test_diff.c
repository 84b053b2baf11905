#include "unit.h"
#include "base/buf.h"
#include "text/diff.h"

#include <stdlib.h>

/* "un [-chat][+chien] dort" */
static void
told(struct arena *a, const char *before, const char *after, const char *wanted)
{
	struct diff d = diff_texts(a, str_of(before), str_of(after));
	struct buf b;
	buf_init(&b, a, 256);
	for (size_t i = 0; i < d.n; i++) {
		static const char *const open[] = { "", "[-", "[+" };
		buf_put(&b, str_of(open[d.p[i].op]));
		buf_put(&b, d.p[i].text);
		buf_put(&b, d.p[i].op == DIFF_SAME ? STR_NONE : STR("]"));
	}
	struct str got = buf_str(&b);
	assert_text(a, got, wanted);
}

static void
words(void **state)
{
	told(*state, "", "", "");
	told(*state, "pareil", "pareil", "pareil");
	told(*state, "", "neuf", "[+neuf]");
	told(*state, "vieux", "", "[-vieux]");
	told(*state, "un chat dort ici", "un chien dort ici", "un [-chat][+chien] dort ici");
	told(*state, "deux heures", "deux bonnes heures", "deux [+bonnes ]heures");
	told(*state, "l’arbre vert", "l’herbe verte", "l’[-arbre vert][+herbe verte]");
	told(*state, "c'est long", "c'est court", "c'est [-long][+court]");
	told(*state, "Fini.", "Fini !", "Fini[-.][+ !]");
	told(*state, "peut-être", "peut-on", "peut-[-être][+on]");
}

/* What is the same between two changes longer than it is not worth the reader's stop, within a line. */
static void
islands(void **state)
{
	told(*state, "grande carte de quartier ancienne", "petite liste de communes nouvelles",
	     "[-grande carte de quartier ancienne][+petite liste de communes nouvelles]");
	told(*state, "avant un très long passage qui ne change pas apres", "devant un très long passage qui ne change pas après",
	     "[-avant][+devant] un très long passage qui ne change pas [-apres][+après]");
}

static void
lines(void **state)
{
	told(*state, "un\ndeux\ntrois\n", "un\ntrois\n", "un\n[-deux\n]trois\n");
	told(*state, "un\ntrois\n", "un\ndeux\ntrois\n", "un\n[+deux\n]trois\n");
	told(*state, "- le pain\n- le sel\n", "- le pain\n- le gros sel\n", "- le pain\n- le [+gros ]sel\n");
	told(*state, "Bonjour\n", "Bonjour", "Bonjour[-\n]");
	told(*state, "un mot\n\nautre paragraphe", "un mot\n\nautre paragraphe ici", "un mot\n\nautre paragraphe[+ ici]");
}

static void
makes_both(struct arena *a, struct str before, struct str after)
{
	struct diff d = diff_texts(a, before, after);
	struct buf x, y;
	buf_init(&x, a, before.n + 1);
	buf_init(&y, a, after.n + 1);
	for (size_t i = 0; i < d.n; i++) {
		assert_true(d.p[i].text.n > 0);
		assert_true(i == 0 || d.p[i].op != d.p[i - 1].op);
		if (d.p[i].op != DIFF_ADDED)
			buf_put(&x, d.p[i].text);
		if (d.p[i].op != DIFF_REMOVED)
			buf_put(&y, d.p[i].text);
	}
	assert_true(str_eq(buf_str(&x), before));
	assert_true(str_eq(buf_str(&y), after));
}

/* Texts drawn from a few words, so that much is the same: the pieces make both again. */
static void
applies(void **state)
{
	static const char *const some[] = { "le ", "bien ", "commun ", "l’", "eau", ",", " ", "\n", "\n\n", "- ", "carte ", "« ", " »", "." };
	unsigned short seed[3] = { 1, 2, 3 };
	for (int round = 0; round < 3000; round++) {
		struct buf b[2];
		for (int i = 0; i < 2; i++) {
			buf_init(&b[i], *state, 64);
			for (long n = nrand48(seed) % 40; n > 0; n--)
				buf_put(&b[i], str_of(some[(size_t)nrand48(seed) % (sizeof(some) / sizeof(*some))]));
		}
		makes_both(*state, buf_str(&b[0]), buf_str(&b[1]));
	}
}

/* Two texts with nothing in common, each word its own: told as replaced, without going through all ways. */
static void
bounded(void **state)
{
	struct buf b[2];
	for (int i = 0; i < 2; i++) {
		buf_init(&b[i], *state, 400000);
		for (int k = 0; k < 20000; k++)
			buf_fmt(&b[i], "%c%d%s", "ab"[i], k, k % 9 ? " " : "\n");
	}
	struct str before = { b[0].p, b[0].n - 1 }, after = { b[1].p, b[1].n - 1 }; /* but what ends them */
	size_t used = arena_used(*state);
	makes_both(*state, before, after);
	assert_true(arena_used(*state) - used < 40 * (before.n + after.n));
	struct diff d = diff_texts(*state, before, after);
	assert_int_equal(d.n, 2);
}

int
main(void)
{
	const struct CMUnitTest tests[] = { UNIT_TEST(words), UNIT_TEST(islands), UNIT_TEST(lines), UNIT_TEST(applies), UNIT_TEST(bounded) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
