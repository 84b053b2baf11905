-- name: scheme_admin
-- purpose: the vocabularies, with what they hold and who changed them last
-- role: rw
-- column: code text
-- column: label text
-- column: description text
-- column: origin text
-- column: terms int
-- column: closed int
-- column: sheets int
-- column: changed_at text
-- column: changed_by text
-- rows: many
select s.code as code, s.label as label, s.description as description, s.origin::text as origin,
	(select count(*) from term t where t.scheme = s.code and (t.valid_to is null or t.valid_to > current_date))::int as terms,
	(select count(*) from term t where t.scheme = s.code and t.valid_to <= current_date)::int as closed,
	(select count(distinct st.sheet_id) from sheet_term st join term t on t.id = st.term_id where t.scheme = s.code)::int as sheets,
	to_char(j.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as changed_at, c.name as changed_by
from scheme s
left join lateral (select x.at, x.actor_id from private.journal x where x.object = 'terme' and x.detail->>'schema' = s.code order by x.id desc limit 1) j on true
left join contributor c on c.id = j.actor_id
order by s.position, s.code
