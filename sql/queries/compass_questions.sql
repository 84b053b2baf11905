-- name: compass_questions
-- purpose: the questions of the compass and their answers; all: those that are not asked too, and what each answer is worth, for those who
--   change them. A row without answer is a question
-- param: all bool
-- column: question text
-- column: id int
-- column: code text
-- column: label text
-- column: help text
-- column: reason text
-- column: facts text
-- column: hints text
-- column: asked bool
-- column: origin text
-- column: edited bool
-- column: o1 int
-- column: o2 int
-- rows: many
select q.code::text as question, null::int as id, null::text as code, q.label, q.help, ''::text as reason, ''::text as facts, ''::text as hints, q.asked,
	q.origin::text as origin, q.edited_at is not null as edited, q.position as o1, -1 as o2
from compass_question q where q.asked or $1
union all
select q.code, a.id, a.code, a.label, '', a.reason, array_to_string(a.facts, ', '),
	case when $1 then coalesce((select string_agg(h.kind || ':' || h.value || '*' || h.weight, ', ' order by h.weight desc, h.kind, h.value) from compass_hint h
		where h.answer_id = a.id), '') else '' end,
	q.asked, a.origin::text, a.edited_at is not null, q.position, a.position
from compass_question q join compass_answer a on a.question = q.code where q.asked or $1
order by o1, question, o2, id nulls first
