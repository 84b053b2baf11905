-- Somebody of each kind, and one of each thing that can be written to: what forms.mjs fills in. Prints name=value.
set search_path to private, catalyse, public;
begin;
create temp table who (role text, id int) on commit drop;
insert into who select r, nextval('catalyse.contributor_id_seq') from unnest(array['auteur', 'amie', 'animateur', 'administrateur']) r;
insert into contributor (id, name) select id, 'Hostile ' || role from who;
insert into account (id, email, state, confirmed_at, totp)
select id, role || '-' || id || '@hostile.example', 'actif', now(), case when role in ('animateur', 'administrateur') then 'scelle' end from who;
insert into account_role (account_id, role, territory_id)
select id, role, case when role = 'animateur' then (select id from territory where type = 'departement' and code = '974') end from who where role in ('animateur', 'administrateur');
create temp table card on commit drop as select role, id, translate(encode(sha256(random()::text::bytea), 'base64'), '+/=', '-_') as text from who;
insert into session (hash, account_id, second_factor, expires_at, agent)
select encode(sha256(text::bytea), 'hex'), id, role in ('animateur', 'administrateur'), now() + interval '2 hours', 'Essai' from card;
select 'session.' || role || '=' || text from card;
select 'compte.' || role || '=' || id from who;
select 'compte=' || id from who where role = 'amie';
-- Sheets: one public, one being read over, a draft.
create temp table sheets (name text, id int, state text) on commit drop;
insert into sheets select n, nextval('catalyse.sheet_id_seq'), s from (values ('fiche', 'publiee'), ('relue', 'en_relecture'), ('travail', 'brouillon')) x (n, s);
insert into sheet (id, ref, type, slug, title, summary, state, source_label, origin, sections)
select id, 'f-' || id, 'exemple', 'hostile', 'Hostile', 'Une phrase.', 'brouillon', 'Essai', 'source', '{"contexte": "Un quartier."}' from sheets where name = 'fiche';
insert into sheet_territory select s.id, t.id from sheets s, territory t where s.name = 'fiche' and t.type = 'departement' and t.code = '974';
update sheet set state = 'publiee' where id in (select id from sheets where name = 'fiche');
insert into work (sheet_id, state, content, created_by, saved_by)
select s.id, case s.name when 'fiche' then 'publiee' else 'brouillon' end, case s.name when 'fiche' then work_content_of(s.id) else jsonb_build_object('type', 'exemple', 'titre', 'Hostile ' || s.name, 'chapo', 'Une phrase.',
	'territoires', '["departement:974"]'::jsonb, 'source', '{"libelle": "Essai"}'::jsonb, 'termes', '["theme:sante-bien-etre"]'::jsonb, 'sections', '{"contexte": "Un quartier."}'::jsonb) end,
	w.id, w.id
from sheets s, who w where w.role = 'auteur';
insert into work_author (sheet_id, account_id, role) select s.id, w.id, 'auteur' from sheets s, who w where w.role = 'auteur';
set local session_replication_role = replica; -- sent, and taken
update work set state = 'en_relecture', round = 1, submitted_at = now(), taken_at = now(), reviewer_id = (select id from who where role = 'animateur') where sheet_id in (select id from sheets where name = 'relue');
set local session_replication_role = origin;
insert into review_round (sheet_id, round, content) select sheet_id, 1, content from work where sheet_id in (select id from sheets where name = 'relue');
select name || '=' || id from sheets;
-- Two structures: hers, and one she may ask to join; a catalyst of the first.
create temp table structures on commit drop as select n, nextval(pg_get_serial_sequence('catalyse.structure', 'id'))::int as id from unnest(array['structure', 'autre_structure']) n;
insert into structure (id, ref, name, kind, origin, source_label) overriding system value select id, 'hostile-' || id, 'Hostile ' || n, 'association', 'source', 'Essai' from structures;
insert into structure_member (structure_id, account_id, role, state) select s.id, w.id, 'responsable', 'active' from structures s, who w where (n, role) in (('structure', 'auteur'), ('autre_structure', 'amie'));
select n || '=' || id from structures;
create temp table one on commit drop as select nextval(pg_get_serial_sequence('catalyse.catalyst', 'id'))::int as id;
insert into catalyst (id, ref, slug, name, kind, structure_id, territory_id, seat_precision, origin, source_label) overriding system value
select one.id, 'hostile-' || one.id, 'hostile', 'Hostile', 'membre', s.id, t.id, 'commune', 'source', 'Essai' from one, structures s, territory t where s.n = 'structure' and t.type = 'commune' and t.code = '97410';
insert into catalyst_contact (catalyst_id, email, confirmed_at, relay) select id, 'catalyseur@hostile.example', now(), true from one;
select 'catalyseur=' || id from one;
-- A meeting that takes registrations.
create temp table meeting on commit drop as select nextval(pg_get_serial_sequence('catalyse.event', 'id'))::int as id, (current_date + 30) as d;
insert into event (id, ref, slug, title, starts_on, starts_at, ends_at, mode, registration, origin) overriding system value
select id, 'hostile-' || id, 'hostile-' || id, 'Hostile', d, (d + time '13:00') at time zone 'Europe/Paris', (d + time '14:00') at time zone 'Europe/Paris', 'distance', 'ouverte', 'ours' from meeting;
insert into event_seat (event_id, mode) select id, 'distance' from meeting;
insert into event_link (event_id, url, how) select id, 'https://visio.example/', 'Code' from meeting;
select 'rendez_vous=' || id from meeting;
select 'adresse=' || e.address from event e, meeting m where e.id = m.id;
insert into event_series (code, name) values ('hostile', 'Hostile') on conflict (code) do nothing;
select 'serie=' || id from event_series where code = 'hostile';
-- Words to be changed.
insert into term (scheme, code, label, origin) select 'activite', 'hostile-' || max(id), 'Hostile', 'ours' from term;
select 'terme=' || max(id) from term;
insert into espace (code, name, host) values ('hostile', 'Hostile', 'hostile.localhost') on conflict (code) do nothing;
insert into espace_sheet (espace_id, sheet_id) select e.id, s.id from espace e, sheets s where e.code = 'hostile' and s.name = 'fiche' on conflict do nothing;
select 'espace=hostile';
select 'ressource=' || min(id) from resource;
select 'texte=' || min(id) from site_text;
select 'pose=' || min(id) from site_text;
-- What was said of the public sheet.
insert into suggestion (sheet_id, version, field, before, after, note, credit, email) select id, 1, 'resume', 'a', 'b', 'Un mot', 'Un nom', 'visiteur@hostile.example' from sheets where name = 'fiche';
insert into report (sheet_id, reason, body, email) select id, 'inexact', 'Essai', 'visiteur@hostile.example' from sheets where name = 'fiche';
insert into adoption (sheet_id, territory_id, who, note, outcome, state, email) select s.id, t.id, 'Essai', 'Un récit', 'reussi', x.state, 'visiteur@hostile.example' from sheets s, territory t, (values ('publique'), ('attente')) x (state) where s.name = 'fiche' and t.type = 'commune' and t.code = '97410';
select 'suggestion=' || max(id) from suggestion;
select 'signalement=' || max(id) from report;
select 'essai=' || max(id) from adoption;
insert into link_check (url, sheet_ids, outcome, status, failures, first_failure_on, last_failure_on, checked_at) select 'https://mort.example/' || id, array[id], 'absent', 404, 3, current_date - 9, current_date, now() from sheets where name = 'fiche';
insert into event_registration (event_id, name, email, mode, state, seated_at) select m.id, 'Essai', i || '@hostile.example', 'distance', 'inscrit', now() from meeting m, generate_series(1, 12) i;
insert into event_speaker (event_id, organisation, role) select id, 'Essai', 'Un rôle' from meeting;
insert into introduction (catalyst_id, name, email, subject, place, need) select id, 'Essai', 'visiteur@hostile.example', 'Un objet', 'Un lieu', 'Un besoin' from one;
insert into introduction_message (introduction_id, side, body) select max(id), 'demande', 'Un message' from introduction;
insert into workshop (code, title, host_id, territory_id, closes_at)
select (select string_agg(substr('bcdfghjkmnpqrstvwxz23456789', 1 + floor(random() * 27)::int, 1), '') from generate_series(1, 6)), 'Hostile', w.id, t.id, now() + interval '1 day'
from who w, territory t where w.role = 'animateur' and t.type = 'departement' and t.code = '974' returning 'atelier=' || id || E'\ncode=' || code;
insert into shelf (account_id, name, code) select id, 'Hostile', translate(encode(sha256(random()::text::bytea), 'base64'), '+/=', '-_') from who where role = 'auteur'
returning 'liste=' || id || E'\nliste_code=' || code;
insert into parcours_work (author_id, content, state) select id, '{"titre": "Hostile"}', 'brouillon' from who where role = 'auteur';
select 'chemin=' || max(id) from parcours_work;
insert into network_request (kind, structure_id, account_id, content, message) select 'adhesion', s.id, w.id, '{"nom": "Hostile"}', 'Essai' from structures s, who w where (n, role) = ('autre_structure', 'amie');
select 'demande=' || max(id) from network_request;
insert into import_file (account_id, body, sum, source, publish) select id, E'source_id;type;titre\n1;exemple;Hostile\n', repeat('0', 64), 'Essai', false from who where role = 'administrateur';
select 'tableau=' || max(id) from import_file;
commit;
