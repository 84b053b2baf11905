# sqlgen.awk: the statements of sql/queries as C.
#   awk -f tools/sqlgen.awk -v out=h FILES > gen/queries.h
#   awk -f tools/sqlgen.awk -v out=c FILES > gen/queries.c
# A file is a header of comment lines, then one statement (a final ";" is dropped):
#   -- name: sheet_list           the file's own name
#   -- purpose: what it is for
#   -- param: type text           one line a parameter, in the order $1, $2 ...; or: -- param: none
#   -- column: id int             one line a column of the result
#   -- rows: one|maybe|many|none|copy
#   -- lazy: reason               optional: prepared at first use (it reads a temporary table)
#   -- role: rw                   optional: reads or writes schema private; prepared on read-write connections only
#   -- writes: how                optional: writes though it reads like a select (a function does): never sent again by itself
#   -- form: binary             optional: the result travels as bytes, for large bytea; columns of int bigint bool text bytea only
# Types: int bigint smallint text bool real float numeric json jsonb date timestamptz uuid bytea, and T[]; any (not compared).
# An error says file:line and ends with status 1.
function bad(what) { printf "%s:%d: %s\n", FILENAME, FNR, what > "/dev/stderr"; status = 1; exit 1 }
function oid(t) { if (!(t in OID)) bad("unknown type \"" t "\""); return OID[t] }
function quoted(s) { gsub(/\\/, "\\\\", s); gsub(/"/, "\\\"", s); gsub(/\t/, " ", s); return "\"" s "\"" }
function finish() {
	if (!n) return
	if (!has_name) fault("no \"-- name:\"")
	if (!(n in rows)) fault("no \"-- rows:\"")
	if (purpose == "") fault("no \"-- purpose:\"")
	sub(/;[ \t\n]*$/, "", sql[n])
	if (sql[n] ~ /;[ \t]*\n/) fault("more than one statement")
	if (sql[n] == "") fault("no statement")
	if ((rows[n] == "none" || rows[n] == "copy") && ncols[n]) fault("columns, but rows: " rows[n])
	if (rows[n] != "none" && rows[n] != "copy" && !ncols[n]) fault("rows: " rows[n] " needs \"-- column:\"")
	for (i = 1; i <= nparams[n]; i++) if (index(sql[n], "$" i) == 0) fault("parameter " i " is not used")
	for (i = 1; binary[n] && i <= ncols[n]; i++) if (tname[n, i] !~ /^(int|bigint|bool|text|bytea)$/) fault("form: binary, with a column of " tname[n, i])
	if (index(sql[n], "$" (nparams[n] + 1))) fault("$" (nparams[n] + 1) " has no \"-- param:\"")
}
function fault(what) { printf "%s:1: %s\n", file[n], what > "/dev/stderr"; status = 1; exit 1 }
BEGIN {
	split("bool 16 bytea 17 bigint 20 smallint 21 int 23 text 25 json 114 real 700 float 701 date 1082 timestamptz 1184 numeric 1700 uuid 2950 jsonb 3802 " \
		"bool[] 1000 smallint[] 1005 int[] 1007 text[] 1009 bigint[] 1016 float[] 1022 any 0", o, " ")
	for (i = 1; i in o; i += 2) OID[o[i]] = o[i + 1]
}
FNR == 1 {
	finish(); n++; file[n] = FILENAME; has_name = 0; purpose = ""; nparams[n] = ncols[n] = 0; sql[n] = ""; body = 0
	base = FILENAME; sub(/^.*\//, "", base); sub(/\.sql$/, "", base)
}
!body && /^-- [a-z]+:/ {
	key = $2; sub(/:$/, "", key)
	if (key == "name") {
		has_name = 1; name[n] = $3
		if ($3 != base) bad("name is \"" $3 "\", the file is " base ".sql")
		if ($3 !~ /^[a-z][a-z0-9_]*$/) bad("bad name")
	} else if (key == "purpose") purpose = $3
	else if (key == "param") {
		if ($3 == "none") next
		if (NF < 4) bad("param: name type"); params[n, ++nparams[n]] = oid($4)
	} else if (key == "column") {
		if (NF < 4) bad("column: name type")
		if ((n, $3) in seen) bad("column " $3 " twice"); seen[n, $3] = 1
		cname[n, ++ncols[n]] = $3; ctype[n, ncols[n]] = oid($4); tname[n, ncols[n]] = $4
	} else if (key == "rows") {
		if ($3 !~ /^(one|maybe|many|none|copy)$/) bad("rows: one, maybe, many, none or copy"); rows[n] = $3
	} else if (key == "lazy") lazy[n] = 1
	else if (key == "role") { if ($3 != "rw") bad("role: rw, or no such line"); writer[n] = 1 }
	else if (key == "writes") writes[n] = 1
	else if (key == "form") { if ($3 != "binary") bad("form: binary, or no such line"); binary[n] = 1 }
	else bad("unknown header \"" key "\"")
	next
}
/^[ \t]*--/ || /^[ \t]*$/ { next }
{
	body = 1; line = $0; sub(/[ \t]+$/, "", line)
	if (line ~ /[^\047]--[ ]/) sub(/[ \t]+-- .*$/, "", line)
	sql[n] = sql[n] (sql[n] == "" ? "" : "\n") line
}
END {
	if (status) exit status
	finish(); if (status) exit status
	print "/* Made from sql/queries by tools/sqlgen.awk. */"
	if (out == "h") {
		print "#ifndef GEN_QUERIES_H\n#define GEN_QUERIES_H\n\nenum query {"
		for (i = 1; i <= n; i++) print "\tQUERY_" toupper(name[i]) ","
		print "\tQUERY_COUNT\n};"
		for (i = 1; i <= n; i++) if (ncols[i]) {
			print "\nenum col_" name[i] " {"
			for (j = 1; j <= ncols[i]; j++) print "\tCOL_" toupper(name[i]) "_" toupper(cname[i, j]) ","
			print "};"
		}
		print "\n#endif"
		exit
	}
	print "#include \"db/query.h\"\n"
	for (i = 1; i <= n; i++) {
		if (nparams[i]) {
			printf "static const unsigned params_%s[] = { ", name[i]
			for (j = 1; j <= nparams[i]; j++) printf "%s%s", params[i, j], j < nparams[i] ? ", " : " };\n"
		}
		if (ncols[i]) {
			printf "static const struct query_column columns_%s[] = {\n", name[i]
			for (j = 1; j <= ncols[i]; j++) printf "\t{ \"%s\", \"%s\", %s },\n", cname[i, j], tname[i, j], ctype[i, j]
			print "};"
		}
	}
	print "\nconst struct query_def query_table[] = {"
	for (i = 1; i <= n; i++) {
		text = tolower(sql[i])
		# only these may be sent again after a lost connection
		pure = !writes[n] && text ~ /^(select|with|values)/ && text !~ /(^|[^a-z_])(insert|update|delete|merge|nextval|setval|set_config|territory_rebuild_tree|truncate)([^a-z_]|$)/
		printf "\t{ \"%s\", ROWS_%s, %s, %s, %s, %s, %d, %s, %d, %s,\n", name[i], toupper(rows[i]), lazy[i] ? "true" : "false",
			writer[i] ? "true" : "false", binary[i] ? "true" : "false", pure ? "true" : "false", nparams[i], nparams[i] ? "params_" name[i] : "NULL", ncols[i], ncols[i] ? "columns_" name[i] : "NULL"
		m = split(sql[i], l, "\n")
		for (j = 1; j <= m; j++) printf "\t  %s%s\n", quoted(l[j] (j < m ? " " : "")), j < m ? "" : " },"
	}
	print "\t{ 0 }\n};\nconst unsigned query_count = " n + 0 ";"
}
