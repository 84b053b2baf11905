-- Revert catalyse:work from pg
begin;
set local search_path to private, catalyse, public;
drop function work_open(int), work_publish(int, int, text, text, int), work_move(int, int, text, text, int), work_rights(int, int),
	work_reviewer_rank(int, jsonb), work_terms(jsonb), work_territories(jsonb), work_content_of(int);
create or replace function catalyse.sheet_version_add() returns trigger language plpgsql security definer set search_path to catalyse, public as $$
declare
	previous text;
begin
	if new.version = 0 or exists (select from sheet_version where sheet_id = new.id and number = new.version) then
		return null;
	end if;
	select hash into previous from sheet_version where sheet_id = new.id and number = new.version - 1;
	insert into sheet_version (sheet_id, number, title, summary, sections, evidence, licence, hash, previous_hash, note)
	values (new.id, new.version, new.title, new.summary, new.sections, new.evidence, new.licence,
		sheet_version_hash(previous, new.title, new.summary, new.sections, new.evidence, new.licence), previous,
		coalesce(current_setting('catalyse.note', true), ''));
	return null;
end
$$;
alter table sheet_version drop column author_id, drop column decided_by, drop column parts;
drop trigger sheet_0_step on sheet;
drop function sheet_step_check();
drop table catalyse.sheet_author, work_author, work;
drop function work_step_check(), work_begin_check(), work_content_sound(jsonb);
drop table step;
commit;
