-- name: search_repair
-- purpose: what to ask instead of a question that finds nothing; reason: orthographe, famille, large (most of the words), un (any); the name of a place is looked for as it is
-- param: q text
-- column: instead text
-- column: reason text
-- rows: many
select r.instead, r.reason from search_repair($1) r
where r.reason not in ('large', 'un') or not exists (select from territory t where t.search = territory_search_normalise(left($1, 120)))
