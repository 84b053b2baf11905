-- What the matrix of rights is asked about: one person a role, and for each kind of thing one of theirs, one of somebody else's, one
-- that is not there. Prints name=value: KIND.OBJECT.ROLE, or KIND.OBJECT where it is the same for all. Cleaned by 97-matrix.sh.
set search_path to private, catalyse, public;
set client_min_messages to error;
begin;
create temp table fact (name text primary key, value text) on commit drop;
create function pg_temp.secret(salt text, out text text, out sum text) language sql volatile as $$
	select x.t, encode(sha256(x.t::bytea), 'hex') from (select rtrim(translate(encode(sha256((salt || gen_random_uuid())::bytea), 'base64'), '+/', '-_'), '=') as t) x
$$;
create temp table who (role text primary key, id int, power text) on commit drop;
insert into who select r, nextval('catalyse.contributor_id_seq'), case r when 'animateur' then 'animateur' when 'ailleurs' then 'animateur' when 'relecteur' then 'animateur'
	when 'editeur' then 'editeur' when 'editeur_ailleurs' then 'editeur' when 'administrateur' then 'administrateur' when 'sans_facteur' then 'administrateur' end
from unnest(array['contributeur', 'coauteur', 'membre', 'responsable', 'animateur', 'ailleurs', 'editeur', 'editeur_ailleurs', 'administrateur', 'sans_facteur',
	'autre', 'tiers', 'relecteur', 'ferme']) r; -- the last four are never asked as: those of whom the others have no business
insert into contributor (id, name) select id, 'Matrice ' || role from who;
-- A second factor that nobody knows: it is given, or not, by the session below. The password is that of the demo.
insert into account (id, email, state, confirmed_at, totp, password) select id, 'matrice-' || replace(role, '_', '-') || '@exemple.example',
	case role when 'ferme' then 'suspendu' else 'actif' end, now(), case when power is not null then 'scelle' end, (select password from account where email = 'contributeur@demo.example') from who;
insert into account_role (account_id, role, territory_id, espace_id)
select id, power, case when power = 'animateur' then (select t.id from territory t where t.type = 'departement' and t.code = case role when 'ailleurs' then '69' else '974' end) end,
	case role when 'editeur' then (select e.id from espace e order by e.position, e.id limit 1) when 'editeur_ailleurs' then (select e.id from espace e order by e.position, e.id offset 1 limit 1) end
from who where power is not null;
insert into fact select 'personne.' || role, id from who;
insert into fact select 'courriel.' || role, email from who join account using (id);
-- Those who are asked as; and whom an API token speaks for.
create temp table asked as select * from who where role not in ('autre', 'tiers', 'relecteur', 'ferme');

-- Sessions, tokens.
-- The text of a card is told once: kept with its sum.
create temp table card (kind text, role text, account int, text text, sum text, scopes text[], ends interval) on commit drop;
insert into card select 'session', w.role, w.id, k.text, k.sum, null, '1 hour' from asked w, pg_temp.secret(w.id::text) k;
insert into card select 'bearer', b.role, w.id, k.text, k.sum, b.scopes, b.ends from (values ('jeton_lire', 'contributeur', array['lire'], interval '1 hour'), ('jeton_ecrire', 'contributeur', array['lire', 'ecrire'], '1 hour'),
	('jeton_relire', 'animateur', array['relire'], '1 hour'), ('jeton_sans', 'animateur', array['lire', 'ecrire'], '1 hour'), ('jeton_tout', 'animateur', array['lire', 'ecrire', 'relire'], '1 hour'), ('jeton_mort', 'administrateur', array['lire', 'ecrire', 'relire'], '-1 minute')) b (role, owner, scopes, ends)
	join who w on w.role = b.owner, pg_temp.secret(w.id::text) k;
insert into session (hash, account_id, second_factor, expires_at) select c.sum, c.account, w.power is not null and w.role <> 'sans_facteur', now() + c.ends from card c join who w on w.id = c.account where c.kind = 'session';
insert into api_token (hash, account_id, name, scopes, created_at, expires_at) select c.sum, c.account, 'Matrice', c.scopes, now() - interval '1 day', now() + c.ends from card c where c.kind = 'bearer';
insert into fact select kind || '.' || role, text from card;
-- Another session and another token of each: what is closed, what is taken back.
insert into session (hash, account_id, second_factor, expires_at) select encode(sha256(('matrice' || id)::bytea), 'hex'), id, false, now() + interval '1 hour' from who where role <> 'ferme';
insert into api_token (hash, account_id, name, scopes, expires_at) select encode(sha256(('matrice' || id)::bytea), 'hex'), id, 'À reprendre', array['lire'], now() + interval '1 hour' from who;
insert into fact select 'ouverture.' || case w.role when 'autre' then 'other' else 'own.' || w.role end, max(s.id) from session s join who w on w.id = s.account_id group by w.role;
insert into fact select 'cle.' || case w.role when 'autre' then 'other' else 'own.' || w.role end, max(t.id) from api_token t join who w on w.id = t.account_id group by w.role;
insert into fact select 'compte.' || case w.role when 'autre' then 'other' else 'own.' || w.role end, w.id from who w;

-- Structures: each answers for one; membre belongs to that of responsable. Somebody asks to join each.
create temp table house on commit drop as select role, id as owner, nextval(pg_get_serial_sequence('catalyse.structure', 'id'))::int as id from who where role not in ('membre', 'tiers', 'ferme');
insert into structure (id, ref, name, kind, origin, source_label) select id, 'matrice-' || id, 'Matrice ' || role, 'association', 'source', 'Essai' from house;
insert into structure_member (structure_id, account_id, role, state) select id, owner, 'responsable', 'active' from house;
insert into structure_member (structure_id, account_id, role, state) select h.id, w.id, 'membre', 'active' from house h, who w where h.role = 'responsable' and w.role = 'membre';
insert into structure_member (structure_id, account_id, role, state, message) select h.id, w.id, 'membre', 'demandee', 'Moi aussi.' from house h, who w where w.role = 'tiers';
insert into fact select 'structure.' || case role when 'autre' then 'other' else 'own.' || role end, id from house;
insert into fact select 'structure.own.membre', id from house where role = 'responsable';

-- Texts being written (own: drafts; those of others: one that was sent, in the 974) and sheets in public; then as they stand in a review: envoyee, sent;
-- examen, being read by relecteur; refus, refused; retouche, in public and taken up again; otee, withdrawn, against which there is an appeal. Whose they are: of who wrote them; of
-- coauteur, one that they write with somebody; of membre and responsable, one of their structure.
create temp table text_of on commit drop as select w.role, w.id as person, k.kind, nextval('catalyse.sheet_id_seq')::int as id,
	case when w.role in ('coauteur', 'membre', 'responsable') then (select x.id from who x where x.role = 'tiers') else w.id end as author
	from who w, unnest(array['travail', 'fiche', 'envoyee', 'examen', 'refus', 'retouche', 'otee']) k (kind) where w.role not in ('tiers', 'relecteur', 'ferme');
-- Held: in review, taken by who may take it; by somebody else, it is that of relecteur.
insert into text_of select w.role, x.id, 'tenue', nextval('catalyse.sheet_id_seq'), x.id from who w, who x where w.role in ('animateur', 'editeur', 'editeur_ailleurs', 'administrateur') and x.role = 'autre';
insert into text_of select 'relue', (select id from who where role = 'autre'), 'relue', nextval('catalyse.sheet_id_seq'), (select id from who where role = 'autre');
insert into text_of select 'esquisse', (select id from who where role = 'tiers'), 'esquisse', nextval('catalyse.sheet_id_seq'), (select id from who where role = 'tiers');
insert into text_of select 'refusee', (select id from who where role = 'autre'), 'refusee', nextval('catalyse.sheet_id_seq'), (select id from who where role = 'autre');
create temp table words on commit drop as select jsonb_build_object('type', 'exemple', 'titre', 'Matrice', 'chapo', 'Des voisins réparent ensemble ce qui peut l’être.', 'licence', 'CC-BY-SA-4.0',
	'territoires', '["departement:974"]'::jsonb, 'termes', '["theme:lien-social-inclusion"]'::jsonb, 'source', '{"libelle": "Notre récit", "annee": 2024}'::jsonb,
	'sections', jsonb_build_object('contexte', 'Un quartier, un samedi par mois.', 'acteurs', 'Les voisins et la régie travaillent ensemble.')) as content;
insert into sheet (id, ref, type, slug, title, summary, sections, state, source_label, origin, structure_id)
select t.id, 'f-' || t.id, 'exemple', 'matrice', 'Matrice ' || t.role, 'Une phrase.', '{"contexte": "Un quartier."}', 'brouillon', 'Essai', 'source',
	case when t.role in ('membre', 'responsable') then (select h.id from house h where h.role = 'responsable') end from text_of t where t.kind in ('fiche', 'retouche', 'otee');
insert into sheet_territory select t.id, (select x.id from territory x where x.type = 'departement' and x.code = '974') from text_of t where t.kind in ('fiche', 'retouche', 'otee');
update sheet set state = 'publiee' where id in (select id from text_of where kind in ('fiche', 'retouche', 'otee'));
insert into work (sheet_id, state, content, structure_id, created_by, saved_by, origin_key)
select t.id, case when t.kind in ('fiche', 'retouche', 'otee') then 'publiee' else 'brouillon' end,
	case when t.kind in ('fiche', 'retouche', 'otee') then work_content_of(t.id) else (select content from words) end,
	case when t.role in ('membre', 'responsable') then (select h.id from house h where h.role = 'responsable') end, t.author, t.author, 'matrice:' || t.kind || '-' || t.role from text_of t;
insert into work_author (sheet_id, account_id, role) select id, author, 'auteur' from text_of;
insert into work_author (sheet_id, account_id, role) select id, person, 'coauteur' from text_of where role = 'coauteur';
update work set state = 'soumise', round = 1, submitted_at = now() where sheet_id in (select id from text_of where kind in ('relue', 'refusee', 'envoyee', 'examen', 'refus', 'tenue') or (kind = 'travail' and role = 'autre'));
update work set state = 'en_relecture', reviewer_id = (select id from who where role = 'relecteur'), taken_at = now() where sheet_id in (select id from text_of where kind in ('relue', 'refusee', 'examen', 'refus'));
update work x set state = 'en_relecture', reviewer_id = w.id, taken_at = now() from text_of t join who w using (role) where x.sheet_id = t.id and t.kind = 'tenue';
update work set state = 'refusee', decided_at = now() where sheet_id in (select id from text_of where kind in ('refusee', 'refus'));
update work set state = 'brouillon' where sheet_id in (select id from text_of where kind = 'retouche');
update sheet set state = 'retiree', withdrawn_reason = 'Elle nommait une personne.' where id in (select id from text_of where kind = 'otee');
select journal_add((select id from who where role = 'relecteur'), 'retirer', 'fiche', id, '{}', 'Elle nommait une personne.') from text_of where kind = 'otee' \g /dev/null
insert into review_message (sheet_id, round, author_id, kind, side, body) select id, 0, author, 'appel', 'auteur', 'Cette personne est d’accord.' from text_of where kind = 'otee';
insert into fact select kind || '.' || case role when 'autre' then 'other' else 'own.' || role end, id from text_of where kind in ('envoyee', 'examen', 'refus', 'retouche', 'otee', 'tenue');
insert into fact select 'jour.bientot', (current_date + 20)::text;
insert into fact select 'tenue.other', value from fact where name = 'examen.other';
insert into fact select kind || '.' || case role when 'autre' then 'other' else 'own.' || role end, id from text_of where kind in ('travail', 'fiche');
insert into fact select 'adresse.' || case role when 'autre' then 'other' else 'own.' || role end, 'matrice-' || id from text_of where kind = 'fiche';
insert into fact select kind, id from text_of where kind in ('relue', 'refusee', 'esquisse');
insert into fact select 'rev.' || case t.role when 'autre' then 'other' else 'own.' || t.role end, w.rev from text_of t join work w on w.sheet_id = t.id where t.kind = 'travail';

-- Pieces: one of the text, one in public.
insert into attachment_blob (sha256, bytes, type) select encode(sha256(b), 'hex'), b, 'application/pdf' from (select convert_to('%PDF-1.7 matrice', 'UTF8') as b) x on conflict do nothing;
with put as (insert into attachment (sheet_id, blob, name, label, size, published_at) select t.id, encode(sha256(convert_to('%PDF-1.7 matrice', 'UTF8')), 'hex'), 'essai.pdf', 'Essai', 16,
	case t.kind when 'fiche' then now() end from text_of t where t.kind in ('fiche', 'travail') returning id, sheet_id, blob)
insert into fact select case t.kind when 'fiche' then 'joint.' else 'piece.' end || case t.role when 'autre' then 'other' else 'own.' || t.role end,
	p.id || case when t.kind = 'fiche' then '-' || left(p.blob, 8) || '-essai.pdf' else '' end from put p join text_of t on t.id = p.sheet_id;

insert into fact select replace(f.name, 'piece.', 'fichier.'), f.value || '-' || left(encode(sha256(convert_to('%PDF-1.7 matrice', 'UTF8')), 'hex'), 8) || '-essai.pdf' from fact f where f.name ~ '^piece\.';

-- What readers send about a sheet in public.
with put as (insert into suggestion (sheet_id, version, field, before, after, author_id) select t.id, 1, 'chapo', 'Une phrase.', 'Une autre phrase.', (select id from who where role = 'tiers')
	from text_of t where t.kind = 'fiche' returning id, sheet_id)
insert into fact select 'suggestion.' || case t.role when 'autre' then 'other' else 'own.' || t.role end, p.id from put p join text_of t on t.id = p.sheet_id;
with put as (insert into report (sheet_id, reason, body, author_id) select t.id, 'inexact', 'Ce n’est plus vrai.', (select id from who where role = 'tiers') from text_of t where t.kind = 'fiche' returning id, sheet_id)
insert into fact select 'signalement.' || case t.role when 'autre' then 'other' else 'own.' || t.role end, p.id from put p join text_of t on t.id = p.sheet_id;
with put as (insert into adoption (sheet_id, territory_id, who, outcome, email) select t.id, (select x.id from territory x where x.type = 'departement' and x.code = '69'), 'Des voisins', 'reussi', 'visiteur@exemple.example'
	from text_of t where t.kind = 'fiche' returning id, sheet_id)
insert into fact select 'essai.' || case t.role when 'autre' then 'other' else 'own.' || t.role end, p.id from put p join text_of t on t.id = p.sheet_id;

-- Parcours.
with put as (insert into parcours_work (author_id, content, state, submitted_at) select id, jsonb_build_object('titre', 'Matrice ' || role, 'resume', 'Un parcours pour la matrice des droits.', 'etapes', jsonb_build_array(
	jsonb_build_object('code', 'e1', 'sorte', 'texte', 'titre', 'Commencer', 'minutes', 10, 'des', 2, 'fiche', null, 'rencontre', null, 'texte', 'Un texte assez long pour une étape, qui dit quoi faire et avec qui.'),
	jsonb_build_object('code', 'e2', 'sorte', 'texte', 'titre', 'Continuer', 'minutes', 10, 'des', 2, 'fiche', null, 'rencontre', null, 'texte', 'Un texte assez long pour une étape, qui dit quoi faire et avec qui.'))),
	case role when 'autre' then 'soumise' else 'brouillon' end, case role when 'autre' then now() end from who where role not in ('tiers', 'relecteur', 'ferme') returning id, author_id)
insert into fact select 'composition.' || case w.role when 'autre' then 'other' else 'own.' || w.role end, p.id from put p join who w on w.id = p.author_id;

-- A draft that was never sent: that of others is of tiers.
insert into fact select replace(name, 'composition.own', 'ebauche.own'), value from fact where name ~ '^composition[.]own[.]';
with put as (insert into parcours_work (author_id, content) select id, '{"titre": "Pas encore", "resume": "Rien n’en est dit à personne."}' from who where role = 'tiers' returning id)
insert into fact select 'ebauche.other', id from put;
insert into fact select replace(name, 'travail.own', 'esquisse.own'), value from fact where name ~ '^travail[.]own[.]' union all select 'esquisse.other', value from fact where name = 'esquisse';

-- Lists that are kept; those of others are shown by a link.
with put as (insert into shelf (account_id, name, code) select w.id, 'Matrice', case when w.role in ('autre', 'contributeur') then k.text end from who w, pg_temp.secret(w.id::text) k
	where w.role not in ('tiers', 'relecteur', 'ferme') returning id, account_id, code)
insert into fact select n.kind || '.' || case w.role when 'autre' then 'other' else 'own.' || w.role end, n.value from put p join who w on w.id = p.account_id,
	lateral (values ('liste', p.id::text), ('partage', p.code)) n (kind, value) where n.value is not null;
insert into shelf_item (shelf_id, kind, key) select s.id, 'fiche', (select t.id::text from text_of t where t.kind = 'fiche' and t.role = 'autre') from shelf s join who w on w.id = s.account_id;

-- Workshops: of who may host them, and what was written in each.
create temp table room on commit drop as select w.role, w.id as host, translate(substr(encode(sha256(('salle' || w.id || random())::bytea), 'hex'), 1, 6), '01aeilou', '23bcdfgh') as code from who w where w.power is not null and w.role <> 'ferme' or w.role = 'autre';
insert into workshop (code, title, host_id, territory_id, closes_at) select code, 'Matrice ' || role, host, (select id from territory where type = 'departement' and code = '974'), now() + interval '1 hour' from room;
insert into fact select n.kind || '.' || case r.role when 'autre' then 'other' else 'own.' || r.role end, n.value from room r join workshop w using (code), lateral (values ('salle', w.id::text), ('code', w.code)) n (kind, value);
create temp table note on commit drop as select r.role, w.id as workshop, k.* from room r join workshop w using (code), pg_temp.secret(w.id::text) k;
with put as (insert into workshop_note (workshop_id, key, name, content, claim) select workshop, 'matrice-' || workshop, 'Quelqu’un', '{"titre": "Une idée", "chapo": "En quelques mots.", "type": "exemple"}', sum from note returning id, workshop_id)
insert into fact select 'contribution.' || case n.role when 'autre' then 'other' else 'own.' || n.role end, p.id from put p join note n on n.workshop = p.workshop_id;
-- A secret opens its note in its own room only.
insert into fact select 'secret.own', text from note where role = 'autre' union all select 'secret.other', text from note where role = 'animateur' union all select 'code.hote', code from room where role = 'autre';

-- Catalysts of one's structure, what is asked of them, who writes to them.
create temp table catalyst_of on commit drop as select h.role, h.owner, h.id as structure, nextval(pg_get_serial_sequence('catalyse.catalyst', 'id'))::int as id from house h;
insert into catalyst (id, ref, slug, name, kind, structure_id, territory_id, seat_precision, origin, source_label)
select id, 'matrice-' || id, 'matrice', 'Matrice ' || role, (select kind from catalyst order by id limit 1), structure, (select t.id from territory t where t.type = 'commune' and t.code = '97410'),
	'commune', 'source', 'Essai' from catalyst_of;
insert into catalyst_contact (catalyst_id, email, confirmed_at, relay) select id, 'accueil@exemple.example', now(), true from catalyst_of;
insert into fact select n.kind || '.' || case c.role when 'autre' then 'other' else 'own.' || c.role end, n.value from catalyst_of c, lateral (values ('catalyseur', c.id::text), ('annuaire', 'matrice-' || c.id)) n (kind, value);
insert into fact select n.kind || '.own.membre', n.value from catalyst_of c, lateral (values ('catalyseur', c.id::text), ('annuaire', 'matrice-' || c.id)) n (kind, value) where c.role = 'responsable';
with put as (insert into network_request (kind, structure_id, account_id, content, message) select 'adhesion', structure, owner, '{"nom": "Matrice", "siege": "commune:97410"}', 'Nous voulons en être.' from catalyst_of returning id, account_id)
insert into fact select 'adhesion.' || case w.role when 'autre' then 'other' else 'own.' || w.role end, p.id from put p join who w on w.id = p.account_id;
insert into fact select 'adhesion.own.membre', value from fact where name = 'adhesion.own.responsable';
insert into introduction (catalyst_id, name, email, subject) select id, 'Une voisine', 'voisine@exemple.example', 'Bonjour' from catalyst_of where role in ('autre', 'contributeur');
insert into introduction_message (introduction_id, side, body) select i.id, 'demande', 'Bonjour, pouvons-nous nous voir ?' from introduction i where i.catalyst_id in (select id from catalyst_of);

-- Gatherings: one to come, which people join, and one that is over.
insert into event (ref, slug, title, starts_on, starts_at, ends_at, timezone, mode, status, origin, registration)
select 'matrice-' || w, 'matrice-' || w, 'Matrice ' || w, current_date + n, (current_date + n + time '13:00') at time zone 'Europe/Paris', (current_date + n + time '14:00') at time zone 'Europe/Paris', 'Europe/Paris', 'distance', 'confirme', 'ours',
	case when n > 0 then 'ouverte' else 'aucune' end from (values (9, 'prochaine'), (-9, 'passee')) x (n, w);
insert into event_seat (event_id, mode) select id, 'distance' from event where ref = 'matrice-prochaine' on conflict do nothing;
insert into event_registration (event_id, name, email, mode, state, seated_at) select id, 'Une voisine', 'voisine@exemple.example', 'distance', 'inscrit', now() from event where ref = 'matrice-prochaine';
insert into fact select n.kind || '.' || case ref when 'matrice-prochaine' then 'own' else 'other' end, n.value from event, lateral (values ('evenement', id::text), ('rencontre', address)) n (kind, value) where ref in ('matrice-prochaine', 'matrice-passee');

-- Alerts of an address.
with w as (insert into watch (query) values ('/fiches?theme=matrice') returning id), f as (insert into follower (email) values ('matrice-suit@exemple.example') returning id)
insert into alert (follower_id, watch_id, label, rhythm, turn, empty) select f.id, w.id, 'Matrice', 'jour', 0, false from f, w;

-- Links that were mailed. own: of that thing, and good; other: good, but of another thing, another person or another purpose.
create temp table link (name text, purpose text, account int, sheet int, data jsonb, text text, sum text) on commit drop;
insert into link select x.name, x.purpose, x.account, x.sheet, x.data, k.text, k.sum from (
	select 'inscription.own', 'inscription', null::int, null::int, '{"nom": "Matrice", "courriel": "matrice-neuf@exemple.example", "mot_de_passe": "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}'::jsonb
	union all select 'reprise.own', 'mot_de_passe', (select id from who where role = 'tiers'), null, '{}'
	union all select 'reprise.other', 'mot_de_passe', (select id from who where role = 'ferme'), null, '{}'
	union all select 'nouvelle.own', 'adresse', (select id from who where role = 'tiers'), null, '{"courriel": "matrice-tiers-2@exemple.example"}'
	union all select 'seule.own.' || role, 'structure', id, null, jsonb_build_object('structure', (select h.id from house h where h.role = 'autre'), 'courriel', 'matrice@exemple.example') from asked
	union all select 'seule.other', 'structure', (select id from who where role = 'relecteur'), null, jsonb_build_object('structure', (select h.id from house h where h.role = 'autre'), 'courriel', 'matrice@exemple.example')
	union all select 'invite.own.' || role, 'coauteur', id, (select t.id from text_of t where t.kind = 'travail' and t.role = 'autre'), jsonb_build_object('courriel', (select value from fact where name = 'courriel.' || role)) from asked
	union all select 'invite.other', 'coauteur', (select id from who where role = 'relecteur'), (select t.id from text_of t where t.kind = 'travail' and t.role = 'autre'), '{}'
	union all select 'apercu.own', 'apercu', null, null, jsonb_build_object('nom', 'Une visiteuse', 'courriel', 'matrice-visite@exemple.example', 'contenu', (select content::text from words))
	union all select 'decision.own.' || role, 'decision', id, (select t.id from text_of t where t.kind = 'travail' and t.role = 'autre'), '{}' from asked
	union all select 'decision.other', 'decision', (select id from who where role = 'ferme'), (select t.id from text_of t where t.kind = 'travail' and t.role = 'autre'), '{}'
	union all select 'avis', 'relecture', null, (select t.id from text_of t where t.kind = 'relue'), '{}'
	union all select 'appel', 'appel', (select id from who where role = 'autre'), (select t.id from text_of t where t.kind = 'refusee'), '{}'
	union all select 'repond_suggestion', 'suggestion', (select id from who where role = 'autre'), (select t.id from text_of t where t.kind = 'fiche' and t.role = 'autre'), jsonb_build_object('numero', (select value::int from fact where name = 'suggestion.other'))
	union all select 'repond_signalement', 'signalement', (select id from who where role = 'relecteur'), (select t.id from text_of t where t.kind = 'fiche' and t.role = 'autre'), jsonb_build_object('numero', (select value::int from fact where name = 'signalement.other'))
	union all select 'repond_essai', 'essai', (select id from who where role = 'autre'), (select t.id from text_of t where t.kind = 'fiche' and t.role = 'autre'), jsonb_build_object('numero', (select value::int from fact where name = 'essai.other'))
	union all select 'fraiche', 'fraicheur', (select id from who where role = 'autre'), t.id, jsonb_build_object('numero', t.id) from text_of t where t.kind = 'fiche' and t.role = 'autre'
	union all select 'propose', 'suggestion_envoi', null, t.id, '{"champ": "chapo", "version": 1, "avant": "Une phrase.", "apres": "Une phrase de plus.", "pourquoi": "", "nom": "", "courriel": "visiteur@exemple.example"}' from text_of t where t.kind = 'fiche' and t.role = 'autre'
	union all select 'essaie', 'essai_envoi', null, t.id, '{"lieu": "departement:69", "qui": "Des voisins", "annee": 2024, "resultat": "reussi", "recit": "", "courriel": "visiteur@exemple.example"}' from text_of t where t.kind = 'fiche' and t.role = 'autre'
	union all select 'ecrit', 'contact_envoi', null, null, jsonb_build_object('catalyseur', c.id, 'nom', 'Une voisine', 'courriel', 'voisine@exemple.example', 'objet', 'Bonjour', 'message', 'Pouvons-nous nous voir ?', 'lieu', 0, 'besoin', '') from catalyst_of c where c.role = 'autre'
	union all select 'adresse_contact', 'contact_adresse', null, null, jsonb_build_object('catalyseur', c.id, 'courriel', 'accueil@exemple.example') from catalyst_of c where c.role = 'autre'
	union all select 'echange', 'echange', null, null, jsonb_build_object('numero', i.id, 'cote', 'demande') from introduction i join catalyst_of c on c.id = i.catalyst_id where c.role = 'autre'
	union all select 'vient', 'rendez_vous_envoi', null, null, jsonb_build_object('rendez_vous', e.id, 'nom', 'Un voisin', 'courriel', 'voisin@exemple.example', 'facon', 'distance', 'territoire', 0) from event e where e.ref = 'matrice-prochaine'
	union all select 'desiste', 'rendez_vous', null, null, jsonb_build_object('inscription', g.id) from event_registration g join event e on e.id = g.event_id where e.ref = 'matrice-prochaine'
	union all select 'suit', 'alerte', null, null, '{"requete": "/fiches?theme=lien-social-inclusion", "rythme": "jour", "courriel": "matrice-suit-2@exemple.example"}'
) x (name, purpose, account, sheet, data), pg_temp.secret(x.name) k;
insert into token (hash, purpose, account_id, sheet_id, data, expires_at) select sum, purpose, account, sheet, data, now() + interval '1 hour' from link;
insert into review_invitation (sheet_id, name, token_hash, invited_by) select l.sheet, 'Une lectrice', l.sum, (select id from who where role = 'relecteur') from link l where l.name = 'avis';
insert into fact select case when name ~ '\.' then name else name || '.own' end, text from link;
insert into link select 'courriel', 'courriel', null, null, null, k.text, k.sum from pg_temp.secret('courriel') k;
insert into mail_outbox (address_hash, account_id, kind, priority, state, done_at, unsubscribe_hash)
select repeat('0', 64), (select id from who where role = 'tiers'), 'adhesion', 2, 'envoyee', now(), sum from link where name = 'courriel';
insert into fact select 'courriel.own', text from link where name = 'courriel';

-- A link is of one thing: its own, and another of the same kind.
insert into fact select 'cible.own', value from fact where name = 'fiche.other' union all select 'cible.other', value from fact where name = 'fiche.own.contributeur';
insert into fact select 'cible_' || k || '.own', value from unnest(array['suggestion', 'signalement', 'essai']) k join fact on name = k || '.other'
	union all select 'cible_' || k || '.other', value from unnest(array['suggestion', 'signalement', 'essai']) k join fact on name = k || '.own.contributeur';
insert into fact select 'lieu.own', value from fact where name = 'catalyseur.other' union all select 'lieu.other', value from fact where name = 'catalyseur.own.contributeur';
insert into fact select 'code_hote.own', value from fact where name = 'code.hote';
insert into fact select regexp_replace(l.name, '^invite', 'invitation'), l.sum from link l where l.name ~ '^invite\.';
insert into fact select 'lu.chapo', left(md5('Une phrase.'), 64);
insert into fact select 'placee.own', min(sheet_id) from espace_sheet where espace_id = (select id from espace order by position, id offset 1 limit 1);
insert into fact select 'vu.titre', md5(espace_common_text(value::int, 'titre')) from fact where name = 'placee.own';
insert into fact select 'alerte.own', max(a.id) from alert a join follower f on f.id = a.follower_id where f.email = 'matrice-suit@exemple.example';

with f as (insert into follower (email) values ('matrice-suit-aussi@exemple.example') returning id)
insert into fact select 'alerte.autrui', id from f; -- the number of who follows, until there is an alert of theirs
with a as (insert into alert (follower_id, watch_id, label, rhythm, turn, empty) select f.value::int, w.id, 'Matrice', 'jour', 0, false from fact f, watch w where f.name = 'alerte.autrui' and w.query = '/fiches?theme=matrice' returning id)
insert into fact select 'alerte.other', id from a;
delete from fact where name = 'alerte.autrui';
-- A message of a review that is somebody else's.
with m as (insert into review_message (sheet_id, round, author_id, kind, side, field, body) select t.id, 1, (select id from who where role = 'relecteur'), 'commentaire', 'relecteur', 'titre', 'D’où vient ce titre ?' from text_of t where t.kind = 'relue' returning id)
insert into fact select 'mot.autrui', id from m;
-- A line and a block of an espace that is neither editor's.
insert into fact select 'ligne.autrui', min(l.id) from espace_link l where l.espace_id = (select id from espace order by position desc, id desc limit 1);
insert into fact select 'bloc.autrui', min(b.id) from espace_block b where b.espace_id = (select id from espace order by position desc, id desc limit 1);
insert into fact select 'chiffre.autrui', min(f.id) from figure f join indicator i on i.id = f.indicator_id where i.code <> (select min(code) from indicator) and i.code <> (select max(code) from indicator);

-- What the administration looks after. No one's own: own and other are two of them, or of one's espace and of another.
insert into fact select 'terme.own', min(id) from term where scheme = 'activite';
insert into fact select 'terme.other', min(id) from term where scheme = 'theme';
insert into fact select 'espace.own', code from espace order by position, id limit 1;
insert into fact select 'espace.own.editeur_ailleurs', code from espace order by position, id offset 1 limit 1;
insert into fact select 'espace.other', code from espace order by position, id offset 1 limit 1;
insert into fact select 'espace.other.editeur_ailleurs', code from espace order by position, id limit 1;
with put as (insert into import_file (account_id, body, sum, source, publish) select id, E'source_id;type;titre\n1;exemple;Matrice\n', repeat('0', 64), 'Matrice', false from who where role not in ('tiers', 'relecteur', 'ferme') returning id, account_id)
insert into fact select 'tableau.' || case w.role when 'autre' then 'other' else 'own.' || w.role end, p.id from put p join who w on w.id = p.account_id;
with put as (insert into import_file (account_id, body, sum, source, publish, kind) select id, E'indicateur;territoire;annee;valeur\n', repeat('0', 64), 'Matrice', false, 'chiffres' from who where role not in ('tiers', 'relecteur', 'ferme') returning id, account_id)
insert into fact select 'chiffres.' || case w.role when 'autre' then 'other' else 'own.' || w.role end, p.id from put p join who w on w.id = p.account_id;
insert into fact select 'ressource.own', min(id) from resource;
insert into fact select 'ressource.other', max(id) from resource;
insert into fact select 'texte.own', min(id) from site_text;
insert into fact select 'texte.other', max(id) from site_text;
insert into fact select 'reponse.own', min(id) from compass_answer;
insert into fact select 'reponse.other', max(id) from compass_answer;
insert into fact select 'indicateur.own', min(code) from indicator;
insert into fact select 'indicateur.other', max(code) from indicator;
insert into fact select 'voie.own', min(slug::text) from parcours where state = 'publiee';
insert into fact select 'voie.other', max(slug::text) from parcours where state = 'publiee';
insert into fact select 'etape.own', s.code from parcours_step s join parcours p on p.id = s.parcours_id, fact f where f.name = 'voie.own' and p.slug = f.value order by s.position limit 1;
insert into fact select 'etape.other', s.code from parcours_step s join parcours p on p.id = s.parcours_id, fact f where f.name = 'voie.other' and p.slug = f.value order by s.position limit 1;
insert into fact select 'serie.own', min(id) from event_series;
insert into fact select k || '.none', repeat('a', 43) from unnest(array['secret', 'seule', 'invite', 'apercu', 'decision', 'avis', 'appel', 'partage', 'inscription', 'reprise', 'nouvelle', 'repond_suggestion',
	'repond_signalement', 'repond_essai', 'fraiche', 'propose', 'essaie', 'ecrit', 'adresse_contact', 'echange', 'vient', 'desiste', 'suit', 'courriel']) k;
insert into fact values ('adresse.none', 'rien-999999999'), ('annuaire.none', 'personne-999999999'), ('espace.none', 'aucun-espace'), ('code.none', 'bbbbbb'), ('indicateur.none', 'aucun'),
	('voie.none', 'aucune'), ('joint.none', '999999999-0123abcd-essai.pdf'), ('fichier.none', '999999999-0123abcd-essai.pdf'), ('rencontre.none', current_date + 9 || '-aucune'), ('rev.none', '1');
select name || '=' || value from fact order by name;
commit;
