-- name: sheet_find
-- purpose: one sheet by its number, whatever its state (the page decides between 200 and 410)
-- param: id int
-- column: id int
-- column: ref text
-- column: type text
-- column: slug text
-- column: title text
-- column: summary text
-- column: sections jsonb
-- column: evidence smallint
-- column: licence text
-- column: language text
-- column: state text
-- column: version int
-- column: origin text
-- column: source_label text
-- column: source_url text
-- column: source_publisher text
-- column: source_year int
-- column: structure text
-- column: maturity_min int
-- column: maturity_max int
-- column: verified_on date
-- column: created_at text
-- column: modified_at text
-- rows: maybe
select s.id, s.ref, s.type, s.slug, s.title, s.summary, s.sections, s.evidence, s.licence, s.language, s.state::text,
	s.version, s.origin::text, s.source_label, s.source_url::text, s.source_publisher, s.source_year::int, st.name as structure,
	s.maturity_min::int, s.maturity_max::int, s.verified_on,
	to_char(s.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as created_at,
	to_char(s.modified_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as modified_at
from sheet s
left join structure st on st.id = s.structure_id
where s.id = $1
