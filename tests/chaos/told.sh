# told.sh: what a fault must tell, in the metrics and in the journal, since a moment that the test chose. Sourced.
# Wants, in the script: metrics_texts, which prints what every instance measures; journal_files, which names the files of the journal.
declare -A told_size
told_metrics=
from_here() { # what was counted and written until now is not looked at
	local f
	for f in $(journal_files); do told_size[$f]=$(stat -c %s "$f"); done
	told_metrics=$(metrics_texts)
}
metric() { metrics_texts | told_sum "$1"; } # NAME, after catalyse_ and with its labels if it has any: the sum over the instances
told_sum() { awk -v n="catalyse_$1" '$1 == n { s += $2 } END { print s + 0 }'; }
grew() { # NAME: by how much, since
	awk -v a="$(told_sum "$1" <<<"$told_metrics")" -v b="$(metric "$1")" 'BEGIN { print b - a }'
}
rose() { awk -v n="$(grew "$1")" -v m="${2:-1}" 'BEGIN { exit !(n >= m) }'; } # NAME [AT_LEAST]
since() { # the lines that were written since
	local f
	for f in $(journal_files); do tail -c +$((${told_size[$f]:-0} + 1)) "$f"; done
}
said() { # REGEX WORD: a line written since has both
	since | grep -- "$1" | awk -v w="${2:-}" 'index($0, w) || w == "" { n++ } END { exit !n }'
}
