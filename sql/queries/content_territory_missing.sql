-- name: content_territory_missing
-- purpose: which of the "type:code" of the reference content are unknown ("national" is the nation)
-- param: wanted text[]
-- column: wanted text
-- rows: many
select distinct w.wanted
from unnest($1::text[]) as w (wanted)
where w.wanted <> 'national'
	and not exists (
		select from territory t
		where t.type = split_part(w.wanted, ':', 1) and t.code = split_part(w.wanted, ':', 2)
	)
order by 1;
