-- Deploy catalyse:network to pg
-- requires: introductions
-- A catalyst as its structure says it is: claimed, changed, its history kept; structures that ask to join. What comes first from a
-- structure is read over by an éditeur, or by who animates its territory. Functions return '' when done, else why not.
begin;
set local role catalyse_owner;
set local search_path to private, catalyse, public;
set local lock_timeout to '2s';

insert into mail_kind (kind, class, label, reason) values
	('reseau', 'attend', 'Une demande du réseau attend ma réponse', 'Vous recevez ce courriel parce que vous répondez du réseau des catalyseurs, partout ou sur un territoire.');

alter table catalyse.catalyst add column rev int not null default 1 check (rev > 0);
comment on column catalyse.catalyst.rev is '1: as its source has it; more: its structure said otherwise, and the reference content leaves it alone';

create table catalyse.catalyst_change (
	id int generated always as identity primary key,
	catalyst_id int not null references catalyse.catalyst on delete cascade,
	rev int not null,
	at timestamptz not null default now(),
	structure_id int references catalyse.structure,
	field text not null check (field in ('nom', 'resume', 'site', 'siege', 'couvre', 'termes', 'annuaire', 'structure')),
	before text not null,
	after text not null
);
create index catalyst_change_catalyst_idx on catalyse.catalyst_change (catalyst_id, id);
create index catalyst_change_structure_idx on catalyse.catalyst_change (structure_id);
comment on table catalyse.catalyst_change is 'What a structure changed in its catalyst, and when: structures only, no person';

create table network_request (
	id int generated always as identity primary key,
	kind text not null check (kind in ('adhesion', 'revendication', 'modification')),
	catalyst_id int references catalyse.catalyst on delete cascade, -- null: one that joins
	structure_id int not null references catalyse.structure on delete cascade,
	account_id int references contributor,
	content jsonb not null default '{}' check (jsonb_typeof(content) = 'object' and length(content::text) <= 20000),
	message text not null default '' check (length(message) <= 2000),
	state text not null default 'attente' check (state in ('attente', 'acceptee', 'refusee')),
	created_at timestamptz not null default now(),
	decided_by int references contributor,
	decided_at timestamptz,
	reason text not null default '' check (length(reason) <= 1000),
	constraint network_request_catalyst check ((kind = 'adhesion') or catalyst_id is not null),
	constraint network_request_decided check ((state = 'attente') = (decided_at is null))
);
create unique index network_request_once_idx on network_request (structure_id, kind, coalesce(catalyst_id, 0)) where state = 'attente';
create index network_request_catalyst_idx on network_request (catalyst_id);
create index network_request_structure_idx on network_request (structure_id);
create index network_request_account_idx on network_request (account_id);
create index network_request_decided_idx on network_request (decided_by);

create function catalyst_content(catalyst int) returns jsonb language sql stable set search_path to private, catalyse, public as $$
	select jsonb_build_object('nom', c.name, 'resume', c.summary, 'site', coalesce(c.website, ''), 'annuaire', case when c.state = 'publiee' then 'oui' else 'non' end,
		'siege', coalesce((select t.type || ':' || t.code from territory t where t.id = c.territory_id), ''),
		'couvre', coalesce((select jsonb_agg(t.type || ':' || t.code order by (t.type || ':' || t.code) collate "C") from catalyst_area a join territory t on t.id = a.territory_id
			where a.catalyst_id = c.id), '[]'),
		'termes', coalesce((select jsonb_agg(t.scheme || ':' || t.code order by (t.scheme || ':' || t.code) collate "C") from catalyst_term x join term t on t.id = x.term_id
			where x.catalyst_id = c.id and t.scheme in ('pratique', 'activite', 'profil')), '[]'))
	from catalyse.catalyst c where c.id = $1
$$;
-- The same whatever the order of what it lists.
create function catalyst_plain(content jsonb) returns jsonb language sql immutable as $$
	select coalesce(jsonb_object_agg(e.key, case when jsonb_typeof(e.value) <> 'array' then e.value
		else coalesce((select jsonb_agg(distinct w collate "C") from jsonb_array_elements_text(e.value) w), '[]') end), '{}')
	from jsonb_each($1) e
$$;
-- How a value is read in the history.
create function catalyst_said(field text, v jsonb) returns text language sql stable set search_path to private, catalyse, public as $$
	select case field
		when 'siege' then coalesce((select t.name from territory t where t.type = split_part(v #>> '{}', ':', 1) and t.code = split_part(v #>> '{}', ':', 2)), '')
		when 'couvre' then coalesce((select string_agg(t.name, ', ' order by t.type, t.code) from jsonb_array_elements_text(v) w
			join territory t on t.type = split_part(w, ':', 1) and t.code = split_part(w, ':', 2)), '')
		when 'termes' then coalesce((select string_agg(t.label, ', ' order by t.scheme desc, t.position) from jsonb_array_elements_text(v) w
			join term t on t.scheme = split_part(w, ':', 1) and t.code = split_part(w, ':', 2)), '')
		else coalesce(v #>> '{}', '') end
$$;

-- Makes a catalyst what a content says; what it does not say stays. One revision more when something changes.
create function catalyst_apply(catalyst int, structure int, content jsonb) returns int language plpgsql set search_path to private, catalyse, public as $$
declare
	old jsonb := catalyst_content(catalyst);
	new jsonb;
	seat territory;
	k text;
	n int := 0;
	number int;
begin
	select rev into number from catalyse.catalyst c where c.id = catalyst_apply.catalyst for update;
	new := old || catalyst_plain(content);
	foreach k in array array['nom', 'resume', 'site', 'siege', 'couvre', 'termes', 'annuaire'] loop
		if old->k is distinct from new->k then
			n := n + 1;
			insert into catalyst_change (catalyst_id, rev, structure_id, field, before, after)
			values (catalyst, number + 1, structure, k, catalyst_said(k, old->k), catalyst_said(k, new->k));
		end if;
	end loop;
	if n = 0 then
		return 0;
	end if;
	select * into seat from territory t where t.type = split_part(new->>'siege', ':', 1) and t.code = split_part(new->>'siege', ':', 2);
	update catalyse.catalyst c set rev = number + 1, name = new->>'nom', summary = new->>'resume', website = nullif(new->>'site', ''),
		state = case when new->>'annuaire' = 'oui' then 'publiee' else 'archivee' end, verified_on = current_date,
		territory_id = case when old->'siege' is distinct from new->'siege' then seat.id else c.territory_id end,
		seat_precision = case when old->'siege' is not distinct from new->'siege' then c.seat_precision when seat.type = 'commune' then 'commune'
			when seat.type in ('departement', 'collectivite') then 'departement' else 'inconnue' end
	where c.id = catalyst_apply.catalyst;
	if old->'couvre' is distinct from new->'couvre' then
		delete from catalyst_area a where a.catalyst_id = catalyst_apply.catalyst;
		insert into catalyst_area (catalyst_id, territory_id) select distinct catalyst_apply.catalyst, t.id from jsonb_array_elements_text(new->'couvre') w
		join territory t on t.type = split_part(w, ':', 1) and t.code = split_part(w, ':', 2);
	end if;
	if old->'termes' is distinct from new->'termes' then
		delete from catalyst_term x using term t where x.catalyst_id = catalyst_apply.catalyst and t.id = x.term_id and t.scheme in ('pratique', 'activite', 'profil');
		insert into catalyst_term (catalyst_id, term_id) select distinct catalyst_apply.catalyst, t.id from jsonb_array_elements_text(new->'termes') w
		join term t on t.scheme = split_part(w, ':', 1) and t.code = split_part(w, ':', 2) where t.scheme in ('pratique', 'activite', 'profil');
	end if;
	return n;
end
$$;

create function network_member(actor int, structure int) returns bool language sql stable set search_path to private, catalyse, public as $$
	select exists (select from structure_member m where m.structure_id = $2 and m.account_id = $1 and m.state = 'active')
$$;

-- One sends: '' done at once, attente: it will be read over, interdit, introuvable, perime (somebody changed it meanwhile), etat (one waits
-- already, or it has a structure), motif, rien (nothing changes).
create function network_send(actor int, kind text, catalyst int, structure int, content jsonb, message text, seen int) returns text language plpgsql
	set search_path to private, catalyse, public as $$
#variable_conflict use_column
declare
	c catalyse.catalyst;
	number int;
begin
	if not network_member(actor, structure) then
		return 'interdit';
	end if;
	if network_send.kind <> 'adhesion' then
		select * into c from catalyse.catalyst x where x.id = network_send.catalyst for update;
		if not found then
			return 'introuvable';
		end if;
	end if;
	if network_send.kind = 'modification' then
		if c.structure_id is distinct from network_send.structure then
			return 'interdit';
		end if;
		if c.rev <> network_send.seen then
			return 'perime';
		end if;
		if catalyst_content(c.id) || catalyst_plain(content) = catalyst_content(c.id) then
			return 'rien';
		end if;
		if exists (select from network_request r where r.catalyst_id = c.id and r.structure_id = network_send.structure and r.kind in ('adhesion', 'modification')
				and r.state = 'acceptee') then
			perform catalyst_apply(c.id, network_send.structure, content);
			perform journal_add(actor, 'modifier', 'catalyseur', c.id, jsonb_build_object('structure', network_send.structure), '');
			return '';
		end if;
	elsif network_send.kind = 'revendication' and c.structure_id is not null then
		return 'etat';
	elsif btrim(coalesce(network_send.message, '')) = '' then
		return 'motif';
	end if;
	insert into network_request as r (kind, catalyst_id, structure_id, account_id, content, message)
	values (network_send.kind, case when network_send.kind <> 'adhesion' then c.id end, network_send.structure, actor, content, btrim(coalesce(network_send.message, '')))
	on conflict (structure_id, kind, coalesce(catalyst_id, 0)) where state = 'attente'
	do update set content = excluded.content, message = excluded.message, account_id = excluded.account_id, created_at = now()
	returning id into number;
	perform journal_add(actor, 'proposer', 'reseau', number, jsonb_strip_nulls(jsonb_build_object('sorte', network_send.kind, 'catalyseur', c.id, 'structure', network_send.structure)), '');
	return 'attente';
end
$$;

-- Who reads it over: éditeurs and administrateurs; who animates the place of the structure, of the catalyst, or the one it says.
create function network_deciders(request int) returns table (account_id int, email text) language sql stable set search_path to private, catalyse, public as $$
	with r as (select * from network_request x where x.id = $1), place as (
		select o.territory_id as id from r join catalyse.structure o on o.id = r.structure_id
		union select c.territory_id from r join catalyse.catalyst c on c.id = r.catalyst_id
		union select t.id from r join territory t on t.type = split_part(r.content->>'siege', ':', 1) and t.code = split_part(r.content->>'siege', ':', 2)
	)
	select distinct a.id, a.email from r, account_role x join account a on a.id = x.account_id and a.state = 'actif'
	where a.id is distinct from r.account_id and (x.role in ('editeur', 'administrateur')
		or (x.role = 'animateur' and x.territory_id in (select tt.ancestor_id from place p join territory_tree tt on tt.territory_id = p.id)))
$$;

-- introuvable, interdit, etat, motif, perime: what it was about has changed too much.
create function network_decide(actor int, request int, accepted bool, reason text, slug text) returns text language plpgsql set search_path to private, catalyse, public as $$
declare
	r network_request;
	number int;
begin
	select * into r from network_request x where x.id = network_decide.request for update;
	if not found then
		return 'introuvable';
	end if;
	if not exists (select from network_deciders(r.id) d where d.account_id = actor) then
		return 'interdit';
	end if;
	if r.state <> 'attente' then
		return 'etat';
	end if;
	if not accepted and btrim(coalesce(network_decide.reason, '')) = '' then
		return 'motif';
	end if;
	number := r.catalyst_id;
	if accepted and r.kind = 'revendication' then
		update catalyse.catalyst c set structure_id = r.structure_id, rev = c.rev + 1 where c.id = r.catalyst_id and c.structure_id is null;
		if not found then
			return 'perime';
		end if;
		insert into catalyst_change (catalyst_id, rev, structure_id, field, before, after)
		select c.id, c.rev, o.id, 'structure', '', o.name from catalyse.catalyst c join catalyse.structure o on o.id = c.structure_id where c.id = r.catalyst_id;
	elsif accepted and r.kind = 'modification' then
		if not exists (select from catalyse.catalyst c where c.id = r.catalyst_id and c.structure_id = r.structure_id) then
			return 'perime';
		end if;
		perform catalyst_apply(r.catalyst_id, r.structure_id, r.content);
	elsif accepted then
		number := nextval(pg_get_serial_sequence('catalyse.catalyst', 'id'));
		insert into catalyse.catalyst (id, ref, slug, name, kind, structure_id, seat_precision, origin, source_label, verified_on)
		values (number, left(network_decide.slug, 80) || '-' || number, left(network_decide.slug, 80), r.content->>'nom', 'membre', r.structure_id, 'inconnue', 'source',
			'Déclaré par sa structure', current_date);
		perform catalyst_apply(number, r.structure_id, r.content);
	end if;
	update network_request x set state = case when accepted then 'acceptee' else 'refusee' end, catalyst_id = number, decided_by = actor, decided_at = now(),
		reason = btrim(coalesce(network_decide.reason, '')) where x.id = r.id;
	perform journal_add(actor, case when accepted then 'accepter' else 'refuser' end, 'reseau', r.id,
		jsonb_strip_nulls(jsonb_build_object('sorte', r.kind, 'catalyseur', number, 'structure', r.structure_id)), btrim(coalesce(network_decide.reason, '')));
	return '';
end
$$;

-- Where to write for a catalyst, and whether: its members say it at once. True: an address to confirm.
create function catalyst_contact_set(actor int, catalyst int, email text, relay bool) returns bool language plpgsql set search_path to private, catalyse, public as $$
declare
	former text;
	wanted text := nullif(lower(btrim(catalyst_contact_set.email)), '');
begin
	if not exists (select from catalyse.catalyst c where c.id = catalyst_contact_set.catalyst and network_member(actor, c.structure_id)) then
		return false;
	end if;
	select k.email into former from catalyst_contact k where k.catalyst_id = catalyst_contact_set.catalyst for update;
	insert into catalyst_contact as k (catalyst_id, email, relay) values (catalyst, wanted, catalyst_contact_set.relay)
	on conflict (catalyst_id) do update set email = excluded.email, relay = excluded.relay,
		confirmed_at = case when k.email is not distinct from excluded.email then k.confirmed_at end;
	-- Links sent to the former address are no longer the catalyst's.
	if former is distinct from wanted then
		delete from token t using introduction i where t.purpose = 'echange' and t.account_id is null and t.data->>'cote' = 'catalyseur'
			and i.id = (t.data->>'numero')::int and i.catalyst_id = catalyst_contact_set.catalyst;
	end if;
	return wanted is not null and exists (select from catalyst_contact k where k.catalyst_id = catalyst_contact_set.catalyst and k.confirmed_at is null);
end
$$;

insert into personal (relation, position, columns, kept, member, query, erase, why) values
	('private.network_request', 63, '{message,content}', '{reason}', 'demandes_au_reseau',
		'select r.id as numero, r.kind as sorte, r.created_at as le, r.message, r.state as etat, r.reason as motif from private.network_request r where r.account_id = $1 order by r.id',
		'update private.network_request set message = '''', content = case when state = ''attente'' then content else ''{}'' end where account_id = $1',
		'What they asked for a structure; what still waits is the structure''s; the reason is who decided''s');
commit;
