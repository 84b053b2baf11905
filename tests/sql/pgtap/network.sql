-- Catalysts as a network: who is written to, what is kept of it and for how long, what may be counted, who holds what on a territory.
begin;
set search_path to private, catalyse, public;
select plan(49);
insert into contributor (id, name) overriding system value values (9701, 'Ana'), (9702, 'Bo');
insert into account (id, email, state, confirmed_at) values (9701, 'ana@essai97.example', 'actif', now()), (9702, 'bo@essai97.example', 'actif', now());
insert into structure (id, ref, name, origin, source_label) overriding system value values (997001, 'essai-997', 'Essai', 'source', 'Essai');
insert into catalyst (id, ref, slug, name, kind, structure_id, territory_id, seat_precision, origin, source_label) overriding system value
	values (997001, 'essai-997', 'essai', 'Essai', 'membre', 997001, 7, 'departement', 'source', 'Essai');

select is_empty('select from catalyst_recipients(997001)', 'a structure without members: nobody is written to');
select results_eq('select reach, held from catalyse.catalyst_reach where catalyst_id = 997001', $$values ('inconnu', false)$$, 'and everybody may know');
insert into structure_member (structure_id, account_id, role, state) values (997001, 9701, 'membre', 'active'), (997001, 9702, 'responsable', 'demandee');
select results_eq('select account_id, email from catalyst_recipients(997001)', $$values (9701, 'ana@essai97.example')$$, 'its members, when nobody answers for it; who only asks to belong is none');
update structure_member set state = 'active' where account_id = 9702;
select results_eq('select account_id from catalyst_recipients(997001)', 'values (9702)', 'else those who answer for it');
select results_eq('select reach, held from catalyse.catalyst_reach where catalyst_id = 997001', $$values ('oui', true)$$, 'a message can be passed on');
insert into catalyst_contact (catalyst_id, email) values (997001, 'lieu@essai97.example');
select results_eq('select account_id from catalyst_recipients(997001)', 'values (9702)', 'an address that nobody confirmed is not written to');
update catalyst_contact set confirmed_at = now();
select results_eq('select account_id, email from catalyst_recipients(997001)', $$values (null::int, 'lieu@essai97.example')$$, 'once confirmed it is, alone');
update catalyst_contact set relay = false;
select is_empty('select from catalyst_recipients(997001)', 'who wants no message gets none');
select is((select reach from catalyse.catalyst_reach where catalyst_id = 997001), 'refus', 'and it is told');
update catalyst_contact set relay = true;
select throws_ok($$insert into catalyst_contact (catalyst_id, email, confirmed_at) values (997001, null, now())$$, '23514', null, 'no address is no confirmed address');

set local role catalyse_rw;
select lives_ok($$select introduction_open(997001, 'Jo', ' Jo@Ailleurs.example ', 'Objet', 'Bonjour', null, '')$$, 'first words');
select results_eq($$select i.email, i.region_id, m.side, m.body from introduction i join introduction_message m on m.introduction_id = i.id where i.catalyst_id = 997001$$,
	$$values ('jo@ailleurs.example', 3, 'demande', 'Bonjour')$$, 'are kept, where the catalyst is');
select is((select introduction_say(max(id), 'catalyseur', 9702, 'Oui.') from introduction where catalyst_id = 997001), '', 'an answer');
select is((select answered_on from introduction where catalyst_id = 997001), current_date, 'is counted');
select is((select introduction_close(max(id)) from introduction where catalyst_id = 997001), '', 'ended');
select is((select introduction_say(max(id), 'demande', null, 'Et ?') from introduction where catalyst_id = 997001), 'etat', 'nothing more is kept');
select is(introduction_forget(), 0, 'what has just ended stays');
update introduction set closed_at = now() - interval '31 days' where catalyst_id = 997001;
select is(introduction_forget(), 1, 'a month later it goes');
select results_eq($$select name, email, subject, (select count(*)::int from introduction_message m where m.introduction_id = i.id) from introduction i where catalyst_id = 997001$$,
	$$values ('', null::text, '', 0)$$, 'all of it');
reset role;
select is_empty($$select from catalyse.introduction_count$$, 'one is not counted aloud');
insert into introduction (catalyst_id, region_id, name, email, subject) select 997001, case when n < 5 then 3 end, 'x', 'x' || n || '@essai97.example', 's' from generate_series(1, 8) n;
select results_eq($$select part, region_id, n from catalyse.introduction_count where part in ('region', 'total') order by 1, 2$$,
	$$values ('region', 3, 5), ('total', null::int, 5)$$, 'five are; four without a région are not, and the total goes by fives');
update introduction set email = 'ana@essai97.example' where email = 'x2@essai97.example';
select is(jsonb_array_length(account_export(9701)->'messages_aux_catalyseurs'), 1, 'what somebody wrote is given to them');
select address_erase('x1@essai97.example') \gset
select is_empty($$select from introduction where email = 'x1@essai97.example'$$, 'an address that asks to be forgotten is');
select set_eq($$select practice from territory_holders(7, null) where catalyst_id is not null$$, $$values ('')$$, 'a catalyst whose practice is not known holds none');
select is_empty($$select from territory_holders(7, null) where practice = '+'$$, 'all of them are said');
select is((select count(*)::int from territory_holders(7, null) where catalyst_id is null), (select count(*)::int from term where scheme = 'pratique'), 'and the practices that nobody holds');
savepoint many;
insert into catalyst (id, ref, slug, name, kind, territory_id, seat_precision, origin, source_label, state) overriding system value
	select 997100 + n, 'essai-nombreux-' || n, 'essai', (array['Zoo', 'Élan', 'école', 'Abricot', 'elan'])[1 + n % 5] || ' ' || n, 'acteur', 7, 'departement', 'source', 'Essai',
		case when n <= 70 then 'publiee' else 'archivee' end from generate_series(1, 400) n;
insert into catalyst_area (catalyst_id, territory_id) select 997100 + n, 7 from generate_series(1, 20) n;
insert into catalyst_term (catalyst_id, term_id) select 997100 + n, (select id from term where scheme = 'pratique' order by position limit 1) from generate_series(1, 70) n;
select is((select count(*) = 71 and count(distinct catalyst_id) = 71 and not bool_or(practice = '+') from territory_holders(7, null) where catalyst_id is not null), true,
	'of seventy all are said, each once, and none of those that are not public');
select is((select string_agg(distinct x.word, ' ' collate "C") from (select split_part(name, ' ', 1) collate "C" as word from territory_holders(7, null) where catalyst_id > 997100
	order by rank, name collate "fr-x-icu", catalyst_id limit 28) x), 'Abricot école', 'in the order of French');
update catalyst set state = 'publiee' where id between 997101 and 997500;
select results_eq($$select practice, rank, catalyst_id from territory_holders(7, 997500) order by rank, name collate "fr-x-icu", catalyst_id limit 1$$, $$values ('+', -1, null::int)$$,
	'of more than can be read, that there are others is said, first');
select is((select count(*)::int from territory_holders(7, 997500) where catalyst_id = 997500), 1, 'and whose page it is, is there');
rollback to savepoint many;

-- Claimed, changed, read over.
insert into espace (code, name) values ('essai-97', 'Essai') on conflict do nothing;
insert into contributor (id, name) overriding system value values (9703, 'Ed'), (9704, 'Zo');
insert into account (id, email, state, confirmed_at) values (9703, 'ed@essai97.example', 'actif', now()), (9704, 'zo@essai97.example', 'actif', now());
insert into account_role (account_id, role, territory_id) values (9703, 'animateur', 3), (9704, 'animateur', 2);
insert into catalyst (id, ref, slug, name, kind, territory_id, seat_precision, origin, source_label) overriding system value
	values (997002, 'essai-998', 'essai', 'Autre essai', 'acteur', 7, 'departement', 'source', 'Essai');
set local role catalyse_rw;
select is(network_send(9703, 'modification', 997001, 997001, '{"resume": "Non."}', '', 1), 'interdit', 'who is no member changes nothing');
select is(network_send(9701, 'modification', 997001, 997001, '{"resume": "Oui."}', '', 9), 'perime', 'nor who read another revision');
select is(network_send(9701, 'modification', 997001, 997001, '{"resume": ""}', '', 1), 'rien', 'nothing is no change');
select is(network_send(9701, 'modification', 997001, 997001, '{"resume": "Nous relions.", "termes": ["pratique:dialogue-territorial", "activite:mise-en-relations"], "couvre": ["departement:38"]}', '', 1),
	'attente', 'the first change of a structure waits');
select is((select summary from catalyst where id = 997001), '', 'and is not seen');
select results_eq($$select d.account_id from network_request r, network_deciders(r.id) d where r.structure_id = 997001 and d.account_id in (9701, 9703, 9704)$$, 'values (9703)',
	'who animates the territory reads it over, not another, nor who sent it');
select is((select network_decide(9704, max(id), true, '', 'essai') from network_request), 'interdit', 'who does not may not');
select is((select network_decide(9703, max(id), false, ' ', 'essai') from network_request), 'motif', 'a refusal has its reason');
select is((select network_decide(9703, max(id), true, '', 'essai') from network_request), '', 'accepted');
select is((select network_decide(9703, max(id), true, '', 'essai') from network_request), 'etat', 'once');
select results_eq($$select c.summary, c.rev, (select count(*)::int from catalyst_area a where a.catalyst_id = c.id), (select count(*)::int from catalyst_term t where t.catalyst_id = c.id)
	from catalyst c where c.id = 997001$$, $$values ('Nous relions.', 2, 1, 2)$$, 'it says so now');
select results_eq('select field, after from catalyst_change where catalyst_id = 997001 order by id',
	$$values ('resume', 'Nous relions.'), ('couvre', 'Isère'), ('termes', 'Dialogue territorial, Mise en relations')$$, 'each change is kept, in words');
select is(network_send(9701, 'modification', 997001, 997001, '{"termes": ["pratique:dialogue-territorial", "activite:mise-en-relations"]}', '', 2), 'rien', 'the order of a list changes nothing');
select is(network_send(9701, 'modification', 997001, 997001, '{"annuaire": "non"}', '', 2), '', 'the next change is seen at once');
select is_empty('select from catalyse.catalyst_reach where catalyst_id = 997001', 'out of the lists when it asks to');
select is(network_send(9701, 'revendication', 997001, 997001, '{}', 'Moi', 3), 'etat', 'one that has a structure is not claimed');
select is(network_send(9701, 'revendication', 997002, 997001, '{}', 'C’est le nôtre.', 1), 'attente', 'one that has none is');
select is((select network_decide(9703, max(id), true, '', 'x') || (select coalesce(structure_id, 0) from catalyst where id = 997002) from network_request), '0', 'accepted');
reset role;
select is((select structure_id from catalyst where id = 997002), 997001, 'it is then its structure''s');
select * from finish();
rollback;
