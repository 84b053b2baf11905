-- name: sheet_version_find
-- purpose: one version of a sheet, whole; places, terms and source as they were, a line each: empty when there were none, null when it
--   was not recorded. A name is that of today, a code that is no more stays a code
-- param: id int
-- param: number int
-- column: number int
-- column: title text
-- column: summary text
-- column: sections jsonb
-- column: evidence int
-- column: licence text
-- column: hash text
-- column: previous_hash text
-- column: published_at text
-- column: note text
-- column: author_id int
-- column: author text
-- column: decided_by int
-- column: decider text
-- column: places text
-- column: terms text
-- column: source text
-- rows: maybe
select v.number, v.title, v.summary, v.sections, v.evidence::int, v.licence, v.hash, v.previous_hash,
	to_char(v.published_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as published_at, v.note,
	v.author_id, a.name as author, v.decided_by, d.name as decider,
	case when v.parts <> '{}' then coalesce((select string_agg(coalesce(t.name, x.code), chr(10) order by coalesce(t.name, x.code), x.code)
		from jsonb_array_elements_text(case jsonb_typeof(v.parts->'territoires') when 'array' then v.parts->'territoires' else '[]' end) x (code)
		left join territory t on t.type = split_part(x.code, ':', 1) and t.code = split_part(x.code, ':', 2)), '') end as places,
	case when v.parts <> '{}' then coalesce((select string_agg(coalesce(m.label, x.code), chr(10) order by x.code)
		from jsonb_array_elements_text(case jsonb_typeof(v.parts->'termes') when 'array' then v.parts->'termes' else '[]' end) x (code)
		left join term m on m.scheme = split_part(x.code, ':', 1) and m.code = split_part(x.code, ':', 2)), '') end as terms,
	case when v.parts <> '{}' then concat_ws(chr(10), nullif(v.parts#>>'{source,libelle}', ''), nullif(v.parts#>>'{source,editeur}', ''),
		nullif(v.parts#>>'{source,annee}', ''), nullif(v.parts#>>'{source,adresse}', '')) end as source
from sheet_version v
left join contributor a on a.id = v.author_id
left join contributor d on d.id = v.decided_by
where v.sheet_id = $1 and v.number = $2
