-- name: sitemap_index
-- purpose: the parts of the site map: 5000 numbers of sheets, catalysts, events or territories each, with the last change inside (territories, themes: not known)
-- param: none
-- column: kind text
-- column: part int
-- column: lastmod text
-- rows: many
select kind, part, to_char(lastmod at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as lastmod from (
	select 'fiches' as kind, (sheet_id - 1) / 5000 + 1 as part, max(datestamp) as lastmod from sheet_record where not deleted group by 2
	union all
	select 'catalyseurs', (id - 1) / 5000 + 1, max(modified_at) from catalyst where state = 'publiee' group by 2
	union all
	select 'parcours', (id - 1) / 5000 + 1, max(modified_at) from parcours where state = 'publiee' group by 2
	union all
	select 'evenements', (id - 1) / 5000 + 1, max(modified_at) from event group by 2
	union all
	select 'observatoire', (id - 1) / 5000 + 1, max(modified_at) from indicator where published group by 2
	union all
	select 'thematiques', 1, null from term where scheme = 'theme' having count(*) > 0
	union all
	select 'territoires', (id - 1) / 5000 + 1, null from territory where type <> 'pays' and valid_to is null group by 2
) s
order by kind, part
