-- name: figure_of_territory
-- purpose: the figures published about a territory (depth 0) and about those that contain it (1 EPCI, 2 département, 3 région, 4 the nation,
--   for a commune), the closest first
-- param: id int
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
	f.source_label, f.source_url, f.publisher, f.licence, f.note, f.reported, f.position::int as rank, f.modified_at, tt.depth::int as depth
from territory_tree tt join figure_full f on f.territory_id = tt.ancestor_id
where tt.territory_id = $1
order by tt.depth, f.indicator_position, f.label, f.position, f.year_from nulls first, f.id
