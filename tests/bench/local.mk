# Ratios of one run, written to docs/performance.md; never part of make check.
.PHONY: bench bench-scale bench-midi
bench: all gen/assets.manifest
	@$(SHELL) -c 'exec bash $(abs_top_srcdir)/tests/bench/run.sh --build $(abs_top_builddir)'
	@$(MAKE) bench-scale
	@$(MAKE) bench-midi

# Lists at SIZES (10000 100000 1000000) sheets, in SCALE_DIR; written to docs/performance-echelle.md and tests/bench/plans.
bench-scale: all gen/assets.manifest
	@$(SHELL) -c 'exec bash $(abs_top_srcdir)/tests/bench/echelle.sh --build $(abs_top_builddir)'

# Two hundred visitors at one o'clock; written to docs/performance-midi.md.
bench-midi: all gen/assets.manifest
	@$(SHELL) -c 'exec bash $(abs_top_srcdir)/tests/bench/midi.sh --build $(abs_top_builddir)'
