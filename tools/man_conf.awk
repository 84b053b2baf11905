# man_conf.awk: docs/man/catalyse.conf.5 from the one table of settings.
#   awk -f tools/man_conf.awk src/conf/conf.def > gen/man/catalyse.conf.5
function text(s) { gsub(/\\/, "\\\\", s); gsub(/-/, "\\-", s); return s }
BEGIN {
	print ".TH CATALYSE.CONF 5 \"2026-11-24\" \"Catalyse 0.1.0\" \"Réglages\""
	print ".SH NOM\ncatalyse.conf \\- les réglages de Catalyse"
	print ".SH DESCRIPTION\nUne ligne \\fBCLÉ=valeur\\fR par réglage, \\fB#\\fR pour un commentaire. La variable d'environnement \\fBCATALYSE_CLÉ\\fR l'emporte"
	print "sur le fichier. \\fBcatalyse conf \\-\\-sample\\fR écrit un fichier d'exemple, \\fBcatalyse conf\\fR montre ce qui est en vigueur."
	print ".SH RÉGLAGES"
}
/^CONF\(/ { row = ""; on = 1 }
on { row = row " " $0 }
on && /"\)[ \t]*$/ {
	on = 0
	sub(/^[ \t]*CONF\(/, "", row)
	key = row; sub(/,.*/, "", key)
	rest = row
	sub(/^[^,]*, *[^,]*, *[^,]*, */, "", rest)
	if (rest ~ /^"/) { match(rest, /^"[^"]*"/); value = substr(rest, 2, RLENGTH - 2); rest = substr(rest, RLENGTH + 1); sub(/^, */, "", rest) }
	else { value = rest; sub(/,.*/, "", value); sub(/^[^,]*, */, "", rest) }
	split(rest, part, /, */)
	match(rest, /"[^"]*", *"/); unit = substr(rest, RSTART + 1); sub(/".*/, "", unit)
	help = rest; sub(/^.*, *"[^"]*", *"/, "", help); sub(/"\)[ \t]*$/, "", help)
	printf ".TP\n.B %s\n%s", key, text(help)
	printf "\nPar défaut : %s%s.", value == "" ? "rien" : "\\fI" text(value) "\\fR", unit == "" ? "" : " " unit
	if (part[3] == "true") printf " Relu sur SIGHUP."
	printf "\n"
}
END { print ".SH \"VOIR AUSSI\"\n.BR catalyse (1),\n.BR catalysed (8)" }
