-- name: work_create
-- purpose: a new text, its author and the line of the journal
-- role: rw
-- param: actor int
-- param: content jsonb
-- column: id int
-- rows: one
with made as (
	insert into private.work (content, created_by, saved_by) values ($2, $1, $1) returning sheet_id
), author as (
	insert into private.work_author (sheet_id, account_id, role) select sheet_id, $1, 'auteur' from made
)
select m.sheet_id as id from made m, lateral private.journal_add($1, 'creer', 'fiche', m.sheet_id, '{}', '') j (line) where j.line is not null
