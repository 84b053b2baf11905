-- name: import_places
-- purpose: the territories that the places of a file name, each once
-- param: places text[]
-- column: raw text
-- column: place text
-- column: fault text
-- rows: many
-- role: rw
select a.raw as raw, p.place as place, p.fault as fault from unnest($1::text[]) as a (raw) cross join lateral private.import_place(a.raw) as p
