-- name: review_decided
-- purpose: the comments of who has just decided go with the decision
-- role: rw
-- param: actor int
-- param: sheet int
-- column: field_label text
-- column: quote text
-- column: body text
-- rows: many
with decision as (select j.id, (j.detail->>'tour')::int as round from journal j where j.object = 'fiche' and j.object_id = $2 and j.actor_id = $1 order by j.id desc limit 1),
said as (
	update review_message m set decision_id = d.id from decision d
	where m.sheet_id = $2 and m.author_id = $1 and m.kind = 'commentaire' and m.side = 'relecteur' and m.decision_id is null and m.round = d.round
	returning m.id, m.field_label, m.quote, m.body
)
select field_label, quote, body from said order by id
