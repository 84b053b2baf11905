-- name: admin_counts
-- purpose: what there is to look after
-- role: rw
-- column: terms int
-- column: espaces int
-- column: accounts int
-- column: suspended int
-- column: roles int
-- column: lines bigint
-- column: imports int
-- rows: one
select (select count(*) from term t where t.merged_into is null)::int as terms, (select count(*) from espace)::int as espaces,
	(select count(*) from private.account a where a.state in ('actif', 'en_attente'))::int as accounts, (select count(*) from private.account a where a.state = 'suspendu')::int as suspended,
	(select count(distinct r.account_id) from private.account_role r)::int as roles, (select coalesce(max(s.position), 0) from private.journal_seal s) as lines,
	(select count(*) from private.import_file f where f.done_at is not null)::int as imports
