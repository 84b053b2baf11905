/* JSON, in and out. */
#include "unit.h"

#include "text/json.h"
#include "text/json_out.h"

#include <math.h>

static enum err
parse(const char *z, const struct json **ret)
{
	return json_parse(arena, str_of(z), ret);
}

static void
json_reads_what_is_json(void **state)
{
	const struct json *v;
	int64_t whole = 0;
	(void)state;
	assert_int_equal(parse(" {\"a\":[1,2.5,\"\\u00e9\",true,null],\"b\":{}} ", &v), ERR_NONE);
	const struct json *a = json_get(v, "a");
	assert_int_equal(json_len(a), 5);
	assert_true(json_whole(json_first(a), &whole));
	assert_int_equal(whole, 1);
	assert_false(json_whole(json_next(json_first(a)), &whole));
	assert_str(json_text(json_next(json_next(json_first(a)))), "é");
	assert_null(json_get(v, "c"));
	assert_int_equal(json_len(NULL), 0);
	assert_int_equal(json_text(NULL).n, 0);
	assert_null(json_get(json_get(v, "a"), "x"));
}

static void
json_refuses_the_rest(void **state)
{
	static const char *const bad[] = { "", " ", "{", "[1,]", "{\"a\":1,}", "{a:1}", "[01]", "[1.]", "[.5]", "[+1]", "[1] 2", "nul", "\"\t\"",
		                           "\"\\u0000\"", "\"\\ud800\"", "{\"a\":1,\"a\":2}", "\"\xff\"", "'a'", "[NaN]", "// x\n1" };
	const struct json *v = NULL;
	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		if (parse(bad[i], &v) == ERR_NONE)
			fail_msg("taken: %s", bad[i]);
	assert_null(v);
	char deep[201];
	memset(deep, '[', 100);
	memset(deep + 100, ']', 100);
	deep[200] = 0;
	assert_int_not_equal(parse(deep, &v), ERR_NONE);
}

static void
json_out_writes_commas(void **state)
{
	struct buf b;
	(void)state;
	buf_init(&b, arena, 64);
	struct json_out j = json_out(&b);
	json_begin_object(&j);
	json_key(&j, "a"), json_begin_array(&j), json_int(&j, 1), json_real(&j, 2.5), json_real(&j, NAN), json_end(&j);
	json_key(&j, "b"), json_begin_object(&j), json_end(&j);
	json_key(&j, "c"), json_str_or_null(&j, STR_NONE);
	json_key(&j, "d"), json_str(&j, STR("é\"")), json_key(&j, "e"), json_bool(&j, true), json_key(&j, "f"), json_raw(&j, STR("[]"));
	json_end(&j);
	assert_str(buf_str(&b), "{\"a\":[1,2.5,null],\"b\":{},\"c\":null,\"d\":\"é\\\"\",\"e\":true,\"f\":[]}");
	const struct json *v;
	assert_int_equal(json_parse(arena, buf_str(&b), &v), ERR_NONE);
}

int
main(void)
{
	const struct CMUnitTest tests[] = { UNIT_TEST(json_reads_what_is_json), UNIT_TEST(json_refuses_the_rest), UNIT_TEST(json_out_writes_commas) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
