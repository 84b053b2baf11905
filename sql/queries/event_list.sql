-- name: event_list
-- purpose: one page of the events that answer a query, those to come first, the nearest first, then those that are over, the last first;
--   with the counts of the facets. The count of a value is the total of the list with that value in place of its facet's own. An event is
--   of a territory when it takes place there, around it, or is about it. periode: prochains, passes. A mixed event is also one at a
--   distance and one in presence
-- param: q text
-- param: series text[]
-- param: territoires text[]
-- param: themes text[]
-- param: odds text[]
-- param: pratiques text[]
-- param: parcours text[]
-- param: modes text[]
-- param: periodes text[]
-- param: annees text[]
-- param: taille int
-- param: debut int
-- column: part text
-- column: facet text
-- column: code text
-- column: label text
-- column: n int
-- column: id int
-- column: ref text
-- column: uid text
-- column: address text
-- column: title text
-- column: summary text
-- column: series_code text
-- column: series_name text
-- column: starts_on date
-- column: date_known text
-- column: ends_on date
-- column: starts_at text
-- column: ends_at text
-- column: timezone text
-- column: start_local text
-- column: end_local text
-- column: start_paris text
-- column: start_reunion text
-- column: place text
-- column: place_type text
-- column: place_code text
-- column: place_slug text
-- column: place_name text
-- column: place_stone text
-- column: mode text
-- column: status text
-- column: url text
-- column: change_note text
-- column: moved_from date
-- column: moved_from_local text
-- column: registration text
-- column: registration_until text
-- column: registers bool
-- column: sequence int
-- column: created_at text
-- column: modified_at text
-- column: source_label text
-- column: source_url text
-- column: origin text
-- column: over bool
-- column: live bool
-- column: replay_url text
-- column: documents int
-- column: o1 bigint
-- column: o2 int
-- rows: many
with want as materialized (
	select case when $1::text is not null then search_query($1) end as query,
		(select array_agg(t.id) from unnest($3::text[]) w(v) join territory t on t.type = split_part(w.v, ':', 1) and t.code = split_part(w.v, ':', 2)) as places
), cand as materialized (
	select e.id, x.over, x.begins, x.modes, x.year, s.code::text as series, tm.codes, a.areas,
		-- one bit for each facet whose own filter leaves the event out
		case when $2::text[] is null or s.code = any ($2) then 0 else 1 end
			+ case when $3::text[] is null or a.areas && w.places or a.wide && w.places then 0 else 2 end
			+ case when $4::text[] is null or tm.codes && (select array_agg('theme:' || v) from unnest($4) v) then 0 else 4 end
			+ case when $6::text[] is null or tm.codes && (select array_agg('pratique:' || v) from unnest($6) v) then 0 else 8 end
			+ case when $8::text[] is null or x.modes && $8 then 0 else 16 end
			+ case when $9::text[] is null or x.period = any ($9) then 0 else 32 end
			+ case when $10::text[] is null or x.year = any ($10) then 0 else 64 end
			+ case when ($5::text[] is null or tm.codes && (select array_agg('odd:' || v) from unnest($5) v))
				and ($7::text[] is null or tm.codes && (select array_agg('parcours:' || v) from unnest($7) v)) then 0 else 128 end as miss,
		x.period
	from want w
	cross join event e
	left join event_series s on s.id = e.series_id
	cross join lateral (
		select event_ends(e) <= now() as over, event_begins(e) as begins, date_part('year', e.starts_on)::int::text as year,
			case when event_ends(e) <= now() then 'passes' else 'prochains' end as period,
			case e.mode when 'mixte' then '{distance,presence,mixte}' else array[e.mode] end as modes
	) x
	left join lateral (select array_agg(t.scheme || ':' || t.code) as codes from event_term et join term t on t.id = et.term_id where et.event_id = e.id) tm on true
	left join lateral (
		select k.ids as areas, (select array_agg(tt.ancestor_id) from territory_tree tt where tt.territory_id = any (k.ids)) as wide
		from (select array_agg(v.id) as ids from (select e.territory_id as id where e.territory_id is not null
			union select ea.territory_id from event_area ea where ea.event_id = e.id) v) k
	) a on true
	where w.query is null or e.words @@ w.query
), facet as (
	select 0 as rank, 'total' as facet, '' as code, '' as label, 0 as position, count(*) as n from cand where miss = 0
	union all
	select 1, 'periode', p.code, p.label, p.position, count(c.id)
	from (values ('prochains', 'À venir', 1), ('passes', 'Passés', 2)) p (code, label, position) left join cand c on c.period = p.code and c.miss in (0, 32)
	group by p.code, p.label, p.position
	union all
	select 2, 'serie', s.code, s.name, s.id, count(c.id) from event_series s left join cand c on c.series = s.code and c.miss in (0, 1) group by s.id
	union all
	select 3, 'theme', t.code, t.label, t.position, count(c.id) from term t left join cand c on c.codes @> array['theme:' || t.code] and c.miss in (0, 4)
	where t.scheme = 'theme' and t.merged_into is null group by t.id
	union all
	select 4, 'mode', m.code, m.label, m.position, count(c.id)
	from (values ('distance', 'À distance', 1), ('presence', 'Sur place', 2), ('mixte', 'Les deux', 3)) m (code, label, position)
	left join cand c on c.modes @> array[m.code] and c.miss in (0, 16) group by m.code, m.label, m.position
	union all
	select 5, 'territoire', t.type || ':' || t.code, t.name, 0, count(distinct c.id)
	from cand c join territory_tree tt on tt.territory_id = any (c.areas) join territory t on t.id = tt.ancestor_id and t.type in ('departement', 'collectivite')
	where c.miss in (0, 2) group by t.id
	union all
	select 6, 'annee', c.year, c.year, -c.year::int, count(*) filter (where c.miss in (0, 64)) from cand c group by c.year
	union all
	select 7, 'pratique', t.code, t.label, t.position, count(c.id) from term t left join cand c on c.codes @> array['pratique:' || t.code] and c.miss in (0, 8)
	where t.scheme = 'pratique' and t.merged_into is null group by t.id
), page as (
	select c.id, row_number() over (order by c.over, case when c.over then null else c.begins end, c.begins desc, c.id) as place from cand c
	where c.miss = 0 order by place limit $11 offset $12
)
select 'facette' as part, f.facet, f.code, f.label, f.n::int as n,
	null::int as id, null::text as ref, null::text as uid, null::text as address, null::text as title, null::text as summary,
	null::text as series_code, null::text as series_name, null::date as starts_on, null::text as date_known, null::date as ends_on,
	null::text as starts_at, null::text as ends_at, null::text as timezone, null::text as start_local, null::text as end_local,
	null::text as start_paris, null::text as start_reunion, null::text as place, null::text as place_type, null::text as place_code,
	null::text as place_slug, null::text as place_name, null::text as place_stone, null::text as mode, null::text as status,
	null::text as url, null::text as change_note, null::date as moved_from, null::text as moved_from_local, null::text as registration,
	null::text as registration_until, null::bool as registers, null::int as sequence, null::text as created_at,
	null::text as modified_at, null::text as source_label, null::text as source_url, null::text as origin, null::bool as over,
	null::bool as live, null::text as replay_url, null::int as documents, f.rank::bigint as o1, f.position as o2
from facet f
union all
select 'rencontre', null, null, null, null, c.id, c.ref, c.uid, c.address, c.title, c.summary, c.series_code, c.series_name, c.starts_on, c.date_known, c.ends_on,
	to_char(c.starts_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as starts_at,
	to_char(c.ends_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as ends_at, c.timezone, c.start_local, c.end_local,
	c.start_paris, c.start_reunion, c.place, c.place_type, c.place_code, c.place_slug, c.place_name, c.place_stone, c.mode, c.status,
	c.url, c.change_note, c.moved_from, c.moved_from_local, c.registration,
	to_char(c.registration_until at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as registration_until, c.registers, c.sequence,
	to_char(c.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as created_at,
	to_char(c.modified_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as modified_at, c.source_label, c.source_url, c.origin,
	c.over, c.live, c.replay_url, c.documents, 1000 + p.place, 0
from page p join event_card c on c.id = p.id
order by o1, o2, n desc nulls last, code
