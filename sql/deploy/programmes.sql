-- Deploy catalyse:programmes to pg
-- requires: territories
-- The programmes of the State that a territory takes part in, as published; loaded by `catalyse import programme`.
begin;
set local role catalyse_owner;
set local search_path to catalyse, public;
set local lock_timeout to '2s';

create table programme (
	code slug primary key, -- that of the term of the scheme dispositif, when there is one
	name text collate "fr-x-icu" not null check (btrim(name) <> ''),
	file_codes text[] not null default '{}', -- how the files call it
	almost_everywhere bool not null default false, -- held by nearly every territory: says nothing of a likeness
	position smallint not null default 100
);
create table territory_programme (
	programme_code slug not null references programme on update cascade,
	territory_id int not null references territory on delete cascade,
	ref text not null check (btrim(ref) <> ''), -- of the contract or label, in the file
	label text not null default '',
	signed_on date,
	period text not null default '',
	url web_address,
	file_code text not null, -- the territory as the file codes it; another one than ours when it was followed
	source text not null check (btrim(source) <> ''),
	vintage text check (vintage ~ '^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$'), -- null: the file does not say, and nobody else did
	loaded_at timestamptz not null default now(),
	primary key (programme_code, ref, territory_id)
);
create index territory_programme_territory_idx on territory_programme (territory_id);

insert into programme (code, name, file_codes, almost_everywhere, position) values
	('crte', 'Contrat pour la réussite de la transition écologique (CRTE)', '{crte}', true, 10),
	('petites-villes-de-demain', 'Petites villes de demain', '{petites_villes_de_demain}', false, 20),
	('action-coeur-de-ville', 'Action cœur de ville', '{action_coeur_de_ville}', false, 30),
	('villages-d-avenir', 'Villages d''avenir', '{villages_avenir}', false, 40),
	('territoires-d-industrie', 'Territoires d''industrie', '{territoires_industrie}', false, 50),
	('cites-educatives', 'Cités éducatives', '{cites_educatives}', false, 60),
	('territoires-d-engagement', 'Territoires d''engagement', '{territoires_engagement}', false, 70),
	('fabriques-prospectives', 'Fabriques prospectives', '{fabriques_prospectives}', false, 80);
commit;
