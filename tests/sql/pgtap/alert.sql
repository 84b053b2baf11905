-- Lists followed by mail: what is new is told once, an address is kept no longer than its alerts.
begin;
set search_path to private, catalyse, public;
select plan(40);
create function pg_temp.look(kinds text[], ids int[], stamps text[], whole bool) returns int language sql as $$
	select watch_look((select id from watch where query = '/fiches?q=essai'), kinds, ids, stamps, kinds, array_fill('/x'::text, array[cardinality(ids)]), whole)
$$;
create function pg_temp.news(who text) returns text language sql as $$
	select coalesce(string_agg(i.item_id || case when i.first > a.turn then '+' else '~' end, ' ' order by i.item_id), '')
	from alert a join follower f on f.id = a.follower_id join watch_item i on i.watch_id = a.watch_id and i.turn > a.turn where f.email = who
$$;
create function pg_temp.due(who text) returns bool language sql as $$ select alert_due(a) from alert a join follower f on f.id = a.follower_id where f.email = who $$;
create function pg_temp.told(who text) returns void language sql as $$
	update alert a set turn = w.turn, told_on = (now() at time zone 'Europe/Paris')::date from follower f, watch w where f.id = a.follower_id and f.email = who and w.id = a.watch_id
$$;

select is((select turn from watch_hold('/fiches?q=essai')), 0, 'a list is made when it is first followed');
select is((select (watch_hold('/fiches?q=essai')).id), (select id from watch where query = '/fiches?q=essai'), 'once');
select throws_ok($$select watch_hold('//ailleurs')$$, '23514', null, 'a list of this site only');
select is(pg_temp.look('{catalyseur,catalyseur}', '{1,2}', '{a,a}', true), 1, 'it is looked at');
select is((select total from watch where query = '/fiches?q=essai'), 2, 'and counted');
select ok(alert_put('Ana@Essai.example ', (select id from watch where query = '/fiches?q=essai'), 'Fiches', 'jour', 1, false) is not null, 'an address follows it');
select is((select email from follower where email like 'ana@%'), 'ana@essai.example', 'in one spelling');
select is(pg_temp.news('ana@essai.example'), '', 'what was there is not new');
select ok(pg_temp.due('ana@essai.example'), 'it may be told at once');
select is(pg_temp.look('{catalyseur,catalyseur}', '{1,2}', '{a,a}', true), 2, 'looked at again');
select is(pg_temp.news('ana@essai.example'), '', 'nothing changed: nothing new');
select is(pg_temp.look('{catalyseur,catalyseur,catalyseur}', '{1,2,3}', '{a,b,a}', true), 3, 'a third item, and a second that changed');
select is(pg_temp.news('ana@essai.example'), '2~ 3+', 'are told as such');
select is(pg_temp.look('{catalyseur,catalyseur,catalyseur}', '{1,2,3}', '{a,b,c}', true), 4, 'the third changes too, before it was told');
select is(pg_temp.news('ana@essai.example'), '2~ 3+', 'it is still new for who was not told of it');
select ok(alert_put('bea@essai.example', (select id from watch where query = '/fiches?q=essai'), 'Fiches', 'semaine', 4, false) is not null, 'another address follows the same list');
select is(pg_temp.news('bea@essai.example'), '', 'from now on');
select lives_ok($$select pg_temp.told('ana@essai.example')$$, 'told');
select is(pg_temp.news('ana@essai.example'), '', 'nothing is told twice');
select ok(not pg_temp.due('ana@essai.example'), 'nor twice a day');
update alert set told_on = told_on - 1;
select ok(pg_temp.due('ana@essai.example'), 'the next day it may');
select pg_temp.told('bea@essai.example');
update alert set told_on = told_on - 6 where rhythm = 'semaine';
select ok(not pg_temp.due('bea@essai.example'), 'a weekly one waits seven days');
update alert set told_on = told_on - 1 where rhythm = 'semaine';
select ok(pg_temp.due('bea@essai.example'), 'not eight');
update alert set paused = true where rhythm = 'semaine';
select ok(not pg_temp.due('bea@essai.example'), 'a paused one says nothing');
select pg_temp.look('{catalyseur}', '{3}', '{c}', true);
select is((select count(*) from watch_item i join watch w on w.id = i.watch_id where w.query = '/fiches?q=essai'), 1::bigint, 'what left the list is forgotten');
select pg_temp.look('{catalyseur,catalyseur}', '{1,3}', '{a,c}', true);
select is(pg_temp.news('ana@essai.example'), '1+', 'and is new when it comes back');
select pg_temp.look('{}', '{}', '{}', false);
select is((select count(*) from watch_item i join watch w on w.id = i.watch_id where w.query = '/fiches?q=essai'), 2::bigint, 'a part of a list takes nothing away');
select is((select alert_put('ana@essai.example', id, 'Fiches', 'semaine', turn, false) from watch where query = '/fiches?q=essai'),
	(select id from follower where email = 'ana@essai.example'), 'asked for again: the same address');
select is((select rhythm from alert a join follower f on f.id = a.follower_id where f.email = 'ana@essai.example'), 'semaine', 'with another rhythm');
select is(pg_temp.news('ana@essai.example'), '1+', 'and what it was not told of');

-- The link of a mail ends its alert, and the address goes with the last one.
select lives_ok($$insert into alert_sent select mail_put('ana@essai.example', null, 'alerte', 'Une nouveauté', 'x', 'x'), a.id from alert a join follower f on f.id = a.follower_id where f.email = 'ana@essai.example'$$, 'a mail tells of an alert');
update mail_outbox set unsubscribe_hash = repeat('a', 64), state = 'envoyee', done_at = now() where kind = 'alerte' and recipient = 'ana@essai.example';
select is((select label || off from mail_unsubscribe(repeat('a', 64), false)), 'Alerte : Fichesfalse', 'its link says which');
select is((select count(*) from alert a join follower f on f.id = a.follower_id where f.email = 'ana@essai.example'), 1::bigint, 'looking ends nothing');
select ok((select off from mail_unsubscribe(repeat('a', 64), true)), 'its button does');
select is((select count(*) from follower where email = 'ana@essai.example') + (select count(*) from mail_outbox where recipient = 'ana@essai.example' or address_hash = mail_hash('ana@essai.example')),
	0::bigint, 'and the address is nowhere any more');
select is((select count(*) from mail_refusal where kind = 'alerte'), 0::bigint, 'without a refusal: one may ask again');
select ok((select off from mail_unsubscribe(repeat('a', 64), false)), 'the link says that it is done');
select address_erase('bea@essai.example');
select is((select count(*) from follower where email = 'bea@essai.example'), 0::bigint, 'an address erased by the operator goes too');
select watch_forget();
select is((select count(*) from watch where query = '/fiches?q=essai'), 0::bigint, 'a list that nobody follows is forgotten');
do $$ declare w watch; begin for i in 1..31 loop w := watch_hold('/fiches?q=' || i); perform alert_put('tout@essai.example', w.id, 'x', 'jour', 0, true); end loop; end $$;
select is((select count(*) from alert a join follower f on f.id = a.follower_id where f.email = 'tout@essai.example'), 30::bigint, 'thirty lists an address');
select * from finish();
rollback;
