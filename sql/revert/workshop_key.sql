-- Revert catalyse:workshop_key from pg
begin;
set local role catalyse_owner;
set local search_path to private, catalyse, public;
create or replace function workshop_write(code text, key text, name text, content jsonb, email text, claim text, offline bool, out id int, out outcome text)
	language plpgsql set search_path to private, catalyse, public as $$
#variable_conflict use_column
declare
	w workshop;
begin
	select * into w from workshop x where x.code = workshop_write.code for share;
	if not found then
		outcome := 'introuvable';
		return;
	end if;
	select n.id into workshop_write.id from workshop_note n where n.workshop_id = w.id and n.key = workshop_write.key;
	if found then
		outcome := 'deja';
		return;
	end if;
	-- What was written without a network comes back within the week that follows.
	if now() >= w.closes_at + (case when workshop_write.offline then interval '8 days' else interval '0' end) then
		outcome := 'ferme';
		return;
	end if;
	if (select count(*) from workshop_note n where n.workshop_id = w.id) >= 2000 then
		outcome := 'plein';
		return;
	end if;
	insert into workshop_note as n (workshop_id, key, name, content, email, claim, offline)
	values (w.id, workshop_write.key, btrim(workshop_write.name), workshop_write.content, nullif(workshop_write.email, ''), workshop_write.claim, workshop_write.offline)
	on conflict (workshop_id, key) do nothing returning n.id into workshop_write.id;
	outcome := '';
	if workshop_write.id is null then
		select n.id into workshop_write.id from workshop_note n where n.workshop_id = w.id and n.key = workshop_write.key;
		outcome := 'deja';
	end if;
end
$$;
commit;
