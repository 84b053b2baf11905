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

-- Who comes: seats, those who wait, those who leave; what is forgotten.
insert into event (id, ref, slug, title, starts_on, starts_at, mode, status, registration, origin) values
	(110, 'salle', 'une-salle', 'Une salle', current_date + 30, (current_date + 30)::timestamp at time zone 'Europe/Paris' + interval '13 hours', 'presence', 'confirme', 'ouverte', 'ours');
insert into event_seat (event_id, mode, capacity) values (110, 'site', 2);
set local role catalyse_rw;
set local search_path to private, catalyse, public;
select is((registration_confirm(110, 'Ana', 'ana@essai.example', 'site', null)).outcome, 'inscrit', 'a seat');
select is((registration_confirm(110, 'Ana', 'ana@essai.example', 'site', null)).outcome, 'deja', 'once each');
select is((registration_confirm(110, 'Bo', 'bo@essai.example', 'distance', null)).outcome, 'ferme', 'not a way that there is not');
select is((registration_confirm(110, 'Bo', 'bo@essai.example', 'site', null)).outcome, 'inscrit', 'another');
select is((registration_confirm(110, 'Cy', 'cy@essai.example', 'site', null)).outcome, 'attente', 'then one waits');
select is((registration_confirm(110, 'Di', 'di@essai.example', 'site', null)).outcome, 'attente', 'and one more');
select throws_ok($$update event_registration set state = 'inscrit', seated_at = now() where event_id = 110 and name = 'Di'$$, '23514', null, 'the schema refuses one too many, whoever asks');
select throws_ok($$insert into event_registration (event_id, name, email, mode, state) values (110, 'X', 'ana@essai.example', 'site', 'attente')$$, '23505', null, 'nor twice the same');
select is(registration_cancel((select id from event_registration where event_id = 110 and name = 'Ana')), 'desinscrit', 'one leaves');
select is(registration_cancel((select id from event_registration where event_id = 110 and name = 'Ana')), 'deja', 'once');
select is(array(select r.name from registration_promote(110) p (id) join event_registration r on r.id = p.id), array['Cy'], 'the first who waited moves up');
select is_empty($$select registration_promote(110)$$, 'nobody else');
select is((registration_confirm(110, 'Ana', 'ana@essai.example', 'site', null)).outcome, 'attente', 'who left may come back, at the end');
update event_seat set capacity = null where event_id = 110;
select is((select count(*)::int from registration_promote(110)), 2, 'without a bound, all');
select is((select taken || ' ' || waiting from event_seat where event_id = 110), '4 0', 'counted');
select is((event_save(102, 110, '{"title": "Une salle", "slug": "une-salle", "starts_on": "2026-12-30", "known": "jour", "timezone": "Europe/Paris", "mode": "distance", "registration": "ouverte"}')).why,
	'inscrits', 'a way that people registered for does not go');
select is(event_decide(102, 110, 'supprimer', null), 'inscrits', 'nor is their event deleted');
select is(event_decide(102, 110, 'annuler', ' '), 'motif', 'cancelled with a word');
select is(address_erase('cy@essai.example') > 0, true, 'who asks to be forgotten is');
select is((select taken from event_seat where event_id = 110), 3, 'and their seat is free');
select is((select count(*)::int from event_registration where email = 'cy@essai.example' or name = 'Cy'), 0, 'nothing is left of them');
update event set starts_on = '2026-01-05', starts_at = '2026-01-05 12:00Z' where id = 110;
select is((registration_confirm(110, 'Ed', 'ed@essai.example', 'site', null)).outcome, 'ferme', 'nobody registers for what is over');
select is(registration_forget(30), 4, 'a month after, names go');
select is((select count(*)::int from event_registration where event_id = 110 and (email is not null or name <> 'effacé')), 0, 'all of them');
reset role;

-- A file joined to a mail goes with its text.
insert into private.mail_outbox (recipient, subject, body_text, body_html, address_hash, kind, priority, enclosure, enclosure_type, enclosure_file, state, done_at)
	values ('a@essai.example', 's', 't', 'h', repeat('0', 64), 'rendez_vous', 0, 'BEGIN:VCALENDAR', 'text/calendar; charset=utf-8; method=PUBLISH', 'rendez-vous.ics', 'envoyee', now() - interval '9 days');
select ok(private.mail_forget(7) >= 1, 'old mail is forgotten');
select is((select count(*)::int from private.mail_outbox where enclosure is not null and recipient is null), 0, 'with what was joined');
select * from finish();
rollback;
