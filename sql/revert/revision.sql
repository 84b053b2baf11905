-- Revert catalyse:revision from pg
begin;
do $$
declare
	t regclass;
begin
	for t in select tgrelid::regclass from pg_trigger where tgfoid = 'catalyse.revision_add()'::regprocedure loop
		execute format('drop trigger revision on %s', t);
	end loop;
end
$$;
drop function catalyse.revision_settle();
drop procedure catalyse.revision_watch(text, regclass, text);
drop function catalyse.revision_add();
drop table catalyse.revision;
commit;
