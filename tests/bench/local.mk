# Ratios of one run, written to docs/performance.md; never part of make check.
.PHONY: bench
bench: all gen/assets.manifest
	@$(SHELL) -c 'exec bash $(abs_top_srcdir)/tests/bench/run.sh --build $(abs_top_builddir)'
