-- Deploy catalyse:espace_menu to pg
-- requires: espace_front sheet_wide_level
-- The menu of the first content has six names. « Près de chez moi » leaves it for the fold of phones and the foot of every page, and three come in, where
-- that content is; an espace whose own pages have changed it keeps what it has.
begin;
set local role catalyse_owner;
set local search_path to catalyse, public;
with old as (
	delete from espace_link l using espace e where e.id = l.espace_id and not e.edited and l.ref = 'odd17-menu-pres' returning l.espace_id
)
insert into espace_link (espace_id, zone, ref, label, url, position)
select old.espace_id, 'menu', m.ref, m.label, m.url, m.position
from old cross join (values ('odd17-menu-parcours', 'Parcours', '/parcours', 4), ('odd17-menu-observatoire', 'Observatoire', '/observatoire', 5),
	('odd17-menu-agenda', 'Agenda', '/evenements', 6)) m (ref, label, url, position)
on conflict do nothing;
commit;
