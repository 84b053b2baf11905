-- name: content_sheet_links_put
-- purpose: join one sheet to the related sheets it names, once all are written
-- param: doc jsonb
-- column: outcome text
-- rows: one
with d as (
	select $1::jsonb as j
), me as (
	select s.id from sheet s, d where s.ref = d.j->>'ref'
), other as (
	select s.id
	from d, jsonb_array_elements_text(coalesce(d.j->'voir', '[]')) as a (ref)
	join sheet s on s.ref = trim(split_part(a.ref, ':', 1))
), link_out as (
	delete from sheet_link x using me
	where x.sheet_id = me.id and x.kind = 'voir' and x.other_id not in (select id from other) returning 1
), link_in as (
	insert into sheet_link (sheet_id, other_id, kind) select distinct me.id, other.id, 'voir' from me, other
	on conflict do nothing returning 1
)
select case when exists (select from link_out) or exists (select from link_in) then 'changed' else 'same' end as outcome;
