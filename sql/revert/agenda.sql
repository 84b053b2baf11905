-- Revert catalyse:agenda from pg
begin;
set local search_path to catalyse, public;
create or replace function private.term_uses(term int) returns int language sql stable set search_path to private, catalyse, public as $$
	select ((select count(*) from sheet_term x where x.term_id = $1) + (select count(*) from catalyst_term x where x.term_id = $1)
		+ (select count(*) from account_role x where x.term_id = $1) + (select count(*) from catalyse.term x where x.parent_id = $1 or x.merged_into = $1)
		+ (select count(*) from catalyse.term t join work w on w.content->'termes' ? (t.scheme || ':' || t.code) where t.id = $1 and w.state <> 'publiee'))::int
$$;
drop view event_card;
drop function event_ends(event), event_begins(event);
drop trigger event_term_follow on term;
drop trigger event_address_keep on event;
drop trigger event_change on event;
drop function event_term_follow(), event_address_keep(), event_change();
drop table event_seat, event_area, event_catalyst, event_term, event_sheet, event_speaker, event_document, event_former;
alter table event drop column address;
alter table event drop constraint event_text, drop constraint event_registration, drop column date_known, drop column ends_on, drop column ends_at, drop column uid,
	drop column sequence, drop column created_at, drop column modified_at, drop column moved_from, drop column moved_from_at, drop column change_note,
	drop column registration, drop column registration_until, drop column edited_at;
alter table event_series drop column summary, drop column edited_at;
drop function event_address(date, text, text);
commit;
