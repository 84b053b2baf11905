# Written by tools/sources.sh.
unit_programs =
fuzz_programs =
