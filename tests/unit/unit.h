/*
 * unit: what every unit program includes: cmocka, an arena that lasts one test, comparisons of slices.
 */
#ifndef UNIT_H
#define UNIT_H
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/buf.h"

static struct arena *arena;

static inline int
unit_setup(void **state)
{
	*state = arena = arena_new(65536, 64 << 20);
	return 0;
}

static inline int
unit_teardown(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}
#define UNIT_TEST(fn) cmocka_unit_test_setup_teardown(fn, unit_setup, unit_teardown)

#define assert_str(s, z)                                                                                               \
	do {                                                                                                           \
		struct str s_ = (s);                                                                                   \
		assert_string_equal(arena_cstr(arena, s_), (z));                                                       \
	} while (0)
#define assert_text(a, s, z) assert_string_equal(arena_cstr((a), (s)), (z)) /* in an arena of the caller's */

#define NBSP "\xc2\xa0"
#define NNBSP "\xe2\x80\xaf"

#endif
