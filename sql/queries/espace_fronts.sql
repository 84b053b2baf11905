-- name: espace_fronts
-- purpose: what every page needs of the front offices, whole: each with its hosts and its links, in the order they are shown
-- param: none
-- column: part text
-- column: id int
-- column: code text
-- column: name text
-- column: label text
-- column: url text
-- column: note text
-- column: grp text
-- column: theme text
-- column: digest text
-- column: mark text
-- column: flag bool
-- column: width int
-- column: height int
-- column: position int
-- rows: many
select 'espace' as part, e.id, e.code::text as code, e.name, e.brand as label, e.host as url, e.tagline as note, e.foot as grp, e.theme::text as theme,
	case when e.theme <> '{}' then left(md5(e.theme::text), 12) end as digest, coalesce(left(l.sum, 12) || '.' || split_part(l.type, '/', 2), e.mark) as mark,
	e.is_default as flag, l.width, l.height, e.position
from espace e left join espace_logo l on l.espace_id = e.id
union all
select 'hote', h.espace_id, '', '', '', h.host, '', '', '', '', '', false, null, null, 0 from espace_host h
union all
select l.zone, l.espace_id, '', '', l.label, l.url, l.note, l.grp, '', '', '', false, null, null, l.position from espace_link l
order by id, part, position, label
