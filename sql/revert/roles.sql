-- Revert catalyse:roles from pg
-- A role still used by another database of the cluster is kept.
begin;
do $$
declare
	r text;
begin
	foreach r in array array['catalyse_ro', 'catalyse_rw', 'catalyse_owner'] loop
		if not exists (select from pg_roles where rolname = r) then
			continue;
		end if;
		execute format('drop owned by %I', r);
		begin
			execute format('drop role %I', r);
		exception when dependent_objects_still_exist then
			raise notice 'role % is used elsewhere: kept', r;
		end;
	end loop;
end
$$;
commit;
