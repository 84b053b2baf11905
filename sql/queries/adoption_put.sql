-- name: adoption_put
-- purpose: keep what somebody says of a sheet they tried; shown at once when they have an account
-- role: rw
-- param: sheet int
-- param: territory int
-- param: who text
-- param: year int
-- param: outcome text
-- param: note text
-- param: author int
-- param: email text
-- column: id int
-- rows: one
with made as (
	insert into private.adoption (sheet_id, territory_id, who, year, outcome, note, author_id, email, state)
	values ($1, $2, coalesce($3, ''), $4, $5, coalesce($6, ''), $7, $8, case when $7::int is null then 'attente' else 'publique' end) returning id
)
select m.id from made m, journal_add($7, 'adopter', 'adoption', m.id, jsonb_build_object('fiche', $1, 'resultat', $5), '') j
