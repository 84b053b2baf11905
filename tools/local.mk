EXTRA_DIST += tools nginx systemd docs

# The private site under var/ of the checkout; PORT=8080 by default.
.PHONY: demo demo-stop demo-reset
demo: all gen/assets.manifest
	@$(top_srcdir)/tools/demo start --build $(abs_top_builddir)
demo-stop:
	@$(top_srcdir)/tools/demo stop --build $(abs_top_builddir)
demo-reset:
	@$(top_srcdir)/tools/demo reset --build $(abs_top_builddir)

dist_man_MANS = docs/man/catalyse.1 docs/man/catalyse.conf.5 docs/man/catalysed.8
