-- Deploy catalyse:work_public to pg
-- requires: work
-- A text is « publiee » only beside a public sheet: what was never public cannot be given up for it, nor be said so, whatever is sent.
begin;
set local role catalyse_owner;
set local search_path to private, catalyse, public;
set local lock_timeout to '2s';

create or replace function work_step_check() returns trigger language plpgsql as $$
begin
	if new.state is distinct from old.state and not exists (select from private.step s where s.machine = 'travail' and s.before = old.state and s.after = new.state) then
		raise exception 'no step from % to %', old.state, new.state using errcode = 'check_violation', constraint = 'work_step';
	end if;
	if new.state = 'publiee' and old.state <> 'publiee' and not exists (select from catalyse.sheet s where s.id = new.sheet_id) then
		raise exception '% has no public sheet: its text is not that of readers', new.sheet_id using errcode = 'check_violation', constraint = 'work_public';
	end if;
	if new.content is distinct from old.content and old.state not in ('brouillon', 'modifications_demandees', 'refusee') and new.state = old.state then
		raise exception 'the text of a sheet that is % does not change', old.state using errcode = 'check_violation', constraint = 'work_text';
	end if;
	return new;
end
$$;
create function work_public_check() returns trigger language plpgsql as $$
begin
	if not exists (select from catalyse.sheet s where s.id = new.sheet_id) then
		raise exception '% has no public sheet: its text is not that of readers', new.sheet_id using errcode = 'check_violation', constraint = 'work_public';
	end if;
	return null;
end
$$;
-- After: a line that is there already (on conflict do nothing) is none that begins.
create trigger work_begin_public after insert on work for each row when (new.state = 'publiee') execute function work_public_check();
commit;
