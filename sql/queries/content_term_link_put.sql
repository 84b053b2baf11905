-- name: content_term_link_put
-- purpose: write the objectives of one thématique; what somebody in charge took out or put in stays so
-- param: doc jsonb
-- column: outcome text
-- rows: one
with d as (
	select $1::jsonb as j
), me as (
	select t.id from d join term t on t.scheme = 'theme' and t.code = d.j->>'theme'
), word as (
	select t.id, a.position::int as position from d, jsonb_array_elements_text(coalesce(d.j->'terms', '[]')) with ordinality as a (term, position)
	join term t on t.scheme = split_part(a.term, ':', 1) and t.code = split_part(a.term, ':', 2)
), up as (
	insert into term_link as l (term_id, other_id, position) select me.id, word.id, word.position from me, word
	on conflict (term_id, other_id) do update set position = excluded.position where l.edited_at is null and l.position <> excluded.position
	returning (xmax = 0) as fresh
)
select case when exists (select from up where fresh) then 'added' when exists (select from up) then 'changed' else 'same' end as outcome;
