-- name: freshness_take
-- purpose: hold a sheet that somebody is to be asked about, until the end of the transaction; no row: another run has asked meanwhile
-- role: rw
-- param: sheet int
-- param: due text
-- param: since date
-- column: sheet_id int
-- rows: maybe
insert into private.freshness as f (sheet_id) values ($1::int)
on conflict (sheet_id) do update set asked_at = greatest(f.asked_at, $3::date::timestamptz)
where f.asked_at::date < $3 or case $2::text when 'rappel' then f.reminded_at is null and f.escalated_at is null when 'escalade' then f.escalated_at is null end
returning f.sheet_id
