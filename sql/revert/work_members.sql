-- Revert catalyse:work_members from pg
begin;
set local search_path to private, catalyse, public;
update work set content = content - 'lieux' - 'autres' where content ?| array['lieux', 'autres'] and state in ('brouillon', 'modifications_demandees', 'refusee');
create or replace function work_content_sound(c jsonb) returns bool language sql immutable as $$
	select jsonb_typeof(c) = 'object' and length(c::text) <= 400000
		and not exists (select from jsonb_each(c) m where case m.key
			when 'type' then jsonb_typeof(m.value) <> 'string' or m.value #>> '{}' not in ('', 'methode', 'exemple', 'donnee', 'outil', 'competence')
			when 'titre' then jsonb_typeof(m.value) <> 'string' or length(m.value #>> '{}') > 300
			when 'chapo' then jsonb_typeof(m.value) <> 'string' or length(m.value #>> '{}') > 2000
			when 'licence' then jsonb_typeof(m.value) <> 'string' or length(m.value #>> '{}') > 40
			when 'langue' then jsonb_typeof(m.value) <> 'string' or length(m.value #>> '{}') > 12
			when 'preuve' then jsonb_typeof(m.value) <> 'number' or (m.value #>> '{}')::numeric not in (0, 1, 2, 3, 4)
			when 'sections' then jsonb_typeof(m.value) <> 'object'
			when 'territoires' then jsonb_typeof(m.value) <> 'array' or jsonb_array_length(m.value) > 40 or jsonb_path_exists(m.value, '$[*] ? (@.type() != "string")')
			when 'termes' then jsonb_typeof(m.value) <> 'array' or jsonb_array_length(m.value) > 80 or jsonb_path_exists(m.value, '$[*] ? (@.type() != "string")')
			when 'source' then jsonb_typeof(m.value) <> 'object'
			when 'maturite' then jsonb_typeof(m.value) <> 'array' or jsonb_array_length(m.value) <> 2
			when 'inspire' then jsonb_typeof(m.value) <> 'number'
			else true end)
$$;
commit;
