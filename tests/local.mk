# The rings of tests; every script prints what it checked and exits non-zero when something is wrong.
include $(srcdir)/tests/sources.mk
include $(srcdir)/tests/sql/local.mk

UNIT_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS) -DSRCDIR='"$(abs_top_srcdir)"'
UNIT_LIBS = libpage.a libmodel.a $(SERVICE_LIBS) $(CMOCKA_LIBS)
FUZZ_LIBS = libpage.a libmodel.a $(SERVICE_LIBS)
EXTRA_DIST += tests

AM_TESTS_ENVIRONMENT = top_srcdir='$(abs_top_srcdir)'; top_builddir='$(abs_top_builddir)'; export top_srcdir top_builddir;
LOG_COMPILER =
TEST_EXTENSIONS = .sh
SH_LOG_COMPILER = bash

if HAVE_CMOCKA
check_PROGRAMS += $(unit_programs)
TESTS += $(unit_programs)
endif
check_PROGRAMS += $(fuzz_programs)
TESTS += tests/fuzz/replay.sh
TESTS += $(style_tests) $(http_tests) $(sql_tests)
# Much of a ring is waiting: three run side by side, unless told otherwise (make -j1 check).
AM_MAKEFLAGS = $(if $(findstring j,$(MAKEFLAGS)),,-j3)

# Not yet one of style_tests: the tree was not formatted as a whole.
.PHONY: check-format
check-format:
	top_srcdir='$(abs_top_srcdir)' bash $(srcdir)/tests/style/format.sh

style_tests = tests/style/units.sh tests/style/hosts.sh tests/style/style.sh tests/style/tplc.sh tests/unit/tplc_refuses.sh
include $(srcdir)/tests/http/local.mk

# libFuzzer, FUZZ_SECONDS (60) each; needs clang.
.PHONY: fuzz
fuzz: all
	top_builddir='$(abs_top_builddir)' bash $(top_srcdir)/tests/fuzz/run.sh

# Units and fuzz corpora once more, under AddressSanitizer and UBSan, in a copy of the sources: a tree that is configured
# cannot be configured a second time beside itself.
.PHONY: check-sanitizers
check-sanitizers: distdir
	rm -rf build-sanitizers && mv $(distdir) build-sanitizers
	cd build-sanitizers && ./configure --silent --enable-sanitizers --enable-werror CFLAGS='-g1 -O1'
	cd build-sanitizers && $(MAKE) check TESTS="$(unit_programs) tests/fuzz/replay.sh"

# The http ring on the same copy: the real catalysed under the sanitizers behind nginx. Long, so apart: run by check-chaos.
.PHONY: check-sanitizers-http
check-sanitizers-http: distdir
	rm -rf build-sanitizers && mv $(distdir) build-sanitizers
	for d in `grep ^tests/ $(srcdir)/tools/npm.list`; do test ! -d $(abs_top_srcdir)/$$d/node_modules || ln -s $(abs_top_srcdir)/$$d/node_modules build-sanitizers/$$d/node_modules || exit 1; done
	cd build-sanitizers && ./configure --silent --enable-sanitizers --enable-werror
	cd build-sanitizers && CATALYSE_DATA="$${CATALYSE_DATA:-$(abs_top_srcdir)/var/data}" $(MAKE) check TESTS="$(http_tests)"

# What units, corpora, the database and HTTP rings execute, by folder; in a copy as well.
.PHONY: coverage
coverage: distdir
	rm -rf build-coverage && mv $(distdir) build-coverage
	for d in `grep ^tests/ $(srcdir)/tools/npm.list`; do test ! -d $(abs_top_srcdir)/$$d/node_modules || ln -s $(abs_top_srcdir)/$$d/node_modules build-coverage/$$d/node_modules || exit 1; done
	cd build-coverage && ./configure --silent --enable-coverage
	-cd build-coverage && CATALYSE_DATA="$${CATALYSE_DATA:-$(abs_top_srcdir)/var/data}" \
		$(MAKE) check TESTS="$(unit_programs) tests/fuzz/replay.sh $(sql_tests) $(http_tests) tests/chaos/acceptor.sh"
	sh $(srcdir)/tools/coverage.sh build-coverage

# A ring asked for by name (make check TESTS=...) runs alone.
if !SANITIZERS
# After the others, and not beside them: compiling takes both processors.
check-local: check-TESTS
	$(if $(findstring command,$(origin TESTS)),,$(MAKE) check-sanitizers)
endif
include $(srcdir)/tests/chaos/local.mk

# The territories whole: needs the npm registry the first time.
TESTS += tests/territoires/territoires.sh

# What `make install` puts, served. `where` tells the test the folders of this build.
TESTS += tests/install/install.sh
.PHONY: where
where:
	@echo "where_pkgdata='$(pkgdatadir)' where_bin='$(bindir)' where_sbin='$(sbindir)' where_sysconf='$(sysconfdir)'"
	@echo "where_units='$(systemdsystemunitdir)' where_nginx='$(nginxdir)'"
