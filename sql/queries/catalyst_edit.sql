-- name: catalyst_edit
-- purpose: a catalyst as those who change it see it, shown in the lists or not
-- role: rw
-- param: actor int
-- param: id int
-- column: name text
-- column: slug text
-- column: rev int
-- column: structure_id int
-- column: structure text
-- column: held bool
-- column: member bool
-- column: listed bool
-- column: content jsonb
-- column: email text
-- column: confirmed bool
-- column: relay bool
-- column: waits bool
-- column: message text
-- rows: maybe
select c.name, c.slug, c.rev, c.structure_id, o.name as structure,
	exists (select from structure_member m where m.structure_id = c.structure_id and m.state = 'active') as held,
	c.structure_id is not null and network_member($1, c.structure_id) as member, c.state = 'publiee' as listed, catalyst_content(c.id) as content,
	k.email, k.confirmed_at is not null as confirmed, coalesce(k.relay, true) as relay, w.id is not null as waits, w.message
from catalyst c
left join structure o on o.id = c.structure_id
left join catalyst_contact k on k.catalyst_id = c.id
left join lateral (select r.id, r.message from network_request r where r.catalyst_id = c.id and r.state = 'attente'
	and (r.account_id = $1 or network_member($1, r.structure_id)) order by r.id desc limit 1) w on true
where c.id = $2 and c.state in ('publiee', 'archivee')
