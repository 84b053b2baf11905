# The statements of sql/queries become C; a statement added or removed is seen by the wildcard.
QUERY_FILES = $(sort $(wildcard $(top_srcdir)/sql/queries/*.sql))
BUILT_SOURCES += gen/queries.h gen/queries.c
CLEANFILES += gen/queries.h gen/queries.c

gen/queries.h: $(QUERY_FILES) $(top_srcdir)/tools/sqlgen.awk
	$(AM_V_GEN)$(MKDIR_P) gen && $(AWK) -f $(top_srcdir)/tools/sqlgen.awk -v out=h $(QUERY_FILES) >$@.new && mv $@.new $@

gen/queries.c: $(QUERY_FILES) $(top_srcdir)/tools/sqlgen.awk
	$(AM_V_GEN)$(MKDIR_P) gen && $(AWK) -f $(top_srcdir)/tools/sqlgen.awk -v out=c $(QUERY_FILES) >$@.new && mv $@.new $@

EXTRA_DIST += sql

# The migrations and the first content, for `catalyse migrate` and `catalyse import contenu`.
nobase_pkgdata_DATA += $(sort $(wildcard $(addprefix $(srcdir)/sql/,sqitch.* deploy/*.sql revert/*.sql verify/*.sql \
	reference/*.* reference/*/*.*)))
