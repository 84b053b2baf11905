-- name: network_home
-- purpose: what the page of the network counts: catalysts known, members, held by a structure; the départements where practices are best shared
-- param: none
-- column: part text
-- column: code text
-- column: slug text
-- column: name text
-- column: name_in text
-- column: n int
-- column: practices int
-- rows: many
select 'connus' as part, '' as code, '' as slug, '' as name, '' as name_in, count(*)::int as n, 0 as practices from catalyst c where c.state = 'publiee'
union all
select 'membres', '', '', '', '', count(*)::int, 0 from catalyst c where c.state = 'publiee' and c.kind = 'membre'
union all
select 'tenus', '', '', '', '', count(*)::int, 0 from catalyst_reach h where h.held
union all
(select 'ensemble', d.code, d.slug, d.name, d.name_in, count(distinct k.id)::int, count(distinct t.id)::int
from catalyst k
join lateral (select k.territory_id as id where k.territory_id is not null union select a.territory_id from catalyst_area a where a.catalyst_id = k.id) p on true
join territory_tree tt on tt.territory_id = p.id
join territory d on d.id = tt.ancestor_id and d.type in ('departement', 'collectivite')
join catalyst_term ct on ct.catalyst_id = k.id
join term t on t.id = ct.term_id and t.scheme = 'pratique'
where k.state = 'publiee' and not k.national
group by d.id having count(distinct t.id) >= 2
order by 7 desc, 6 desc, d.code limit 8)
