# docs/performance-endurance.md from what soak.sh printed. -v day=YYYY-MM-DD -v revision=REVISION
BEGIN { FS = "\t" }
/^# [0-9]+ requests a second at most/ { split($0, w, /[ ;,]+/); set_up = $0; sub(/^# /, "", set_up) }
/^# [0-9]+\t/ { sub(/^# /, ""); rows = rows sprintf("| %s | %s | %s | %s | %s | %s | %s |\n", $1 == 0 ? "échauffement" : $1, $2, $3, french($4), $5, $6, french($7)) }
/^(not )?ok / { said = said "- " ($0 ~ /^not/ ? "**non** : " : "") substr($0, index($0, " - ") + 3) "\n"; n++; failed += $0 ~ /^not/ }
function french(x) { sub(/\./, ",", x); return x }
END {
	if (n < 13 || split(rows, lines, "\n") < 12) { print "soak_doc: the run is not whole" >"/dev/stderr"; exit 1 }
	printf "# La durée, mesurée\n\nÉcrit par `make check-soak` (tests/chaos/soak.sh), le %s, à la révision %s : le site de la démonstration, deux instances, nginx et PostgreSQL, avec le générateur\n", day, revision
	printf "de charge, sur la même machine. La capacité est mesurée d’abord, puis la moitié en est demandée, par des connexions gardées ; une requête sur\ndix demande où se trouve son visiteur, une sur quatre cents est une fiche envoyée.\n\n"
	printf "| Tranche | Requêtes | Par seconde | 99 %%, ms | Fausses | Coupées | Charge de la machine |\n|---|---:|---:|---:|---:|---:|---:|\n%s\n", rows
	printf "## Ce qui est vérifié\nTel que le passage l’a dit (%d sur %d tenues) :\n\n```\n%s\n%s```\n", n - failed, n, set_up, said
}
