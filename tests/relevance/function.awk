# function.awk: a statement of sql/queries as a function of the session, its parameters named as in its header, all optional.
#   awk -f function.awk FILE
/^-- name:/ { name = $3 }
/^-- param:/ && $3 != "none" { params = params (params == "" ? "" : ", ") $3 " " $4 " default null" }
/^-- column:/ { columns = columns (columns == "" ? "" : ", ") "c_" $3 " " $4 }
/^-- writes:/ { kind = "volatile" }
/^--/ && text == "" { next }
tolower($0) ~ /(^|[ \t(])(insert into|update|delete from)[ \t]/ { kind = "volatile" }
{ text = text $0 "\n" }
END {
	sub(/;[ \t\n]*$/, "", text)
	printf "create function pg_temp.%s(%s) returns table (%s) language sql %s as $statement$\n%s$statement$;\n", name, params, columns, kind == "" ? "stable" : kind, text
}
