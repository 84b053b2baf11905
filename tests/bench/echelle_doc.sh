# Sourced by echelle.sh: docs/performance-echelle.md on standard output, from what was measured ($run/http-SIZE-CLIENTS, $run/alone-SIZE-CLIENTS).
cell() { awk -F '\t' -v k="$2" -v c="$3" '$1 == k { print $c }' "$run/$1"; }
verdict() { awk -v v="$1" -v t="$2" 'BEGIN { print v == "" ? "not measured" : v <= t ? "pass" : "short" }'; }
thousands() { echo "$1" | sed -E ':a; s/([0-9])([0-9]{3})($| )/\1 \2\3/; ta'; }
target() { # LABEL LIMIT UNIT VALUE...: with 8 clients, then with a client a core
	local line="| $1 | <= $2 $3 |" v limit=$2
	shift 3
	for v; do
		[ "$v" != absent ] || v=
		line+=" ${v:-not measured} | $(verdict "$v" "$limit") |"
	done
	echo "$line"
}
each() { # FUNCTION ARGUMENT...: its figure with each number of clients
	local c v
	for c in $clients $few; do
		v=$("$@" "$c")
		echo "${v:-absent}"
	done
}
has() { case " $kept " in *" $1 "*) return 0 ;; esac; return 1; }
growth() { # KIND CLIENTS
	has 10000 && has 1000000 || return 0
	awk -v a="$(cell "http-10000-$2" "$1" 3)" -v b="$(cell "http-1000000-$2" "$1" 3)" 'BEGIN { printf "%.2f\n", b / a }'
}
first() { if has "$1"; then cell "$2-$1-$5" "$3" "$4"; fi; } # SIZE http|alone KIND COLUMN CLIENTS
words() { # which dictionaries the largest base has
	if [ "$(sql "catalyse_${kept##* }" -c 'select catalyse.search_mode()')" = dictionnaire ]; then echo "French dictionary (hunspell)"; else echo "fallback dictionaries"; fi
}
cat <<DOC
# Performance at scale

Written by \`make bench-scale\` (tests/bench/echelle.sh) on $(date -u +%Y-%m-%d). Generated content (tools/generer), clients over kept
connections, each asking its next question when the answer before has come, through nginx without cache and one instance of catalysed
with $clients threads; $((seconds * 2)) s a size after a warm-up, pages of the base already in memory. HTML answers. The load client, nginx, catalysed and
PostgreSQL share the machine. Times are those of this machine: they depend on what else it does. Another: [performance-autre-machine.md](performance-autre-machine.md).

| Target | Wanted |$(for c in $clients $few; do printf ' %s client%s | |' "$c" "$([ "$c" = 1 ] || echo s)"; done)
|---|---:|$(for c in $clients $few; do printf -- '---:|---|'; done)
$(target "Search with facets, 100 000 sheets, p95" 50 ms $(each first 100000 http texte 4))
$(target "Search with facets, 1 000 000 sheets, p95" 200 ms $(each first 1000000 http texte 4))
$(target "Filtered list without text, 1 000 000 sheets, p95" 10 ms $(each first 1000000 http liste 4))
$(target "Nearest 20 among 100 000 catalysts, the statement alone, p95" 5 ms $(each first 1000000 alone proche 3))
$(target "Median of lists, 1 000 000 / 10 000 sheets" 4 "" $(each growth liste))
$(target "Median of searches, 1 000 000 / 10 000 sheets" 4 "" $(each growth texte))
$([ "$few" = 1 ] || printf '\n%s clients ask more than %s cores can answer at once: each waits for the others. With %s there is a core for each, which nginx and the load client want too. With one, nobody waits.' "$clients" "${few% 1}" "${few% 1}")

## What was measured

| Sheets | Clients | Kind | Answers | Median, ms | p95, ms | Longest, ms | Faults | Statement alone: median, ms | p95, ms | Ratio of medians |
|---:|---:|---|---:|---:|---:|---:|---:|---:|---:|---:|
DOC
for n in $kept; do
	for c in $clients $few; do
		for kind in liste texte proche; do
			http=http-$n-$c alone=alone-$n-$c
			m=$(cell $http $kind 3) am=$(cell $alone $kind 2)
			echo "| $(thousands "$n") | $c | $kind | $(cell $http $kind 2) | $m | $(cell $http $kind 4) | $(cell $http $kind 5) | $(cell $http $kind 6) | $am | $(cell $alone $kind 3) | $(awk -v a="$m" -v b="$am" 'BEGIN { if (b > 0) printf "%.2f", a / b }') |"
		done
	done
done
cat <<DOC

- liste: \`/fiches\` with 0 to 3 filters (a place six times in ten), page 1 nearly always; texte: one to three words, a filter three times
  in ten; proche: the page of a catalyst, with the nearest others. The three come mixed in one journal (\`generer journal\`).
- The statement alone: the same questions (a hundred of them, drawn at random) in pgbench, as many clients, prepared once a session, same role;
  for proche, the 20 nearest of a commune. Beside it PostgreSQL has the machine for itself.
- Above 5 000 sheets lists come from sheet_list_wide, below from sheet_list (docs/design/echelle.md). Plans: tests/bench/plans/.

## The bases

| Sheets | Visible | Catalysts | Base | sheet_index | Sample | Made in |
|---:|---:|---:|---:|---:|---:|---:|
DOC
for n in $kept; do
	sql "catalyse_$n" -F ' | ' -c "select '| $(thousands "$n") | ' || visible, (select count(*) from catalyse.catalyst), pg_size_pretty(pg_database_size(current_database())),
		pg_size_pretty(pg_total_relation_size('catalyse.sheet_index')), 'one in ' || (1 << k) || ' (' || sampled[2] || ')', '$([ -s "$dir/made-$n" ] && echo "$(cat "$dir/made-$n") s" || echo 'before')' || ' |'
		from catalyse.sheet_wide_state"
done
cat <<DOC

## The machine

- $(nproc) cores, $(awk -F': ' '/model name/ { print $2; exit }' /proc/cpuinfo), $(awk '/MemTotal/ { printf "%.1f GiB", $2 / 1048576 }' /proc/meminfo) of memory; load average before the first measure: $busy
- Linux $(uname -r | cut -d- -f1), $(. /etc/os-release; echo "$PRETTY_NAME"), $(nginx -v 2>&1 | sed 's/.*nginx\//nginx /'), $(psql --version | awk '{ print "PostgreSQL", $3 }'), node $(node --version)
- PostgreSQL: shared_buffers $(sql postgres -c 'show shared_buffers'), work_mem $(sql postgres -c 'show work_mem'), random_page_cost $(sql postgres -c 'show random_page_cost'), effective_cache_size $(sql postgres -c 'show effective_cache_size'), fsync $(sql postgres -c 'show fsync'); the words are those of the $(words)
DOC
