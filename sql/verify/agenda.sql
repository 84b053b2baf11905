-- Verify catalyse:agenda on pg
begin;
set local search_path to catalyse, public;
select summary, edited_at from event_series where false;
select date_known, ends_on, ends_at, uid, sequence, created_at, modified_at, moved_from, moved_from_at, change_note, registration, registration_until, edited_at,
	address, event_begins(e), event_ends(e) from event e where false;
select address, event_id, since from event_former where false;
select id, event_id, kind, label, url, position from event_document where false;
select id, event_id, structure_id, organisation, role, position from event_speaker where false;
select event_id, sheet_id, position from event_sheet where false;
select event_id, term_id from event_term where false;
select event_id, catalyst_id from event_catalyst where false;
select event_id, territory_id from event_area where false;
select event_id, mode, capacity, taken, waiting from event_seat where false;
select id, address, begins, ends, start_paris, start_reunion, registers, over, live, replay_url, documents from event_card where false;
rollback;
