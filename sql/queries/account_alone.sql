-- name: account_alone
-- purpose: what would go with an account: drafts that were never public, public sheets that nobody else holds; those of several
-- role: rw
-- param: account int
-- column: drafts int
-- column: published int
-- column: shared int
-- rows: one
with alone as (
	select account_alone($1) as id
)
select (select count(*)::int from alone l where not exists (select from catalyse.sheet s where s.id = l.id)) as drafts,
	(select count(*)::int from alone l join catalyse.sheet s on s.id = l.id where s.state in ('publiee', 'a_actualiser', 'archivee')) as published,
	(select count(*)::int from work_author a where a.account_id = $1 and a.sheet_id not in (select l.id from alone l)) as shared
