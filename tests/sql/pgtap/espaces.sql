-- Front offices: what is placed or taken by a rule is counted and listed at once; menus and homes are their editors'; one is the default.
begin;
set search_path to private, catalyse, public;
select * from no_plan();
insert into contributor (id, name) values (101, 'Éditrice'), (102, 'Administratrice'), (103, 'Personne');
insert into account (id, email, state, confirmed_at) select id, 'c' || id || '@essai.example', 'actif', now() from contributor where id between 101 and 103;
insert into catalyse.espace (id, code, name, host, position) values (900, 'essai', 'Essai', 'essai.example', 90), (901, 'autre', 'Autre', 'autre.example', 91);
insert into account_role (account_id, role, espace_id) values (101, 'editeur', 900);
insert into account_role (account_id, role) values (102, 'administrateur');
create function seen(field text) returns text language sql as $$select md5(espace_common_text(1, field))$$;
create function held(espace int) returns int[] language sql as 'select array(select sheet_id from sheet_index where vals @> array[4000000 + espace] order by 1)';
set local role catalyse_rw;

select is(held(900), '{}', 'an espace begins empty');
select is(espace_place(101, 900, 1, 'placer'), '', 'a sheet is placed');
select is(held(900), '{1}', 'and is known there at once');
select is(espace_rule_save(101, 900, 'type=methode'), '', 'a rule');
select is(held(900), array(select sheet_id from sheet_index where type = 'methode' or sheet_id = 1 order by 1), 'takes what answers it, besides what is placed');
select is(espace_rule_save(101, 900, 'type=methode&territoire=departement:974'), '', 'two filters');
select is(held(900), array(select i.sheet_id from sheet_index i where i.sheet_id = 1 or i.type = 'methode'
	and i.territories @> array[(select id from territory where type = 'departement' and code = '974')] order by 1), 'go together');
select is(espace_rule_save(101, 900, 'type=methode&type=exemple'), '', 'two values of one filter');
select is(held(900), array(select sheet_id from sheet_index where type in ('methode', 'exemple') or sheet_id = 1 order by 1), 'are alternatives');
select is(espace_rule_save(101, 900, 'theme=inconnu'), 'regle', 'a term that nobody knows is refused');
select is(espace_rule_save(101, 900, 'q=mots'), 'regle', 'words are no rule');
select is(espace_rule_save(103, 900, ''), 'interdit', 'a rule is its editors’ business');
select is(espace_rule_save(101, 900, ''), '', 'without a rule');
select is(espace_place(101, 900, 1, 'retirer'), '', 'and without what was placed');
select is(held(900), '{}', 'it is empty again');
select is((select count(*)::int from journal where object = 'espace' and object_id = 900 and action = 'espace_regle'), 4, 'each rule that was kept is in the journal');

select is(espace_link_act(103, 900, null, 'ajouter', '{"zone": "menu", "label": "Ici", "url": "/fiches"}'), 'interdit', 'a menu is its editors’');
select is(espace_link_act(101, 900, null, 'ajouter', '{"zone": "menu", "label": "Ici", "url": "/fiches"}'), '', 'a line of the menu');
select is(espace_link_act(101, 900, null, 'ajouter', '{"zone": "menu", "label": "Là", "url": "https://exemple.example/"}'), '', 'another, of the web');
select throws_ok($$select espace_link_act(101, 900, null, 'ajouter', '{"zone": "menu", "label": "Non", "url": "javascript:alert(1)"}')$$, '23514', null, 'no other scheme');
select throws_ok($$select espace_link_act(101, 900, null, 'ajouter', '{"zone": "menu", "label": "Non", "url": "//ailleurs.example"}')$$, '23514', null, 'nor an address that looks like one of ours');
select is(espace_link_act(101, 900, (select id from espace_link where label = 'Là'), 'monter', '{}'), '', 'it goes up');
select is((select string_agg(label, ' ' order by position) from espace_link where espace_id = 900), 'Là Ici', 'before the first');
select is(espace_link_act(101, 901, (select id from espace_link where label = 'Là'), 'retirer', '{}'), 'interdit', 'nobody changes another espace');
select is(espace_link_act(102, 901, (select id from espace_link where label = 'Là'), 'retirer', '{}'), 'introuvable', 'nor its lines from elsewhere');
select is((select bool_and(espace_link_act(101, 900, null, 'ajouter', '{"zone": "menu", "label": "Encore", "url": "/"}') = '') from generate_series(1, 6)), true, 'eight lines');
select is(espace_link_act(101, 900, null, 'ajouter', '{"zone": "menu", "label": "Encore", "url": "/"}'), 'plein', 'and no more: a menu is short');

select is(espace_block_act(101, 900, null, 'ajouter', '{"kind": "texte", "title": "Un", "body": "Mot"}'), '', 'a block of the home');
select is(espace_block_act(101, 900, null, 'ajouter', '{"kind": "ici"}'), '', 'another');
select is(espace_block_act(101, 900, (select id from espace_block where espace_id = 900 and kind = 'ici'), 'monter', '{}'), '', 'goes up');
select is((select string_agg(kind, ' ' order by position) from espace_block where espace_id = 900), 'ici texte', 'before the first');
select is(espace_block_act(101, 900, (select id from espace_block where espace_id = 900 and kind = 'ici'), 'retirer', '{}'), '', 'and is taken out');
select is((select edited from catalyse.espace where id = 900), true, 'from then on the files of the first content leave it alone');

select is(espace_save(101, 900, '{"hosts": ["a.example", "b.example"]}'), '', 'other hosts');
select is((select array_agg(host order by host) from espace_host where espace_id = 900), '{a.example,b.example}', 'are kept');
select is(espace_save(102, 901, '{"hosts": ["a.example"]}'), 'pris', 'a host is one espace’s');
select is(espace_save(102, 901, '{"host": "b.example"}'), 'pris', 'as a principal name too');
select is(espace_save(101, 900, '{"hosts": ["b.example"]}'), '', 'one is let go');
select is(espace_save(102, 901, '{"hosts": ["a.example"]}'), '', 'and taken by another');
select is((select name || host from catalyse.espace where id = 900), 'Essaiessai.example', 'what is not given stays');
select is(espace_make_default(101, 900), 'interdit', 'the default one is an administratrice’s business');
select is(espace_make_default(102, 900), '', 'who changes it');
select is((select array_agg(id) from catalyse.espace where is_default), '{900}', 'and there is one');
select is(espace_logo_set(103, 900, 'image/png', 1, 1, repeat('0', 64), '\x00'), 'interdit', 'an image is its editors’');
select is(espace_logo_set(101, 900, 'image/png', 1, 1, repeat('0', 64), '\x00'), '', 'who put it');
select is(espace_logo_set(101, 900, null, null, null, null, null), '', 'and take it out');
select throws_ok('insert into espace_rule values (900, 1, 1)', '42501', null, 'rules are written by what they are made of');

-- Words of its own, field by field.
select is(espace_adapt(103, 900, 1, 'titre', 'adapter', 'Le nôtre', seen('titre')), 'interdit', 'its editors adapt');
select is(espace_adapt(101, 900, 1, 'titre', 'adapter', 'Le nôtre', seen('titre')), 'commun', 'not in the default espace');
select is(espace_make_default(102, 901), '', 'another is the default one');
select is(espace_adapt(101, 900, 1, 'titre', 'adapter', 'Le nôtre', seen('titre')), '', 'a title');
select is(espace_adapt(101, 900, 1, 'titre', 'adapter', 'Le nôtre', seen('titre')), '', 'the same again is nothing');
select is((select count(*)::int from journal where action = 'espace_texte_adapter' and object_id = 900), 1, 'and leaves no other line');
select is(espace_adapt(101, 900, 1, 'etapes', 'adapter', 'Non', seen('titre')), 'introuvable', 'steps stay common');
select is(espace_adapt(101, 900, 1, 'inconnue', 'adapter', 'Non', null), 'introuvable', 'so does what a sheet has not');
select is(espace_adapt(101, 900, 1, 'chapo', 'adapter', 'Non', md5('autre chose')), 'perime', 'one adapts what one has read');
select is(espace_adapt(101, 900, 1, 'chapo', 'adapter', (select summary from sheet where id = 1), seen('chapo')), '', 'the common text');
select is((select count(*)::int from espace_adaptation where espace_id = 900), 1, 'is no adaptation');
select throws_ok($$select espace_adapt(101, 900, 1, 'titre', 'adapter', repeat('a', 201), seen('titre'))$$, '23514', null, 'a title stays short');
select throws_ok($$update espace_adaptation set text = 'Autrement'$$, '42501', null, 'nobody writes but by that');
update sheet set title = title || ', corrigé' where id = 1;
select is((select base <> espace_common_text(1, 'titre') and text = 'Le nôtre' from espace_adaptation where espace_id = 900), true, 'a change of the base is seen, and changes nothing here');
select is(espace_adapt(101, 900, 1, 'titre', 'garder', null, seen('titre')), '', 'kept');
select is((select base = espace_common_text(1, 'titre') and text = 'Le nôtre' from espace_adaptation where espace_id = 900), true, 'beside the new common text');
select is(espace_adapt(101, 900, 1, 'titre', 'reprendre', null, null), '', 'taken back');
select is((select count(*)::int from espace_adaptation where espace_id = 900), 0, 'nothing is left');
select is(espace_adapt(101, 900, 1, 'titre', 'garder', null, seen('titre')), 'introuvable', 'nothing to keep');
select * from finish();
rollback;
