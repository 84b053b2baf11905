-- name: content_event_links_put
-- purpose: join one event to the sheets it names, once all are written
-- param: doc jsonb
-- column: outcome text
-- rows: one
with d as (
	select $1::jsonb as j
), me as (
	select e.id from event e, d where e.ref = d.j->>'ref' and e.edited_at is null
), other as (
	select s.id, a.place from d, jsonb_array_elements_text(coalesce(d.j->'fiches', '[]')) with ordinality as a (ref, place)
	join sheet s on s.ref = trim(split_part(a.ref, ':', 1))
), link_out as (
	delete from event_sheet x using me where x.event_id = me.id and x.sheet_id not in (select id from other) returning 1
), link_in as (
	insert into event_sheet (event_id, sheet_id, position) select me.id, other.id, other.place from me, other on conflict do nothing returning 1
)
select case when exists (select from link_out) or exists (select from link_in) then 'changed' else 'same' end as outcome;
