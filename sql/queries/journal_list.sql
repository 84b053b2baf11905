-- name: journal_list
-- purpose: lines of the journal, the last first, before a number; of an object, a person, an action, days
-- role: rw
-- param: object text
-- param: object_id bigint
-- param: person text
-- param: action text
-- param: since date
-- param: until date
-- param: before bigint
-- param: most int
-- column: id bigint
-- column: at text
-- column: actor_id int
-- column: actor text
-- column: action text
-- column: object text
-- column: object_id bigint
-- column: detail text
-- column: reason text
-- column: sealed bool
-- column: name text
-- rows: many
select j.id as id, to_char(j.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as at, j.actor_id as actor_id, c.name as actor, j.action as action, j.object as object,
	j.object_id as object_id, j.detail::text as detail, j.reason as reason, exists (select from private.journal_seal s where s.journal_id = j.id) as sealed,
	case j.object when 'fiche' then (select s.title from sheet s where s.id = j.object_id) when 'terme' then (select t.label from term t where t.id = j.object_id)
		when 'espace' then (select e.name from espace e where e.id = j.object_id) when 'compte' then (select n.name from contributor n where n.id = j.object_id) end as name
from private.journal j left join contributor c on c.id = j.actor_id
where ($1::text is null or j.object = $1) and ($2::bigint is null or j.object_id = $2)
	and ($3::text is null or j.actor_id::text = $3 or j.actor_id in (select n.id from contributor n left join private.account a on a.id = n.id
		where a.email = lower($3) or strpos(lower(catalyse.immutable_unaccent(coalesce(n.name, ''))), lower(catalyse.immutable_unaccent($3))) > 0))
	and ($4::text is null or j.action = $4) and ($5::date is null or j.at >= $5) and ($6::date is null or j.at < $6 + 1) and ($7::bigint is null or j.id < $7)
order by j.id desc limit $8::int
