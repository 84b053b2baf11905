-- name: figure_list
-- purpose: the figures of an indicator, or of all; at most so many of each; the nation first, then places by name; newest years last
-- param: code text
-- param: most int
-- column: id int
-- column: indicator text
-- column: label text
-- column: unit text
-- column: type text
-- column: code text
-- column: slug text
-- column: name text
-- column: name_in text
-- column: stone text
-- column: overseas bool
-- column: year_from int
-- column: year_to int
-- column: population text
-- column: answer text
-- column: value numeric
-- column: low numeric
-- column: high numeric
-- column: numerator bigint
-- column: denominator bigint
-- column: sample bigint
-- column: source_label text
-- column: source_url text
-- column: publisher text
-- column: licence text
-- column: note text
-- column: reported text
-- column: rank int
-- column: modified_at timestamptz
-- column: depth int
-- rows: many
select f.id, f.indicator::text as indicator, f.label, f.unit, f.type, f.code, f.slug::text as slug, f.name::text as name, f.name_in, f.stone, f.overseas,
	f.year_from::int as year_from, f.year_to::int as year_to, f.population, f.answer, f.value, f.low, f.high, f.numerator, f.denominator, f.sample,
	f.source_label, f.source_url, f.publisher, f.licence, f.note, f.reported, f.position::int as rank, f.modified_at, 0 as depth
from (
	select g.*, row_number() over (partition by g.indicator_id order by (g.type <> 'pays'), g.position, g.name, g.year_from nulls first, g.id) as nth
	from figure_full g where $1::text is null or g.indicator = $1
) f
where f.nth <= $2
order by f.indicator_position, f.label, f.nth
