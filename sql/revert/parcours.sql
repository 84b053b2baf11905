-- Revert catalyse:parcours from pg
begin;
do $$
begin
	execute replace(pg_get_functiondef('catalyse.search_reindex()'::regprocedure), E'\n\tupdate parcours set title = title;', '');
end
$$;
delete from private.mail_outbox where kind = 'parcours';
delete from private.mail_refusal where kind = 'parcours';
delete from private.mail_kind where kind = 'parcours';
delete from private.personal where relation like 'private.parcours%';
drop function private.parcours_move(int, int, text, text, int);
drop function private.parcours_save(int, int, jsonb, int);
drop function private.parcours_create(int, jsonb);
drop function private.parcours_hands(int, private.parcours_work);
drop function private.parcours_put(jsonb);
drop function private.parcours_write(int, jsonb);
drop function catalyse.parcours_content(int);
drop table private.parcours_progress;
drop table private.parcours_rule;
drop table private.parcours_work;
drop view catalyse.parcours_way;
drop table catalyse.parcours_step;
drop table catalyse.parcours;
commit;
