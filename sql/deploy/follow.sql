-- Deploy catalyse:follow to pg
-- requires: tombstone
-- requires: mail
-- requires: work_rights_unopened
-- What happens to a sheet once it is public: corrections that readers propose, problems they report, who tried it and how it went,
-- whether somebody still answers for it, and whether what it points to is still there.
begin;
set local role catalyse_owner;
set local search_path to private, catalyse, public;
set local lock_timeout to '2s';

insert into mail_kind (kind, class, label, reason) values
	('reponse', 'service', 'Réponse à ce que vous avez envoyé', 'Vous recevez ce courriel parce que vous avez proposé ou signalé quelque chose sur une fiche, à cette adresse.');

create table suggestion (
	id int generated always as identity primary key,
	sheet_id int not null references sheet on delete cascade,
	version int not null, -- the one that was read
	field text not null check (field ~ '^[a-z][a-z_]{0,59}$'), -- titre, chapo, or a section
	before text not null check (length(before) <= 20000),
	after text not null check (btrim(after) <> '' and length(after) <= 20000),
	note text not null default '' check (length(note) <= 2000),
	author_id int references contributor, -- null: a visitor
	email text check (length(email) <= 254), -- a visitor's, confirmed; forgotten once it served
	credit text not null default '' check (length(credit) <= 80), -- the name a visitor wants to be thanked by
	state text not null default 'recue' check (state in ('recue', 'acceptee', 'refusee', 'classee')),
	created_at timestamptz not null default now(),
	decided_by int references contributor,
	decided_at timestamptz,
	reason text not null default '' check (length(reason) <= 2000),
	outcome text check (outcome in ('publiee', 'relecture', 'brouillon', 'deja')), -- of one accepted
	published_version int,
	escalated_at timestamptz, -- the reviewers were told that nobody answers
	constraint suggestion_changes check (before <> after),
	constraint suggestion_decided check ((state = 'recue') = (decided_at is null) and (state = 'acceptee') = (outcome is not null))
);
create index suggestion_sheet_idx on suggestion (sheet_id, id);
create index suggestion_author_idx on suggestion (author_id);
create index suggestion_decided_idx on suggestion (decided_by);
create index suggestion_waiting_idx on suggestion (created_at) where state = 'recue';

create table report (
	id int generated always as identity primary key,
	sheet_id int not null references sheet on delete cascade,
	reason text not null check (reason in ('inexact', 'lien_mort', 'personne', 'droits', 'indesirable', 'autre')),
	body text not null check (btrim(body) <> '' and length(body) <= 4000),
	author_id int references contributor,
	email text check (length(email) <= 254),
	state text not null default 'recue' check (state in ('recue', 'traitee', 'classee')),
	created_at timestamptz not null default now(),
	decided_by int references contributor,
	decided_at timestamptz,
	reply text not null default '' check (length(reply) <= 4000),
	constraint report_decided check ((state = 'recue') = (decided_at is null))
);
create index report_sheet_idx on report (sheet_id, id);
create index report_author_idx on report (author_id);
create index report_decided_idx on report (decided_by);
create index report_waiting_idx on report (created_at) where state = 'recue';

create table private.adoption (
	id int generated always as identity primary key,
	sheet_id int not null references sheet on delete cascade,
	territory_id int not null references territory,
	who text not null default '' check (length(who) <= 120), -- a structure, or a visitor's name; empty: the account's own name
	year smallint check (year between 1950 and 2200),
	outcome text not null check (outcome in ('reussi', 'partiel', 'abandonne', 'en_cours')),
	note text not null default '' check (length(note) <= 1000), -- what was adapted, what was learnt
	author_id int references contributor,
	email text check (length(email) <= 254),
	state text not null default 'attente' check (state in ('attente', 'publique', 'ecartee')),
	created_at timestamptz not null default now(),
	decided_by int references contributor,
	decided_at timestamptz,
	constraint adoption_who check (author_id is not null or btrim(who) <> '')
);
create index adoption_sheet_idx on private.adoption (sheet_id, id);
create index adoption_territory_idx on private.adoption (territory_id);
create index adoption_author_idx on private.adoption (author_id);
create index adoption_decided_idx on private.adoption (decided_by);
create view catalyse.adoption with (security_barrier) as
	select a.id, a.sheet_id, a.territory_id, coalesce(nullif(a.who, ''), c.name, 'contributeur supprimé') as who, a.year, a.outcome, a.note, a.created_at
	from private.adoption a left join contributor c on c.id = a.author_id where a.state = 'publique';
revoke insert, update, delete on catalyse.adoption from catalyse_rw;
comment on view catalyse.adoption is 'Who says to have tried a sheet, where and how it went';

create table freshness (
	sheet_id int primary key references sheet on delete cascade,
	asked_at timestamptz not null default now(),
	reminded_at timestamptz,
	escalated_at timestamptz,
	ignored int not null default 0 check (ignored >= 0)
);
comment on table freshness is 'What was asked of those who hold a sheet that nobody verified for a year';

create table link_check (
	url text primary key check (length(url) <= 2000),
	sheet_ids int[] not null,
	status int, -- of the last answer; null: none came
	outcome text not null default '' check (outcome in ('', 'bon', 'deplace', 'absent', 'injoignable', 'refuse', 'ignore')),
	moved_to text,
	failures int not null default 0 check (failures >= 0), -- days on which it failed, one after the other
	first_failure_on date,
	last_failure_on date,
	checked_at timestamptz,
	next_check timestamptz not null default now()
);
create index link_check_next_idx on link_check (next_check);
create index link_check_dead_idx on link_check (failures) where failures >= 3;

-- Who holds a sheet: those who answer for its structure, its authors; then who may review it, the nearest only.
create function follow_people(sheet int) returns table (part text, account_id int, email text, name text) language sql stable
	set search_path to private, catalyse, public as $$
	with held as (
		select coalesce(w.structure_id, s.structure_id) as structure_id from catalyse.sheet s left join work w on w.sheet_id = s.id where s.id = $1
	), owner as (
		select distinct on (o.account_id) o.part, o.place, o.account_id from (
			select 'structure' as part, 1 as place, m.account_id from structure_member m, held h
			where m.structure_id = h.structure_id and m.state = 'active' and m.role = 'responsable'
			union all
			select 'auteur', 2, a.account_id from work_author a where a.sheet_id = $1) o
		order by o.account_id, o.place
	), reviewer as (
		select r.account_id, work_reviewer_rank(r.account_id, c.content) as rank
		from (select distinct x.account_id from account_role x) r, (select work_content_of($1) as content offset 0) c
		where r.account_id not in (select o.account_id from owner o)
	), person as (
		select o.part, o.place, o.account_id from owner o
		union all
		select 'relecteur', 3, r.account_id from reviewer r where r.rank > 0 and r.rank = (select max(x.rank) from reviewer x)
	)
	select p.part, p.account_id, a.email, c.name from person p join account a on a.id = p.account_id join contributor c on c.id = a.id
	where a.state = 'actif' order by p.place, p.account_id
$$;

-- What a content says in a field; '' when it says nothing there.
create function follow_text(content jsonb, field text) returns text language sql immutable as $$
	select coalesce(case field when 'titre' then content->>'titre' when 'chapo' then content->>'chapo'
		else case jsonb_typeof(content->'sections'->field) when 'string' then content->'sections'->>field end end, '')
$$;
create function follow_patch(content jsonb, field text, value text) returns jsonb language sql immutable as $$
	select case when field in ('titre', 'chapo') then content || jsonb_build_object(field, value)
		else jsonb_set(content, '{sections}', coalesce(content->'sections', '{}') || jsonb_build_object(field, value)) end
$$;
create function follow_label(kind text, field text) returns text language sql stable set search_path to catalyse, public as $$
	select case field when 'titre' then 'Titre' when 'chapo' then 'Résumé'
		else (select s.label from sheet_section s where s.type = kind and s.key = field) end
$$;

/* Decides on a suggestion. act: accepter, refuser, classer. An accepted one is published at once by who may review the sheet; an
   author's yes goes into the text being written, and to review. seen: md5 of what the field said when the decision was made, asked for
   when it changed since the suggestion. Returns publiee, relecture, brouillon, deja, refusee, classee; else introuvable, interdit, etat,
   conflit, occupee (the text is with a reviewer), autre (the draft says something else there), or "contenu <rule>". */
create function suggestion_decide(actor int, number int, act text, why text, slug text, seen text) returns text language plpgsql
	set search_path to private, catalyse, public as $$
declare
	x private.suggestion;
	s catalyse.sheet;
	w work;
	rights text[];
	was text;
	signer int;
	said text;
	made text;
	rule text;
begin
	select * into x from private.suggestion where id = number for update;
	if not found then
		return 'introuvable';
	end if;
	rights := work_rights(actor, x.sheet_id);
	if not rights && array['ecrire', 'relire'] then
		return 'introuvable';
	end if;
	if x.state <> 'recue' then
		return 'etat';
	end if;
	if x.author_id = actor and not 'ecrire' = any (rights) then
		return 'interdit'; -- nobody reviews their own text
	end if;
	if act in ('refuser', 'classer') then
		update private.suggestion o set state = case act when 'refuser' then 'refusee' else 'classee' end, decided_by = actor, decided_at = now(),
			reason = coalesce(why, '') where o.id = x.id returning o.state into made;
		perform journal_add(actor, act, 'suggestion', x.id, jsonb_build_object('fiche', x.sheet_id, 'champ', x.field), why);
		return made;
	end if;
	select * into s from catalyse.sheet o where o.id = x.sheet_id for update;
	if act <> 'accepter' or s.state not in ('publiee', 'a_actualiser') then
		return 'etat';
	end if;
	was := follow_text(work_content_of(s.id), x.field);
	if was <> x.before and was <> x.after and md5(was) is distinct from seen then
		return 'conflit';
	end if;
	select * into w from work o where o.sheet_id = s.id for update;
	if was <> x.after and w.state in ('soumise', 'en_relecture') then
		return 'occupee';
	end if;
	signer := x.author_id;
	if was = x.after then
		made := 'deja';
	elsif 'relire' = any (rights) then
		if signer is null and x.credit <> '' then
			insert into contributor (name) values (x.credit) returning id into signer;
		end if;
		said := coalesce(nullif(btrim(why), ''), 'Une correction proposée par un lecteur.');
		perform set_config('catalyse.note', said, true), set_config('catalyse.author', coalesce(signer::text, ''), true),
			set_config('catalyse.decided_by', actor::text, true);
		perform set_config('catalyse.parts', jsonb_build_object('territoires', c->'territoires', 'termes', c->'termes', 'source', c->'source')::text, true)
			from work_content_of(s.id) c;
		begin
			update catalyse.sheet o set title = case x.field when 'titre' then btrim(x.after) else o.title end,
				slug = case x.field when 'titre' then coalesce(nullif(suggestion_decide.slug, ''), o.slug) else o.slug end,
				summary = case x.field when 'chapo' then btrim(x.after) else o.summary end,
				sections = case when x.field in ('titre', 'chapo') then o.sections else o.sections || jsonb_build_object(x.field, x.after) end,
				state = 'publiee'
			where o.id = s.id returning * into s;
		exception when check_violation then
			get stacked diagnostics rule = constraint_name;
			return 'contenu ' || rule;
		end;
		update work o set content = follow_patch(o.content, x.field, x.after), rev = o.rev + 1
			where o.sheet_id = s.id and o.state in ('brouillon', 'modifications_demandees', 'refusee') and follow_text(o.content, x.field) = was;
		made := 'publiee';
	else
		if w.sheet_id is null then
			perform work_open(s.id);
			select * into w from work o where o.sheet_id = s.id for update;
		end if;
		if w.state = 'publiee' then
			said := work_move(actor, s.id, 'modifier', '', null);
			if said <> '' then
				return said;
			end if;
			if signer is null and x.credit <> '' then
				insert into contributor (name) values (x.credit) returning id into signer;
			end if;
			update work o set content = follow_patch(work_content_of(s.id), x.field, x.after), rev = o.rev + 1, saved_by = coalesce(signer, actor),
				saved_at = now(), note = left('Une correction proposée par un lecteur : ' || follow_label(s.type, x.field) || '.', 2000)
				where o.sheet_id = s.id;
			said := work_move(actor, s.id, 'soumettre', '', null);
			if said <> '' then
				raise exception 'a suggestion cannot be submitted: %', said;
			end if;
			made := 'relecture';
		elsif follow_text(w.content, x.field) in (was, x.after) then
			update work o set content = follow_patch(o.content, x.field, x.after), rev = o.rev + 1, saved_at = now() where o.sheet_id = s.id;
			made := 'brouillon';
		else
			return 'autre';
		end if;
	end if;
	update private.suggestion o set state = 'acceptee', outcome = made, decided_by = actor, decided_at = now(), reason = coalesce(why, ''),
		published_version = case made when 'publiee' then s.version end where o.id = x.id;
	perform journal_add(actor, 'accepter', 'suggestion', x.id, jsonb_build_object('fiche', x.sheet_id, 'champ', x.field, 'effet', made, 'version',
		case made when 'publiee' then s.version end), why);
	return made;
end
$$;

-- Suggestions that waited two weeks for those who hold the sheet: told once.
create function suggestion_late(days int) returns table (id int, sheet_id int, title text, slug text, label text) language sql
	set search_path to private, catalyse, public as $$
	with late as (
		update private.suggestion x set escalated_at = now()
		where x.state = 'recue' and x.escalated_at is null and x.created_at < now() - make_interval(days => $1) returning x.id, x.sheet_id, x.field
	)
	select l.id, s.id, s.title, s.slug::text, follow_label(s.type, l.field) from late l join catalyse.sheet s on s.id = l.sheet_id order by l.id
$$;

-- act: traiter, classer. Returns traitee, classee; introuvable, etat, motif.
create function report_decide(actor int, number int, act text, reply text) returns text language plpgsql
	set search_path to private, catalyse, public as $$
declare
	x private.report;
	made text := case act when 'traiter' then 'traitee' when 'classer' then 'classee' end;
begin
	select * into x from private.report where id = number for update;
	if not found or not 'relire' = any (work_rights(actor, x.sheet_id)) then
		return 'introuvable';
	end if;
	if x.state <> 'recue' or made is null then
		return 'etat';
	end if;
	if btrim(coalesce(report_decide.reply, '')) = '' then
		return 'motif';
	end if;
	update private.report o set state = made, decided_by = actor, decided_at = now(), reply = btrim(report_decide.reply) where o.id = x.id;
	perform journal_add(actor, act, 'signalement', x.id, jsonb_build_object('fiche', x.sheet_id, 'motif', x.reason), report_decide.reply);
	return made;
end
$$;

-- act: montrer, ecarter. Returns publique, ecartee; introuvable, interdit, etat.
create function adoption_decide(actor int, number int, act text) returns text language plpgsql set search_path to private, catalyse, public as $$
declare
	x private.adoption;
	made text := case act when 'montrer' then 'publique' when 'ecarter' then 'ecartee' end;
begin
	select * into x from private.adoption where id = number for update;
	if not found or not work_rights(actor, x.sheet_id) && array['ecrire', 'relire'] and x.author_id is distinct from actor then
		return 'introuvable';
	end if;
	if made is null or x.state = made or x.state = 'ecartee' then
		return 'etat';
	end if;
	if act = 'montrer' and x.author_id = actor then
		return 'interdit';
	end if;
	update private.adoption o set state = made, decided_by = actor, decided_at = now() where o.id = x.id;
	perform journal_add(actor, act, 'adoption', x.id, jsonb_build_object('fiche', x.sheet_id), '');
	return made;
end
$$;

-- Sheets that nobody verified for so many months, and what is due: demande, rappel thirty days after, escalade thirty days later.
-- A sheet that nobody holds goes to the reviewers at once.
create function freshness_due(months int, most int) returns table (sheet_id int, due text, title text, slug text, since date) language sql stable
	set search_path to private, catalyse, public as $$
	select s.id, d.due, s.title, s.slug::text, d.since from (
		select o.*, coalesce(o.verified_on, (select v.published_at::date from sheet_version v where v.sheet_id = o.id order by v.number desc limit 1),
			o.created_at::date) as since from catalyse.sheet o where o.state in ('publiee', 'a_actualiser')) s
	left join private.freshness f on f.sheet_id = s.id and f.asked_at::date >= s.since
	cross join lateral (select s.since, case when f.sheet_id is null then
			case when exists (select from follow_people(s.id) p where p.part <> 'relecteur') then 'demande' else 'escalade' end
		when f.escalated_at is not null then null
		when f.reminded_at is null and f.asked_at < now() - interval '30 days' then 'rappel'
		when f.reminded_at < now() - interval '30 days' then 'escalade' end as due) d
	where s.since < current_date - make_interval(months => $1) and d.due is not null
	order by d.since, s.id limit $2
$$;

-- That it was said. What was ignored twice is shown as to be verified.
create function freshness_note(sheet int, due text) returns void language plpgsql set search_path to private, catalyse, public as $$
begin
	insert into private.freshness as f (sheet_id, escalated_at) values (sheet, case due when 'escalade' then now() end)
	on conflict (sheet_id) do update set asked_at = case due when 'demande' then now() else f.asked_at end,
		reminded_at = case due when 'demande' then null when 'rappel' then now() else f.reminded_at end,
		escalated_at = case due when 'escalade' then now() when 'demande' then null else f.escalated_at end,
		ignored = case due when 'demande' then 0 when 'rappel' then 1 else 2 end;
	if due = 'escalade' then
		update catalyse.sheet s set state = 'a_actualiser' where s.id = sheet and s.state = 'publiee';
		if found then
			perform journal_add(null, 'signaler', 'fiche', sheet, '{"machine": "publication", "avant": "publiee", "apres": "a_actualiser"}',
				'Personne ne l’a vérifiée depuis plus d’un an.');
		end if;
	end if;
end
$$;

-- What somebody who holds the sheet, or reviews it, answers: verifier, archiver (with a reason), corriger (it will be written again).
-- Returns '', introuvable, etat, motif.
create function freshness_answer(actor int, sheet int, act text, why text) returns text language plpgsql set search_path to private, catalyse, public as $$
declare
	s catalyse.sheet;
	p step;
	rights text[] := work_rights(actor, sheet);
begin
	select * into s from catalyse.sheet o where o.id = freshness_answer.sheet for update;
	if not found or not rights && array['ecrire', 'relire'] then
		return 'introuvable';
	end if;
	if act = 'corriger' then -- the next reminder is a month away
		update private.freshness f set asked_at = now(), reminded_at = null, escalated_at = null, ignored = 0 where f.sheet_id = s.id;
		return case when s.state in ('publiee', 'a_actualiser') then '' else 'etat' end;
	end if;
	select * into p from step o where o.machine = 'publication' and o.before = s.state and o.act = freshness_answer.act
		and o.act in ('verifier', 'archiver');
	if not found then
		return 'etat';
	end if;
	if p.reasoned and btrim(coalesce(why, '')) = '' then
		return 'motif';
	end if;
	update catalyse.sheet o set state = p.after, verified_on = case act when 'verifier' then current_date else o.verified_on end,
		verified_by = case when act <> 'verifier' then o.verified_by when 'ecrire' = any (rights) then 'auteur' else 'relecture' end where o.id = s.id;
	delete from private.freshness f where f.sheet_id = s.id;
	perform journal_add(actor, act, 'fiche', s.id, jsonb_build_object('machine', 'publication', 'avant', p.before, 'apres', p.after), why);
	return '';
end
$$;

-- The addresses that readable sheets point to, as sources or in their text. How many.
create function link_collect() returns int language plpgsql set search_path to private, catalyse, public as $$
declare
	n int;
begin
	if to_regclass('pg_temp.link_found') is null then
		create temp table link_found (url text primary key, sheet_ids int[]) on commit drop;
	end if;
	truncate link_found;
	insert into link_found select u.url, array_agg(distinct u.id order by u.id) from (
		select s.id, s.source_url::text as url from catalyse.sheet s where s.source_url is not null and s.state in ('publiee', 'a_actualiser')
		union all
		select x.sheet_id, x.url::text from sheet_source x join catalyse.sheet s on s.id = x.sheet_id where x.url is not null and s.state in ('publiee', 'a_actualiser')
		union all
		select s.id, rtrim(m[1], '.,;:!?') from catalyse.sheet s, regexp_matches(s.sections::text, '(https?://[^][[:space:]"\\<>()]+)', 'g') m
		where s.state in ('publiee', 'a_actualiser')) u
	where length(u.url) <= 2000 and u.url ~ '^https?://' group by u.url;
	delete from private.link_check l where not exists (select from link_found f where f.url = l.url);
	insert into private.link_check as l (url, sheet_ids) select f.url, f.sheet_ids from link_found f
	on conflict (url) do update set sheet_ids = excluded.sheet_ids where l.sheet_ids <> excluded.sheet_ids;
	select count(*) into n from private.link_check;
	return n;
end
$$;

-- What an address answered. It is dead when it failed on three days; then it is asked once a week. True: dead.
create function link_note(address text, code int, said text, moved text) returns bool language sql set search_path to private, catalyse, public as $$
	update private.link_check l set status = code, outcome = said, moved_to = moved, checked_at = now(),
		failures = case when said not in ('absent', 'injoignable') then 0 when l.last_failure_on = current_date then l.failures else l.failures + 1 end,
		first_failure_on = case when said not in ('absent', 'injoignable') then null else coalesce(l.first_failure_on, current_date) end,
		last_failure_on = case when said not in ('absent', 'injoignable') then null else current_date end,
		next_check = case when said not in ('absent', 'injoignable') then now() + interval '30 days'
			when l.failures < 3 then now() + interval '23 hours' else now() + interval '7 days' end
	where l.url = address returning l.failures >= 3
$$;

-- Addresses of visitors, three months after they were answered. How many were wiped.
create function follow_forget() returns int language sql set search_path to private, catalyse, public as $$
	with a as (update private.suggestion x set email = null where x.email is not null and x.decided_at < now() - interval '90 days' returning 1),
	b as (update private.report x set email = null where x.email is not null and x.decided_at < now() - interval '90 days' returning 1),
	c as (update private.adoption x set email = null where x.email is not null and coalesce(x.decided_at, x.created_at) < now() - interval '90 days' returning 1)
	select ((select count(*) from a) + (select count(*) from b) + (select count(*) from c))::int
$$;
commit;
