-- name: home_terms
-- purpose: the terms of a vocabulary as doors of a home: how many sheets and catalysts each has, and its own page
-- param: scheme text
-- column: code text
-- column: label text
-- column: definition text
-- column: sheets int
-- column: catalysts int
-- column: path text
-- rows: many
select t.code::text as code, t.label, t.definition,
	(select count(*) from sheet_index i where i.terms @> array[t.id])::int as sheets,
	(select count(*) from catalyst_term ct where ct.term_id = t.id)::int as catalysts,
	case t.scheme when 'theme' then '/thematiques/' || t.code when 'pratique' then '/comprendre/' || t.code
		else coalesce((select '/parcours/' || p.slug from parcours p where p.term_id = t.id and p.state = 'publiee' order by p.author_id is not null, p.position limit 1), '')
	end as path
from term t where t.scheme = $1 and t.merged_into is null and (t.valid_to is null or t.valid_to >= current_date) order by t.position, t.code
