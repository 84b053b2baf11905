#!/usr/bin/env bash
# Style: what the house asks of the tree and a machine can see.
set -u
cd "${top_srcdir:-$(dirname "$0")/../..}" || exit 1
faults=0
bad() { printf 'style: %s\n' "$*"; faults=$((faults + 1)); }
rank() { case $1 in base) echo 0 ;; text | conf) echo 1 ;; db | geo | mail | fetch | crypt | media | web) echo 2 ;; model) echo 3 ;; format | page) echo 4 ;; app) echo 5 ;; gen) echo 0 ;; *) echo 9 ;; esac; }

# Layers: src/ depends only downwards.
while IFS=: read -r file _ line; do
	here=$(printf '%s' "$file" | cut -d/ -f2)
	there=$(printf '%s' "$line" | sed -E 's/.*"([a-z_]+)\/.*/\1/')
	if [ "$(rank "$there")" = 9 ]; then bad "$file includes $there/: no such layer"; continue; fi
	[ "$(rank "$there")" -gt "$(rank "$here")" ] && bad "$file (layer $(rank "$here")) includes $there/ (layer $(rank "$there"))"
done < <(grep -rnE '^#[[:space:]]*include[[:space:]]+"[a-z_]+/' src --include='*.[ch]')

# A library is seen by one folder, or one file.
only() { # HEADER PATH-PATTERN
	grep -rlE "include[[:space:]]*<$1>" src | grep -vE "$2" | while read -r f; do echo "$f"; done
}
for rule in 'libpq-fe\.h=^src/db/' 'fcgiapp\.h=^src/web/' 'maxminddb\.h=^src/geo/mmdb' 'cjson/cJSON\.h=^src/text/json' 'cmark-gfm.*\.h=^src/text/markdown' 'curl/curl\.h=^src/(mail|fetch)/' 'sodium\.h=^src/crypt/' 'liboath/oath\.h=^src/crypt/totp' 'qrencode\.h=^src/crypt/qr' 'xxhash\.h=^src/crypt/' 'magic\.h=^src/media/media' 'gd\.h=^src/media/image' 'zip\.h=^src/media/office' 'zlib\.h=^src/(app/export_file|media/pdf)'; do
	for f in $(only "${rule%%=*}" "${rule#*=}"); do bad "$f includes ${rule%%=*}"; done
done
for f in $(grep -rlE '\bPQ(exec|prepare|send)[A-Za-z]*[[:space:]]*\(' src | grep -v '^src/db/'); do bad "$f talks to PostgreSQL by itself"; done
for f in $(grep -rlE '\b(system|popen)[[:space:]]*\(' src); do bad "$f starts a shell"; done

# Sizes, words, headers of statements and templates.
for f in $(find src tools tests web/assets -name '*.[ch]' -o -name '*.js' -path '*assets*' -o -name '*.css' -o -name '*.sh' | grep -v node_modules); do
	n=$(wc -l < "$f")
	[ "$n" -gt 800 ] && bad "$f has $n lines: split it"
done
for f in $(grep -rlE 'TODO|FIXME|XXX' src tools web/templates web/assets sql nginx --include='*.[ch]' --include='*.sql' --include='*.html' --include='*.js' --include='*.css' --include='*.sh' 2>/dev/null | grep -v node_modules); do bad "$f says something is left to do"; done
for f in sql/queries/*.sql; do
	for key in name purpose rows; do grep -q "^-- $key:" "$f" || bad "$f has no \"-- $key:\""; done
done
for f in web/templates/*.html; do head -1 "$f" | grep -q '^{{!struct view_[a-z_]*}}' || bad "$f does not open with {{!struct view_...}}"; done
grep -rnE '<script>|<style|style="|on(click|load|submit|change|error)=' web/templates && bad "inline script or style in a template"
for f in sql/deploy/*.sql; do
	n=$(basename "$f")
	[ -f "sql/revert/$n" ] && [ -f "sql/verify/$n" ] || bad "$f has no revert or verify"
done

# No route is forgotten by the matrix of roles, and no row is of a route that is gone.
said=$(perl tests/http/matrix.pl check src/app/routes.def tests/http/matrix.tsv 2>&1) || bad "the matrix of roles is not read, or not whole: ${said:-it says nothing}"

# A parameter is said once in its schema, and every setting has its place in the manual page made from the table.
while read -r twice; do bad "src/web/params.def: $twice"; done < <(awk '
	function schema(text) { match(text, /\([^,")]*/); return substr(text, RSTART + 1, RLENGTH - 1) }
	/^SCHEMA\(/ { name = schema($0); delete seen }
	/^#include/ { file = "src/" $2; gsub(/"/, "", file); while ((getline line < file) > 0) if (line ~ /^PARAM\("/) note(line); close(file) }
	/^PARAM\("/ { note($0) }
	function note(line) { split(line, p, "\""); if (p[2] in seen) print p[2] " twice in " name; seen[p[2]] = 1 }' src/web/params.def)
for key in $(sed -n 's/^CONF(\([A-Z0-9_]*\),.*/\1/p' src/conf/conf.def); do
	[ "$(awk -f tools/man_conf.awk src/conf/conf.def | grep -c "^\.B $key\$")" = 1 ] || bad "conf.def: $key is not in catalyse.conf(5)"
done

# Each command of the operator has its entry in the manual page.
for word in $(sed -n 's/^	CMD(\([a-z_]*\),.*/\1/p' src/app/cmd.h | sed 's/_/\\\\-/g'); do
	grep -qE "^\.BR? \"?$word(\"?$|\"? )" docs/man/catalyse.1 || bad "cmd.h: ${word//\\} is not in catalyse(1)"
done

# What nginx says of itself, it says alike in a page and in data.
for f in nginx/erreurs/*.html; do
	title=$(sed -n 's,^<h1>\(.*\)</h1>$,\1,p' "$f")
	grep -q "\"title\":\"$title\",\"status\":$(basename "$f" .html)," "${f%.html}.json" || bad "${f%.html}.json does not say what $f says"
done

awk -f tools/robots.awk src/web/robot.def | cmp -s - nginx/snippets/robots.conf || bad "nginx/snippets/robots.conf is not what src/web/robot.def says: awk -f tools/robots.awk src/web/robot.def"

# The explicit lists of files are up to date.
if [ -w src ] && [ -d .git ]; then
	before=$(cat src/sources.mk tests/sources.mk | sha256sum)
	sh tools/sources.sh
	[ "$before" = "$(cat src/sources.mk tests/sources.mk | sha256sum)" ] || bad "src/sources.mk or tests/sources.mk was not up to date: run tools/sources.sh"
fi
echo "style: $faults faults"
[ "$faults" = 0 ]
