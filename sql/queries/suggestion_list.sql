-- name: suggestion_list
-- purpose: corrections proposed for a sheet (those that wait first), or one of them
-- role: rw
-- param: sheet int
-- param: one int
-- column: id int
-- column: version int
-- column: field text
-- column: label text
-- column: before text
-- column: after text
-- column: now text
-- column: sum text
-- column: note text
-- column: author_id int
-- column: who text
-- column: email text
-- column: author_email text
-- column: state text
-- column: created_at text
-- column: decider text
-- column: decided_at text
-- column: reason text
-- column: outcome text
-- column: published_version int
-- rows: many
select x.id, x.version, x.field, coalesce(follow_label(s.type, x.field), x.field) as label, x.before, x.after, n.text as now, md5(n.text) as sum, x.note,
	x.author_id, case when x.author_id is null then x.credit else coalesce(c.name, 'contributeur supprimé') end as who, x.email, a.email as author_email,
	x.state, to_char(x.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as created_at, d.name as decider,
	to_char(x.decided_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as decided_at, x.reason, x.outcome, x.published_version
from suggestion x
join sheet s on s.id = x.sheet_id
cross join lateral follow_text(work_content_of(s.id), x.field) n (text)
left join contributor c on c.id = x.author_id
left join account a on a.id = x.author_id
left join contributor d on d.id = x.decided_by
where x.sheet_id = $1 and ($2::int is null or x.id = $2)
order by x.state <> 'recue', x.id desc limit 200
