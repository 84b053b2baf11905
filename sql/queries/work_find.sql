-- name: work_find
-- purpose: the text of a sheet being written, as one person may see it: no row for who may not read it. A public sheet nobody opened yet is given as it is, with rev 0
-- role: rw
-- param: actor int
-- param: sheet int
-- column: state text
-- column: rev int
-- column: content jsonb
-- column: round int
-- column: note text
-- column: rights text[]
-- column: saved_at text
-- column: saved_hour text
-- column: saved_by text
-- column: reviewer text
-- column: public_state text
-- column: slug text
-- column: structure text
-- rows: maybe
select coalesce(w.state, 'publiee') as state, coalesce(w.rev, 0) as rev, coalesce(w.content, private.work_content_of($2)) as content,
	coalesce(w.round, 0) as round, coalesce(w.note, '') as note, r.rights,
	to_char(w.saved_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as saved_at,
	to_char(w.saved_at at time zone 'Europe/Paris', 'FMHH24 "h" MI') as saved_hour,
	(select c.name::text from contributor c where c.id = w.saved_by) as saved_by,
	(select c.name::text from contributor c where c.id = w.reviewer_id) as reviewer,
	s.state::text as public_state, s.slug::text as slug,
	(select t.name::text from structure t where t.id = coalesce(w.structure_id, s.structure_id)) as structure
from (select private.work_rights($1, $2) as rights) r
left join private.work w on w.sheet_id = $2
left join sheet s on s.id = $2
where 'lire' = any (r.rights) and (w.sheet_id is not null or s.state in ('publiee', 'a_actualiser', 'archivee'))
