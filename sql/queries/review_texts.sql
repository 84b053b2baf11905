-- name: review_texts
-- purpose: the text being read over ("travail"), the public one ("public"), that of the round before ("tour")
-- role: rw
-- param: sheet int
-- column: which text
-- column: title text
-- column: summary text
-- column: sections jsonb
-- column: evidence int
-- column: licence text
-- column: places text
-- column: terms text
-- column: source text
-- column: number int
-- rows: many
with t (which, content, number) as (
	select 'travail', w.content, w.rev from work w where w.sheet_id = $1
	union all
	select 'travail', work_content_of($1), 0 where not exists (select from work w where w.sheet_id = $1)
	union all
	select 'public', work_content_of($1), s.version from catalyse.sheet s where s.id = $1 and s.version > 0
	union all
	(select 'tour', r.content, r.round from review_round r join work w on w.sheet_id = r.sheet_id where r.sheet_id = $1
		and (r.round < w.round or w.state not in ('soumise', 'en_relecture')) order by r.round desc limit 1)
)
select t.which, coalesce(t.content->>'titre', '') as title, coalesce(t.content->>'chapo', '') as summary, coalesce(t.content->'sections', '{}') as sections,
	coalesce((t.content->>'preuve')::int, 0) as evidence, coalesce(nullif(t.content->>'licence', ''), 'CC-BY-SA-4.0') as licence,
	coalesce((select string_agg(y.name, E'\n' order by y.name) from unnest(work_territories(t.content)) i (id) join territory y on y.id = i.id), '') as places,
	coalesce((select string_agg(y.label, E'\n' order by y.scheme, y.position) from unnest(work_terms(t.content)) i (id) join term y on y.id = i.id), '') as terms,
	concat_ws(E'\n', nullif(t.content#>>'{source,libelle}', ''), nullif(t.content#>>'{source,editeur}', ''), nullif(t.content#>>'{source,annee}', ''),
		nullif(t.content#>>'{source,adresse}', '')) as source, t.number
from t where t.content is not null
