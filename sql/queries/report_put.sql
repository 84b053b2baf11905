-- name: report_put
-- purpose: keep a problem that somebody reports
-- role: rw
-- param: sheet int
-- param: reason text
-- param: body text
-- param: author int
-- param: email text
-- column: id int
-- rows: one
with made as (
	insert into report (sheet_id, reason, body, author_id, email) values ($1, $2, $3, $4, $5) returning id
)
select m.id from made m, journal_add($4, 'signaler_probleme', 'signalement', m.id, jsonb_build_object('fiche', $1, 'motif', $2), '') j
