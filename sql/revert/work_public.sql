-- Revert catalyse:work_public from pg
-- As before: the functions alone look for the public sheet.
begin;
set local role catalyse_owner;
set local search_path to private, catalyse, public;
set local lock_timeout to '2s';

drop trigger work_begin_public on work;
drop function work_public_check();
create or replace function work_step_check() returns trigger language plpgsql as $$
begin
	if new.state is distinct from old.state and not exists (select from private.step s where s.machine = 'travail' and s.before = old.state and s.after = new.state) then
		raise exception 'no step from % to %', old.state, new.state using errcode = 'check_violation', constraint = 'work_step';
	end if;
	if new.content is distinct from old.content and old.state not in ('brouillon', 'modifications_demandees', 'refusee') and new.state = old.state then
		raise exception 'the text of a sheet that is % does not change', old.state using errcode = 'check_violation', constraint = 'work_text';
	end if;
	return new;
end
$$;
commit;
