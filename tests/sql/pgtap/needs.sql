-- Documents, objectives and texts: what is changed here, what loading the reference content leaves, what follows a term replaced.
begin;
set search_path to private, catalyse, public;
select plan(23);
insert into scheme (code, label, origin) values ('theme', 'Thématiques', 'ours'), ('odd', 'Objectifs', 'ours') on conflict do nothing;
insert into term (scheme, code, label, origin) values ('theme', 'essai-a', 'Essai A', 'ours'), ('theme', 'essai-b', 'Essai B', 'ours');
insert into term (scheme, code, label, origin) select 'odd', n::text, 'Objectif ' || n, 'ours' from generate_series(1, 17) n on conflict do nothing;
select is(theme_odds_set(null, 'nulle-part', '{1}'), 'introuvable', 'an unknown thématique');
select is(theme_odds_set(null, 'essai-a', '{1,99}'), 'introuvable', 'an unknown objective');
select is(theme_odds_set(null, 'essai-a', '{13,7}'), '', 'objectives are given');
select is((select string_agg(o.code, ',' order by l.position) from term_link l join term t on t.id = l.term_id join term o on o.id = l.other_id
	where t.code = 'essai-a' and l.kept), '13,7', 'in their order');
select is((select count(*)::int from journal where action = 'theme_objectifs' and object_id = (select id from term where code = 'essai-a')), 1, 'with a line of the journal');
select is(theme_odds_set(null, 'essai-a', '{13,7}'), '', 'the same again');
select is((select count(*)::int from journal where action = 'theme_objectifs' and object_id = (select id from term where code = 'essai-a')), 1, 'is no change');
select is(theme_odds_set(null, 'essai-a', '{7}'), '', 'one is taken out');
select is((select kept from term_link l join term o on o.id = l.other_id join term t on t.id = l.term_id where t.code = 'essai-a' and o.code = '13'), false,
	'its row stays, so that loading the reference content does not bring it back');
select is(resource_save(null, null, '{"title": "Essai", "kind": "nulle-part", "origin": "ours"}'), 'introuvable', 'an unknown kind');
select is(resource_save(null, null, '{"title": "Essai d''une ressource", "kind": "base", "origin": "ours", "themes": ["essai-a", "nulle-part"]}'), '', 'a document is added');
select is((select ref::text from resource where title = 'Essai d''une ressource'), 'essai-d-une-ressource', 'named from its title');
select is(resource_save(null, null, '{"title": "Essai d''une ressource", "kind": "base", "origin": "ours"}'), '', 'another of the same title');
select is((select count(distinct ref)::int from resource where title = 'Essai d''une ressource'), 2, 'has its own name');
select throws_ok($$select resource_save(null, null, '{"title": "Essai", "kind": "base", "origin": "source"}')$$, '23514', null, 'a source is said');
select throws_ok($$select resource_save(null, null, '{"title": "Essai", "kind": "base", "origin": "ours", "url": "javascript:alert(1)"}')$$, '23514', null, 'an address is one of the Web');
select is((select count(*)::int from resource_term x join resource r on r.id = x.resource_id where r.ref = 'essai-d-une-ressource'), 1, 'it hangs on the thématique that exists');
select is(term_merge(null, (select id from term where code = 'essai-a'), (select id from term where code = 'essai-b'), 'essai'), '', 'a thématique is replaced');
select is((select t.code from resource_term x join resource r on r.id = x.resource_id join term t on t.id = x.term_id where r.ref = 'essai-d-une-ressource'), 'essai-b',
	'its documents follow');
select is((select string_agg(o.code, ',' order by o.code) from term_link l join term o on o.id = l.other_id join term t on t.id = l.term_id where t.code = 'essai-b' and l.kept), '7',
	'and its objectives');
insert into site_text (ref, page, part, title, origin) values ('essai', 'essai', 'essai', 'Essai', 'ours');
select is(site_text_save(null, (select id from site_text where ref = 'essai'), '{"title": "Autre", "origin": "ours"}'), '', 'a text is changed');
select isnt((select edited_at from site_text where ref = 'essai'), null, 'which is remembered');
select throws_ok($$select site_text_save(null, (select id from site_text where ref = 'essai'), '{"title": " ", "origin": "ours"}')$$, '23514', null, 'a text says something');
select * from finish();
rollback;
