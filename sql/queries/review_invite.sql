-- name: review_invite
-- purpose: a reader from outside, by a link, for one sheet; no row: this person does not review it
-- role: rw
-- param: actor int
-- param: sheet int
-- param: name text
-- param: token_hash text
-- column: id int
-- rows: maybe
with i as (
	insert into review_invitation (sheet_id, name, token_hash, invited_by)
	select w.sheet_id, $3, $4, $1 from work w where w.sheet_id = $2 and w.state in ('soumise', 'en_relecture', 'modifications_demandees')
		and 'relire' = any (work_rights($1, $2)) returning id
), j as (
	select journal_add($1, 'inviter_avis', 'fiche', $2, jsonb_build_object('invitation', i.id), null) from i
)
select i.id from i, j
