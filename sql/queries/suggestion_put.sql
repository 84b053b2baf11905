-- name: suggestion_put
-- purpose: keep a correction proposed by somebody, when it is not kept already
-- role: rw
-- param: sheet int
-- param: version int
-- param: field text
-- param: before text
-- param: after text
-- param: note text
-- param: author int
-- param: email text
-- param: credit text
-- column: id int
-- rows: maybe
with made as (
	insert into suggestion (sheet_id, version, field, before, after, note, author_id, email, credit)
	select $1, $2, $3, $4, $5, coalesce($6, ''), $7, $8, coalesce($9, '')
	where not exists (select from suggestion x where x.sheet_id = $1 and x.field = $3 and x.after = $5 and x.state = 'recue')
	returning id
)
select m.id from made m, journal_add($7, 'suggerer', 'suggestion', m.id, jsonb_build_object('fiche', $1, 'champ', $3), '') j
