# The acceptor under faults. The short form is part of make check (under 45 s), the long one of make check-chaos.
check_PROGRAMS += tests/chaos/tiny_server tests/chaos/hold_socket tests/chaos/confine tests/http/fcgi_client tests/bench/stock_fcgi
tests_chaos_tiny_server_SOURCES = tests/chaos/tiny_server.c
tests_chaos_tiny_server_LDADD = $(SERVICE_LIBS)
tests_chaos_hold_socket_SOURCES = tests/chaos/hold_socket.c
tests_chaos_confine_SOURCES = tests/chaos/confine.c
tests_bench_stock_fcgi_SOURCES = tests/bench/stock_fcgi.c
tests_bench_stock_fcgi_LDADD = $(FCGI_LIBS) -lpthread
tests_http_fcgi_client_SOURCES = tests/http/fcgi_client.c

TESTS += tests/chaos/acceptor.sh tests/chaos/restart.sh tests/chaos/scale.sh tests/chaos/writes.sh

.PHONY: check-chaos
check-chaos: check-sanitizers-http tests/chaos/tiny_server tests/chaos/hold_socket tests/chaos/confine tests/http/fcgi_client
	top_srcdir='$(abs_top_srcdir)' top_builddir='$(abs_top_builddir)' bash $(srcdir)/tests/chaos/all.sh

# The Debian package from its build to its purge, on a clean root; needs root, debootstrap, debhelper and lintian.
.PHONY: check-package
check-package: all tests/chaos/hold_socket
	top_srcdir='$(abs_top_srcdir)' top_builddir='$(abs_top_builddir)' bash $(srcdir)/tests/package/package.sh

# Half an hour at half capacity, on a machine that does nothing else: make check-soak MINUTES=30. From half an hour on, writes docs/performance-endurance.md.
MINUTES = 30
.PHONY: check-soak
check-soak: all
	{ MINUTES=$(MINUTES) top_srcdir='$(abs_top_srcdir)' top_builddir='$(abs_top_builddir)' bash $(srcdir)/tests/chaos/soak.sh; echo $$? >soak.status; } | tee soak.tap
	test $(MINUTES) -lt 30 || { awk -v day="$$(date -u +%F)" -v revision="$$(git -C $(srcdir) rev-parse --short HEAD)" -f $(srcdir)/tests/chaos/soak_doc.awk soak.tap >soak.md \
		&& mv soak.md $(srcdir)/docs/performance-endurance.md; }
	test "$$(cat soak.status)" = 0
