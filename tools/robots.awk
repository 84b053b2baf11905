# What nginx knows of robots, from the table:  awk -f tools/robots.awk src/web/robot.def >nginx/snippets/robots.conf
# The style test checks that the file is what this prints.
function quoted(line) { match(line, /"[^"]*"/); return substr(line, RSTART + 1, RLENGTH - 2) }
function literal(s) { gsub(/[.?+()\[\]{}|^$\/]/, "\\\\&", s); gsub(/\\\//, "/", s); return s }
BEGIN {
	print "# Catalyse, http level: robots. Made by tools/robots.awk from src/web/robot.def, as is robots.txt; change that table."
	print "# Wants $catalyse_parcouru: the address that a robot asks for, empty for anybody else."
}
/^ROBOT\(/ {
	match($0, /\([a-z]+/)
	family = substr($0, RSTART + 1, RLENGTH - 1)
	if (!(family in tokens)) order[++families] = family
	tokens[family] = tokens[family] (tokens[family] == "" ? "" : "|") literal(quoted($0))
}
/^CLOSED\(/ {
	pattern = literal(quoted($0))
	gsub(/\*/, ".*", pattern)
	closed[++patterns] = pattern
}
END {
	print "map $http_user_agent $catalyse_robot {\n\tdefault \"\";\n\t\"\" programme;"
	# Nothing but what the usual browsers say, from end to end: known at once, without looking for every token.
	print "\t\"~^Mozilla/5\\.0 \\((Windows NT|Macintosh|X11|Linux|Android|iPhone|iPad)[A-Za-z0-9 ;:._-]*\\)( (Gecko|AppleWebKit|Firefox|Chrome|Version|Mobile|Safari|Edg|EdgA|OPR|CriOS|FxiOS|SamsungBrowser)(/[0-9A-F.]+)?| \\(KHTML, like Gecko\\))+$\" \"\";"
	for (i = 1; i <= families; i++) print "\t\"~*" tokens[order[i]] "\" " order[i] ";"
	print "}\n# What robots.txt leaves out."
	print "map $catalyse_parcouru $catalyse_ferme {\n\tdefault \"\";"
	for (i = 1; i <= patterns; i++) print "\t\"~^" closed[i] "\" 1;"
	print "}"
}
