-- Deploy catalyse:structure_life to pg
-- requires: personal
-- Who answers for a structure: it is declared, claimed, joined by invitation, left; sheets are brought to it. Every act is a line of the
-- journal. Functions return '' when done, else why not: introuvable, interdit, etat, dernier, motif.
begin;
set local role catalyse_owner;
set local search_path to private, catalyse, public;
set local lock_timeout to '2s';

insert into mail_kind (kind, class, label, reason) values
	('adhesion', 'tout', 'Ma place dans une structure', 'Vous recevez ce courriel parce que votre place dans une structure a changé.');

alter table catalyse.structure add column siren text unique check (siren ~ '^[0-9]{9}$');
comment on column catalyse.structure.siren is 'Nine digits that INSEE gives; the page checks its key';
alter table structure_member add column message text not null default '' check (length(message) <= 1000);
comment on column structure_member.message is 'What somebody who asks to belong says of it';
update personal set columns = '{message}', query = 'select o.id as numero, o.name as nom, m.role, m.state as etat, m.since as depuis, m.message from private.structure_member m
			join catalyse.structure o on o.id = m.structure_id where m.account_id = $1 order by m.since' where relation = 'private.structure_member';

-- Who answers for those who ask: its responsables; while it has none, animateurs of its territory, else administrateurs.
create function structure_deciders(structure int) returns table (account_id int, responsable bool) language sql stable set search_path to private, catalyse, public as $$
	with own as (
		select m.account_id from structure_member m join account a on a.id = m.account_id
		where m.structure_id = $1 and m.role = 'responsable' and m.state = 'active' and a.state = 'actif'
	), near as (
		select distinct r.account_id from account_role r join account a on a.id = r.account_id join catalyse.structure o on o.id = $1
		where a.state = 'actif' and r.role = 'animateur' and (r.territory_id = o.territory_id or exists (select from territory_tree t
			where t.territory_id = o.territory_id and t.ancestor_id = r.territory_id))
	)
	select o.account_id, true from own o
	union all
	select n.account_id, false from near n where not exists (select from own)
	union all
	select distinct r.account_id, false from account_role r join account a on a.id = r.account_id
	where r.role = 'administrateur' and a.state = 'actif' and not exists (select from own) and not exists (select from near)
$$;
-- An administrateur may always.
create function structure_decides(actor int, structure int) returns bool language sql stable set search_path to private, catalyse, public as $$
	select exists (select from structure_deciders($2) d where d.account_id = $1)
		or exists (select from account_role r join account a on a.id = r.account_id where r.account_id = $1 and r.role = 'administrateur' and a.state = 'actif')
$$;

create function structure_declare(actor int, name text, kind text, website text, territory int, siren text, slug text) returns int language plpgsql
	set search_path to private, catalyse, public as $$
declare
	number int := nextval(pg_get_serial_sequence('catalyse.structure', 'id'));
begin
	insert into catalyse.structure (id, ref, name, kind, website, territory_id, siren, origin, source_label)
	values (number, left(structure_declare.slug, 80) || '-' || number, btrim(structure_declare.name), structure_declare.kind, nullif(structure_declare.website, ''),
		structure_declare.territory, nullif(structure_declare.siren, ''), 'source', 'Déclarée par ses membres');
	insert into structure_member (structure_id, account_id, role, state) values (number, actor, 'responsable', 'active');
	perform journal_add(actor, 'declarer', 'structure', number, '{}', '');
	return number;
end
$$;

create function structure_change(actor int, structure int, name text, kind text, website text, territory int, siren text) returns text language plpgsql
	set search_path to private, catalyse, public as $$
begin
	if not structure_decides(actor, structure) then
		return 'interdit';
	end if;
	update catalyse.structure o set name = btrim(structure_change.name), kind = structure_change.kind, website = nullif(structure_change.website, ''),
		territory_id = structure_change.territory, siren = nullif(structure_change.siren, '') where o.id = structure_change.structure;
	perform journal_add(actor, 'modifier', 'structure', structure, '{}', '');
	return '';
end
$$;

-- Asks to belong: a member more, or, where nobody answers for it, the one who will.
create function structure_ask(actor int, structure int, message text) returns text language plpgsql set search_path to private, catalyse, public as $$
declare
	held bool := exists (select from structure_deciders(structure) d where d.responsable);
begin
	if not exists (select from catalyse.structure o where o.id = structure) then
		return 'introuvable';
	end if;
	if not held and btrim(coalesce(structure_ask.message, '')) = '' then
		return 'motif';
	end if;
	insert into structure_member as m (structure_id, account_id, role, state, message)
	values (structure, actor, case when held then 'membre' else 'responsable' end, 'demandee', btrim(coalesce(structure_ask.message, ''))) on conflict do nothing;
	if not found then
		return 'etat';
	end if;
	perform journal_add(actor, case when held then 'demander' else 'revendiquer' end, 'structure', structure, '{}', '');
	return '';
end
$$;

-- The answer to whoever asks.
create function structure_answer(actor int, structure int, account int, accepted bool) returns text language plpgsql set search_path to private, catalyse, public as $$
declare
	m structure_member;
begin
	if not structure_decides(actor, structure) or actor = account then
		return 'interdit';
	end if;
	select * into m from structure_member x where x.structure_id = structure and x.account_id = account and x.state = 'demandee' for update;
	if not found then
		return 'etat';
	end if;
	if accepted then
		update structure_member x set state = 'active', since = now(), message = '' where x.structure_id = structure and x.account_id = account;
	else
		delete from structure_member x where x.structure_id = structure and x.account_id = account;
	end if;
	perform journal_add(actor, case when accepted then 'accepter' else 'decliner' end, 'structure', structure, jsonb_build_object('compte', account, 'role', m.role), '');
	return '';
end
$$;

-- An invitation leaves by mail (a token); whoever has that address also finds it in their space.
create function structure_invite(actor int, structure int, hash text, email text) returns text language plpgsql set search_path to private, catalyse, public as $$
declare
	guest int;
begin
	if not exists (select from structure_deciders(structure) d where d.account_id = actor and d.responsable) then
		return 'interdit';
	end if;
	select a.id into guest from account a where a.email = lower(btrim(structure_invite.email)) and a.state = 'actif';
	insert into token (hash, purpose, account_id, data, expires_at) values (structure_invite.hash, 'structure', guest,
		jsonb_build_object('structure', structure, 'courriel', lower(btrim(structure_invite.email))), now() + interval '30 days');
	if guest is not null then
		insert into structure_member (structure_id, account_id, role, state) values (structure, guest, 'membre', 'invitee') on conflict do nothing;
	end if;
	perform journal_add(actor, 'inviter', 'structure', structure, case when guest is not null then jsonb_build_object('compte', guest) else '{}' end, '');
	return '';
end
$$;

-- Whoever was invited says yes or no, in their space or by the link; the links sent to them for it are then worth nothing.
create function structure_reply(actor int, structure int, accepted bool, by_link bool) returns text language plpgsql set search_path to private, catalyse, public as $$
declare
	m structure_member;
begin
	select * into m from structure_member x where x.structure_id = structure and x.account_id = actor for update;
	if m.state = 'active' or (m.state is distinct from 'invitee' and not by_link) then
		return 'etat';
	end if;
	update token k set used_at = now() where k.purpose = 'structure' and k.account_id = actor and (k.data->>'structure')::int = structure and k.used_at is null;
	if accepted then
		insert into structure_member as x (structure_id, account_id, role, state) values (structure, actor, 'membre', 'active')
		on conflict (structure_id, account_id) do update set state = 'active', since = now(), message = '';
	else
		delete from structure_member x where x.structure_id = structure and x.account_id = actor;
	end if;
	perform journal_add(actor, case when accepted then 'rejoindre' else 'refuser_invitation' end, 'structure', structure, '{}', '');
	return '';
end
$$;

-- Takes somebody out: oneself (a member, or a request one takes back), or, by a responsable, somebody else. The last responsable
-- names another one first, as long as somebody else is a member.
create function structure_leave(actor int, structure int, account int) returns text language plpgsql set search_path to private, catalyse, public as $$
declare
	m structure_member;
begin
	perform from catalyse.structure o where o.id = structure for update; -- two responsables do not leave at once
	select * into m from structure_member x where x.structure_id = structure and x.account_id = account for update;
	if not found then
		return 'etat';
	end if;
	if actor <> account and not structure_decides(actor, structure) then
		return 'interdit';
	end if;
	if m.state = 'active' and m.role = 'responsable'
			and not exists (select from structure_member x where x.structure_id = structure and x.account_id <> account and x.role = 'responsable' and x.state = 'active')
			and exists (select from structure_member x where x.structure_id = structure and x.account_id <> account and x.state = 'active') then
		return 'dernier';
	end if;
	delete from structure_member x where x.structure_id = structure and x.account_id = account;
	update token k set used_at = now() where k.purpose = 'structure' and k.account_id = account and (k.data->>'structure')::int = structure and k.used_at is null;
	perform journal_add(actor, case when actor = account then 'quitter' else 'retirer' end, 'structure', structure,
		case when actor = account then '{}' else jsonb_build_object('compte', account) end, '');
	return '';
end
$$;

create function structure_name(actor int, structure int, account int, role text) returns text language plpgsql set search_path to private, catalyse, public as $$
begin
	if not structure_decides(actor, structure) then
		return 'interdit';
	end if;
	perform from catalyse.structure o where o.id = structure for update;
	if structure_name.role = 'membre' and not exists (select from structure_member x where x.structure_id = structure and x.account_id <> account
			and x.role = 'responsable' and x.state = 'active') then
		return 'dernier';
	end if;
	update structure_member x set role = structure_name.role where x.structure_id = structure and x.account_id = account and x.state = 'active' and x.role <> structure_name.role;
	if not found then
		return 'etat';
	end if;
	perform journal_add(actor, 'nommer', 'structure', structure, jsonb_build_object('compte', account, 'role', structure_name.role), '');
	return '';
end
$$;

-- Brings a sheet to a structure that one belongs to, or, without one, gives it back to its authors. Public at once: it is no text.
create function sheet_transfer(actor int, sheet int, structure int) returns text language plpgsql set search_path to private, catalyse, public as $$
declare
	former int;
begin
	if not 'lire' = any (work_rights(actor, sheet)) then
		return 'introuvable';
	end if;
	if not 'gerer' = any (work_rights(actor, sheet))
			or (structure is not null and not exists (select from structure_member m where m.structure_id = structure and m.account_id = actor and m.state = 'active')) then
		return 'interdit';
	end if;
	if exists (select from catalyse.sheet s where s.id = sheet_transfer.sheet) then
		perform work_open(sheet);
	end if;
	select w.structure_id into former from work w where w.sheet_id = sheet for update;
	if former is not distinct from structure or (structure is null and not exists (select from work_author a join account b on b.id = a.account_id
			where a.sheet_id = sheet_transfer.sheet and b.state = 'actif')) then
		return 'etat';
	end if;
	update work w set structure_id = structure where w.sheet_id = sheet;
	update catalyse.sheet s set structure_id = structure where s.id = sheet and s.structure_id is distinct from structure;
	perform journal_add(actor, 'transferer', 'fiche', sheet, jsonb_strip_nulls(jsonb_build_object('de', former, 'a', structure)), '');
	return '';
end
$$;
commit;
