-- name: introduction_count
-- purpose: how many were put in touch, by month and by région, nothing under five
-- param: none
-- column: part text
-- column: code text
-- column: name text
-- column: slug text
-- column: n int
-- column: answered int
-- rows: many
select i.part, i.code, coalesce(t.name, '') as name, coalesce(t.slug, '') as slug, i.n, i.answered
from introduction_count i left join territory t on t.id = i.region_id
order by i.part, case when i.part = 'mois' then i.code end desc, i.n desc, i.code
