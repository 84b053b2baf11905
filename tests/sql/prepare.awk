# prepare.awk: a statement of sql/queries as "prepare name(types) as ..." for psql.
#   awk -f prepare.awk FILES
FNR == 1 && NR > 1 { flush() }
FNR == 1 { name = ""; types = ""; text = "" }
/^-- name:/ { name = $3 }
/^-- param:/ { if ($3 != "none") types = types (types == "" ? "" : ", ") ($4 == "any" ? "unknown" : $4) }
/^--/ && text == "" { next }
{ text = text $0 "\n" }
END { flush() }
function flush() {
	sub(/;[ \t\n]*$/, "", text)
	printf "prepare %s%s as\n%s;\n", name, types == "" ? "" : " (" types ")", text
}
