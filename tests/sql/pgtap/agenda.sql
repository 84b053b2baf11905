-- Events: what is known of their date, their addresses, their numbers in calendars, their seats, their terms.
begin;
set search_path to catalyse, public;
select * from no_plan();
insert into event (id, ref, slug, title, series_id, starts_on, date_known, origin) values (101, 'an', 'un-an', 'Un an', 1, '2015-01-01', 'annee', 'ours'),
	(102, 'mois', 'un-mois', 'Un mois', 1, '2022-04-01', 'mois', 'ours');
insert into event (id, ref, slug, title, starts_on, starts_at, ends_at, mode, status, origin) values
	(103, 'jour', 'un-jour', 'Un jour', '2026-12-03', '2026-12-03 12:00Z', '2026-12-03 13:00Z', 'distance', 'confirme', 'ours');
select is(array(select address from event where id > 100 order by id), array['2015-un-an', '2022-04-un-mois', '2026-12-03-un-jour'], 'an address says of the date what is known');
select throws_ok($$insert into event (ref, slug, title, starts_on, date_known, origin) values ('x', 'x', 'X', '2015-03-01', 'annee', 'ours')$$, '23514', null, 'a year is not a day');
select throws_ok($$update event set starts_at = '2022-04-01 12:00Z' where id = 102$$, '23514', null, 'an hour of a month is nothing');
select throws_ok($$update event set registration = 'ouverte' where id = 102$$, '23514', null, 'nobody registers for a month');
select throws_ok($$update event set ends_at = '2026-12-03 11:00Z' where id = 103$$, '23514', null, 'the end is after the beginning');
select throws_ok($$insert into event (ref, slug, title, starts_on, origin) values ('x', 'un-jour', 'X', '2026-12-03', 'ours')$$, '23505', null, 'two events have two addresses');
select is((select event_ends(e) from event e where id = 102), '2022-04-30 22:00Z'::timestamptz, 'a month is over when it ends, in Paris');
select is((select event_ends(e) from event e where id = 1), '2026-03-05 15:00Z'::timestamptz, 'three hours, when its end is not known');

-- Numbers, addresses.
select is((select sequence from event where id = 103), 0, 'new');
update event set summary = 'Un résumé.' where id = 103;
select is((select sequence from event where id = 103), 0, 'a summary is not followed by calendars');
update event set starts_on = '2026-12-10', starts_at = '2026-12-10 12:00Z', ends_at = '2026-12-10 13:00Z' where id = 103;
select is((select sequence || ' ' || address from event where id = 103), '1 2026-12-10-un-jour', 'moved: numbered');
select is((select event_id from event_former where address = '2026-12-03-un-jour'), 103, 'and its old address kept');
update event set starts_on = '2026-12-03', starts_at = '2026-12-03 12:00Z', ends_at = '2026-12-03 13:00Z' where id = 103;
select is(array(select address from event_former where event_id = 103), array['2026-12-10-un-jour'], 'moved back: that address is its own again');
update event set status = 'annule' where id = 103;
select is((select sequence from event where id = 103), 3, 'cancelled: numbered');
select is((select uid::text from event where id = 103), md5('catalyse/evenement/jour')::uuid::text, 'its name in calendars is the same for ever');

-- Seats, speakers.
insert into event_seat (event_id, mode, capacity, taken) values (103, 'site', 2, 2);
select throws_ok($$update event_seat set taken = 3 where event_id = 103$$, '23514', null, 'no more than there are');
select throws_ok($$update event_seat set capacity = 1 where event_id = 103$$, '23514', null, 'nor fewer than are taken');
select throws_ok($$insert into event_speaker (event_id, role) values (103, 'animation')$$, '23514', null, 'who speaks is an organisation');

-- Terms that are replaced.
insert into event_term values (103, 1), (103, 2);
select is(private.term_uses(1) - (select count(*) from sheet_term where term_id = 1)::int - (select count(*) from catalyst_term where term_id = 1)::int >= 1, true, 'an event is a use');
update term set merged_into = 2, valid_to = current_date where id = 1;
select is(array(select term_id from event_term where event_id = 103), array[2], 'what replaces a term replaces it here');
delete from event where id = 103;
select is_empty($$select from event_seat where event_id = 103 union all select from event_former where event_id = 103$$, 'all goes with it');
select * from finish();
rollback;
