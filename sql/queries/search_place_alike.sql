-- name: search_place_alike
-- purpose: the places whose name is a letter or two away from what was typed, or begins so (« Vitry »), no word of which is French
-- param: q text
-- column: key text
-- column: name_in text
-- rows: many
select key, name_in from (
	select t.type || ':' || t.code as key, t.name_in || case when t.type = 'commune' then ' (' || d.code || ')' else '' end as name_in,
		t.population, t.id, x.far, min(x.far) over () as least
	from (select territory_search_normalise(left($1, 80)) as name) w
	join territory t on t.search % w.name
	left join territory d on d.id = t.parent_id
	cross join lateral (select case when starts_with(t.search, w.name || ' ') then 0 else levenshtein(t.search, w.name) end as far) x
	where length(w.name) >= 4 and t.valid_to is null and t.type <> 'pays' and $1 !~ '^[[:upper:]]{2,6}$' -- an acronym
		and x.far <= case when length(w.name) < 6 then 1 else 2 end
		and not exists (select from regexp_split_to_table(btrim(left($1, 80)), '\s+') m where search_is_french(m))
) x
where far = least
order by population desc nulls last, id
limit 3
