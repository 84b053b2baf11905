-- Deploy catalyse:work_public to pg
-- requires: work
-- A text is « publiee » only beside a public sheet: what was never public cannot be given up for it, nor be said so, whatever is sent.
begin;
set local role catalyse_owner;
set local search_path to private, catalyse, public;
set local lock_timeout to '2s';

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
create trigger work_become_public after update of state on work for each row when (new.state = 'publiee' and old.state <> 'publiee')
	execute function work_public_check();
commit;
