/* Addresses: what is accepted, what is unmapped, what no visitor comes from. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "geo/addr.h"

static void
test_scopes(void **state)
{
	static const struct {
		const char *text;
		int family; /* 0: refused */
		enum addr_scope scope;
	} T[] = {
		{ "165.169.1.1", 4, ADDR_PUBLIC }, { "8.8.8.8", 4, ADDR_PUBLIC }, { "10.0.0.1", 4, ADDR_PRIVATE },
		{ "127.0.0.1", 4, ADDR_PRIVATE }, { "172.15.0.1", 4, ADDR_PUBLIC }, { "172.16.0.1", 4, ADDR_PRIVATE },
		{ "172.31.255.255", 4, ADDR_PRIVATE }, { "172.32.0.0", 4, ADDR_PUBLIC }, { "192.168.3.4", 4, ADDR_PRIVATE },
		{ "192.169.0.0", 4, ADDR_PUBLIC }, { "169.254.1.1", 4, ADDR_PRIVATE }, { "100.63.255.255", 4, ADDR_PUBLIC },
		{ "100.64.0.0", 4, ADDR_PRIVATE }, { "100.127.255.255", 4, ADDR_PRIVATE }, { "100.128.0.0", 4, ADDR_PUBLIC },
		{ "0.0.0.0", 4, ADDR_PRIVATE }, { "224.0.0.1", 4, ADDR_PRIVATE }, { "255.255.255.255", 4, ADDR_PRIVATE },
		{ "::1", 6, ADDR_PRIVATE }, { "::", 6, ADDR_PRIVATE }, { "fe80::1", 6, ADDR_PRIVATE }, { "fd00::1", 6, ADDR_PRIVATE },
		{ "ff02::1", 6, ADDR_PRIVATE }, { "2a01:e0a::1", 6, ADDR_PUBLIC }, { "::ffff:8.8.8.8", 4, ADDR_PUBLIC },
		{ "::FFFF:7f00:1", 4, ADDR_PRIVATE }, { "64:ff9b::a00:1", 4, ADDR_PRIVATE }, { "64:ff9b::808:808", 4, ADDR_PUBLIC },
		{ "", 0, 0 }, { "1.2.3", 0, 0 }, { "1.2.3.4.5", 0, 0 }, { "256.1.1.1", 0, 0 }, { " 1.2.3.4", 0, 0 }, { "1.2.3.4 ", 0, 0 },
		{ "1.2.3.4:80", 0, 0 }, { "[::1]", 0, 0 }, { "fe80::1%eth0", 0, 0 }, { "localhost", 0, 0 }, { ":::", 0, 0 },
		{ "12345::", 0, 0 }, { "0x7f.1", 0, 0 }, { "1.2.3.4, 5.6.7.8", 0, 0 },
	};
	(void)state;
	for (size_t i = 0; i < sizeof T / sizeof *T; i++) {
		struct addr a = { .family = 99 };
		bool good = addr_parse(str_of(T[i].text), &a);
		if (good != (T[i].family != 0) || a.family != (good ? T[i].family : 99) || (good && addr_scope(&a) != T[i].scope))
			fail_msg("%s", T[i].text);
	}
	struct addr a;
	assert_false(addr_parse((struct str){ "1.2.3.4\0", 8 }, &a));
	assert_false(addr_parse((struct str){ "1.2.3.4444444444444444444444444444444444444444444444", 52 }, &a));
	assert_true(addr_parse((struct str){ "1.2.3.45", 7 }, &a)); /* a slice is not read past its end */
	assert_int_equal(a.b[3], 4);
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_scopes) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
