-- name: espace_common_fields
-- purpose: what a front office may adapt of a sheet: its title, its summary, its sections of text, each with the digest of what it says now
-- param: sheet int
-- column: field text
-- column: text text
-- column: digest text
-- rows: many
select f.field, f.text, md5(f.text) as digest from (
	select 1 as o, 'titre' as field, s.title as text from sheet s where s.id = $1::int
	union all select 2, 'chapo', s.summary from sheet s where s.id = $1::int
	union all select 3, k.key, k.value #>> '{}' from sheet s cross join lateral jsonb_each(s.sections) k where s.id = $1::int and jsonb_typeof(k.value) = 'string'
		and k.key not in ('etapes', 'valeurs')
) f order by f.o, f.field
