-- Deploy catalyse:figures_kept to pg
-- requires: figures_edit
-- requires: personal
-- What editors changed of the figures, by a table or by the page, is theirs: the reference content adds and corrects the rest, and leaves that alone.
begin;
set local role catalyse_owner;
set local search_path to catalyse, public;
set local lock_timeout to '2s';

alter table indicator add column edited_at timestamptz; -- changed by an editor: the reference content leaves it alone
alter table figure add column edited_at timestamptz;
-- Figures that an editor took out, by what makes a figure one.
create table private.figure_gone (
	indicator_id int not null references indicator on delete cascade,
	territory_id int not null references territory,
	year_from smallint,
	year_to smallint,
	population text not null,
	answer text not null,
	publisher text not null,
	gone_at timestamptz not null default now(),
	constraint figure_gone_key unique nulls not distinct (indicator_id, territory_id, year_from, year_to, population, answer, publisher)
);
create index figure_gone_territory_idx on private.figure_gone (territory_id);
insert into private.personal (relation, position, columns, kept, member, query, erase, why) values
	('private.figure_gone', 130, '{}', '{}', null, null, null, 'Figures that an editor took out, by what makes a figure one');

alter function indicator_put(jsonb) rename to indicator_write;
alter function figure_put(jsonb) rename to figure_write;
-- As before; with "reference": true, for the content that comes with the program.
create function indicator_put(doc jsonb) returns text language plpgsql set search_path to catalyse, public as $$
declare
	reference bool := coalesce((doc->>'reference')::bool, false);
	outcome text;
begin
	if reference and exists (select from indicator i where i.code = doc->>'code' and i.edited_at is not null) then
		return 'identique';
	end if;
	outcome := indicator_write(doc - 'reference');
	if not reference and outcome in ('ajoute', 'change') then
		update indicator i set edited_at = now() where i.code = doc->>'code';
	end if;
	return outcome;
end
$$;
create function figure_put(doc jsonb) returns text language plpgsql set search_path to catalyse, public as $$
declare
	reference bool := coalesce((doc->>'reference')::bool, false);
	i int := (select x.id from indicator x where x.code = doc->>'indicator');
	place int := coalesce((select t.id from territory t where t.type = split_part(doc->>'territory', ':', 1) and t.code = split_part(doc->>'territory', ':', 2)),
		(select f.successor_id from territory_former f where f.type = split_part(doc->>'territory', ':', 1) and f.code = split_part(doc->>'territory', ':', 2)));
	outcome text;
begin
	if reference and (exists (select from figure f where f.edited_at is not null and (f.indicator_id, f.territory_id, f.population, f.answer, f.publisher)
				= (i, place, doc->>'population', coalesce(doc->>'answer', ''), coalesce(doc->>'publisher', ''))
				and (f.year_from, f.year_to) is not distinct from ((doc->>'year_from')::smallint, (doc->>'year_to')::smallint))
			or exists (select from private.figure_gone f where (f.indicator_id, f.territory_id, f.population, f.answer, f.publisher)
				= (i, place, doc->>'population', coalesce(doc->>'answer', ''), coalesce(doc->>'publisher', ''))
				and (f.year_from, f.year_to) is not distinct from ((doc->>'year_from')::smallint, (doc->>'year_to')::smallint))) then
		return 'identique';
	end if;
	outcome := figure_write(doc - 'reference');
	if not reference and outcome in ('ajoute', 'change') then
		update figure f set edited_at = now() where (f.indicator_id, f.territory_id, f.population, f.answer, f.publisher)
				= (i, place, doc->>'population', coalesce(doc->>'answer', ''), coalesce(doc->>'publisher', ''))
			and (f.year_from, f.year_to) is not distinct from ((doc->>'year_from')::smallint, (doc->>'year_to')::smallint);
		delete from private.figure_gone f where (f.indicator_id, f.territory_id, f.population, f.answer, f.publisher)
				= (i, place, doc->>'population', coalesce(doc->>'answer', ''), coalesce(doc->>'publisher', ''))
			and (f.year_from, f.year_to) is not distinct from ((doc->>'year_from')::smallint, (doc->>'year_to')::smallint);
	end if;
	return outcome;
end
$$;

create or replace function private.figure_drop(actor int, figure int) returns text language plpgsql set search_path to private, catalyse, public as $$
declare
	f catalyse.figure;
	i catalyse.indicator;
begin
	delete from catalyse.figure x where x.id = $2 returning * into f;
	if f.id is null then
		return 'introuvable';
	end if;
	insert into private.figure_gone (indicator_id, territory_id, year_from, year_to, population, answer, publisher)
	values (f.indicator_id, f.territory_id, f.year_from, f.year_to, f.population, f.answer, f.publisher) on conflict do nothing;
	update catalyse.indicator x set modified_at = now() where x.id = f.indicator_id returning * into i;
	perform private.journal_add(actor, 'chiffre_retire', 'indicateur', i.id, jsonb_build_object('code', i.code, 'chiffre', f.id, 'territoire', f.territory_id), '');
	return '';
end
$$;
commit;
