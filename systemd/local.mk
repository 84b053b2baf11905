# Units: one socket and one service an instance. The folder is systemd's own, or --with-systemdsystemunitdir.
systemdsystemunit_DATA = gen/systemd/catalyse@.service gen/systemd/catalyse@.socket \
	gen/systemd/catalyse-export.service gen/systemd/catalyse-export.timer \
	gen/systemd/catalyse-stats.service gen/systemd/catalyse-stats.timer \
	gen/systemd/catalyse-freshness.service gen/systemd/catalyse-freshness.timer \
	gen/systemd/catalyse-reminders.service gen/systemd/catalyse-reminders.timer \
	gen/systemd/catalyse-alerts.service gen/systemd/catalyse-alerts.timer \
	gen/systemd/catalyse-links.service gen/systemd/catalyse-links.timer \
	gen/systemd/catalyse-backup.service gen/systemd/catalyse-backup.timer \
	gen/systemd/catalyse-drill.service gen/systemd/catalyse-drill.timer \
	gen/systemd/catalyse-erasures.service gen/systemd/catalyse-erasures.timer \
	gen/systemd/catalyse-ipdb.service gen/systemd/catalyse-ipdb.timer \
	gen/systemd/catalyse-mail.service gen/systemd/catalyse-bounces.service gen/systemd/catalyse-bounces.timer
sysusersdir = $(prefix)/lib/sysusers.d
dist_sysusers_DATA = systemd/catalyse.conf
CLEANFILES += $(systemdsystemunit_DATA)
EXTRA_DIST += systemd
AM_DISTCHECK_CONFIGURE_FLAGS = --with-systemdsystemunitdir='$$(prefix)/lib/systemd/system'

$(systemdsystemunit_DATA): gen/systemd/%: $(top_srcdir)/systemd/% Makefile
	$(AM_V_GEN)$(MKDIR_P) gen/systemd && $(PLACES) $(top_srcdir)/systemd/$* >$@.new && mv $@.new $@

# What Prometheus and Grafana are given.
supervisiondir = $(pkgdatadir)/supervision
supervision_DATA = $(srcdir)/docs/supervision/alertes.yml $(srcdir)/docs/supervision/prometheus.yml $(srcdir)/docs/supervision/grafana.json

# What an operator of several hosts starts from.
hotesdir = $(pkgdatadir)/plusieurs-hotes
hotes_DATA = $(sort $(wildcard $(top_srcdir)/docs/plusieurs-hotes/*)) $(top_srcdir)/nginx/balancer.conf
