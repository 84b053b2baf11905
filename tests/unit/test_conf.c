/* Settings: file, environment, bounds, reload. */
#include "unit.h"

#include "conf/conf.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static char path[64];

static void
file(const char *text)
{
	snprintf(path, sizeof(path), "/tmp/catalyse-conf-%d", (int)getpid());
	FILE *f = fopen(path, "w");
	assert_non_null(f);
	fputs(text, f);
	fclose(f);
}

static void
defaults_then_file_then_environment(void **state)
{
	struct conf *c;
	(void)state;
	file("# commentaire\n\nTHREADS=4\nDRAIN_MS = 100\n");
	assert_int_equal(conf_load(&c, path), ERR_NONE);
	assert_int_equal(c->threads, 4);
	assert_int_equal(conf_int(c, CONF_THREADS), 4);
	assert_int_equal(conf_origin(c, CONF_THREADS), CONF_FILE);
	assert_int_equal(conf_origin(c, CONF_SOCKET), CONF_DEFAULT);
	assert_string_equal(conf_text(c, CONF_SOCKET), "/run/catalyse/1.sock");
	conf_free(c);
	setenv("CATALYSE_THREADS", "6", 1);
	assert_int_equal(conf_load(&c, path), ERR_NONE);
	assert_int_equal(c->threads, 6);
	assert_int_equal(conf_origin(c, CONF_THREADS), CONF_ENVIRONMENT);
	conf_free(c);
	unsetenv("CATALYSE_THREADS");
	unlink(path);
}

static void
faults_say_where(void **state)
{
	static const char *const bad[] = { "\nTHREADS=0\n", "\nTHREADS=257\n", "\nTHREADS=huit\n", "\nTHREADS=8x\n", "\nNIMPORTE=1\n", "\nTHREADS\n" };
	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		struct conf *c = NULL;
		file(bad[i]);
		err_clear();
		if (conf_load(&c, path) == ERR_NONE)
			fail_msg("taken: %s", bad[i]);
		assert_null(c);
		assert_non_null(strstr(err_detail(), ":2"));
	}
	unlink(path);
	struct conf *c = NULL;
	assert_int_equal(conf_load(&c, "/nonexistent/catalyse.conf"), ERR_IO);
}

static void
reload_takes_what_may_change(void **state)
{
	struct conf *c, *later;
	(void)state;
	file("THREADS=4\nLOG_LEVEL=info\n");
	assert_int_equal(conf_load(&c, path), ERR_NONE);
	file("THREADS=5\nLOG_LEVEL=debug\nSITE_CONTACT=nous@exemple.fr\n");
	assert_int_equal(conf_load(&later, path), ERR_NONE);
	int level = c->log_level;
	conf_reload(c, later);
	conf_free(later);
	assert_int_equal(c->threads, 4);
	assert_int_equal(conf_reloadable(CONF_THREADS), false);
	if (conf_reloadable(CONF_LOG_LEVEL))
		assert_int_not_equal(c->log_level, level);
	conf_free(c);
	unlink(path);
}

static void
sample_is_a_file_that_loads(void **state)
{
	struct buf b;
	struct conf *c;
	(void)state;
	buf_init(&b, arena, 4096);
	conf_print_sample(&b);
	for (int k = 0; k < CONF_COUNT; k++)
		assert_non_null(strstr(arena_cstr(arena, buf_str(&b)), conf_key_name((enum conf_key)k)));
	file(arena_cstr(arena, buf_str(&b)));
	assert_int_equal(conf_load(&c, path), ERR_NONE);
	conf_free(c);
	unlink(path);
}

static void
passwords_are_not_shown(void **state)
{
	static const char *const cases[][2] = { { "host=x password=secret user=u", "host=x password=*** user=u" },
		                                { "host=x password='se cret' user=u", "host=x password=*** user=u" },
		                                { "postgresql://u:secret@h/d", "postgresql://u:***@h/d" } };
	struct conf *c;
	struct buf b;
	(void)state;
	for (size_t i = 0; i < 3; i++) {
		setenv("CATALYSE_DATABASE", cases[i][0], 1);
		assert_int_equal(conf_load(&c, "/dev/null"), ERR_NONE);
		buf_init(&b, arena, 64);
		conf_put_value(&b, c, CONF_DATABASE);
		assert_str(buf_str(&b), cases[i][1]);
		conf_free(c);
	}
	unsetenv("CATALYSE_DATABASE");
}

int
main(void)
{
	const struct CMUnitTest tests[] = { UNIT_TEST(passwords_are_not_shown), UNIT_TEST(defaults_then_file_then_environment), UNIT_TEST(faults_say_where),
		                            UNIT_TEST(reload_takes_what_may_change), UNIT_TEST(sample_is_a_file_that_loads) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
