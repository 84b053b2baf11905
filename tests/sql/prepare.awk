# prepare.awk: a statement of sql/queries as "prepare name(types) as ..." for psql.
#   awk -f prepare.awk FILES
# Left out: what psql cannot prepare (COPY, DO, SET ...) and what reads temporary tables (-- lazy).
FNR == 1 && NR > 1 { flush() }
FNR == 1 { name = ""; types = ""; text = ""; lazy = 0 }
/^-- lazy:/ { lazy = 1 }
/^-- name:/ { name = $3 }
/^-- param:/ { if ($3 != "none") types = types (types == "" ? "" : ", ") ($4 == "any" ? "unknown" : $4) }
/^--/ && text == "" { next }
{ text = text $0 "\n" }
END { flush() }
function flush() {
	sub(/;[ \t\n]*$/, "", text)
	if (lazy || tolower(text) !~ /^[ \t\n(]*(select|with|insert|update|delete|values)/) return
	printf "prepare %s%s as\n%s;\n", name, types == "" ? "" : " (" types ")", text
}
