-- Deploy catalyse:registration to pg
-- requires: agenda
-- requires: personal
-- requires: mail
-- Who comes to an event: a name and an address, confirmed by a link; seats that two at once cannot both take, a list of those who wait and
-- move up. What a mail carries beside its text. And how events are changed by those in charge, with the line in the journal.
begin;
set local role catalyse_owner;
set local search_path to private, catalyse, public;
set local lock_timeout to '2s';

insert into mail_kind (kind, class, label, reason) values
	('rendez_vous', 'service', 'Mes inscriptions à des rendez-vous', 'Vous recevez ce courriel parce que cette adresse est inscrite à un rendez-vous.');

-- A file beside the text of a mail: an event for a calendar. It goes when the text goes.
alter table mail_outbox
	add column enclosure text check (length(enclosure) <= 100000),
	add column enclosure_type text check (enclosure_type ~ '^[a-z]+/[a-z.+-]+(; [a-z]+=[A-Za-z0-9-]+)*$'),
	add column enclosure_file text check (enclosure_file ~ '^[a-z0-9-]+(\.[a-z0-9]+)?$'),
	add constraint mail_outbox_enclosure check (num_nulls(enclosure, enclosure_type, enclosure_file) in (0, 3));
create function mail_enclosure_forget() returns trigger language plpgsql as $$
begin
	new.enclosure := null;
	new.enclosure_type := null;
	new.enclosure_file := null;
	return new;
end
$$;
create trigger mail_enclosure_forget before update on mail_outbox for each row when (new.recipient is null and new.enclosure is not null)
	execute function mail_enclosure_forget();

-- Where a remote event is followed: told to those who come, by mail, and to nobody else.
create table event_link (
	event_id int primary key references catalyse.event on delete cascade,
	url web_address not null,
	how text not null default '' check (length(how) <= 500) -- "Code de la salle : 1234"
);

create table event_registration (
	id int generated always as identity primary key,
	event_id int not null references catalyse.event on delete cascade,
	name text not null check (btrim(name) <> '' and length(name) <= 120),
	email text check (email = lower(btrim(email)) and length(email) <= 254),
	mode text not null check (mode in ('site', 'distance')),
	territory_id int references catalyse.territory,
	state text not null check (state in ('inscrit', 'attente', 'desinscrit')),
	confirmed_at timestamptz not null default now(),
	seated_at timestamptz, -- when a seat was given
	ended_at timestamptz,
	told int not null default 0, -- the number of the event as it was last told
	day_told_at timestamptz,
	hour_told_at timestamptz,
	erased_at timestamptz,
	constraint event_registration_erased check ((erased_at is null) = (email is not null)),
	constraint event_registration_ended check ((state = 'desinscrit') = (ended_at is not null)),
	foreign key (event_id, mode) references catalyse.event_seat (event_id, mode)
);
create unique index event_registration_once on event_registration (event_id, email) where state <> 'desinscrit';
create index event_registration_seat_idx on event_registration (event_id, mode, state, confirmed_at, id);
create index event_registration_territory_idx on event_registration (territory_id);
create index event_registration_email_idx on event_registration (email);
comment on table event_registration is 'Who comes to an event; names and addresses go a month after it';

insert into personal (relation, position, columns, kept, member, query, erase, why) values
	('private.event_link', 60, '{}', '{}', null, null, null, 'The address of a room: nobody''s'),
	('private.event_registration', 61, '{name,email}', '{}', 'rendez_vous',
		'select e.title as rendez_vous, e.starts_on as date, r.name as nom, r.mode as facon, r.state as etat, r.confirmed_at as inscrit_le
			from private.event_registration r join catalyse.event e on e.id = r.event_id where r.email = $2 order by r.id',
		'update private.event_registration r set name = ''effacé'', email = null, territory_id = null, erased_at = now(),
			state = case when e.over then r.state else ''desinscrit'' end, ended_at = case when e.over then r.ended_at else coalesce(r.ended_at, now()) end
			from catalyse.event_card e where e.id = r.event_id and r.email = $2',
		'Events they registered for: a seat that is not used yet is given back; names go a month after the event anyway');

-- The seats follow; the constraint of event_seat refuses one too many, whoever asks.
create function event_registration_count() returns trigger language plpgsql set search_path to private, catalyse, public as $$
begin
	if tg_op <> 'INSERT' then
		update event_seat s set taken = s.taken - (old.state = 'inscrit')::int, waiting = s.waiting - (old.state = 'attente')::int
		where s.event_id = old.event_id and s.mode = old.mode and old.state <> 'desinscrit';
	end if;
	if tg_op <> 'DELETE' then
		update event_seat s set taken = s.taken + (new.state = 'inscrit')::int, waiting = s.waiting + (new.state = 'attente')::int
		where s.event_id = new.event_id and s.mode = new.mode and new.state <> 'desinscrit';
	end if;
	return null;
end
$$;
create trigger event_registration_count_ins after insert or delete on event_registration for each row execute function event_registration_count();
create trigger event_registration_count_upd after update of state, mode on event_registration for each row when (old.state <> new.state or old.mode <> new.mode)
	execute function event_registration_count();

-- outcome: inscrit, attente, deja (and the state is that of the other one), ferme.
create function registration_confirm(event int, name text, email text, mode text, territory int, out id int, out outcome text)
	language plpgsql set search_path to private, catalyse, public as $$
declare
	seat event_seat;
	old event_registration;
begin
	select * into seat from event_seat s where s.event_id = event and s.mode = registration_confirm.mode for update;
	if not found or not (select c.registers from event_card c where c.id = event) then
		outcome := 'ferme';
		return;
	end if;
	select * into old from event_registration r where r.event_id = event and r.email = registration_confirm.email and r.state <> 'desinscrit';
	if found then
		id := old.id;
		outcome := 'deja';
		return;
	end if;
	outcome := case when seat.capacity is null or seat.taken < seat.capacity then 'inscrit' else 'attente' end;
	insert into event_registration as r (event_id, name, email, mode, territory_id, state, seated_at, told)
	select event, btrim(registration_confirm.name), registration_confirm.email, registration_confirm.mode, territory, outcome, case outcome when 'inscrit' then now() end, e.sequence
	from catalyse.event e where e.id = event returning r.id into registration_confirm.id;
end
$$;

-- Seats that are free go to those who wait, the first first: who got one.
create function registration_promote(event int) returns setof int language plpgsql set search_path to private, catalyse, public as $$
declare
	s event_seat;
	r int;
begin
	if not exists (select from catalyse.event e where e.id = event and e.status in ('prevu', 'confirme')) then
		return; -- called off or put off: nobody moves up
	end if;
	for s in select * from event_seat x where x.event_id = event order by x.mode for update loop
		for r in select w.id from event_registration w where w.event_id = event and w.mode = s.mode and w.state = 'attente' order by w.confirmed_at, w.id
				limit case when s.capacity is not null then greatest(s.capacity - s.taken, 0) end loop
			update event_registration w set state = 'inscrit', seated_at = now() where w.id = r;
			return next r;
		end loop;
	end loop;
end
$$;

-- desinscrit, deja, or passe when it is over.
create function registration_cancel(registration int) returns text language plpgsql set search_path to private, catalyse, public as $$
declare
	r event_registration;
begin
	select * into r from event_registration x where x.id = registration;
	if not found then
		return 'deja';
	end if;
	perform from event_seat s where s.event_id = r.event_id and s.mode = r.mode for update; -- one order of locks: the seat, then who sits there
	select * into r from event_registration x where x.id = registration for update;
	if r.state = 'desinscrit' then
		return 'deja';
	end if;
	if (select c.over from event_card c where c.id = r.event_id) then
		return 'passe';
	end if;
	update event_registration x set state = 'desinscrit', ended_at = now() where x.id = registration;
	return 'desinscrit';
end
$$;

-- A month after an event, who was there is nobody's business: the counts stay. How many rows.
create function registration_forget(days int) returns int language plpgsql set search_path to private, catalyse, public as $$
declare
	n int;
begin
	update event_registration r set name = 'effacé', email = null, territory_id = null, erased_at = now()
	from catalyse.event_card e where e.id = r.event_id and r.erased_at is null and (e.ends < now() - make_interval(days => days)
		or r.state = 'desinscrit' and r.ended_at < now() - make_interval(days => days));
	get diagnostics n = row_count;
	delete from event_link l using catalyse.event_card e where e.id = l.event_id and e.ends < now() - make_interval(days => days);
	return n;
end
$$;

-- Events changed by those in charge. given: title, summary, slug, series, starts_on, known, ends_on, hour, end_hour, timezone, mode, place,
-- territory, url, note, registration, until, seats_site, seats_remote, link, how. why: '' done; introuvable, pris, heure (it ends before it
-- begins), inscrits (people are registered for a way of coming that goes), places (fewer than are taken). told: calendars must hear of it.
create function event_save(actor int, event int, given jsonb, out why text, out id int, out told bool) language plpgsql
	set search_path to private, catalyse, public as $$
declare
	old catalyse.event;
	new catalyse.event;
	series int;
	zone text := given->>'timezone';
	begins timestamptz := ((given->>'starts_on')::date + (given->>'hour')::time) at time zone zone;
	ends timestamptz := (coalesce((given->>'ends_on')::date, (given->>'starts_on')::date) + (given->>'end_hour')::time) at time zone zone;
	ways text[] := case given->>'mode' when 'distance' then '{distance}' when 'presence' then '{site}' when 'mixte' then '{site,distance}' else '{}' end;
	seats jsonb := jsonb_build_object('site', given->'seats_site', 'distance', given->'seats_remote');
begin
	why := '';
	told := false;
	if event is not null then
		select * into old from catalyse.event e where e.id = event for update;
		if not found then
			why := 'introuvable';
			return;
		end if;
	end if;
	if ends <= begins or (begins is null and ends is not null) or (given->>'ends_on')::date <= (given->>'starts_on')::date then
		why := 'heure';
		return;
	end if;
	if exists (select from event_registration r where r.event_id = event and r.state <> 'desinscrit' and r.mode <> all (ways)) then
		why := 'inscrits';
		return;
	end if;
	if exists (select from event_seat s where s.event_id = event and s.taken > (seats->>s.mode)::int) then
		why := 'places';
		return;
	end if;
	if coalesce(given->>'series', '') <> '' then
		insert into event_series as s (code, name)
		values (trim(both '-' from left(regexp_replace(immutable_unaccent(lower(given->>'series')), '[^a-z0-9]+', '-', 'g'), 100)), given->>'series')
		on conflict on constraint event_series_code_key do update set name = s.name returning s.id into series;
	end if;
	if exists (select from catalyse.event e where e.id is distinct from event
			and e.address = event_address((given->>'starts_on')::date, given->>'known', given->>'slug')) then
		why := 'pris';
		return;
	end if;
	if event is null then
		select nextval(pg_get_serial_sequence('catalyse.event', 'id')) into id;
		insert into catalyse.event (id, ref, slug, title, starts_on, status, origin) values (event_save.id, 'rendez-vous-' || event_save.id, 'rendez-vous-' || event_save.id, given->>'title',
			(given->>'starts_on')::date, 'confirme', 'ours');
	else
		id := event;
	end if;
	update catalyse.event e set slug = given->>'slug', title = given->>'title', summary = coalesce(given->>'summary', ''), series_id = series,
		starts_on = (given->>'starts_on')::date, date_known = given->>'known', ends_on = (given->>'ends_on')::date, starts_at = begins, ends_at = ends, timezone = zone,
		mode = given->>'mode', place = coalesce(given->>'place', ''),
		territory_id = (select t.id from territory t where t.type = split_part(given->>'territory', ':', 1) and t.code = split_part(given->>'territory', ':', 2)),
		url = given->>'url', change_note = coalesce(given->>'note', ''), registration = given->>'registration', registration_until = (given->>'until')::timestamptz,
		moved_from = case when event is null then null when (e.starts_on, e.starts_at) is distinct from ((given->>'starts_on')::date, begins) then e.starts_on else e.moved_from end,
		moved_from_at = case when event is null then null when (e.starts_on, e.starts_at) is distinct from ((given->>'starts_on')::date, begins) then e.starts_at else e.moved_from_at end,
		-- a new date: it is no longer put off
		status = case when e.status = 'reporte' and (e.starts_on, e.starts_at) is distinct from ((given->>'starts_on')::date, begins) then 'confirme' else e.status end,
		edited_at = now()
	where e.id = event_save.id returning * into new;
	if event is null then
		update catalyse.event e set sequence = 0 where e.id = event_save.id;
	end if;
	-- A new day or hour: those who were reminded are reminded again.
	if event is not null and (old.starts_on, old.starts_at) is distinct from (new.starts_on, new.starts_at) then
		update event_registration r set day_told_at = null, hour_told_at = null where r.event_id = event_save.id and r.state <> 'desinscrit';
	end if;
	-- A way nobody ever took goes; one that somebody left stays in the base, and is offered no more.
	delete from event_seat s where s.event_id = event_save.id and s.mode <> all (ways)
		and not exists (select from event_registration r where r.event_id = s.event_id and r.mode = s.mode);
	insert into event_seat as s (event_id, mode, capacity)
	select event_save.id, w, (seats->>w)::int from unnest(ways) w where given->>'registration' <> 'aucune' or exists (select from event_seat x where x.event_id = event_save.id)
	on conflict on constraint event_seat_pkey do update set capacity = excluded.capacity;
	if given->>'link' is null then
		delete from event_link l where l.event_id = event_save.id;
	else
		insert into event_link (event_id, url, how) values (event_save.id, given->>'link', coalesce(given->>'how', ''))
		on conflict on constraint event_link_pkey do update set url = excluded.url, how = excluded.how;
	end if;
	told := event is not null and new.sequence > old.sequence;
	if event is null then
		perform journal_add(actor, 'rendez_vous_ajoute', 'rendez_vous', new.id, jsonb_build_object('date', new.starts_on), '');
	else
		perform journal_add(actor, 'rendez_vous_change', 'rendez_vous', new.id, jsonb_build_object('champs',
			(select coalesce(jsonb_agg(n.key), '[]') from jsonb_each(to_jsonb(new)) n join jsonb_each(to_jsonb(old)) o on o.key = n.key and o.value <> n.value
				where n.key not in ('words', 'sequence', 'modified_at', 'edited_at', 'uid', 'address'))), '');
	end if;
end
$$;

-- act: annuler (with a reason), reporter (with a reason), retablir, supprimer. '' done; introuvable, motif, etat, inscrits.
create function event_decide(actor int, event int, act text, reason text) returns text language plpgsql set search_path to private, catalyse, public as $$
declare
	e catalyse.event;
begin
	select * into e from catalyse.event x where x.id = event for update;
	if not found then
		return 'introuvable';
	end if;
	if act in ('annuler', 'reporter') and coalesce(btrim(reason), '') = '' then
		return 'motif';
	end if;
	if act = 'supprimer' then
		if exists (select from event_registration r where r.event_id = event and r.erased_at is null) then
			return 'inscrits';
		end if;
		delete from catalyse.event x where x.id = event;
		perform journal_add(actor, 'rendez_vous_supprime', 'rendez_vous', event, jsonb_build_object('date', e.starts_on), '');
		return '';
	end if;
	if (act = 'annuler' and e.status = 'annule') or (act = 'reporter' and e.status in ('reporte', 'annule')) or (act = 'retablir' and e.status not in ('annule', 'reporte')) then
		return 'etat';
	end if;
	update catalyse.event x set status = case act when 'annuler' then 'annule' when 'reporter' then 'reporte' else 'confirme' end,
		change_note = case act when 'retablir' then '' else left(btrim(reason), 500) end, edited_at = now() where x.id = event;
	perform journal_add(actor, 'rendez_vous_' || case act when 'annuler' then 'annule' when 'reporter' then 'reporte' else 'retabli' end, 'rendez_vous', event, '{}', coalesce(reason, ''));
	return '';
end
$$;

-- What hangs on an event. what: document (kind, label, url), intervenant (who, role), fiche (number), terme (scheme:code), catalyseur (number), territoire (key).
-- act: ajouter, retirer (number: of the document, the speaker, the sheet, the term, the catalyst, the territory). '' done; introuvable, deja, fiche, terme, catalyseur, lieu.
create function event_join(actor int, event int, act text, what text, given jsonb) returns text language plpgsql set search_path to private, catalyse, public as $$
declare
	number int := (given->>'number')::int;
	found_id int;
	done int;
begin
	perform from catalyse.event x where x.id = event for update;
	if not found then
		return 'introuvable';
	end if;
	if act = 'retirer' then
		case what
		when 'document' then delete from event_document x where x.event_id = event and x.id = number;
		when 'intervenant' then delete from event_speaker x where x.event_id = event and x.id = number;
		when 'fiche' then delete from event_sheet x where x.event_id = event and x.sheet_id = number;
		when 'terme' then delete from event_term x where x.event_id = event and x.term_id = number;
		when 'catalyseur' then delete from event_catalyst x where x.event_id = event and x.catalyst_id = number;
		else delete from event_area x where x.event_id = event and x.territory_id = number;
		end case;
	elsif what = 'document' then
		insert into event_document (event_id, kind, label, url, position)
		values (event, given->>'kind', given->>'label', given->>'url', (select coalesce(max(x.position), 0) + 1 from event_document x where x.event_id = event)) on conflict do nothing;
	elsif what = 'intervenant' then
		select s.id into found_id from structure s where lower(s.name) = lower(given->>'who') order by s.id limit 1;
		insert into event_speaker (event_id, structure_id, organisation, role, position)
		values (event, found_id, case when found_id is null then given->>'who' else '' end, coalesce(given->>'role', ''),
			(select coalesce(max(x.position), 0) + 1 from event_speaker x where x.event_id = event));
	elsif what = 'fiche' then
		if not exists (select from catalyse.sheet s where s.id = number and s.state in ('publiee', 'a_actualiser')) then
			return 'fiche';
		end if;
		insert into event_sheet (event_id, sheet_id, position) values (event, number, (select coalesce(max(x.position), 0) + 1 from event_sheet x where x.event_id = event)) on conflict do nothing;
	elsif what = 'catalyseur' then
		if not exists (select from catalyst c where c.id = number and c.state = 'publiee') then
			return 'introuvable';
		end if;
		insert into event_catalyst (event_id, catalyst_id) values (event, number) on conflict do nothing;
	elsif what = 'terme' then
		select coalesce(t.merged_into, t.id) into found_id from catalyse.term t where t.scheme = split_part(given->>'code', ':', 1) and t.code = split_part(given->>'code', ':', 2);
		if found_id is null then
			return 'introuvable';
		end if;
		insert into event_term (event_id, term_id) values (event, found_id) on conflict do nothing;
	else
		select t.id into found_id from territory t where t.type = split_part(given->>'key', ':', 1) and t.code = split_part(given->>'key', ':', 2);
		if found_id is null then
			return 'introuvable';
		end if;
		insert into event_area (event_id, territory_id) values (event, found_id) on conflict do nothing;
	end if;
	get diagnostics done = row_count;
	if done = 0 then
		return 'deja';
	end if;
	update catalyse.event x set edited_at = now(), modified_at = now() where x.id = event;
	perform journal_add(actor, case act when 'ajouter' then 'rendez_vous_lie' else 'rendez_vous_delie' end, 'rendez_vous', event, jsonb_build_object('quoi', what), '');
	return '';
end
$$;

-- A series: its name and what it is; supprimer when nothing is in it. '' done; introuvable, utilise.
create function event_series_save(actor int, series int, act text, name text, summary text) returns text language plpgsql set search_path to private, catalyse, public as $$
begin
	perform from event_series s where s.id = series for update;
	if not found then
		return 'introuvable';
	end if;
	if act = 'supprimer' then
		if exists (select from catalyse.event e where e.series_id = series) then
			return 'utilise';
		end if;
		delete from event_series s where s.id = series;
	else
		update event_series s set name = event_series_save.name, summary = coalesce(event_series_save.summary, ''), edited_at = now() where s.id = series;
	end if;
	perform journal_add(actor, case act when 'supprimer' then 'serie_supprimee' else 'serie_changee' end, 'serie', series, '{}', '');
	return '';
end
$$;
commit;
