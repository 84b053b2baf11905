#!/bin/sh
# sources.sh: writes src/sources.mk and tests/sources.mk, the explicit lists of files automake wants, from what the folders hold.
# Run by ./bootstrap; the style tests refuse a list that is not up to date.
set -eu
cd "$(dirname "$0")/.."
LC_ALL=C
export LC_ALL
list() { # VARIABLE FILES...
	printf '%s =' "$1"
	shift
	for f in "$@"; do [ -f "$f" ] && printf ' \\\n\t%s' "$f"; done
	printf '\n'
}
{
	echo "# Written by tools/sources.sh."
	list base_files src/base/*.[ch] src/base/*.def
	list text_files src/text/*.[ch] src/conf/*.[ch] src/conf/*.def
	list service_files src/db/*.[ch] src/geo/*.[ch] src/web/*.[ch] src/web/*.def src/mail/*.[ch] src/fetch/*.[ch] src/crypt/*.[ch] src/media/*.[ch] src/media/*.def
	list model_files src/model/*.[ch]
	list page_files src/format/*.[ch] src/page/*.[ch]
	list catalysed_files src/app/catalysed.c src/app/routes.c src/app/routes.h src/app/routes.def src/app/fresh.def src/app/schemas.def src/app/openapi.c src/app/app.c src/app/app.h src/app/metrics.c src/app/backup_state.[ch] src/app/file_put.[ch]
	list catalyse_files src/app/catalyse.c src/app/cmd.h src/app/cmd.def src/app/cmd_*.[ch] src/app/backup_state.[ch] src/app/file_put.[ch] src/app/import_*.[ch] src/app/export_*.[ch]
} > src/sources.mk.new
mv src/sources.mk.new src/sources.mk
{
	echo "# Written by tools/sources.sh."
	unit=
	for f in tests/unit/test_*.c; do
		[ -f "$f" ] || continue
		n=$(basename "$f" .c)
		unit="$unit tests/unit/$n"
		echo "tests_unit_${n}_SOURCES = $f"
		echo "tests_unit_${n}_CPPFLAGS = \$(UNIT_CPPFLAGS)"
		echo "tests_unit_${n}_LDADD = \$(UNIT_LIBS)"
	done
	echo "unit_programs =$unit"
	fuzz=
	for f in tests/fuzz/fuzz_*.c; do
		[ -f "$f" ] || continue
		n=$(basename "$f" .c)
		fuzz="$fuzz tests/fuzz/$n"
		echo "tests_fuzz_${n}_SOURCES = $f tests/fuzz/replay_main.c"
		echo "tests_fuzz_${n}_CPPFLAGS = \$(UNIT_CPPFLAGS)"
		echo "tests_fuzz_${n}_LDADD = \$(FUZZ_LIBS)"
	done
	echo "fuzz_programs =$fuzz"
} > tests/sources.mk.new
mv tests/sources.mk.new tests/sources.mk
