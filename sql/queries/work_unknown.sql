-- name: work_unknown
-- purpose: what a text names that does not exist: territories, terms, the sheet it comes from
-- role: rw
-- param: content jsonb
-- param: sheet int
-- column: part text
-- column: code text
-- rows: many
select 'territoire' as part, p.place as code from jsonb_array_elements_text(coalesce($1->'territoires', '[]')) p (place)
where not exists (select from territory t where t.type = split_part(p.place, ':', 1) and t.code = split_part(p.place, ':', 2))
union all
select 'terme', m.term from jsonb_array_elements_text(coalesce($1->'termes', '[]')) m (term)
where not exists (select from term t where t.scheme = split_part(m.term, ':', 1) and t.code = split_part(m.term, ':', 2))
union all
select 'inspire', $1->>'inspire' where $1 ? 'inspire' and (($1->>'inspire')::int = $2
	or not exists (select from sheet s where s.id = ($1->>'inspire')::int and s.state in ('publiee', 'a_actualiser', 'archivee')))
