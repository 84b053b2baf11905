-- name: workshop_open
-- purpose: a session and its code, drawn here; none when the territory is not known
-- role: rw
-- param: host int
-- param: title text
-- param: prompt text
-- param: place text
-- param: hours int
-- column: id int
-- column: code text
-- rows: maybe
with letters as (
	select string_agg(substr('bcdfghjkmnpqrstvwxz23456789', 1 + get_byte(r.b, i) % 27, 1), '') as code
	from (select decode(replace(gen_random_uuid()::text, '-', ''), 'hex') as b) r, generate_series(0, 5) i
), made as (
	insert into private.workshop (code, title, prompt, host_id, territory_id, closes_at)
	select l.code, btrim($2), btrim($3), $1, t.id, now() + make_interval(hours => $5)
	from letters l join catalyse.territory t on t.type = split_part($4, ':', 1) and t.code = split_part($4, ':', 2)
	returning id, code
)
select m.id, m.code from made m, lateral private.journal_add($1, 'ouvrir', 'atelier', m.id, '{}', '') j (line) where j.line is not null
