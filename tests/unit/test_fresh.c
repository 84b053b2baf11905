#include "unit.h"
#include "base/fresh.h"
#include "web/memo.h"
#include "web/revision.h"

static void
messages_name_nouns(void **state)
{
	(void)state;
	assert_int_equal(fresh_nouns(STR("fiche")), OF(fiche));
	assert_int_equal(fresh_nouns(STR("page")), OF(page));
	assert_int_equal(fresh_nouns(STR("territoire:region:84")), OF(territoire));
	assert_int_equal(fresh_nouns(STR("inconnu")), OF_ALL);
	assert_int_equal(fresh_nouns(STR("")), OF_ALL);
}

static void
a_generation_follows_its_nouns(void **state)
{
	(void)state;
	uint64_t sheets = fresh_generation(OF(fiche)), both = fresh_generation(OF(fiche) | OF(espace)), events = fresh_generation(OF(evenement));
	fresh_changed(OF(espace));
	assert_true(fresh_generation(OF(fiche)) == sheets);
	assert_true(fresh_generation(OF(fiche) | OF(espace)) != both);
	fresh_changed(OF_ALL);
	assert_true(fresh_generation(OF(evenement)) != events);
}

static void
a_memo_forgets_what_changed(void **state)
{
	struct arena *a = *state;
	struct memo *m = memo_new(8, 4096);
	struct str got;
	uint64_t before;

	assert_false(memo_get(m, a, STR("ici"), OF(fiche), &got, &before));
	memo_put(m, STR("ici"), STR("trois fiches"), OF(fiche), before, 60);
	assert_true(memo_get(m, a, STR("ici"), OF(fiche), &got, &before));
	assert_memory_equal(got.p, "trois fiches", got.n);
	fresh_changed(OF(evenement));
	assert_true(memo_get(m, a, STR("ici"), OF(fiche), &got, &before));
	fresh_changed(OF(fiche));
	assert_false(memo_get(m, a, STR("ici"), OF(fiche), &got, &before));
	/* Read before the change, put after it: not kept. */
	fresh_changed(OF(fiche));
	memo_put(m, STR("ici"), STR("trois fiches"), OF(fiche), before, 60);
	assert_false(memo_get(m, a, STR("ici"), OF(fiche), &got, &before));
	assert_false(memo_get(NULL, a, STR("ici"), OF(fiche), &got, &before));
	memo_put(NULL, STR("ici"), STR("x"), OF(fiche), before, 60);
	memo_free(m);
}

static void
a_kept_copy_is_good_until_something_is_heard(void **state)
{
	(void)state;
	struct kept k = { 0 };

	revision_forget();
	assert_false(kept_good(&k, OF(espace), 2));
	kept_mark(&k, OF(espace));
	assert_true(kept_good(&k, OF(espace), 2));
	assert_false(kept_good(&k, OF(espace), 0)); /* nothing is heard, and nothing may be kept */
	fresh_hears(true);
	assert_true(kept_good(&k, OF(espace), 0));
	fresh_hears(false);
	fresh_changed(OF(fiche));
	assert_true(kept_good(&k, OF(espace), 2));
	fresh_changed(OF(espace));
	assert_false(kept_good(&k, OF(espace), 2));
}

static void
no_tag_without_a_revision(void **state)
{
	(void)state;
	struct req r = { 0 };
	char tag[REVISION_TAG];

	revision_forget();
	assert_false(revision_tag(&r, STR("x"), &(struct depend){ .nouns = OF_ALL }, tag));
	assert_int_equal(revision_read(&r, true), ERR_DB_DOWN);
	assert_false(revision_tag(&r, STR("x"), &(struct depend){ .nouns = OF_ALL }, tag));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		UNIT_TEST(messages_name_nouns),
		UNIT_TEST(a_generation_follows_its_nouns),
		UNIT_TEST(a_memo_forgets_what_changed),
		UNIT_TEST(a_kept_copy_is_good_until_something_is_heard),
		UNIT_TEST(no_tag_without_a_revision),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
