-- name: search_place_has
-- purpose: whether a sheet of a place ("commune:97410") has these words
-- param: q text
-- param: place text
-- column: has bool
-- rows: one
select exists (
	select from territory t join sheet_index i on i.keys @@ ((1000000 + t.id)::text)::tsquery and i.words @@ search_query($1)
	where t.type = split_part($2, ':', 1) and t.code = split_part($2, ':', 2)
) as has
