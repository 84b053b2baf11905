-- Deploy catalyse:espace_menu to pg
-- requires: espace_front sheet_wide_level
-- « Près de chez moi » leaves the menu of the first content, where six other names are: it is in the fold of phones and at the foot of every page.
-- An espace whose own pages have changed it keeps what it has.
begin;
set local role catalyse_owner;
set local search_path to catalyse, public;
delete from espace_link l using espace e where e.id = l.espace_id and not e.edited and l.ref = 'odd17-menu-pres';
commit;
