-- Deploy catalyse:administration to pg
-- requires: sheet_import
-- What those in charge change: vocabularies, espaces, roles. Each change and its line in the journal are one statement; '' means done,
-- any other text why not.
begin;
set local role catalyse_owner;
set local search_path to private, catalyse, public;
set local lock_timeout to '2s';

-- A term that another one took the place of: it is no longer offered, and what still names it means the other.
alter table catalyse.term add column merged_into int references catalyse.term, add constraint term_merged check (merged_into <> id and (merged_into is null or valid_to is not null));
create index term_merged_idx on catalyse.term (merged_into);
create or replace function work_terms(content jsonb) returns int[] language sql stable set search_path to catalyse, public as $$
	select coalesce(array_agg(distinct coalesce(t.merged_into, t.id)), '{}') from jsonb_array_elements_text(coalesce(content->'termes', '[]')) a (term)
	join term t on t.scheme = split_part(a.term, ':', 1) and t.code = split_part(a.term, ':', 2)
$$;

-- How many places a term has: sheets, catalysts, roles, texts being written, terms under it.
create function term_uses(term int) returns int language sql stable set search_path to private, catalyse, public as $$
	select ((select count(*) from sheet_term x where x.term_id = $1) + (select count(*) from catalyst_term x where x.term_id = $1)
		+ (select count(*) from account_role x where x.term_id = $1) + (select count(*) from catalyse.term x where x.parent_id = $1 or x.merged_into = $1)
		+ (select count(*) from catalyse.term t join work w on w.content->'termes' ? (t.scheme || ':' || t.code) where t.id = $1 and w.state <> 'publiee'))::int
$$;
-- given: label, definition, colour, from, to, origin, source_label, source_url, and code for a new one (term null).
create function term_save(actor int, vocabulary text, term int, given jsonb) returns text language plpgsql set search_path to private, catalyse, public as $$
declare
	old catalyse.term;
	new catalyse.term;
begin
	perform from scheme s where s.code = vocabulary for update; -- positions are given one at a time
	if not found then
		return 'introuvable';
	end if;
	if term is null then
		if vocabulary in ('odd', 'maturite') then
			return 'fige';
		end if;
		if exists (select from catalyse.term t where t.scheme = vocabulary and t.code = given->>'code') then
			return 'pris';
		end if;
		insert into catalyse.term as t (scheme, code, label, definition, position, origin, source_label, source_url, colour, valid_from, valid_to)
		values (vocabulary, given->>'code', given->>'label', coalesce(given->>'definition', ''),
			(select coalesce(max(x.position), 0) + 1 from catalyse.term x where x.scheme = vocabulary), given->>'origin', given->>'source_label', given->>'source_url',
			given->>'colour', (given->>'from')::date, (given->>'to')::date) returning * into new;
		perform journal_add(actor, 'terme_ajoute', 'terme', new.id, jsonb_build_object('schema', vocabulary, 'code', new.code), '');
		return '';
	end if;
	select * into old from catalyse.term t where t.id = term and t.scheme = vocabulary for update;
	if not found then
		return 'introuvable';
	end if;
	if old.merged_into is not null then
		return 'remplace';
	end if;
	update catalyse.term t set label = given->>'label', definition = coalesce(given->>'definition', ''), origin = given->>'origin', source_label = given->>'source_label',
		source_url = given->>'source_url', colour = given->>'colour', valid_from = (given->>'from')::date, valid_to = (given->>'to')::date
	where t.id = term returning * into new;
	if new is distinct from old then
		perform journal_add(actor, 'terme_change', 'terme', term, jsonb_build_object('schema', vocabulary, 'code', old.code, 'champs',
			(select jsonb_agg(n.key) from jsonb_each(to_jsonb(new)) n join jsonb_each(to_jsonb(old)) o on o.key = n.key and o.value <> n.value and n.key <> 'words')), '');
	end if;
	return '';
end
$$;
create function term_move(actor int, term int, up bool) returns text language plpgsql set search_path to private, catalyse, public as $$
declare
	t catalyse.term;
	other catalyse.term;
begin
	select * into t from catalyse.term x where x.id = term;
	if not found then
		return 'introuvable';
	end if;
	perform from scheme s where s.code = t.scheme for update;
	update catalyse.term x set position = n.rank from (select y.id, row_number() over (order by y.position, y.label, y.id) as rank from catalyse.term y where y.scheme = t.scheme) n
	where n.id = x.id and x.position <> n.rank;
	select * into t from catalyse.term x where x.id = term;
	if up then
		select * into other from catalyse.term x where x.scheme = t.scheme and x.position < t.position and x.merged_into is null order by x.position desc limit 1;
	else
		select * into other from catalyse.term x where x.scheme = t.scheme and x.position > t.position and x.merged_into is null order by x.position limit 1;
	end if;
	if other.id is null then
		return '';
	end if;
	update catalyse.term x set position = case when x.id = t.id then other.position else t.position end where x.id in (t.id, other.id);
	perform journal_add(actor, 'terme_deplace', 'terme', term, jsonb_build_object('schema', t.scheme, 'code', t.code), '');
	return '';
end
$$;
-- All that was said with the one is said with the other; the first stays as a memory, so that nothing written earlier loses its sense.
create function term_merge(actor int, term int, other int, why text) returns text language plpgsql set search_path to private, catalyse, public as $$
declare
	t catalyse.term;
	o catalyse.term;
	uses int;
begin
	select * into t from catalyse.term x where x.id = term for update;
	select * into o from catalyse.term x where x.id = other for update;
	if t.id is null or o.id is null then
		return 'introuvable';
	end if;
	if t.id = o.id or t.scheme <> o.scheme then
		return 'autre';
	end if;
	if t.merged_into is not null or o.merged_into is not null then
		return 'remplace';
	end if;
	if t.scheme in ('odd', 'maturite') then
		return 'fige';
	end if;
	uses := term_uses(term);
	insert into sheet_term (sheet_id, term_id) select x.sheet_id, other from sheet_term x where x.term_id = term on conflict do nothing;
	delete from sheet_term x where x.term_id = term;
	insert into catalyst_term (catalyst_id, term_id) select x.catalyst_id, other from catalyst_term x where x.term_id = term on conflict do nothing;
	delete from catalyst_term x where x.term_id = term;
	delete from account_role r where r.term_id = term and exists (select from account_role r2 where r2.account_id = r.account_id and r2.role = r.role and r2.term_id = other);
	update account_role r set term_id = other where r.term_id = term;
	update catalyse.term x set parent_id = nullif(other, x.id) where x.parent_id = term;
	update catalyse.term x set merged_into = other where x.merged_into = term;
	update catalyse.term x set merged_into = other, valid_from = case when x.valid_from < current_date then x.valid_from end, valid_to = current_date where x.id = term;
	perform journal_add(actor, 'terme_remplace', 'terme', term, jsonb_build_object('schema', t.scheme, 'code', t.code, 'par', o.code, 'usages', uses), why);
	return '';
end
$$;
create function term_drop(actor int, term int) returns text language plpgsql set search_path to private, catalyse, public as $$
declare
	t catalyse.term;
begin
	select * into t from catalyse.term x where x.id = term for update;
	if not found then
		return 'introuvable';
	end if;
	if t.scheme in ('odd', 'maturite') then
		return 'fige';
	end if;
	if term_uses(term) > 0 then
		return 'utilise';
	end if;
	delete from catalyse.term x where x.id = term;
	perform journal_add(actor, 'terme_supprime', 'terme', term, jsonb_build_object('schema', t.scheme, 'code', t.code), '');
	return '';
end
$$;

-- An editeur of that espace, or an administrateur. espace null: a new one, an administrateur's business.
create function espace_may(actor int, espace int) returns bool language sql stable set search_path to private, catalyse, public as $$
	select exists (select from account_role r join account a on a.id = r.account_id where r.account_id = actor and a.state = 'actif'
		and (r.role = 'administrateur' or r.role = 'editeur' and r.espace_id = $2))
$$;
-- given: code (new ones), name, host, tagline, colour, position
create function espace_save(actor int, espace int, given jsonb) returns text language plpgsql set search_path to private, catalyse, public as $$
declare
	old catalyse.espace;
	new catalyse.espace;
begin
	if not espace_may(actor, espace) then
		return 'interdit';
	end if;
	if exists (select from catalyse.espace e where e.id is distinct from espace and (e.host = given->>'host' or espace is null and e.code = given->>'code')) then
		return 'pris';
	end if;
	if espace is null then
		insert into catalyse.espace as e (code, name, host, tagline, theme, position)
		values (given->>'code', given->>'name', given->>'host', coalesce(given->>'tagline', ''), jsonb_strip_nulls(jsonb_build_object('couleur', given->>'colour')),
			coalesce((given->>'position')::int, (select coalesce(max(x.position), 0) + 1 from catalyse.espace x))) returning * into new;
		perform journal_add(actor, 'espace_ajoute', 'espace', new.id, jsonb_build_object('code', new.code), '');
		return '';
	end if;
	select * into old from catalyse.espace e where e.id = espace for update;
	if not found then
		return 'introuvable';
	end if;
	update catalyse.espace e set name = given->>'name', host = given->>'host', tagline = coalesce(given->>'tagline', ''), position = coalesce((given->>'position')::int, e.position),
		theme = case when given->>'colour' is null then e.theme - 'couleur' else e.theme || jsonb_build_object('couleur', given->>'colour') end
	where e.id = espace returning * into new;
	if new is distinct from old then
		perform journal_add(actor, 'espace_change', 'espace', espace, jsonb_build_object('code', old.code, 'champs',
			(select jsonb_agg(n.key) from jsonb_each(to_jsonb(new)) n join jsonb_each(to_jsonb(old)) o on o.key = n.key and o.value <> n.value)), '');
	end if;
	return '';
end
$$;
-- act: placer, retirer, monter, descendre.
create function espace_place(actor int, espace int, sheet int, act text) returns text language plpgsql set search_path to private, catalyse, public as $$
declare
	here int;
	other espace_sheet;
begin
	if not espace_may(actor, espace) then
		return 'interdit';
	end if;
	perform from catalyse.espace e where e.id = espace for update;
	if act = 'placer' then
		if not exists (select from catalyse.sheet s where s.id = sheet and s.state in ('publiee', 'a_actualiser')) then
			return 'fiche';
		end if;
		insert into espace_sheet (espace_id, sheet_id, position)
		values (espace, sheet, (select coalesce(max(x.position), 0) + 1 from espace_sheet x where x.espace_id = espace)) on conflict do nothing;
		if not found then
			return 'deja';
		end if;
	elsif act = 'retirer' then
		delete from espace_sheet x where x.espace_id = espace and x.sheet_id = sheet;
		if not found then
			return 'introuvable';
		end if;
	else
		update espace_sheet x set position = n.rank from (select y.sheet_id, row_number() over (order by y.position, y.sheet_id) as rank from espace_sheet y where y.espace_id = espace) n
		where x.espace_id = espace and n.sheet_id = x.sheet_id and x.position <> n.rank;
		select x.position into here from espace_sheet x where x.espace_id = espace and x.sheet_id = sheet;
		if not found then
			return 'introuvable';
		end if;
		select * into other from espace_sheet x where x.espace_id = espace and x.position = here + case act when 'monter' then -1 else 1 end;
		if other.sheet_id is null then
			return '';
		end if;
		update espace_sheet x set position = case when x.sheet_id = sheet then other.position else here end where x.espace_id = espace and x.sheet_id in (sheet, other.sheet_id);
	end if;
	perform journal_add(actor, 'espace_' || act, 'espace', espace, jsonb_build_object('fiche', sheet), '');
	return '';
end
$$;

-- There is always somebody: the last administrateur who can sign in keeps the role, whoever asks.
create function admin_kept() returns trigger language plpgsql security definer set search_path to private, catalyse, public as $$
begin
	if tg_table_name = 'account' and not exists (select from account_role r where r.account_id = new.id and r.role = 'administrateur') then
		return null;
	end if;
	perform pg_advisory_xact_lock(hashtext('catalyse.administrateurs'));
	if not exists (select from account_role r join account a on a.id = r.account_id where r.role = 'administrateur' and a.state = 'actif') then
		raise exception 'the last administrateur stays' using errcode = 'check_violation', constraint = 'admin_kept';
	end if;
	return null;
end
$$;
create trigger admin_kept after delete or update on account_role for each row when (old.role = 'administrateur') execute function admin_kept();
create trigger admin_kept after update of state on account for each row when (old.state = 'actif' and new.state <> 'actif') execute function admin_kept();
-- Whether that account is the last one; holds the others up until the transaction ends.
create function admin_last(account int) returns bool language plpgsql set search_path to private, catalyse, public as $$
begin
	perform pg_advisory_xact_lock(hashtext('catalyse.administrateurs'));
	return exists (select from account_role r where r.account_id = account and r.role = 'administrateur')
		and not exists (select from account_role r join account a on a.id = r.account_id where r.role = 'administrateur' and a.state = 'actif' and r.account_id <> account);
end
$$;

create index journal_at_idx on journal (at);
insert into mail_kind (kind, class, label, reason) values
	('compte', 'service', 'Ce qui est décidé pour mon compte', 'Vous recevez ce courriel parce qu’une décision touche votre compte.');
commit;
