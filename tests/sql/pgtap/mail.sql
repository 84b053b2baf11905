-- The queue of mail: who gets what, when it is tried again, what came back, what is forgotten.
begin;
set search_path to private, catalyse, public;
select plan(62);
insert into catalyse.contributor (id, name) values (9001, 'Aïcha'), (9002, 'Bruno'), (9003, 'Chloé');
insert into account (id, email, state, confirmed_at) values (9001, 'aicha@demo.example', 'actif', now()), (9002, 'bruno@demo.example', 'actif', now()),
	(9003, 'chloe@demo.example', 'actif', now());
set local role catalyse_rw;
create temp table n (name text primary key, id bigint);
-- A sender takes the first mail due, as sql/queries/mail_claim.sql does; its number.
create function pg_temp.take() returns bigint language sql as $$
	with due as (select m.id from private.mail_outbox m where m.state = 'attente' and not m.digest and m.not_before <= now()
		order by m.priority, m.not_before, m.id limit 1)
	update private.mail_outbox m set state = 'envoi', claim = m.claim + 1, leased_until = now() + interval '5 minutes' from due where m.id = due.id returning m.id
$$;
create function pg_temp.of(what text) returns private.mail_outbox language sql as $$ select m from private.mail_outbox m join n using (id) where n.name = what $$;

insert into n values ('first', mail_put(' Aicha@Demo.Example ', 9001, 'decision', E'Votre fiche\r\nBcc: x@y.example', 'texte', '<p>texte</p>'));
select is((pg_temp.of('first')).recipient, 'aicha@demo.example', 'an address is lowered and trimmed');
select is((pg_temp.of('first')).subject, 'Votre fiche Bcc: x@y.example', 'a subject is one line');
select throws_ok($$select mail_put(E'a@b.example\r\nBcc: c@d.example', null, 'decision', 's', 't', 'h')$$, '22023', null, 'two lines are no address');
select throws_ok($$select mail_put('a@b.example, c@d.example', null, 'decision', 's', 't', 'h')$$, '22023', null, 'two addresses are no address');
select throws_ok($$select mail_put(null, null, 'decision', 's', 't', 'h')$$, '22023', null, 'nor is none');
select throws_ok($$select mail_put('a@b.example', null, 'inconnu', 's', 't', 'h')$$, '22023', null, 'a kind is known');
select throws_ok($$select mail_put('a@b.example', 1234567, 'decision', 's', 't', 'h')$$, '23503', null, 'so is an account');
select throws_ok($$select mail_put('a@b.example', null, 'decision', 's', null, 'h')$$, '23514', null, 'a mail has a text');

-- Order, back-off.
insert into n values ('service', mail_put('b@b.example', null, 'mot_de_passe', 's', 't', 'h')), ('late', mail_put('c@b.example', null, 'mot_de_passe', 's', 't', 'h', now() + interval '1 hour'));
select is(pg_temp.take(), (select id from n where name = 'service'), 'what was asked for goes first');
select ok(not mail_end((select id from n where name = 'service'), 7), 'an older claim says no final dot');
select ok(mail_end((select id from n where name = 'service'), 1), 'the one that holds it does');
select is(mail_done((select id from n where name = 'service'), 1, 'envoyee', '', false), 'envoyee', 'it is sent');
select is(mail_done((select id from n where name = 'service'), 1, 'plus_tard', '', false), null, 'and stays so');
select is(pg_temp.take(), (select id from n where name = 'first'), 'then the news');
select is(pg_temp.take(), null, 'what is for later waits');
select is(mail_done((select id from n where name = 'first'), 1, 'injoignable', 'no route', false), 'attente', 'a server out of reach');
select is((pg_temp.of('first')).attempts, 0::smallint, 'is no attempt');
select is((pg_temp.of('first')).last_error, 'no route', 'but is noted');
select is(array(select mail_wait(i) from generate_series(1, 6) i), array['1 minute', '5 minutes', '30 minutes', '2 hours', '12 hours', null]::interval[], 'the back-off');
select pg_temp.take();
select is(mail_done((select id from n where name = 'first'), 2, 'plus_tard', '451 4.7.1 later', false), 'attente', 'a mail refused for now waits');
select is((pg_temp.of('first')).not_before, now() + interval '1 minute', 'for a minute');
update mail_outbox set not_before = now(), attempts = 5 where id = (select id from n where name = 'first');
select pg_temp.take();
select is(mail_done((select id from n where name = 'first'), 3, 'plus_tard', '451 4.7.1 later', false), 'echec', 'the sixth time ends it');

-- Senders that disappear.
insert into n values ('before', mail_put('d@b.example', null, 'lien', 's', 't', 'h'));
select pg_temp.take();
update mail_outbox set leased_until = now() - interval '1 s' where id = (select id from n where name = 'before');
select ok(not mail_end((select id from n where name = 'before'), 1), 'past its lease, a sender says no final dot');
select is(mail_lapsed(), 1, 'one sender is gone');
select is((pg_temp.of('before')).state, 'attente', 'before the final dot: another will send it');
update mail_outbox set not_before = now() where id = (select id from n where name = 'before');
select pg_temp.take();
select ok(mail_end((select id from n where name = 'before'), 2), 'the final dot');
update mail_outbox set leased_until = now() - interval '1 s' where id = (select id from n where name = 'before');
select is(mail_lapsed(), 1, 'gone again');
select is((pg_temp.of('before')).state, 'incertain', 'after the final dot: nobody sends it again');
select is(pg_temp.take(), null, 'indeed');
select is(mail_done((select id from n where name = 'before'), 2, 'envoyee', '', false), 'envoyee', 'the sender, only late, still says what it knows');

-- Bounces.
insert into n values ('waiting', mail_put('b@b.example', null, 'fraicheur', 's', 't', 'h'));
select ok(not mail_bounce((select id from n where name = 'service'), repeat('0', 20), true, 'forged'), 'a report without the key is none');
select ok(mail_bounce((select id from n where name = 'service'), (pg_temp.of('service')).message_key, true, '5.1.1'), 'with it, it is');
select is((pg_temp.of('service')).state, 'rebond', 'the mail came back');
select is((pg_temp.of('waiting')).state, 'annulee', 'what waited for that address is cancelled');
select is(mail_put('B@b.example', null, 'fraicheur', 's', 't', 'h'), null, 'nothing more goes there');
select is(mail_put('b@b.example', null, 'mot_de_passe', 's', 't', 'h'), null, 'not even what is asked for');
update mail_address set hard_since = now() - interval '2 days' where hash = mail_hash('b@b.example');
select isnt(mail_put('b@b.example', null, 'mot_de_passe', 's', 't', 'h'), null, 'which is tried again after a day');
select is(mail_put('b@b.example', null, 'fraicheur', 's', 't', 'h'), null, 'the rest after three months');
select mail_mark_address(mail_hash('full@b.example'), false, '5.2.2') from generate_series(1, 2);
select isnt(mail_put('full@b.example', null, 'fraicheur', 's', 't', 'h'), null, 'a full box twice is still written to');
select mail_mark_address(mail_hash('full@b.example'), false, '5.2.2');
select is(mail_put('full@b.example', null, 'fraicheur', 's', 't', 'h'), null, 'not the third time');

-- Preferences.
select mail_prefer(9001, 'aucun');
select is(mail_put('aicha@demo.example', 9001, 'relecture', 's', 't', 'h'), null, 'aucun: nothing');
select isnt(mail_put('aicha@demo.example', 9001, 'adresse', 's', 't', 'h'), null, 'but what is owed');
select mail_prefer(9001, 'attend');
select isnt(mail_put('aicha@demo.example', 9001, 'relecture', 's', 't', 'h'), null, 'attend: what awaits her');
select is(mail_put('aicha@demo.example', 9001, 'decision', 's', 't', 'h'), null, 'and no news');
select mail_prefer(9002, 'resume');
insert into n values ('held', mail_put('bruno@demo.example', 9002, 'decision', 'Publiée <b>', E'un\n', '<p>un</p>')), ('held2', mail_put('bruno@demo.example', 9002, 'adoption', 'Reprise', E'deux\n', '<p>deux</p>'));
select ok((pg_temp.of('held')).digest, 'resume: news are held');
select is(mail_digest(), 0, 'until the day after');
update mail_outbox set created_at = now() - interval '2 days' where id in (select id from n where name like 'held%');
select is(mail_digest(), 1, 'then one mail');
select is(array(select m.state from mail_outbox m join n using (id) where n.name like 'held%'), '{groupee,groupee}', 'carries them all');
select results_eq($$select subject, body_text, not digest, body_html like '%Publiée &lt;b&gt;%' from mail_outbox where kind = 'resume'$$,
	$$values ('Votre résumé du jour : 2 nouvelles', E'Publiée <b>\n\nun\n\n* * *\n\nReprise\n\ndeux\n', true, true)$$, 'and says them');
insert into n values ('news', mail_put('bruno@demo.example', 9002, 'decision', 's', 't', 'h'));
select mail_prefer(9002, 'tout');
select ok(not (pg_temp.of('news')).digest, 'tout: what was held is let go');

-- One click.
update mail_outbox set unsubscribe_hash = repeat('a', 64) where id = (select id from n where name = 'news');
insert into n values ('other', mail_put('bruno@demo.example', 9002, 'decision', 's', 't', 'h'));
select results_eq($$select * from mail_unsubscribe(repeat('a', 64), false)$$, $$values ('Ce que deviennent mes fiches', false)$$, 'a look changes nothing');
select results_eq($$select * from mail_unsubscribe(repeat('a', 64), true)$$, $$values ('Ce que deviennent mes fiches', true)$$, 'a click does');
select results_eq($$select * from mail_unsubscribe(repeat('a', 64), true)$$, $$values ('Ce que deviennent mes fiches', true)$$, 'twice is once');
select is((pg_temp.of('other')).state, 'annulee', 'what waited is cancelled');
select is(mail_put('bruno@demo.example', 9002, 'decision', 's', 't', 'h'), null, 'no more of that kind');
select isnt(mail_put('bruno@demo.example', 9002, 'adoption', 's', 't', 'h'), null, 'the others still');
select is_empty($$select * from mail_unsubscribe(repeat('b', 64), true)$$, 'an unknown link does nothing');

-- Forgetting.
update mail_outbox set done_at = now() - interval '8 days' where state = 'groupee';
select is(mail_forget(7), 2, 'what is over is wiped');
select is((pg_temp.of('held')).body_text, null, 'its text');
select is((pg_temp.of('held')).recipient, null, 'and its address');
select mail_erase(9002);
select is((select count(*) from mail_outbox where account_id = 9002 or recipient = 'bruno@demo.example') + (select count(*) from mail_preference where account_id = 9002)
	+ (select count(*) from mail_refusal where account_id = 9002), 0::bigint, 'of an account erased, nothing is left');
set local role catalyse_ro;
select throws_ok('select * from private.mail_outbox', '42501', null, 'the reader of public pages sees none of it');
select * from finish();
rollback;
