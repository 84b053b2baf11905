/* Arena, buffer, errors. */
#include "unit.h"

#include "base/err.h"
#include "base/log.h"

#include <stdio.h>
#include <unistd.h>

static void
arena_gives_zeroed_aligned_memory(void **state)
{
	(void)state;
	for (size_t n = 0; n < 300; n += 7) {
		unsigned char *p = arena_alloc(arena, n);
		assert_int_equal((uintptr_t)p % 16, 0);
		for (size_t i = 0; i < n; i++)
			assert_int_equal(p[i], 0);
		memset(p, 0xff, n);
	}
	assert_false(arena_exhausted(arena));
}

static int order[3];
static int norder;

static void
note(void *arg)
{
	order[norder++] = *(int *)arg;
}

static void
arena_runs_cleanups_last_first(void **state)
{
	static int one = 1, two = 2, three = 3;
	(void)state;
	norder = 0;
	arena_cleanup(arena, note, &one);
	arena_cleanup(arena, note, &two);
	arena_cleanup(arena, note, &three);
	arena_reset(arena);
	assert_int_equal(norder, 3);
	assert_int_equal(order[0], 3);
	assert_int_equal(order[2], 1);
	arena_reset(arena);
	assert_int_equal(norder, 3);
}

static void
arena_stops_at_its_cap_without_failing(void **state)
{
	struct arena *a = arena_new(1024, 64 * 1024);
	(void)state;
	for (int i = 0; i < 1000 && !arena_exhausted(a); i++)
		memset(arena_alloc(a, 1000), 1, 1000);
	assert_true(arena_exhausted(a));
	memset(arena_alloc(a, 100), 1, 100);
	memset(arena_alloc(a, 1 << 20), 1, 1 << 20);
	arena_reset(a);
	assert_false(arena_exhausted(a));
	memset(arena_alloc(a, 1000), 1, 1000);
	assert_false(arena_exhausted(a));
	arena_free(a);
}

static void
buf_grows_and_formats(void **state)
{
	struct buf b;
	(void)state;
	buf_init(&b, arena, 1);
	for (int i = 0; i < 1000; i++)
		buf_char(&b, 'x');
	assert_int_equal(b.n, 1000);
	b.n = 0;
	buf_fmt(&b, "%s-%d", "abc", 42);
	buf_int(&b, INT64_MIN);
	buf_int(&b, 0);
	buf_lit(&b, "|");
	buf_put(&b, STR_NONE);
	assert_str(buf_str(&b), "abc-42-92233720368547758080|");
	b.n = 0;
	char *long_text = arena_alloc(arena, 5001);
	memset(long_text, 'y', 5000);
	buf_fmt(&b, "<%s>", long_text);
	assert_int_equal(b.n, 5002);
}

static void
err_table_is_whole(void **state)
{
	(void)state;
	for (int e = 1; e < ERR_COUNT; e++) {
		assert_in_range(err_status((enum err)e), 400, 599);
		assert_true(err_phrase((enum err)e)[0]);
		assert_true(err_name((enum err)e)[0]);
	}
	assert_int_equal(err_note(ERR_GONE, "fiche %d", 12), ERR_GONE);
	assert_string_equal(err_detail(), "fiche 12");
	err_clear();
	assert_string_equal(err_detail(), "");
}

static void
log_lines_are_json_and_single(void **state)
{
	int fd[2];
	char line[8192];
	(void)state;
	assert_int_equal(pipe(fd), 0);
	log_set_fd(fd[1]);
	log_set_request(STR("r1"));
	log_event(LOG_WARN, "a\nb\"c", LOG_S("k", STR("v\x01\n")), LOG_I("n", -5), LOG_D("d", 1.5));
	log_event(LOG_DEBUG, "hidden");
	log_set_fd(STDERR_FILENO);
	close(fd[1]);
	ssize_t n = read(fd[0], line, sizeof(line) - 1);
	close(fd[0]);
	assert_true(n > 0);
	line[n] = 0;
	assert_ptr_equal(strchr(line, '\n'), line + n - 1);
	assert_non_null(strstr(line, "\"n\":-5"));
	assert_non_null(strstr(line, "r1"));
	assert_null(strstr(line, "hidden"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		UNIT_TEST(arena_gives_zeroed_aligned_memory), UNIT_TEST(arena_runs_cleanups_last_first),
		UNIT_TEST(arena_stops_at_its_cap_without_failing), UNIT_TEST(buf_grows_and_formats),
		UNIT_TEST(err_table_is_whole), UNIT_TEST(log_lines_are_json_and_single),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
