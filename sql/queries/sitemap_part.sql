-- name: sitemap_part
-- purpose: the addresses of one part of the site map (see sitemap_index), without the host
-- param: kind text
-- param: part int
-- column: path text
-- column: lastmod text
-- rows: many
select path, to_char(lastmod at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as lastmod from (
	select s.id, '/fiches/' || s.slug || '-' || s.id as path, r.datestamp as lastmod
	from sheet_record r join sheet s on s.id = r.sheet_id
	where $1 = 'fiches' and not r.deleted and r.sheet_id > ($2 - 1) * 5000 and r.sheet_id <= $2 * 5000
	union all
	select id, '/catalyseurs/' || slug || '-' || id, modified_at from catalyst
	where $1 = 'catalyseurs' and state = 'publiee' and id > ($2 - 1) * 5000 and id <= $2 * 5000
	union all
	select id, '/parcours/' || slug, modified_at from parcours
	where $1 = 'parcours' and state = 'publiee' and id > ($2 - 1) * 5000 and id <= $2 * 5000
	union all
	select id, '/evenements/' || address, modified_at from event where $1 = 'evenements' and id > ($2 - 1) * 5000 and id <= $2 * 5000
	union all
	select id, '/observatoire/' || code, modified_at from indicator where $1 = 'observatoire' and published and id > ($2 - 1) * 5000 and id <= $2 * 5000
	union all
	select id, '/thematiques/' || code, null from term where $1 = 'thematiques' and $2 = 1 and scheme = 'theme'
	union all
	select id, '/territoires/' || type || '/' || code || '-' || slug, null from territory
	where $1 = 'territoires' and type <> 'pays' and valid_to is null and id > ($2 - 1) * 5000 and id <= $2 * 5000
) s
order by id
