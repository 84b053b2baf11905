-- Deploy catalyse:alert to pg
-- requires: expired
-- Whoever follows a list is told by mail of what is new in it. The list is kept as its canonical address, looked at once whoever follows
-- it; an item and its stamp say what changed since one was last told. docs/design/alertes.md has the rules.
begin;
set local role catalyse_owner;
set local search_path to private, catalyse, public;
set local lock_timeout to '2s';

insert into mail_kind (kind, class, label, reason) values
	('alerte', 'tout', 'Une alerte que j’ai demandée', 'Vous recevez ce courriel parce que cette adresse suit une liste du site, ce que vous avez confirmé.');

create table watch (
	id int generated always as identity primary key,
	query text not null unique check (query ~ '^/[a-z]+(\?|$)' and length(query) <= 2000), -- "/fiches?theme=mobilites&territoire=region:04"
	turn int not null default 0, -- how many times it was looked at
	total int not null default 0, -- items at the last look
	looked_at timestamptz
);
comment on table watch is 'Lists that somebody follows, by their canonical address';

create table watch_item (
	watch_id int not null references watch on delete cascade,
	kind text not null check (kind in ('fiche', 'catalyseur', 'evenement')),
	item_id int not null,
	stamp text not null check (length(stamp) between 1 and 100), -- another one: the item changed
	title text not null check (length(title) <= 500),
	path text not null check (path ~ '^/' and length(path) <= 1000),
	first int not null, -- the look that found it
	turn int not null,  -- the look that found it so
	primary key (watch_id, kind, item_id)
);
create index watch_item_turn_idx on watch_item (watch_id, turn);

create table follower (
	id int generated always as identity primary key,
	email text not null unique check (length(email) <= 254 and email = lower(btrim(email))),
	since timestamptz not null default now()
);
comment on table follower is 'Addresses that confirmed an alert; gone with the last one';

create table alert (
	id int generated always as identity primary key,
	follower_id int not null references follower on delete cascade,
	watch_id int not null references watch,
	label text not null check (btrim(label) <> '' and length(label) <= 300), -- the list in words
	rhythm text not null check (rhythm in ('jour', 'semaine')), -- one mail at most in that time
	paused boolean not null default false,
	turn int not null, -- told up to that look
	empty boolean not null, -- nothing answered when it was asked for, nor since
	since timestamptz not null default now(),
	told_on date, -- in Paris; null: never so far
	unique (follower_id, watch_id)
);
create index alert_watch_idx on alert (watch_id);

create table alert_sent (
	outbox_id bigint primary key references mail_outbox on delete cascade,
	alert_id int not null references alert on delete cascade
);
create index alert_sent_alert_idx on alert_sent (alert_id);
comment on table alert_sent is 'Which alert a mail tells of: what its link of unsubscription ends';

create function alert_due(a alert) returns boolean language sql stable as $$
	select not a.paused and (a.told_on is null
		or a.told_on <= (now() at time zone 'Europe/Paris')::date - case a.rhythm when 'jour' then 1 else 7 end)
$$;

-- The list of that address, made if need be, and held until the end of the transaction: what looks at it waits.
create function watch_hold(address text) returns watch language plpgsql set search_path to private, catalyse, public as $$
declare
	w watch;
begin
	loop
		select * into w from watch x where x.query = watch_hold.address for update;
		if found then
			return w;
		end if;
		insert into watch (query) values (watch_hold.address) on conflict do nothing;
	end loop;
end
$$;

-- What a list holds now. whole: all of it, so that what is no longer there is forgotten, and is new when it comes back. The turn.
create function watch_look(which int, kinds text[], ids int[], stamps text[], titles text[], paths text[], whole boolean) returns int
	language plpgsql set search_path to private, catalyse, public as $$
declare
	now_turn int;
begin
	update watch w set turn = w.turn + 1, looked_at = now(), total = coalesce(cardinality(watch_look.ids), 0)
	where w.id = watch_look.which returning w.turn into now_turn;
	insert into watch_item as i (watch_id, kind, item_id, stamp, title, path, first, turn)
	select watch_look.which, x.k, x.n, x.s, x.t, x.p, now_turn, now_turn from unnest(kinds, ids, stamps, titles, paths) x (k, n, s, t, p)
	on conflict on constraint watch_item_pkey do update set stamp = excluded.stamp, title = excluded.title, path = excluded.path,
		turn = case when i.stamp <> excluded.stamp then excluded.turn else i.turn end
	where (i.stamp, i.title, i.path) is distinct from (excluded.stamp, excluded.title, excluded.path);
	if whole then
		delete from watch_item i where i.watch_id = watch_look.which
			and not exists (select from unnest(kinds, ids) x (k, n) where x.k = i.kind and x.n = i.item_id);
	end if;
	return now_turn;
end
$$;

-- A confirmed alert on a list that has just been looked at; again: its rhythm changes, and it goes on. The number of the address; null: it has thirty.
create function alert_put(address text, which int, label text, rhythm text, turn int, empty boolean) returns int
	language plpgsql set search_path to private, catalyse, public as $$
declare
	who int;
begin
	insert into follower as f (email) values (lower(btrim(address)))
	on conflict on constraint follower_email_key do update set email = excluded.email returning f.id into who;
	if (select count(*) from alert a where a.follower_id = who and a.watch_id <> which) >= 30 then
		return null;
	end if;
	insert into alert as a (follower_id, watch_id, label, rhythm, turn, empty)
	values (who, which, left(alert_put.label, 300), alert_put.rhythm, alert_put.turn, alert_put.empty)
	on conflict on constraint alert_follower_id_watch_id_key do update set rhythm = excluded.rhythm, paused = false, label = excluded.label;
	return who;
end
$$;

-- An address leaves: its alerts, what was written to it about them, what it had asked for.
create function follower_forget(who int) returns void language plpgsql set search_path to private, catalyse, public as $$
declare
	address text;
begin
	delete from follower f where f.id = who returning f.email into address;
	if address is null then
		return;
	end if;
	update mail_outbox m set state = 'annulee', done_at = now() where m.state = 'attente' and m.kind = 'alerte' and m.address_hash = mail_hash(address);
	update mail_outbox m set recipient = null, subject = null, body_text = null, body_html = null, address_hash = mail_hash('')
	where m.done_at is not null and m.account_id is null and m.kind in ('alerte', 'lien') and m.address_hash = mail_hash(address);
	delete from token t where t.purpose = 'alerte' and t.data->>'courriel' = address;
	delete from mail_refusal r where r.kind = 'alerte' and r.address_hash = mail_hash(address);
end
$$;

-- Ends one alert; with the last one goes the address.
create function alert_end(which int) returns void language plpgsql set search_path to private, catalyse, public as $$
declare
	who int;
begin
	update mail_outbox m set state = 'annulee', done_at = now()
	from alert_sent s where s.alert_id = which and m.id = s.outbox_id and m.state = 'attente';
	delete from alert a where a.id = which returning a.follower_id into who;
	if who is not null and not exists (select from alert a where a.follower_id = who) then
		perform follower_forget(who);
	end if;
end
$$;

-- Lists that nobody follows any more. How many.
create function watch_forget() returns int language sql set search_path to private, catalyse, public as $$
	with gone as (
		delete from watch w where w.id in (select x.id from watch x where not exists (select from alert a where a.watch_id = x.id) for update skip locked)
		returning 1
	)
	select count(*)::int from gone
$$;

-- As before, but the link of an alert ends that alert: no refusal is kept, the same address may ask again.
create or replace function mail_unsubscribe(token_hash text, act boolean) returns table (label text, off boolean) language plpgsql as $$
declare
	m private.mail_outbox;
	which int;
begin
	select * into m from private.mail_outbox x where x.unsubscribe_hash = token_hash;
	if not found then
		return;
	end if;
	if m.kind = 'alerte' then
		select s.alert_id into which from private.alert_sent s where s.outbox_id = m.id;
		if which is not null and act then
			perform private.alert_end(which);
		end if;
		return query select coalesce('Alerte : ' || (select a.label from private.alert a where a.id = which), k.label), which is null or act
			from private.mail_kind k where k.kind = m.kind;
		return;
	end if;
	if act and m.kind = 'resume' then
		perform private.mail_prefer(m.account_id, 'attend');
	elsif act then
		insert into private.mail_refusal (account_id, address_hash, kind)
		values (m.account_id, case when m.account_id is null then m.address_hash end, m.kind) on conflict do nothing;
		update private.mail_outbox x set state = 'annulee', done_at = now()
		where x.kind = m.kind and x.state = 'attente' and x.address_hash = m.address_hash and x.account_id is not distinct from m.account_id;
	end if;
	return query select k.label, case when k.kind = 'resume' then coalesce((select p.level from private.mail_preference p
			where p.account_id = m.account_id), 'tout') <> 'resume'
		else exists (select from private.mail_refusal r where r.kind = k.kind
			and (r.account_id = m.account_id or (m.account_id is null and r.address_hash = m.address_hash))) end
	from private.mail_kind k where k.kind = m.kind;
end
$$;

insert into personal (relation, position, columns, kept, member, query, erase, why) values
	('private.follower', 80, '{email}', '{}', 'alertes',
		'select a.label as liste, w.query as adresse, a.rhythm as rythme, a.paused as en_pause, a.since as depuis, a.told_on as dernier_courriel
			from private.follower f join private.alert a on a.follower_id = f.id join private.watch w on w.id = a.watch_id where f.email = $2 order by a.id',
		'select private.follower_forget(f.id) from private.follower f where f.email = $2', 'Lists their address follows: it is kept for that alone'),
	('private.alert', 81, '{}', '{}', null, null, null, 'Which list an address follows: gone with it'),
	('private.alert_sent', 82, '{}', '{}', null, null, null, 'Which alert a mail told of, by number'),
	('private.watch', 83, '{}', '{}', null, null, null, 'Lists that are followed, without anybody'),
	('private.watch_item', 84, '{}', '{}', null, null, null, 'What is public in them');
commit;
