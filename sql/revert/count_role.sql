-- Revert catalyse:count_role from pg
-- The role belongs to the whole cluster: it goes when no other base needs it.
begin;
set local role catalyse_owner;
revoke execute on function catalyse.search_miss_note(text, text, text, text) from catalyse_count;
revoke usage on schema catalyse from catalyse_count;
reset role;
do $$
begin
	execute format('revoke connect on database %I from catalyse_count', current_database());
	drop role catalyse_count;
exception
	when dependent_objects_still_exist then null;
end
$$;
commit;
