-- name: record_list
-- purpose: what harvesters read, oldest change first, after (datestamp, id), live or deleted: of the sets given, those in all of the
--   first, and in one of each group of the second ("odd:4.odd:17"); texts of a list are joined by U+001F. Sets are a filter over the
--   walk by date: rare ones cost one walk in all, not one a page
-- param: all text[]
-- param: any text[]
-- param: since timestamptz
-- param: until timestamptz
-- param: after_datestamp timestamptz
-- param: after_id int
-- param: n int
-- column: id int
-- column: datestamp text
-- column: deleted bool
-- column: sets text
-- column: slug text
-- column: type text
-- column: title text
-- column: summary text
-- column: language text
-- column: licence text
-- column: created_at text
-- column: modified_at text
-- column: structure text
-- column: source_label text
-- column: source_url text
-- column: terms text
-- column: places text
-- rows: many
select r.sheet_id as id, to_char(r.datestamp at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as datestamp, r.deleted,
	array_to_string(r.sets, chr(31)) as sets, s.slug, s.type, s.title, s.summary, s.language, s.licence,
	to_char(s.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as created_at,
	to_char(s.modified_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as modified_at,
	(select st.name from structure st where st.id = s.structure_id) as structure, s.source_label, s.source_url::text as source_url,
	(select string_agg(t.label, chr(31) order by t.scheme, t.position, t.code) from sheet_term x join term t on t.id = x.term_id
		where x.sheet_id = s.id) as terms,
	(select string_agg(y.name, chr(31) order by y.name, y.code) from sheet_territory x join territory y on y.id = x.territory_id
		where x.sheet_id = s.id) as places
from (
	select sheet_id, datestamp, deleted, sets from sheet_record
	where (datestamp, sheet_id) > (coalesce($5, '-infinity'), coalesce($6, 0))
		and datestamp >= coalesce($3, '-infinity') and datestamp <= coalesce($4, 'infinity')
		and ($1::text[] is null or sets @> $1)
		and ($2::text[] is null or sets && (select string_to_array(array_to_string($2, '.'), '.')) and not exists (select from unnest($2) x (names) where not sets && string_to_array(x.names, '.')))
	order by datestamp, sheet_id
	limit $7
) r
left join sheet s on s.id = r.sheet_id and not r.deleted
order by r.datestamp, r.sheet_id
