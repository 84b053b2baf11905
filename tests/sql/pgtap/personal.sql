-- What is held about people is on one list: a table of the private schema that is not there, or a column that looks like somebody, fails here.
begin;
set search_path to private, catalyse, public;
select plan(11);
select is_empty($$select c.relname from pg_class c where c.relnamespace = 'private'::regnamespace and c.relkind in ('r', 'p', 'v', 'm')
	and not exists (select from personal p where p.relation = 'private.' || c.relname)$$,
	'every table of the private schema is on the list (sql/deploy/personal.sql): what it holds of people is given and goes, or why it stays');
select is_empty($$select c.relname, a.attname from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
	where c.relnamespace = 'private'::regnamespace and c.relkind in ('r', 'p', 'v', 'm')
	and a.attname ~ '(e?mail|courriel|address|adresse|recipient|name|nom$|agent|^who$|credit|note|body|quote|comment|content|^data$|totp|password|phone|reason|reply)'
	and c.relname not in ('mail_kind', 'personal', 'criterion', 'review_reason')
	and not exists (select from personal p where p.relation = 'private.' || c.relname and a.attname = any (p.columns || p.kept))$$,
	'every column that looks like somebody is said to go, or to stay and why');
select is_empty($$select p.relation, x from personal p, unnest(p.columns || p.kept) x where to_regclass(p.relation) is not null
	and not exists (select from pg_attribute a where a.attrelid = to_regclass(p.relation) and a.attname = x)$$, 'the list names columns that are there');
select ok(not has_table_privilege('catalyse_rw', 'personal', 'insert') and not has_table_privilege('catalyse_rw', 'personal', 'update'), 'the application does not change it');
-- Every statement of the list runs.
insert into contributor (id, name) values (9001, 'Ana Li.'), (9002, 'Autre');
insert into account (id, email, state, confirmed_at) values (9001, 'ana@essai.example', 'actif', now()), (9002, 'autre@essai.example', 'actif', now());
select lives_ok($$select account_export(9001)$$, 'all is given');
select is(account_export(9001)->'compte'->>'nom', 'Ana Li.', 'the name among it');
insert into token (hash, purpose, data, expires_at) values
	(repeat('a', 64), 'essai', '{"courriel": "ana@essai.example"}', now() + interval '1 day'),
	(repeat('b', 64), 'essai', '{"courriel": "mar-ana@essai.example", "message": "Voyez avec ana@essai.example."}', now() + interval '1 day');
select is(jsonb_array_length(account_export(9001)->'liens'), 1, 'a link handed to that address, not one that mentions it, nor a longer address');
select ok(account_erase(9001, 'retirer', 9001), 'all goes');
select is((select array_agg(left(hash, 1)) from token where purpose = 'essai'), array['b'], 'and somebody else''s link stays');
select ok(not account_erase(9001, 'retirer', 9001), 'once');
select is(personal_strike('Ana Li. et Analia, ana@essai.example', 'ana@essai.example', 'Ana Li.'), 'contributeur supprimé et Analia, contributeur supprimé', 'a name leaves a text, words that hold it stay');
select * from finish();
rollback;
