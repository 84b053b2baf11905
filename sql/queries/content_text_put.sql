-- name: content_text_put
-- purpose: write one text of a page, with the practice, the catalyst and the sheet it names; one changed here is left as it is
-- param: doc jsonb
-- column: outcome text
-- rows: one
with d as (
	select $1::jsonb as j
), up as (
	insert into site_text as x (ref, page, part, mark, title, body, term_id, catalyst_id, sheet_id, position, origin, source_label, source_url)
	select j->>'ref', j->>'page', j->>'part', coalesce(j->>'mark', ''), coalesce(j->>'title', ''), coalesce(j->>'body', ''),
		(select t.id from term t where t.scheme || ':' || t.code = j#>>'{terms,0}'), (select c.id from catalyst c where c.ref = j->>'catalyseur'),
		(select s.id from sheet s where s.ref = j->>'fiche'), coalesce((j->>'position')::int, 0), j->>'origin', j->>'source_label', j->>'source_url'
	from d
	on conflict (ref) do update
	set page = excluded.page, part = excluded.part, mark = excluded.mark, title = excluded.title, body = excluded.body, term_id = excluded.term_id,
		catalyst_id = excluded.catalyst_id, sheet_id = excluded.sheet_id, position = excluded.position, origin = excluded.origin,
		source_label = excluded.source_label, source_url = excluded.source_url
	where x.edited_at is null
		and (x.page, x.part, x.mark, x.title, x.body, x.term_id, x.catalyst_id, x.sheet_id, x.position, x.origin, x.source_label, x.source_url)
		is distinct from (excluded.page, excluded.part, excluded.mark, excluded.title, excluded.body, excluded.term_id, excluded.catalyst_id,
			excluded.sheet_id, excluded.position, excluded.origin, excluded.source_label, excluded.source_url)
	returning (xmax = 0) as fresh
)
select case when exists (select from up where fresh) then 'added' when exists (select from up) then 'changed' else 'same' end as outcome;
