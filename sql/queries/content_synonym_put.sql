-- name: content_synonym_put
-- purpose: write one line of synonyms; equivalents are separated by bars
-- param: doc jsonb
-- column: outcome text
-- rows: one
with d as (
	select $1::jsonb as j
), up as (
	insert into search_synonym as s (term, equivalents, directed, origin, note)
	select j->>'terme', array(select btrim(e) from unnest(string_to_array(j->>'equivalents', '|')) e where btrim(e) <> ''),
		j->>'sens' = 'vers', j->>'origin', coalesce(j->>'note', '')
	from d
	on conflict (term) do update
	set equivalents = excluded.equivalents, directed = excluded.directed, origin = excluded.origin, note = excluded.note
	where (s.equivalents, s.directed, s.origin, s.note)
		is distinct from (excluded.equivalents, excluded.directed, excluded.origin, excluded.note)
	returning (xmax = 0) as fresh
)
select case when exists (select from up where fresh) then 'added' when exists (select from up) then 'changed' else 'same' end
	as outcome;
