-- name: network_list
-- purpose: what structures sent and the actor may decide: what waits first, the oldest first, then what was decided last
-- role: rw
-- param: actor int
-- param: id int
-- column: id int
-- column: kind text
-- column: catalyst_id int
-- column: catalyst text
-- column: slug text
-- column: structure_id int
-- column: structure text
-- column: account int
-- column: message text
-- column: state text
-- column: created_at timestamptz
-- column: reason text
-- column: field text
-- column: before text
-- column: after text
-- rows: many
select r.id, r.kind, r.catalyst_id, coalesce(c.name, r.content->>'nom', '') as catalyst, coalesce(c.slug, '') as slug, r.structure_id, o.name as structure, r.account_id as account,
	r.message, r.state, r.created_at, r.reason, f.field, f.before, f.after
from network_request r
join structure o on o.id = r.structure_id
left join catalyst c on c.id = r.catalyst_id
left join lateral (
	select k.key as field, k.o, case when r.kind = 'modification' then catalyst_said(k.key, catalyst_content(c.id)->k.key) else '' end as before, catalyst_said(k.key, k.value) as after
	from (select e.key, e.value, array_position(array['nom', 'resume', 'site', 'siege', 'couvre', 'termes', 'annuaire'], e.key) as o from jsonb_each(catalyst_plain(r.content)) e) k
	where r.state = 'attente' and k.o is not null
		and (r.kind <> 'modification' or catalyst_content(c.id)->k.key is distinct from k.value)
) f on true
where ($2::int is null or r.id = $2) and exists (select from network_deciders(r.id) d where d.account_id = $1)
	and (r.state = 'attente' or r.decided_at > now() - interval '30 days')
order by r.state <> 'attente', case when r.state = 'attente' then r.created_at end, r.decided_at desc, r.id, f.o
limit 400
