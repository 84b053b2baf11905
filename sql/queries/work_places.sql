-- name: work_places
-- purpose: the names of territories, in the order asked, as a visitor tells them apart
-- param: keys text[]
-- column: key text
-- column: name text
-- column: label text
-- rows: many
select t.type || ':' || t.code as key, t.name::text as name, t.name || case t.type when 'commune' then ' (' || coalesce(d.code, '') || ')'
	when 'epci' then ' (EPCI, ' || coalesce(d.code, '') || ')' when 'region' then ' (région)' when 'pays' then '' else ' (' || t.code || ')' end as label
from unnest($1) with ordinality k (key, n)
join territory t on t.type = split_part(k.key, ':', 1) and t.code = split_part(k.key, ':', 2)
left join territory d on d.id = t.parent_id
order by k.n
