-- Deploy catalyse:revision to pg
-- requires: network
-- requires: erasure_text
-- What public pages are made of has a revision for each noun: it changes with the content, in the same transaction, and is told to whoever listens.
-- A transaction adds one token drawn at random for each noun it changes; the revision is the exclusive or of the tokens that a snapshot sees. Nobody
-- waits for anybody, and a snapshot that holds a change holds its token (docs/design/fraicheur.md).
begin;
set local role catalyse_owner;
set local search_path to catalyse, private, public;
set local lock_timeout to '2s';

create table revision (
	id bigint generated always as identity primary key,
	noun text not null check (noun ~ '^[a-z]+$'),
	token bigint not null
);
create index revision_noun_idx on revision (noun) include (token);
alter table revision set (autovacuum_vacuum_threshold = 200, autovacuum_vacuum_scale_factor = 0);
revoke insert, update, delete on revision from catalyse_rw;
comment on table revision is 'What changed, by noun: the exclusive or of the tokens of a noun is its revision';

-- Once a transaction and noun: catalyse.changed holds those that are done, and forgets them with it, or with a savepoint rolled back.
create function revision_add() returns trigger language plpgsql security definer set search_path to catalyse, pg_temp as $$
begin
	perform set_config('catalyse.changed', coalesce(current_setting('catalyse.changed', true), '') || ' ' || tg_argv[0] || ' ', true);
	insert into revision (noun, token) values (tg_argv[0], hashtextextended(gen_random_uuid()::text, 0));
	perform pg_notify('catalyse', tg_argv[0]);
	return null;
end
$$;
revoke execute on function revision_add() from catalyse_ro, catalyse_rw;

-- The condition is cheaper than the call: the second statement of a load costs next to nothing, its ten thousandth too.
create procedure revision_watch(noun text, relation regclass, events text default 'insert or update or delete or truncate') language plpgsql as $$
begin
	execute format($t$create trigger revision after %s on %s for each statement
		when (coalesce(current_setting('catalyse.changed', true), '') not like %L) execute function catalyse.revision_add(%L)$t$,
		events, relation, '% ' || noun || ' %', noun);
end
$$;

do $$
declare
	w record;
	t text;
begin
	for w in select * from (values
		('fiche', '{sheet,sheet_author,sheet_bits,sheet_catalyst,sheet_index,sheet_link,sheet_pair,sheet_record,sheet_section,sheet_source,sheet_term,sheet_territory,sheet_value,
			sheet_version,sheet_wide_state,contributor,search_expansion,search_synonym,search_word,private.adoption,private.attachment}'::text[]),
		('catalyseur', '{catalyst,catalyst_area,catalyst_change,catalyst_term,catalyst_words,private.catalyst_contact,private.introduction,private.structure_member}'),
		('structure', '{structure}'),
		('territoire', '{territory,territory_former,territory_frame,territory_likeness,territory_measure,territory_programme,territory_shape,territory_tree,epci_commune,
			island_commune,likeness_criterion,likeness_value,programme,dataset}'),
		('espace', '{espace,espace_adaptation,espace_block,espace_host,espace_link,espace_logo,espace_rule,espace_sheet}'),
		('vocabulaire', '{scheme,term,term_link}'),
		('evenement', '{event,event_area,event_catalyst,event_document,event_former,event_seat,event_series,event_sheet,event_speaker,event_term}'),
		('parcours', '{parcours,parcours_step}'),
		('indicateur', '{figure,indicator,indicator_sheet,indicator_term}'),
		('page', '{site_text,resource,resource_kind,resource_term,compass_answer,compass_hint,compass_question}')) x(noun, relations)
	loop
		foreach t in array w.relations loop
			call revision_watch(w.noun, t::regclass);
		end loop;
	end loop;
	-- Whether a catalyst can be written to: who answers for it has an account that is open.
	call revision_watch('catalyseur', 'private.account', 'delete or update of state or truncate');
end
$$;

-- Many tokens become one, and the revision stays what it was. Gives how many went.
create function revision_settle() returns int language plpgsql security definer set search_path to catalyse, pg_temp as $$
declare
	n int;
begin
	if not pg_try_advisory_xact_lock(hashtext('catalyse.revision')) then
		return 0;
	end if;
	with many as (
		select noun from revision group by noun having count(*) > 20
	), gone as (
		delete from revision r using many where r.noun = many.noun returning r.noun, r.token
	), kept as (
		insert into revision (noun, token) select noun, bit_xor(token) from gone group by noun
	)
	select count(*) into n from gone;
	return n;
end
$$;
revoke execute on function revision_settle() from catalyse_ro;
commit;
