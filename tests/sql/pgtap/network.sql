-- Catalysts as a network: who is written to, what is kept of it and for how long, what may be counted, who holds what on a territory.
begin;
set search_path to private, catalyse, public;
select plan(24);
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
select set_eq($$select practice from territory_set(7) where catalyst_id is not null$$, $$values ('')$$, 'a catalyst whose practice is not known holds none');
select * from finish();
rollback;
