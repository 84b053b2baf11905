-- name: need_list
-- purpose: what was looked for in vain, five times or more in ninety days, for a territory (its département at the finest) and
--   all that it contains: words, thématiques, the mere place. theme: that thématique, and the words that its own words contain.
--   at_least is a multiple of five; places: where inside it is asked, each five times or more too
-- param: type text
-- param: code text
-- param: theme text
-- param: most int
-- column: about text
-- column: subject text
-- column: label text
-- column: at_least int
-- column: none bool
-- column: places text
-- rows: many
with here as materialized (
	select id, type from territory where type = $1 and code = $2
), theme as materialized (
	select t.id, t.code, search_vector(t.label || ' ; ' || t.definition) as words from term t where t.scheme = 'theme' and t.code = $3
), asked as (
	select m.about, m.subject, sum(m.at_least)::int as at_least, bool_or(m.outcome = 'none') as none
	from here h join search_miss_frequent m on m.territory_id = h.id
	where $3::text is null or (m.about = 'theme' and m.subject = $3)
		or (m.about = 'words' and exists (select from theme t where t.words @@ search_query(m.subject)))
	group by m.about, m.subject
	order by 3 desc, 2 limit $4
)
select a.about, a.subject, coalesce(t.label, a.subject) as label, a.at_least, a.none,
	coalesce((select string_agg(x.name, '|' order by x.n desc, x.name) from (
		select p.name, sum(m.at_least) as n from search_miss_frequent m join territory p on p.id = m.territory_id
		join territory_tree tt on tt.territory_id = p.id join here h on h.id = tt.ancestor_id and h.id <> p.id
		where m.about = a.about and m.subject = a.subject
			and p.type = case h.type when 'pays' then 'region' else 'departement' end
		group by p.id, p.name order by 2 desc, 1 limit 6) x), '') as places
from asked a left join term t on a.about = 'theme' and t.scheme = 'theme' and t.code = a.subject
order by a.at_least desc, a.about = 'place', label
