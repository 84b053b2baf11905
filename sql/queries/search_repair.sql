-- name: search_repair
-- purpose: what to ask instead of a question that finds nothing; reason: orthographe, large (most of the words)
-- param: q text
-- column: instead text
-- column: reason text
-- rows: many
select r.instead, r.reason from search_repair($1) r
