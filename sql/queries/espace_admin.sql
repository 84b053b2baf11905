-- name: espace_admin
-- purpose: the front offices, or one by its code; may: whether that account changes it
-- role: rw
-- param: actor int
-- param: code text
-- column: id int
-- column: code text
-- column: name text
-- column: brand text
-- column: host text
-- column: hosts text
-- column: tagline text
-- column: foot text
-- column: mark text
-- column: colour text
-- column: band text
-- column: ground text
-- column: rule text
-- column: is_default bool
-- column: has_image bool
-- column: position int
-- column: sheets int
-- column: adapted int
-- column: to_see int
-- column: editors text
-- column: may bool
-- column: changed_at text
-- column: changed_by text
-- rows: many
select e.id as id, e.code as code, e.name as name, e.brand, e.host as host, (select string_agg(h.host, chr(10) order by h.host) from espace_host h where h.espace_id = e.id) as hosts,
	e.tagline as tagline, e.foot, e.mark, e.theme->>'couleur' as colour, e.theme->>'bande' as band, e.theme->>'pied' as ground, e.rule, e.is_default,
	exists (select from espace_logo l where l.espace_id = e.id) as has_image, e.position as position,
	(select count(*) from espace_sheet es where es.espace_id = e.id)::int as sheets,
	(select count(*) from espace_adaptation x where x.espace_id = e.id)::int as adapted,
	(select count(*) from espace_adaptation x where x.espace_id = e.id and x.base <> espace_common_text(x.sheet_id, x.field))::int as to_see,
	(select string_agg(c2.name, ', ' order by c2.name) from private.account_role r join contributor c2 on c2.id = r.account_id where r.espace_id = e.id) as editors,
	private.espace_may($1::int, e.id) as may, to_char(j.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as changed_at, c.name as changed_by
from espace e
left join lateral (select x.at, x.actor_id from private.journal x where x.object = 'espace' and x.object_id = e.id order by x.id desc limit 1) j on true
left join contributor c on c.id = j.actor_id
where $2::text is null or e.code = $2
order by e.position, e.code
