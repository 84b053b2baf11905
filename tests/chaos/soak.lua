-- The mix of tests/chaos/soak.sh: pages, formats, searches, near-you pages of visitors from many places, and a sheet sent now and then.
-- Arguments: token, slice, pause between requests of a connection (ms).
local paths = { "/", "/fiches", "/fiches?type=methode", "/fiches?q=jardin", "/fiches.json", "/fiches.csv?type=exemple", "/fiches.atom", "/catalyseurs", "/catalyseurs.geojson",
	"/recherche?q=lieu", "/recherche.json?q=ali", "/territoires/commune/97410-saint-benoit", "/territoires/region/84-auvergne-rhone-alpes", "/thematiques", "/evenements",
	"/boussole", "/carte", "/parcours", "/observatoire", "/imprimer?type=methode", "/fiches/forum-ouvert-2", "/territoires/suggest?q=saint", "/plan-du-site", "/sitemap.xml" }
local token, slice, pause, n = "", "", 0, 0
local threads = 0

function setup(t)
	threads = threads + 1
	t:set("number", threads)
end

function init(args)
	token, slice, pause = args[1], args[2], tonumber(args[3])
	math.randomseed(number * 104729)
end

function delay()
	if pause == 0 then return 0 end
	return math.random(0, 2 * pause)
end

request = function()
	n = n + 1
	if n % 400 == 0 then
		local key = "endurance-" .. slice .. "-" .. number .. "-" .. n
		return wrk.format("POST", "/fiches", { ["Content-Type"] = "application/json", ["Accept"] = "application/json", ["Authorization"] = "Bearer " .. token,
			["Idempotency-Key"] = key }, '{"type":"exemple","titre":"Envoi ' .. key .. '","chapo":"' .. key .. '"}')
	elseif n % 10 == 0 then -- somebody asks where they are; the demo believes this machine
		return wrk.format("GET", "/pres-de-moi", { ["X-Forwarded-For"] = string.format("%d.%d.%d.%d", math.random(2, 200), math.random(1, 254), math.random(1, 254), math.random(1, 254)) })
	end
	local path = paths[math.random(#paths)]
	if n % 7 == 0 then path = path .. (path:find("?", 1, true) and "&" or "?") .. "v=" .. slice .. number .. n end
	return wrk.format("GET", path)
end

done = function(summary, latency)
	local e = summary.errors
	io.write(string.format("counts %d %d %d %d %.0f\n", summary.requests, e.status, e.connect + e.read + e.write + e.timeout, latency:percentile(99), summary.requests / summary.duration * 1e6))
end
