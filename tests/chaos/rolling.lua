-- The mix of tests/chaos/rolling.sh: kept connections, pages that nginx keeps, one request in four a page that it does not, and, with a TOKEN,
-- one in twenty a sheet sent by a program. `done` tells the counts on one line, then the 99th percentile in microseconds.
local paths = { "/", "/fiches", "/fiches.json?taille=5", "/catalyseurs", "/territoires/commune/97410-saint-benoit", "/thematiques", "/evenements",
	"/recherche?q=lieu", "/catalyseurs.json", "/boussole" }
local token, n, round, thread = nil, 0, "", 0
local threads = 0

function setup(t)
	threads = threads + 1
	t:set("number", threads)
end

function init(args)
	token, round = args[1], args[2] or ""
	if token == "" then token = nil end
	math.randomseed(number * 7919)
end

request = function()
	n = n + 1
	if token and n % 20 == 0 then
		local key = "roule-" .. round .. "-" .. number .. "-" .. n
		return wrk.format("POST", "/fiches", { ["Content-Type"] = "application/json", ["Accept"] = "application/json", ["Authorization"] = "Bearer " .. token,
			["Idempotency-Key"] = key }, '{"type":"exemple","titre":"Envoi ' .. key .. '","chapo":"' .. key .. '"}')
	end
	local path = paths[math.random(#paths)]
	if n % 4 == 1 then -- an address nobody asked before: made by the application
		path = path .. (path:find("?", 1, true) and "&" or "?") .. "v=" .. round .. number .. n
	end
	return wrk.format("GET", path)
end

done = function(summary, latency)
	local e = summary.errors
	io.write(string.format("counts %d %d %d %d\n", summary.requests, e.status, e.connect + e.read + e.write + e.timeout, latency:percentile(99)))
end
