-- name: review_say
-- purpose: write a message under a sheet; a reply keeps the field of what it answers. No row: there is nothing of that number to answer
-- role: rw
-- param: sheet int
-- param: author int
-- param: invitation int
-- param: kind text
-- param: side text
-- param: field text
-- param: field_label text
-- param: quote text
-- param: body text
-- param: reply_to bigint
-- column: id bigint
-- rows: maybe
with opened as (select work_open($1)),
said as (
	insert into review_message (sheet_id, round, author_id, invitation_id, kind, side, field, field_label, quote, body, reply_to)
	select $1, coalesce((select w.round from work w where w.sheet_id = $1), 0), $2, $3, $4, $5, nullif($6, ''), $7, $8, $9, $10
	from opened
	where $10 is null or exists (select from review_message m where m.id = $10 and m.sheet_id = $1 and m.kind <> 'reponse')
	returning id),
answered as ( -- by words that were kept
	update review_round r set answered_at = now() from said, work w where w.sheet_id = $1 and r.sheet_id = $1 and r.round = w.round and r.answered_at is null
	and $5 = 'relecteur')
select id from said
