-- name: theme_odds_set
-- purpose: the objectives of a thématique are now these, in this order
-- role: rw
-- param: actor int
-- param: theme text
-- param: odds text[]
-- column: outcome text
-- rows: one
-- writes: through theme_odds_set
select private.theme_odds_set($1::int, $2::text, $3::text[]) as outcome
