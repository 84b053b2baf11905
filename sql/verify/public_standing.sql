-- Verify catalyse:public_standing on pg
begin;
select next_label, next_alt from private.attachment where false;
select 1 / (pg_get_functiondef('private.sheet_move(int, int, text, text, int)'::regprocedure) ~ 'sheet_rights')::int;
rollback;
