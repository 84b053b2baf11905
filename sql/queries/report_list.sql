-- name: report_list
-- purpose: problems reported on a sheet (those that wait first), or one of them
-- role: rw
-- param: sheet int
-- param: one int
-- column: id int
-- column: reason text
-- column: body text
-- column: author_id int
-- column: who text
-- column: email text
-- column: author_email text
-- column: state text
-- column: created_at text
-- column: decider text
-- column: decided_at text
-- column: reply text
-- rows: many
select x.id, x.reason, x.body, x.author_id, case when x.author_id is not null then coalesce(c.name, 'contributeur supprimé') end as who, x.email,
	a.email as author_email, x.state, to_char(x.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as created_at, d.name as decider,
	to_char(x.decided_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as decided_at, x.reply
from report x
left join contributor c on c.id = x.author_id
left join account a on a.id = x.author_id
left join contributor d on d.id = x.decided_by
where x.sheet_id = $1 and ($2::int is null or x.id = $2)
order by x.state <> 'recue', x.id desc limit 200
