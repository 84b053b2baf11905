-- What has had its time goes, and nothing else.
begin;
set search_path to private, catalyse, public;
select plan(7);
insert into contributor (id, name) overriding system value values (9901, 'Essai');
insert into account (id, email, state, confirmed_at) values (9901, 'essai-9901@essai.example', 'actif', now());
insert into token (hash, purpose, account_id, data, expires_at, used_at)
select encode(sha256(convert_to('essai' || n, 'UTF8')), 'hex'), 'essai', a, d::jsonb, e, u from (values
	(1, null::int, '{"courriel": "x@essai.example"}', now() + interval '1 day', null::timestamptz),
	(2, null, '{"courriel": "x@essai.example"}', now() - interval '1 day', null),
	(3, null, '{"courriel": "x@essai.example"}', now() - interval '31 days', null),
	(4, 9901, '{"numero": 1}', 'infinity', now() - interval '91 days'),
	(5, 9901, '{"numero": 1}', 'infinity', null)) v (n, a, d, e, u);
insert into session (hash, account_id, expires_at) values (repeat('a', 64), 9901, now() - interval '1 minute'), (repeat('b', 64), 9901, now() + interval '1 hour');
insert into attempt (subject, kind, since) values (repeat('a', 64), 'essai', now() - interval '3 days'), (repeat('b', 64), 'essai', now());
insert into submission (scope, key, body_hash, created_at) values ('anonyme', 'essai-vieille', repeat('a', 64), now() - interval '8 days'),
	('anonyme', 'essai-recente', repeat('a', 64), now());
set local role catalyse_rw;
select cmp_ok(expired_forget(), '>=', 6, 'what is over goes');
select is((select count(*) from token where purpose = 'essai')::int, 3, 'links long over, and codes long used');
select is((select data from token where hash = encode(sha256('essai2'), 'hex')), '{}', 'of a link just over, what was typed goes first');
select isnt((select data from token where hash = encode(sha256('essai1'), 'hex')), '{}', 'of one that holds, nothing');
select is((select string_agg(hash, ' ') from session where account_id = 9901), repeat('b', 64), 'sessions');
select is((select string_agg(subject, ' ') from attempt where kind = 'essai'), repeat('b', 64), 'tries');
select is((select string_agg(key, ' ') from submission where key like 'essai-%'), 'essai-recente', 'answers kept');
rollback;
