-- Verify catalyse:registration on pg
begin;
select event_id, url, how from private.event_link where false;
select id, event_id, name, email, mode, territory_id, state, confirmed_at, seated_at, ended_at, told, day_told_at, hour_told_at, erased_at
	from private.event_registration where false;
select enclosure, enclosure_type, enclosure_file from private.mail_outbox where false;
select 1 / (has_function_privilege('catalyse_rw', 'private.registration_confirm(int, text, text, text, int)', 'execute')
	and has_function_privilege('catalyse_rw', 'private.event_save(int, int, jsonb)', 'execute')
	and not has_table_privilege('catalyse_ro', 'private.event_registration', 'select'))::int;
rollback;
