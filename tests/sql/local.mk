# The database's ring. db_test holds the connection layer with statements of its own, against a private server.
PROBE_QUERIES = $(sort $(wildcard $(top_srcdir)/tests/sql/db_queries/*.sql))
BUILT_SOURCES += tests/sql/probe/gen/queries.h tests/sql/probe/gen/queries.c
CLEANFILES += tests/sql/probe/gen/queries.h tests/sql/probe/gen/queries.c

tests/sql/probe/gen/queries.h: $(PROBE_QUERIES) $(top_srcdir)/tools/sqlgen.awk
	$(AM_V_GEN)$(MKDIR_P) tests/sql/probe/gen && $(AWK) -f $(top_srcdir)/tools/sqlgen.awk -v out=h $(PROBE_QUERIES) >$@.new && mv $@.new $@

tests/sql/probe/gen/queries.c: $(PROBE_QUERIES) $(top_srcdir)/tools/sqlgen.awk
	$(AM_V_GEN)$(MKDIR_P) tests/sql/probe/gen && $(AWK) -f $(top_srcdir)/tools/sqlgen.awk -v out=c $(PROBE_QUERIES) >$@.new && mv $@.new $@

check_PROGRAMS += tests/sql/db_test
tests_sql_db_test_SOURCES = tests/sql/db_test.c src/db/db_conn.c src/db/db_copy.c src/db/db_prepare.c src/db/db_run.c \
	src/db/db_value.c src/db/db_hosts.c src/db/db_watch.c
nodist_tests_sql_db_test_SOURCES = tests/sql/probe/gen/queries.c
# The same guard as the product's table: included first, it stands in its place.
tests_sql_db_test_CPPFLAGS = -include tests/sql/probe/gen/queries.h $(AM_CPPFLAGS) $(PQ_CFLAGS)
tests_sql_db_test_LDADD = libbase.a $(PQ_LIBS) -lpthread

sql_tests = tests/sql/sqlgen.sh tests/sql/schema.sh tests/sql/db.sh tests/sql/echelle.sh
