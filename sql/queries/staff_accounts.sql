-- name: staff_accounts
-- purpose: accounts by a part of their name or address, their state; a page of them, or one by its number
-- role: rw
-- param: words text
-- param: state text
-- param: id int
-- param: offset int
-- param: most int
-- column: id int
-- column: name text
-- column: email text
-- column: state text
-- column: created_at text
-- column: seen_on text
-- column: totp bool
-- column: roles text
-- column: sheets int
-- column: sessions int
-- column: total int
-- rows: many
select a.id as id, c.name as name, a.email as email, a.state as state, to_char(a.created_at at time zone 'UTC', 'YYYY-MM-DD') as created_at, a.seen_on::text as seen_on,
	a.totp is not null as totp, (select string_agg(distinct r.role, ', ') from private.account_role r where r.account_id = a.id) as roles,
	(select count(*) from private.work_author w where w.account_id = a.id)::int as sheets, (select count(*) from private.session s where s.account_id = a.id)::int as sessions,
	(count(*) over ())::int as total
from private.account a join contributor c on c.id = a.id
where ($1::text is null or strpos(lower(catalyse.immutable_unaccent(coalesce(c.name, ''))), lower(catalyse.immutable_unaccent($1))) > 0 or strpos(coalesce(a.email, ''), lower($1)) > 0)
	and (a.state = $2::text or $2::text is null and a.state <> 'supprime') and ($3::int is null or a.id = $3)
order by a.created_at desc, a.id desc offset $4::int limit $5::int
