-- Deploy catalyse:figures to pg
-- requires: work_hands
-- The Observatoire: what was asked, of whom, and what was published, place by place. A figure never goes without its question, who was
-- asked, its year (or that it is not known) and its source.
begin;
set local role catalyse_owner;
set local search_path to catalyse, public;
set local lock_timeout to '2s';

create table indicator (
	id int generated always as identity primary key,
	code slug not null unique,
	label text not null check (length(btrim(label)) between 3 and 200), -- the question in plain words
	topic text not null check (length(btrim(topic)) between 2 and 120), -- groups them on the page
	definition text not null check (length(btrim(definition)) between 3 and 2000),
	unit text not null check (length(btrim(unit)) between 1 and 60), -- "%": a share, from 0 to 100
	unit_label text not null default '' check (length(unit_label) <= 200), -- "% des maires"
	question text not null check (length(btrim(question)) between 3 and 1000), -- as asked; when its words are not known, says so
	asked text not null check (length(btrim(asked)) between 2 and 400), -- who was asked, or what was counted
	method text not null default '' check (length(method) <= 2000),
	limits text not null check (length(btrim(limits)) between 3 and 2000), -- what one cannot conclude
	reading text not null default '' check (length(reading) <= 500), -- what it says, in a sentence
	producer text not null default '' check (length(producer) <= 300),
	position smallint not null default 1000,
	published bool not null default true,
	origin provenance not null default 'source',
	modified_at timestamptz not null default now()
);
create table indicator_term (
	indicator_id int not null references indicator on delete cascade,
	term_id int not null references term on delete cascade,
	primary key (indicator_id, term_id)
);
create index indicator_term_term_idx on indicator_term (term_id);
-- The sheets that tell it.
create table indicator_sheet (
	indicator_id int not null references indicator on delete cascade,
	sheet_id int not null references sheet on delete cascade,
	primary key (indicator_id, sheet_id)
);
create index indicator_sheet_sheet_idx on indicator_sheet (sheet_id);

create table figure (
	id int generated always as identity primary key,
	indicator_id int not null references indicator on delete cascade,
	territory_id int not null references territory, -- the nation is one
	year_from smallint check (year_from between 1900 and 2100), -- null: the source, as read, does not say
	year_to smallint,
	population text not null check (length(btrim(population)) between 2 and 200), -- who was asked, or what was counted
	answer text not null default '' check (length(answer) <= 200), -- which answer, where the question has several
	value numeric not null,
	low numeric,
	high numeric,
	numerator bigint check (numerator >= 0),
	denominator bigint check (denominator > 0),
	sample bigint check (sample > 0),
	source_label text not null check (length(btrim(source_label)) between 2 and 300),
	source_url web_address,
	publisher text not null default '' check (length(publisher) <= 200),
	licence text not null default '' check (length(licence) <= 120), -- empty: not said
	note text not null default '' check (length(note) <= 500),
	reported text not null default '' check (reported = '' or reported ~ '^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$'), -- when it was made public
	position smallint not null default 1000,
	modified_at timestamptz not null default now(),
	constraint figure_years check ((year_from is null) = (year_to is null) and year_from <= year_to and year_to <= 2100),
	constraint figure_bounds check ((low is null or low <= value) and (high is null or value <= high)),
	-- Two sources may say two things: both are kept.
	constraint figure_key unique nulls not distinct (indicator_id, territory_id, year_from, year_to, population, answer, publisher)
);
create index figure_territory_idx on figure (territory_id);

-- doc: what a line of the table says of an indicator; a member that is absent or empty changes nothing. Answers ajoute, change, identique, or
-- what is wrong: "champ|raison".
create function indicator_put(doc jsonb) returns text language plpgsql set search_path to catalyse, public as $$
declare
	old indicator;
	new indicator;
	fresh bool;
	terms int[];
	sheets int[];
	miss text;
begin
	select * into old from indicator i where i.code = doc->>'code' for update;
	fresh := old.id is null;
	if fresh then
		select k into miss from unnest(array['label', 'topic', 'definition', 'unit', 'question', 'asked', 'limits']) k where coalesce(btrim(doc->>k), '') = '' limit 1;
		if miss is not null then
			return miss || '|manque : cet indicateur est nouveau, il faut le dire en entier';
		end if;
		insert into indicator (code, label, topic, definition, unit, question, asked, limits)
		values (doc->>'code', doc->>'label', doc->>'topic', doc->>'definition', doc->>'unit', doc->>'question', doc->>'asked', doc->>'limits') returning * into old;
	end if;
	select y into miss from jsonb_array_elements_text(coalesce(doc->'terms', '[]')) y
	where not exists (select from term t where t.scheme || ':' || t.code = y) limit 1;
	if miss is not null then
		return 'terms|« ' || miss || ' » : ce terme n’existe pas';
	end if;
	select y into miss from jsonb_array_elements_text(coalesce(doc->'sheets', '[]')) y
	where not exists (select from sheet s where (s.ref = y or s.id::text = y) and s.type = 'donnee') limit 1;
	if miss is not null then
		return 'sheets|« ' || miss || ' » : aucune fiche de données n’a cette référence';
	end if;
	update indicator i set label = coalesce(nullif(doc->>'label', ''), i.label), topic = coalesce(nullif(doc->>'topic', ''), i.topic),
		definition = coalesce(nullif(doc->>'definition', ''), i.definition), unit = coalesce(nullif(doc->>'unit', ''), i.unit),
		unit_label = coalesce(nullif(doc->>'unit_label', ''), i.unit_label), question = coalesce(nullif(doc->>'question', ''), i.question),
		asked = coalesce(nullif(doc->>'asked', ''), i.asked), method = coalesce(nullif(doc->>'method', ''), i.method),
		limits = coalesce(nullif(doc->>'limits', ''), i.limits), reading = coalesce(nullif(doc->>'reading', ''), i.reading),
		producer = coalesce(nullif(doc->>'producer', ''), i.producer), position = coalesce(nullif(doc->>'position', '')::smallint, i.position),
		origin = coalesce(nullif(doc->>'origin', ''), i.origin)
	where i.id = old.id returning * into new;
	if doc ? 'terms' then
		select coalesce(array_agg(t.id order by t.id), '{}') into terms from jsonb_array_elements_text(doc->'terms') y join term t on t.scheme || ':' || t.code = y;
		if terms is distinct from (select coalesce(array_agg(x.term_id order by x.term_id), '{}') from indicator_term x where x.indicator_id = old.id) then
			delete from indicator_term x where x.indicator_id = old.id;
			insert into indicator_term select old.id, t from unnest(terms) t;
			old.modified_at := null;
		end if;
	end if;
	if doc ? 'sheets' then
		select coalesce(array_agg(distinct s.id order by s.id), '{}') into sheets from jsonb_array_elements_text(doc->'sheets') y join sheet s on s.ref = y or s.id::text = y;
		if sheets is distinct from (select coalesce(array_agg(x.sheet_id order by x.sheet_id), '{}') from indicator_sheet x where x.indicator_id = old.id) then
			delete from indicator_sheet x where x.indicator_id = old.id;
			insert into indicator_sheet select old.id, s from unnest(sheets) s;
			old.modified_at := null;
		end if;
	end if;
	if fresh then
		return 'ajoute';
	end if;
	if new is not distinct from old then
		return 'identique';
	end if;
	update indicator i set modified_at = now() where i.id = old.id;
	return 'change';
end
$$;

-- doc: a figure as a line of the table says it. The same answers.
create function figure_put(doc jsonb) returns text language plpgsql set search_path to catalyse, public as $$
declare
	i indicator;
	place int;
	fresh bool;
begin
	select * into i from indicator x where x.code = doc->>'indicator';
	if i.id is null then
		return 'indicator|« ' || coalesce(doc->>'indicator', '') || ' » : cet indicateur n’existe pas';
	end if;
	select t.id into place from territory t where t.type = split_part(doc->>'territory', ':', 1) and t.code = split_part(doc->>'territory', ':', 2);
	if place is null then
		select f.successor_id into place from territory_former f where f.type = split_part(doc->>'territory', ':', 1) and f.code = split_part(doc->>'territory', ':', 2);
	end if;
	if place is null then
		return 'territory|« ' || coalesce(doc->>'territory', '') || ' » : ce territoire n’existe pas';
	end if;
	if i.unit = '%' and ((doc->>'value')::numeric not between 0 and 100 or (doc->>'low')::numeric not between 0 and 100 or (doc->>'high')::numeric not between 0 and 100) then
		return 'value|une part va de 0 à 100';
	end if;
	insert into figure as f (indicator_id, territory_id, year_from, year_to, population, answer, value, low, high, numerator, denominator, sample, source_label,
		source_url, publisher, licence, note, reported, position)
	values (i.id, place, (doc->>'year_from')::smallint, (doc->>'year_to')::smallint, doc->>'population', coalesce(doc->>'answer', ''), (doc->>'value')::numeric,
		(doc->>'low')::numeric, (doc->>'high')::numeric, (doc->>'numerator')::bigint, (doc->>'denominator')::bigint, (doc->>'sample')::bigint,
		doc->>'source_label', doc->>'source_url', coalesce(doc->>'publisher', ''), coalesce(doc->>'licence', ''), coalesce(doc->>'note', ''),
		coalesce(doc->>'reported', ''), coalesce((doc->>'position')::smallint, 1000))
	on conflict on constraint figure_key do update set value = excluded.value, low = excluded.low, high = excluded.high, numerator = excluded.numerator,
		denominator = excluded.denominator, sample = excluded.sample, source_label = excluded.source_label, source_url = excluded.source_url,
		licence = excluded.licence, note = excluded.note, reported = excluded.reported,
		position = case when doc ? 'position' then excluded.position else f.position end, modified_at = now()
	where (f.value, f.low, f.high, f.numerator, f.denominator, f.sample, f.source_label, f.source_url::text, f.licence, f.note, f.reported)
			is distinct from (excluded.value, excluded.low, excluded.high, excluded.numerator, excluded.denominator, excluded.sample, excluded.source_label,
				excluded.source_url::text, excluded.licence, excluded.note, excluded.reported)
		or doc ? 'position' and f.position <> excluded.position
	returning xmax = 0 into fresh;
	return case when fresh is null then 'identique' when fresh then 'ajoute' else 'change' end;
end
$$;

-- A figure with its place, as every page and file reads it.
create view figure_full as
select f.id, f.indicator_id, i.code as indicator, i.label, i.unit, i.position as indicator_position, f.territory_id, t.type, t.code, t.slug, t.name, t.name_in,
	case when t.type = 'pays' then 'FR' when t.type in ('commune', 'epci') then coalesce(up.code, t.code) else t.code end as stone, t.overseas,
	f.year_from, f.year_to, f.population, f.answer, f.value, f.low, f.high, f.numerator, f.denominator, f.sample, f.source_label, f.source_url::text as source_url,
	f.publisher, f.licence, f.note, f.reported, f.position, f.modified_at
from figure f join indicator i on i.id = f.indicator_id and i.published
join territory t on t.id = f.territory_id left join territory up on up.id = t.parent_id;
commit;
