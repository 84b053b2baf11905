-- Lists of an account: theirs alone, bounded, gone with it.
begin;
set search_path to private, catalyse, public;
select plan(14);
insert into contributor (id, name) values (9001, 'Ana'), (9002, 'Béa');
insert into account (id, email, state, confirmed_at) values (9001, 'ana@essai.example', 'actif', now()), (9002, 'bea@essai.example', 'actif', now());
select ok(shelf_make(9001, ' Pour le 12 ', null) is not null, 'a list is made');
select is((select name || note from shelf where account_id = 9001), 'Pour le 12', 'under its name');
select is(shelf_add(9001, (select id from shelf where account_id = 9001), '{fiche,page}', '{1,/boussole/chemin?qui=elu}', '{"",Un chemin}'), '', 'things are kept in it');
select is(shelf_add(9001, (select id from shelf where account_id = 9001), '{fiche}', '{1}', '{""}'), '', 'again');
select is((select string_agg(kind, ' ' order by position) from shelf_item), 'fiche page', 'once, in order');
select is(shelf_add(9002, (select id from shelf where account_id = 9001), '{fiche}', '{2}', '{""}'), 'introuvable', 'not by somebody else');
select is(shelf_add(9001, (select id from shelf where account_id = 9001), array_fill('fiche'::text, array[199]), array(select n::text from generate_series(100, 298) n), array_fill(''::text, array[199])),
	'plein', 'two hundred at most');
select throws_ok($$insert into shelf_item (shelf_id, kind, key) select id, 'page', 'https://ailleurs.example' from shelf$$, '23514', null, 'pages of this site only');
select throws_ok($$insert into shelf_item (shelf_id, kind, key) select id, 'fiche', '1 or 1' from shelf$$, '23514', null, 'a number is one');
select throws_ok($$update shelf set code = 'devinable'$$, '23514', null, 'a link is one that nobody guesses');
do $$ begin for i in 1..60 loop perform shelf_make(9002, 'n' || i, ''); end loop; end $$;
select is((select count(*) from shelf where account_id = 9002), 50::bigint, 'fifty lists an account');
select is(jsonb_array_length(account_export(9001)->'listes'->0->'contenu'), 2, 'they are among what one takes away');
select account_erase(9001, 'garder', 9001);
select is((select count(*) from shelf where account_id = 9001), 0::bigint, 'and go with the account');
select is((select count(*) from shelf_item i where not exists (select from shelf s where s.id = i.shelf_id)), 0::bigint, 'with what is in them');
select * from finish();
rollback;
