EXTRA_DIST += tools docs

# The private site under var/ of the checkout; PORT=8080 by default.
.PHONY: demo demo-stop demo-reset
demo: all gen/assets.manifest
	@$(top_srcdir)/tools/demo start --build $(abs_top_builddir)
demo-stop:
	@$(top_srcdir)/tools/demo stop --build $(abs_top_builddir)
demo-reset:
	@$(top_srcdir)/tools/demo reset --build $(abs_top_builddir)

# The French dictionary of the search: made again from Debian's when installing on this machine as root; else by hand.
nobase_pkgdata_SCRIPTS += tools/dictionnaire tools/setup tools/backup
nobase_pkgdata_DATA += sql/catalyse_fr.stop
install-data-hook:
	@if [ -z "$(DESTDIR)" ] && [ "$$(id -u)" = 0 ]; then $(top_srcdir)/tools/dictionnaire || true; \
	else echo "For the French dictionary of the search, as root: $(pkgdatadir)/tools/dictionnaire"; fi

# What prepares the territories and the files of addresses.
nobase_pkgdata_SCRIPTS += tools/territoires/prepare tools/territoires/ipdb
nobase_pkgdata_DATA += $(sort $(wildcard $(addprefix $(srcdir)/tools/territoires/,*.mjs sources.json package.json)))

pkgdata_DATA += gen/catalyse.conf.exemple
gen/catalyse.conf.exemple: catalyse$(EXEEXT)
	$(AM_V_GEN)./catalyse$(EXEEXT) conf --sample --config /dev/null >$@.new && mv $@.new $@

man_MANS += gen/man/catalyse.1 gen/man/catalysed.8 gen/man/catalyse.conf.5
CLEANFILES += $(man_MANS) gen/catalyse.conf.exemple
gen/man/catalyse.1 gen/man/catalysed.8: gen/man/%: $(top_srcdir)/docs/man/% Makefile
	$(AM_V_GEN)$(MKDIR_P) gen/man && $(PLACES) $(top_srcdir)/docs/man/$* >$@.new && mv $@.new $@
gen/man/catalyse.conf.5: $(top_srcdir)/src/conf/conf.def $(top_srcdir)/tools/man_conf.awk
	$(AM_V_GEN)$(MKDIR_P) gen/man && $(AWK) -f $(top_srcdir)/tools/man_conf.awk $(top_srcdir)/src/conf/conf.def >$@.new && mv $@.new $@

# Plausible content for measures, and what visitors would ask of it.
noinst_PROGRAMS += generer
generer_SOURCES = tools/generer/generer.c tools/generer/stock.c tools/generer/generer.h
generer_LDADD = -lm
