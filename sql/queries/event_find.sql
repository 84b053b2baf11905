-- name: event_find
-- purpose: one event by its address, or by one that it had (its address is then another one)
-- param: address text
-- column: id int
-- column: ref text
-- column: uid text
-- column: address text
-- column: title text
-- column: summary text
-- column: series_code text
-- column: series_name text
-- column: starts_on date
-- column: date_known text
-- column: ends_on date
-- column: starts_at text
-- column: ends_at text
-- column: timezone text
-- column: start_local text
-- column: end_local text
-- column: start_paris text
-- column: start_reunion text
-- column: place text
-- column: place_type text
-- column: place_code text
-- column: place_slug text
-- column: place_name text
-- column: place_stone text
-- column: mode text
-- column: status text
-- column: url text
-- column: change_note text
-- column: moved_from date
-- column: moved_from_local text
-- column: registration text
-- column: registration_until text
-- column: registers bool
-- column: sequence int
-- column: created_at text
-- column: modified_at text
-- column: source_label text
-- column: source_url text
-- column: origin text
-- column: over bool
-- column: live bool
-- column: replay_url text
-- column: documents int
-- rows: maybe
select c.id, c.ref, c.uid, c.address, c.title, c.summary, c.series_code, c.series_name, c.starts_on, c.date_known, c.ends_on,
	to_char(c.starts_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as starts_at,
	to_char(c.ends_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as ends_at, c.timezone, c.start_local, c.end_local,
	c.start_paris, c.start_reunion, c.place, c.place_type, c.place_code, c.place_slug, c.place_name, c.place_stone, c.mode, c.status,
	c.url, c.change_note, c.moved_from, c.moved_from_local, c.registration,
	to_char(c.registration_until at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as registration_until, c.registers, c.sequence,
	to_char(c.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as created_at,
	to_char(c.modified_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as modified_at, c.source_label, c.source_url, c.origin,
	c.over, c.live, c.replay_url, c.documents
from event_card c
where c.id = coalesce((select e.id from event e where e.address = $1), (select f.event_id from event_former f where f.address = $1))
