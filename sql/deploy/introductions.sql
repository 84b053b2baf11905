-- Deploy catalyse:introductions to pg
-- requires: expired
-- Somebody writes to a catalyst, and neither sees the other's address: the site passes words on, both ways, until one gives its own.
-- docs/design/reseau.md has the rules. What was said goes; that two were put in touch, where and when, stays and is counted.
begin;
set local role catalyse_owner;
set local search_path to private, catalyse, public;
set local lock_timeout to '2s';

insert into mail_kind (kind, class, label, reason) values
	('contact', 'attend', 'Quelqu’un m’écrit par un catalyseur', 'Vous recevez ce courriel parce que vous répondez d’un catalyseur présenté sur ce site.'),
	('contact_reponse', 'service', 'Réponse à un message passé par le site', 'Vous recevez ce courriel parce qu’un message a été écrit à un catalyseur par ce site, avec cette adresse.');

create table catalyst_contact (
	catalyst_id int primary key references catalyst on delete cascade,
	email text check (email = lower(btrim(email)) and length(email) <= 254 and email ~ '^[^@[:space:]]+@[^@[:space:]]+\.[^@[:space:]]+$'),
	confirmed_at timestamptz, -- the link sent there was followed: before, nothing else is sent there
	relay bool not null default true, -- false: wants no message by the site
	constraint catalyst_contact_confirmed check (confirmed_at is null or email is not null)
);
comment on table catalyst_contact is 'Where to write for a catalyst, said by its structure; without a row, or an address, its structure''s responsables are written to';

-- Who is written to: the address that was confirmed; else those who answer for the structure, or all its members when nobody does.
create function catalyst_recipients(catalyst int) returns table (account_id int, email text) language sql stable set search_path to private, catalyse, public as $$
	with one as (
		select c.structure_id, case when k.confirmed_at is not null then k.email end as email
		from catalyse.catalyst c left join catalyst_contact k on k.catalyst_id = c.id
		where c.id = $1 and c.state = 'publiee' and coalesce(k.relay, true)
	), own as (
		select m.account_id, a.email, m.role from one o join structure_member m on m.structure_id = o.structure_id and m.state = 'active'
		join account a on a.id = m.account_id and a.state = 'actif' where o.email is null
	)
	select null::int, o.email from one o where o.email is not null
	union all
	select w.account_id, w.email from own w where w.role = 'responsable' or not exists (select from own x where x.role = 'responsable')
$$;
-- The same, as everybody may know it: whether somebody can be written to, whether somebody answers for it.
create view catalyse.catalyst_reach with (security_barrier) as
	select c.id as catalyst_id,
		case when not coalesce(k.relay, true) then 'refus' when k.confirmed_at is not null or m.held then 'oui' else 'inconnu' end as reach, m.held
	from catalyse.catalyst c
	left join private.catalyst_contact k on k.catalyst_id = c.id
	cross join lateral (select exists (select from private.structure_member s join private.account a on a.id = s.account_id
		where s.structure_id = c.structure_id and s.state = 'active' and a.state = 'actif') as held) m
	where c.state = 'publiee';
revoke insert, update, delete on catalyse.catalyst_reach from catalyse_rw;
comment on view catalyse.catalyst_reach is 'Whether a message can be passed on to a catalyst: oui, refus (wants none), inconnu; held: somebody answers for it';

create table introduction (
	id int generated always as identity primary key,
	catalyst_id int not null references catalyst on delete cascade,
	region_id int references territory, -- of whoever asks when they said where, else of the catalyst
	made_on date not null default current_date,
	last_at timestamptz not null default now(),
	answered_on date, -- the catalyst's side answered
	closed_at timestamptz, -- nothing more is passed on
	name text not null default '' check (length(name) <= 80), -- whoever asks; this and what follows are forgotten
	email text check (length(email) <= 254),
	subject text not null default '' check (length(subject) <= 120),
	place text not null default '' check (length(place) <= 200),
	need text not null default '' check (length(need) <= 200),
	constraint introduction_closed check (email is not null or closed_at is not null)
);
create index introduction_catalyst_idx on introduction (catalyst_id);
create index introduction_region_idx on introduction (region_id);
create index introduction_last_idx on introduction (last_at) where email is not null;

create table introduction_message (
	id int generated always as identity primary key,
	introduction_id int not null references introduction on delete cascade,
	side text not null check (side in ('demande', 'catalyseur')),
	account_id int references contributor, -- a member of the structure
	at timestamptz not null default now(),
	body text not null check (btrim(body) <> '' and length(body) <= 4000)
);
create index introduction_message_idx on introduction_message (introduction_id, id);
create index introduction_message_account_idx on introduction_message (account_id);

create function introduction_region(territory int) returns int language sql stable set search_path to private, catalyse, public as $$
	select t.id from territory_tree x join territory t on t.id = x.ancestor_id
	where x.territory_id = $1 and t.type in ('region', 'collectivite') order by x.depth limit 1
$$;

-- The first words, once the address of whoever asks is known to be theirs.
create function introduction_open(catalyst int, name text, email text, subject text, body text, territory int, need text) returns int language plpgsql
	set search_path to private, catalyse, public as $$
declare
	number int;
begin
	insert into introduction (catalyst_id, region_id, name, email, subject, place, need)
	select c.id, introduction_region(coalesce(introduction_open.territory, c.territory_id)), btrim(introduction_open.name), lower(btrim(introduction_open.email)),
		btrim(introduction_open.subject), coalesce((select t.name from territory t where t.id = introduction_open.territory), ''), coalesce(introduction_open.need, '')
	from catalyse.catalyst c where c.id = introduction_open.catalyst
	returning id into number;
	insert into introduction_message (introduction_id, side, body) values (number, 'demande', introduction_open.body);
	perform journal_add(null, 'mettre_en_relation', 'catalyseur', introduction_open.catalyst, jsonb_build_object('relation', number), '');
	return number;
end
$$;

-- More words from one side. '' when kept, else etat: it is over.
create function introduction_say(introduction int, side text, account int, body text) returns text language plpgsql set search_path to private, catalyse, public as $$
begin
	update introduction i set last_at = now(), answered_on = case when introduction_say.side = 'catalyseur' then coalesce(i.answered_on, current_date) else i.answered_on end
	where i.id = introduction_say.introduction and i.closed_at is null;
	if not found then
		return 'etat';
	end if;
	insert into introduction_message (introduction_id, side, account_id, body) values (introduction, side, account, introduction_say.body);
	return '';
end
$$;

-- What was said, and who asked, goes.
create function introduction_wipe(ids int[]) returns void language sql set search_path to private, catalyse, public as $$
	delete from introduction_message m where m.introduction_id = any ($1);
	update introduction i set name = '', email = null, subject = '', place = '', need = '', closed_at = coalesce(i.closed_at, now()) where i.id = any ($1);
$$;
-- Over, for both: no link of it does anything more. What was said stays readable thirty days.
create function introduction_close(introduction int) returns text language plpgsql set search_path to private, catalyse, public as $$
begin
	update introduction i set closed_at = now(), last_at = now() where i.id = introduction_close.introduction and i.closed_at is null;
	return case when found then '' else 'etat' end;
end
$$;
-- Thirty days after the end, sixty after the last words.
create function introduction_forget() returns int language plpgsql set search_path to private, catalyse, public as $$
declare
	gone int[] := array(select i.id from introduction i where i.email is not null
		and (i.closed_at < now() - interval '30 days' or i.last_at < now() - interval '60 days'));
begin
	perform introduction_wipe(gone);
	return cardinality(gone);
end
$$;

-- How many were put in touch, by month and by région; what counts fewer than five is told together with what has no région, or not at all;
-- the total by fives, so that nothing is told by what is missing.
create view catalyse.introduction_count with (security_barrier) as
	with region as (
		select case when count(*) >= 5 then i.region_id end as region_id, count(*) as n, count(i.answered_on) as answered
		from private.introduction i group by i.region_id
	)
	select 'mois' as part, to_char(i.made_on, 'YYYY-MM') as code, null::int as region_id, count(*)::int as n, count(i.answered_on)::int as answered
	from private.introduction i group by 2 having count(*) >= 5
	union all
	select 'region', coalesce(t.code, ''), r.region_id, sum(r.n)::int, sum(r.answered)::int
	from region r left join catalyse.territory t on t.id = r.region_id group by 2, 3 having sum(r.n) >= 5
	union all
	select 'total', '', null, (count(*) / 5 * 5)::int, (count(i.answered_on) / 5 * 5)::int from private.introduction i having count(*) >= 5;
revoke insert, update, delete on catalyse.introduction_count from catalyse_rw;
comment on view catalyse.introduction_count is 'Introductions made: no content, nothing under five';

insert into personal (relation, position, columns, kept, member, query, erase, why) values
	('private.catalyst_contact', 60, '{email}', '{}', 'catalyseurs_contact',
		'select k.catalyst_id as catalyseur, k.email as adresse from private.catalyst_contact k where k.email = $2',
		'update private.catalyst_contact set email = null, confirmed_at = null where email = $2', 'Where to write for a catalyst: its structure''s members are then written to'),
	('private.introduction', 61, '{name,email,subject,place,need}', '{}', 'messages_aux_catalyseurs',
		'select i.id as numero, i.catalyst_id as catalyseur, i.made_on as le, i.name as nom, i.subject as objet, i.place as territoire, i.need as besoin,
			(select string_agg(m.body, '' / '' order by m.id) from private.introduction_message m where m.introduction_id = i.id and m.side = ''demande'') as texte
			from private.introduction i where i.email = $2 order by i.id',
		'with m as (delete from private.introduction_message m using private.introduction i where i.id = m.introduction_id and i.email = $2)
			update private.introduction set name = '''', email = null, subject = '''', place = '''', need = '''', closed_at = coalesce(closed_at, now()) where email = $2',
		'Messages to catalysts: that there was one, and where, is counted; who and what goes'),
	('private.introduction_message', 62, '{body}', '{}', 'reponses_de_catalyseurs',
		'select m.introduction_id as numero, m.at as le, m.body as texte from private.introduction_message m where m.account_id = $1 order by m.id',
		'update private.introduction_message set body = ''Message effacé avec le compte de la personne qui l’avait écrit.'' where account_id = $1',
		'What they answered for a catalyst');
commit;
