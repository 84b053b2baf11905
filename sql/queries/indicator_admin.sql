-- name: indicator_admin
-- purpose: every indicator, hidden ones too, for those in charge
-- role: rw
-- param: none
-- column: code text
-- column: label text
-- column: topic text
-- column: figures int
-- column: published bool
-- column: modified_on date
-- rows: many
select i.code::text as code, i.label, i.topic, (select count(*)::int from figure f where f.indicator_id = i.id) as figures, i.published,
	(i.modified_at at time zone 'UTC')::date as modified_on
from indicator i order by i.position, i.label
