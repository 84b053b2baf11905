# function.awk: a statement of sql/queries as a function of the session, its parameters named as in its header, all optional.
#   awk -f function.awk FILE
/^-- name:/ { name = $3 }
/^-- param:/ && $3 != "none" { params = params (params == "" ? "" : ", ") $3 " " $4 " default null" }
/^-- column:/ { columns = columns (columns == "" ? "" : ", ") "c_" $3 " " $4 }
/^--/ && text == "" { next }
{ text = text $0 "\n" }
END {
	sub(/;[ \t\n]*$/, "", text)
	printf "create function pg_temp.%s(%s) returns table (%s) language sql stable as $statement$\n%s$statement$;\n", name, params, columns, text
}
