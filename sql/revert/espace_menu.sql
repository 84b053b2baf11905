-- Revert catalyse:espace_menu from pg
-- Nothing: `catalyse import contenu` of the version before writes the line again.
begin;
commit;
