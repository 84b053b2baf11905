# The site for nginx. --with-nginx-dir=/etc/nginx puts it where Debian's nginx reads it; else it is an example under share/.
nginxsnippetsdir = $(nginxdir)/catalyse
nginxsnippets_DATA = $(filter-out %/instances.conf,$(sort $(wildcard $(top_srcdir)/nginx/snippets/*.conf)))
# What catalyse scale wrote is kept.
install-data-hook: install-instances
install-instances:
	$(AM_V_at)[ -e $(DESTDIR)$(nginxsnippetsdir)/instances.conf ] || $(INSTALL_DATA) $(top_srcdir)/nginx/snippets/instances.conf $(DESTDIR)$(nginxsnippetsdir)/
uninstall-hook: uninstall-instances
uninstall-instances:
	$(AM_V_at)rm -f $(DESTDIR)$(nginxsnippetsdir)/instances.conf
nginxsitedir = $(nginxdir)/sites-available
nginxsite_DATA = gen/nginx/catalyse.conf
erreursdir = $(pkgdatadir)/erreurs
erreurs_DATA = $(sort $(wildcard $(top_srcdir)/nginx/erreurs/*))
CLEANFILES += gen/nginx/catalyse.conf
EXTRA_DIST += nginx

# What names a folder of Debian's package in the sources names ours once installed.
PLACES = sed -e 's|/usr/share/catalyse|$(pkgdatadir)|g; s|/usr/sbin/|$(sbindir)/|g; s|/usr/bin/|$(bindir)/|g; s|/etc/catalyse|$(sysconfdir)/catalyse|g' \
	-e 's|/etc/nginx/|$(nginxdir)/|g'

gen/nginx/catalyse.conf: $(top_srcdir)/nginx/catalyse.conf Makefile
	$(AM_V_GEN)$(MKDIR_P) gen/nginx && $(PLACES) $(top_srcdir)/nginx/catalyse.conf >$@.new && mv $@.new $@
