# Sizes first (bench-scale), unless SCALE=no; then rungs, profiles and the plan made from them, written to docs/performance.md in some eight minutes.
# Never part of make check.
.PHONY: bench bench-scale bench-midi bench-crawl bench-contributors
bench: all gen/assets.manifest
	test '$(SCALE)' = no || $(MAKE) bench-scale
	@$(SHELL) -c 'exec bash $(abs_top_srcdir)/tests/bench/run.sh --build $(abs_top_builddir)'

# Lists at SIZES (10000 100000 1000000) sheets, in SCALE_DIR; written to docs/performance-echelle.md and tests/bench/plans.
bench-scale: all gen/assets.manifest
	@$(SHELL) -c 'exec bash $(abs_top_srcdir)/tests/bench/echelle.sh --build $(abs_top_builddir)'

# One profile alone, on a site of its own, its section to the standard output: two hundred visitors at one o'clock, robots, people who write.
bench-midi bench-crawl bench-contributors: all gen/assets.manifest
	@$(SHELL) -c 'exec bash $(abs_top_srcdir)/tests/bench/$(@:bench-%=%).sh --build $(abs_top_builddir)'
