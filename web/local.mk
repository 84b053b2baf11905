# What a browser sees: files under hashed names, templates compiled to C.
TEMPLATE_FILES = $(sort $(wildcard $(top_srcdir)/web/templates/*.html))
ASSET_FILES = $(wildcard $(top_srcdir)/web/assets/*/*)
# Fetched by ./bootstrap, or here; the archive holds it (dist-hook).
ASSET_VENDOR = $(top_srcdir)/web/node_modules/leaflet/dist/leaflet.js
BUILT_SOURCES += gen/tpl.h gen/tpl.c
CLEANFILES += gen/tpl.h gen/tpl.c gen/assets.manifest
EXTRA_DIST += web

noinst_PROGRAMS += tplc
tplc_SOURCES = tools/tplc.c
tplc_LDADD = libtext.a libbase.a

$(ASSET_VENDOR):
	cd $(top_srcdir)/web && npm ci --no-audit --no-fund --loglevel=error

gen/assets.manifest: $(ASSET_FILES) $(ASSET_VENDOR) $(top_srcdir)/tools/assets.sh
	$(AM_V_GEN)$(MKDIR_P) gen && sh $(top_srcdir)/tools/assets.sh $(top_srcdir)/web/assets gen/assets $@ $(ASSET_VENDOR)

gen/tpl.c: $(TEMPLATE_FILES) gen/assets.manifest tplc$(EXEEXT)
	$(AM_V_GEN)$(MKDIR_P) gen && ./tplc$(EXEEXT) gen/tpl.h $@ gen/assets.manifest $(TEMPLATE_FILES)

gen/tpl.h: gen/tpl.c
	@test -f $@ || { rm -f gen/tpl.c; $(MAKE) $(AM_MAKEFLAGS) gen/tpl.c; }

# Files of earlier versions stay: a page sent before the upgrade still names them.
install-data-local: gen/assets.manifest
	$(MKDIR_P) '$(DESTDIR)$(pkgdatadir)/actifs'
	cp -R gen/assets/. '$(DESTDIR)$(pkgdatadir)/actifs'
uninstall-local:
	rm -rf '$(DESTDIR)$(pkgdatadir)/actifs'

clean-local:
	top_srcdir='$(abs_top_srcdir)' top_builddir='$(abs_top_builddir)' bash $(srcdir)/tests/env.sh down
	rm -rf gen/assets build-sanitizers build-coverage tests/env
distclean-local:
	rm -rf tests/data
