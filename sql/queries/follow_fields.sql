-- name: follow_fields
-- purpose: the parts of a public sheet that are one text each, as they are now
-- role: rw
-- param: sheet int
-- column: key text
-- column: label text
-- column: text text
-- column: sum text
-- rows: many
select f.key, f.label, t.text, md5(t.text) as sum
from sheet s, work_content_of(s.id) c, lateral (
	select 'titre' as key, 'Titre' as label, 0 as place
	union all
	select 'chapo', 'Résumé', 1
	union all
	select k.key, k.label, 1 + k.position from sheet_section k
	where k.type = s.type and (k.shape = 'texte' or jsonb_typeof(c->'sections'->k.key) = 'string')) f,
	follow_text(c, f.key) t (text)
where s.id = $1 and s.state in ('publiee', 'a_actualiser')
order by f.place
