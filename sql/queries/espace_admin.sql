-- name: espace_admin
-- purpose: the front offices, or one by its code; may: whether that account changes it
-- role: rw
-- param: actor int
-- param: code text
-- column: id int
-- column: code text
-- column: name text
-- column: host text
-- column: tagline text
-- column: colour text
-- column: position int
-- column: sheets int
-- column: editors text
-- column: may bool
-- column: changed_at text
-- column: changed_by text
-- rows: many
select e.id as id, e.code as code, e.name as name, e.host as host, e.tagline as tagline, e.theme->>'couleur' as colour, e.position as position,
	(select count(*) from espace_sheet es where es.espace_id = e.id)::int as sheets,
	(select string_agg(c2.name, ', ' order by c2.name) from private.account_role r join contributor c2 on c2.id = r.account_id where r.espace_id = e.id) as editors,
	private.espace_may($1::int, e.id) as may, to_char(j.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as changed_at, c.name as changed_by
from espace e
left join lateral (select x.at, x.actor_id from private.journal x where x.object = 'espace' and x.object_id = e.id order by x.id desc limit 1) j on true
left join contributor c on c.id = j.actor_id
where $2::text is null or e.code = $2
order by e.position, e.code
