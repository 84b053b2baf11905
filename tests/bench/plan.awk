# The plan for ten million visitors a day: awk -f plan.awk plan.tsv FIGURES. Hypotheses come from plan.tsv (name, value, unit, what, source), costs
# from the run that was measured (name, value); the section comes out in Markdown. A figure that was not measured stops it: nothing is guessed.
BEGIN { FS = "\t" }
/^#/ || NF < 2 { next }
FNR == NR { h[$1] = $2; order[++nh] = $1; unit[$1] = $3; what[$1] = $4; source[$1] = $5; next }
{ f[$1] = $2 }
function fig(k) {
	if (!(k in f)) { missing = missing " " k; return 0 }
	return f[k] + 0
}
function ceil(x) { return x == int(x) ? x : int(x) + 1 }
# One kind of request: how many a second at the peak, and what each costs in microseconds (PostgreSQL, catalysed, nginx).
function kind(label, rate, pg, ca, ng) {
	n++
	name[n] = label; per[n] = rate; cost[n, 1] = pg; cost[n, 2] = ca; cost[n, 3] = ng
	sum[1] += rate * pg / 1e6; sum[2] += rate * ca / 1e6; sum[3] += rate * ng / 1e6
}
function measured(label, rate, k) { kind(label, rate, fig(k ".postgresql"), fig(k ".catalysed"), fig(k ".nginx")) }
function round1(x) { return sprintf(x >= 10 ? "%.0f" : x >= 1 ? "%.1f" : "%.2f", x) }
function big(x,   s, out) {
	s = sprintf("%.0f", x)
	for (out = ""; length(s) > 3; s = substr(s, 1, length(s) - 3)) out = " " substr(s, length(s) - 2) out
	return s out
}
function compute(hosts,   other, kept) {
	n = 0; sum[1] = sum[2] = sum[3] = 0
	other = h["fragment"] + h["list"] + h["search"] + h["sheet"] + h["member"]
	kept = 1 - other
	measured("Page kept by nginx, compressed", peak * kept, "cached_gzip")
	measured("Page kept, with what is near for its visitor, compressed", peak * h["fragment"], "home_gzip")
	measured("Renewal of a page kept (nothing has changed)", h["hot"] * hosts + peak * (kept + h["fragment"]) * h["tail"], "revalidated")
	measured("List with filters", peak * h["list"], "list")
	measured("Search with words", peak * h["search"], "search")
	measured("Sheet", peak * h["sheet"], "sheet")
	measured("Page of who is signed in", peak * h["member"], "member")
	kind("Compression of what is rendered", peak * (other - h["fragment"]), 0, 0, gzip)
	measured("Signing in", visit * h["signin"], "signin")
	measured("Write", visit * h["writes"], "write")
	kind("Files of the site (stylesheet, script, letters)", visit * h["new_files"] * fig("assets.count"), 0, 0, fig("static.nginx"))
	measured("Robot, page not kept", robots * h["crawl_new"], "crawl_first")
	measured("Robot, page kept", robots * (1 - h["crawl_new"]), "crawl_again")
	kind("TLS connection (signature and exchange of keys alone)", visit * h["handshakes"], 0, 0, fig("tls.handshake"))
	app = (sum[2] + sum[3]) * (1 + h["headroom"])
	return ceil(app / h["host_cores"]) + h["lost"]
}
function limit(label, at, todo) { m++; lname[m] = label; lat[m] = at; ltodo[m] = todo }
END {
	day = h["visitors"] * h["pages"]
	shape = h["peak_hour"] / 3600 * h["burst"]
	peak = day * shape; visit = h["visitors"] * shape; robots = day * h["crawl"] / 86400
	gzip = fig("cached_gzip.nginx") - fig("cached.nginx")
	if (gzip < 0) gzip = 0
	hosts = 1 + h["lost"]
	for (i = 0; i < 20; i++) { was = hosts; hosts = compute(was); if (hosts == was) break } # each host renews its own pages
	wpg = visit * (h["writes"] * fig("write.postgresql") + h["signin"] * fig("signin.postgresql")) / 1e6
	reads = (sum[1] - wpg) * (1 + h["headroom"]); writing = wpg * (1 + h["headroom"])
	robot = robots * (h["crawl_new"] * fig("crawl_first.postgresql") + (1 - h["crawl_new"]) * fig("crawl_again.postgresql")) / 1e6
	if (("scale.list" in f) && ("scale.search" in f))
		wide = reads + peak * (h["list"] * (f["scale.list"] - fig("list.postgresql")) + h["search"] * (f["scale.search"] - fig("search.postgresql"))) / 1e6 * (1 + h["headroom"])
	copies = ceil(reads / h["host_cores"]) + h["lost"]
	bytes = peak * (1 - h["fragment"]) * fig("bytes.list_gzip") + peak * h["fragment"] * fig("bytes.home_gzip") + visit * h["new_files"] * fig("assets.bytes") + robots * fig("bytes.list_gzip")
	gbit = bytes * 8 / 1e9
	daily = day * (1 + h["crawl"])
	# Of a day: what reaches the application is what is not simply kept; the hottest pages are renewed as often as the hour is busy.
	reaching = day * (h["list"] + h["search"] + h["sheet"] + h["member"] + h["fragment"] + (1 - h["list"] - h["search"] - h["sheet"] - h["member"]) * h["tail"]) + \
		h["hot"] * hosts / shape + day * h["crawl"] + h["visitors"] * (h["signin"] + h["writes"])
	logs = (daily * fig("log.nginx") + reaching * fig("log.catalysed")) / 1e9
	wal = h["visitors"] * h["writes"] * fig("write.wal") / 1e9
	compressed = peak * gzip / 1e6
	memory = h["instances"] * (fig("mem.instance") + fig("mem.ipdb")) + fig("mem.nginx")
	connections = hosts * h["instances"] * h["threads"]
	if (missing != "") { print "plan: not measured:" missing >"/dev/stderr"; exit 1 }

	print "## Ten million visitors a day, on paper\n"
	print "What follows is computed (tests/bench/plan.awk), not measured: hypotheses (tests/bench/plan.tsv, to be changed) times what this run says that each request"
	print "costs. « A core » is one of this machine, busy with its generator of load as well.\n"
	print "| Hypothesis | | | Source |\n|---|---:|---|---|"
	for (i = 1; i <= nh; i++) { k = order[i]; printf "| %s | %s | %s | %s |\n", what[k], h[k] >= 10000 ? big(h[k]) : h[k], unit[k], source[k] }
	printf "\nAt the peak, hence: **%s pages a second** of %s visitors who arrive each second, and %s of robots.\n\n", big(peak), big(visit), big(robots)
	print "| At the peak | A second | PostgreSQL, µs | catalysed, µs | nginx, µs | Cores |\n|---|---:|---:|---:|---:|---:|"
	for (i = 1; i <= n; i++) printf "| %s | %s | %.0f | %.0f | %.0f | %.2f |\n", name[i], big(per[i]), cost[i, 1], cost[i, 2], cost[i, 3], per[i] * (cost[i, 1] + cost[i, 2] + cost[i, 3]) / 1e6
	printf "| All, cores | | %.2f | %.2f | %.2f | %.2f |\n", sum[1], sum[2], sum[3], sum[1] + sum[2] + sum[3]
	printf "| With %.0f %% free | | %.1f | %.1f | %.1f | %.1f |\n\n", h["headroom"] * 100, sum[1] * (1 + h["headroom"]), sum[2] * (1 + h["headroom"]), sum[3] * (1 + h["headroom"]), (sum[1] + sum[2] + sum[3]) * (1 + h["headroom"])
	print "| To have | | How |\n|---|---:|---|"
	printf "| Hosts of nginx and catalysed, %d cores | %d | %.1f cores, and %d that may be lost |\n", h["host_cores"], hosts, app, h["lost"]
	printf "| Copies of PostgreSQL for reads, %d cores | %d | %.1f cores, and %d that may be lost |\n", h["host_cores"], copies, reads, h["lost"]
	if (wide > 0) printf "| The same, in a base of a million sheets | %d | %.1f cores: a list costs %s µs there, a search %s ([performance-echelle.md](performance-echelle.md)) |\n", ceil(wide / h["host_cores"]) + h["lost"], wide, big(f["scale.list"]), big(f["scale.search"])
	printf "| Primary | 1 | %s writes and signings in a second, %.2f cores; one of the copies follows it at each commit and takes its place |\n", round1(visit * (h["writes"] + h["signin"])), writing
	printf "| Memory of a host of nginx and catalysed | %.1f GiB | %d instances of %.0f MiB, of which %.0f for the addresses; nginx %.0f MiB; what is left keeps pages |\n", memory / 1024, h["instances"], fig("mem.instance") + fig("mem.ipdb"), fig("mem.ipdb"), fig("mem.nginx")
	printf "| Memory of PostgreSQL | the base | %.0f MiB in this run, sessions included; %s |\n", fig("mem.postgresql"), (("scale.base" in f) ? "with a million sheets the base is of " f["scale.base"] : "sizes: performance-echelle.md")
	printf "| Connections to each copy | %d | %d hosts × %d instances × %d threads over %d copies; PgBouncer beyond what max_connections says |\n", ceil(connections / copies), hosts, h["instances"], h["threads"], copies
	printf "| Network, out | %s Gbit/s | pages of %s bytes compressed, %s with the fragment, %s bytes of files for who comes anew |\n", round1(gbit), big(fig("bytes.list_gzip")), big(fig("bytes.home_gzip")), big(fig("assets.bytes"))
	printf "| Journals, before compression | %s GB a day | %s lines of nginx of %.0f bytes, %s of catalysed of %.0f |\n", round1(logs), big(daily), fig("log.nginx"), big(reaching), fig("log.catalysed")
	printf "| WAL | %s GB a day | %s writes of %s bytes |\n\n", round1(wal), big(h["visitors"] * h["writes"]), big(fig("write.wal"))

	limit("Processor of one host of nginx and catalysed", h["host_cores"] / app, sprintf("compression is %.0f %% of what nginx does there, at the gzip_comp_level of nginx/snippets/compression.conf; then one more host behind the balancer", (sum[3] > 0 ? 100 * compressed / sum[3] : 0)))
	limit("Processor of one copy of PostgreSQL", h["host_cores"] / reads, sprintf("robots are %.0f %% of what it does: their limits are in nginx/snippets/http.conf; then one more copy, its address in DATABASE", 100 * robot / sum[1]))
	if (wide > 0) limit("Processor of one copy, in a base of a million sheets", h["host_cores"] / wide, "lists and searches are most of it there: one more copy, its address in DATABASE")
	limit("Processor of the primary, writes and signings in", writing > 0 ? h["host_cores"] / writing : 1e9, "more cores for it: there is one primary")
	limit("Writes that one base took in this run, on this disk", fig("write.rate") / (visit * h["writes"] * (1 + h["headroom"])), "a faster disk and more cores for the primary; what writes wait for is in the profile of contributors")
	limit("Network of one host", h["host_gbit"] / (gbit * (1 + h["headroom"])), "one more host, or a cache of files and pages nearer to visitors")
	for (i = 1; i <= m; i++) for (j = i + 1; j <= m; j++) if (lat[j] < lat[i]) {
		t = lat[i]; lat[i] = lat[j]; lat[j] = t
		t = lname[i]; lname[i] = lname[j]; lname[j] = t
		t = ltodo[i]; ltodo[i] = ltodo[j]; ltodo[j] = t
	}
	printf "What breaks first, one of each and %.0f %% free, and what is to be done:\n\n", h["headroom"] * 100
	print "| In this order | Visitors a day it bears | To do |\n|---|---:|---|"
	for (i = 1; i <= m; i++) printf "| %s | %s | %s |\n", lname[i], big(int(lat[i] * h["visitors"] / 100000) * 100000), ltodo[i]
	top = 0
	for (i = 1; i <= n; i++) { c = per[i] * (cost[i, 1] + cost[i, 2] + cost[i, 3]); if (c > top) { top = c; at = i } }
	printf "\nOf all that is asked, « %s » costs most: %.0f %% of the cores.\n", name[at], 100 * top / 1e6 / (sum[1] + sum[2] + sum[3])
}
