-- name: adoption_find
-- purpose: what somebody said of a sheet they tried, shown or not
-- role: rw
-- param: sheet int
-- param: id int
-- column: author_id int
-- column: who text
-- column: place text
-- column: year int
-- column: outcome text
-- column: note text
-- column: state text
-- rows: maybe
select x.author_id, coalesce(nullif(x.who, ''), c.name, 'contributeur supprimé') as who, t.name as place, x.year::int as year, x.outcome, x.note, x.state
from private.adoption x join territory t on t.id = x.territory_id left join contributor c on c.id = x.author_id
where x.sheet_id = $1 and x.id = $2
