-- Revert catalyse:sheet_import from pg
begin;
set local search_path to private, catalyse, public;
drop function import_lines(int, bool, int, bool, jsonb), import_put(int, bool, int, jsonb), import_judge(bool, int, jsonb), import_merge(jsonb, jsonb, text[], bool),
	import_sum(jsonb), import_sorted(jsonb), import_place(text);
create or replace function catalyse.sheet_version_add() returns trigger language plpgsql security definer set search_path to catalyse, public as $$
declare
	previous text;
begin
	if new.version = 0 or exists (select from sheet_version where sheet_id = new.id and number = new.version) then
		return null;
	end if;
	select hash into previous from sheet_version where sheet_id = new.id and number = new.version - 1;
	insert into sheet_version (sheet_id, number, title, summary, sections, evidence, licence, hash, previous_hash, note, author_id, decided_by, parts)
	values (new.id, new.version, new.title, new.summary, new.sections, new.evidence, new.licence,
		sheet_version_hash(previous, new.title, new.summary, new.sections, new.evidence, new.licence), previous,
		coalesce(current_setting('catalyse.note', true), ''), nullif(current_setting('catalyse.author', true), '')::int,
		nullif(current_setting('catalyse.decided_by', true), '')::int, coalesce(nullif(current_setting('catalyse.parts', true), '')::jsonb, '{}'));
	return null;
end
$$;
drop table import_file;
alter table work drop column origin_sum;
commit;
