-- name: search_miss_note
-- purpose: count one search that found nothing or little, as catalyse_count
-- param: about text
-- param: subject text
-- param: asked text
-- param: outcome text
-- column: done text
-- rows: one
select search_miss_note($1::text, $2::text, $3::text, $4::text)::text as done
