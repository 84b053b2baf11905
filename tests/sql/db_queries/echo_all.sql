-- name: echo_all
-- purpose: sends every kind of parameter there and back
-- param: t text
-- param: ids bigint[]
-- param: words text[]
-- param: r float
-- param: b bool
-- column: t text
-- column: total bigint
-- column: words text
-- column: r float
-- column: b bool
-- rows: many
select $1 as t, -- text
	(select sum(x)::bigint from unnest($2) x) as total,
	array_to_string($3, '|') as words, $4 as r, $5 as b;
