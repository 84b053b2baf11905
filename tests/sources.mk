# Written by tools/sources.sh.
tests_unit_test_views_SOURCES = tests/unit/test_views.c
tests_unit_test_views_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_views_LDADD = $(UNIT_LIBS)
unit_programs = tests/unit/test_views
fuzz_programs =
