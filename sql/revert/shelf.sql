-- Revert catalyse:shelf from pg
begin;
delete from private.personal where relation in ('private.shelf', 'private.shelf_item');
drop function private.shelf_make(int, text, text), private.shelf_add(int, int, text[], text[], text[]);
drop table private.shelf_item, private.shelf;
commit;
