-- Deploy catalyse:mail to pg
-- requires: accounts
-- The mail that leaves: queued in the transaction that causes it, sent by `catalyse mail`. docs/design/courriels.md has the rules:
-- nothing is lost, nothing is sent twice, nobody gets what she switched off, and what was said is forgotten.
begin;
set local role catalyse_owner;
set local search_path to private, catalyse, public;
set local lock_timeout to '2s';

create table mail_kind (
	kind text primary key check (kind ~ '^[a-z]+(_[a-z]+)*$'),
	class text not null check (class in ('service', 'attend', 'tout')), -- service: cannot be switched off
	label text not null,  -- what it is, in a list of preferences
	reason text not null  -- ends the mail: why one receives it
);
comment on table mail_kind is 'Kinds of mail: service (asked for at once, or owed), attend (something awaits its reader), tout (news)';
insert into mail_kind (kind, class, label, reason) values
	('inscription', 'service', 'Confirmation d’une adresse', 'Vous recevez ce courriel parce que cette adresse vient d’être donnée à l’inscription.'),
	('mot_de_passe', 'service', 'Nouveau mot de passe', 'Vous recevez ce courriel parce qu’un nouveau mot de passe a été demandé pour cette adresse.'),
	('adresse', 'service', 'Changement d’adresse', 'Vous recevez ce courriel parce que l’adresse d’un compte change.'),
	('securite', 'service', 'Sécurité du compte', 'Vous recevez ce courriel parce que la protection de votre compte a changé.'),
	('suppression', 'service', 'Suppression du compte', 'Vous recevez ce courriel parce que vous avez demandé la suppression de votre compte.'),
	('lien', 'service', 'Lien demandé', 'Vous recevez ce courriel parce que ce lien vient d’être demandé pour cette adresse.'),
	('retrait', 'service', 'Retrait d’une fiche', 'Vous recevez ce courriel parce qu’une décision touche une fiche que vous avez signée.'),
	('essai', 'service', 'Essai', 'Vous recevez ce courriel parce que l’exploitant du site essaie l’envoi.'),
	('relecture', 'attend', 'Une fiche attend ma relecture', 'Vous recevez ce courriel parce que vous relisez les fiches de ce territoire ou de ce thème.'),
	('modifications', 'attend', 'Des modifications me sont demandées', 'Vous recevez ce courriel parce qu’une fiche que vous écrivez attend votre réponse.'),
	('suggestion', 'attend', 'Une suggestion attend ma réponse', 'Vous recevez ce courriel parce que vous tenez cette fiche.'),
	('invitation', 'attend', 'Une invitation m’attend', 'Vous recevez ce courriel parce que quelqu’un vous invite à écrire, à relire ou à rejoindre une structure.'),
	('structure', 'attend', 'Une demande attend ma structure', 'Vous recevez ce courriel parce que vous répondez d’une structure.'),
	('fraicheur', 'attend', 'Une de mes fiches est à vérifier', 'Vous recevez ce courriel parce que vous tenez une fiche qui n’a pas été vérifiée depuis longtemps.'),
	('signalement', 'attend', 'Un signalement attend ma réponse', 'Vous recevez ce courriel parce que vous répondez du contenu de ce territoire ou de ce thème.'),
	('decision', 'tout', 'Ce que deviennent mes fiches', 'Vous recevez ce courriel parce que vous avez signé cette fiche.'),
	('commentaire', 'tout', 'Un commentaire sur une de mes fiches', 'Vous recevez ce courriel parce que vous suivez cette fiche.'),
	('adoption', 'tout', 'Une de mes fiches est reprise ailleurs', 'Vous recevez ce courriel parce que vous avez signé cette fiche.'),
	('resume', 'tout', 'Le résumé du jour', 'Vous recevez ce courriel parce que vous avez choisi un résumé par jour.');

create table mail_preference (
	account_id int primary key references account on delete cascade,
	level text not null check (level in ('aucun', 'attend', 'tout', 'resume')) -- resume: all, but the news once a day
);
comment on table mail_preference is 'What an account wants to receive; no row: tout';

-- One kind switched off, by an account or, without one, by an address: its SHA-256 once lowered and trimmed.
create table mail_refusal (
	account_id int references account on delete cascade,
	address_hash text check (address_hash ~ '^[0-9a-f]{64}$'),
	kind text not null references mail_kind,
	since timestamptz not null default now(),
	check (num_nonnulls(account_id, address_hash) = 1)
);
create unique index mail_refusal_account_idx on mail_refusal (account_id, kind) where account_id is not null;
create unique index mail_refusal_address_idx on mail_refusal (address_hash, kind) where address_hash is not null;
create index mail_refusal_kind_idx on mail_refusal (kind);
create index mail_refusal_owner_idx on mail_refusal (account_id);

create table mail_address (
	hash text primary key check (hash ~ '^[0-9a-f]{64}$'),
	bounces int not null default 0 check (bounces >= 0),
	last_at timestamptz not null default now(),
	hard_since timestamptz, -- nothing is sent there for a while; null: not so far
	reason text not null default ''
);
comment on table mail_address is 'Addresses from which mail came back';

create table mail_outbox (
	id bigint generated always as identity primary key,
	message_key text not null default substr(replace(gen_random_uuid()::text, '-', ''), 1, 20) check (message_key ~ '^[0-9a-f]{20}$'),
	recipient text, -- and what follows, null: forgotten
	subject text,
	body_text text,
	body_html text, -- a fragment, made by src/mail/letter.c
	address_hash text not null check (address_hash ~ '^[0-9a-f]{64}$'),
	account_id int references account on delete cascade,
	kind text not null references mail_kind,
	priority smallint not null check (priority between 0 and 2),
	digest boolean not null default false, -- held for the mail of the day
	digest_id bigint references mail_outbox on delete set null, -- the mail of the day that carries it
	state text not null default 'attente'
		check (state in ('attente', 'envoi', 'envoyee', 'incertain', 'rebond', 'echec', 'annulee', 'groupee')),
	attempts smallint not null default 0, -- those the server saw
	claim int not null default 0, -- grows each time a sender takes it: an older one may do nothing more
	created_at timestamptz not null default now(),
	not_before timestamptz not null default now(),
	leased_until timestamptz, -- while in envoi
	end_at timestamptz, -- when the sender was about to say the final dot
	done_at timestamptz, -- when it reached its last state
	last_error text,
	unsubscribe_hash text unique check (unsubscribe_hash ~ '^[0-9a-f]{64}$'),
	check (state not in ('attente', 'envoi') or num_nulls(recipient, subject, body_text, body_html) = 0),
	check ((state = 'envoi') = (leased_until is not null)),
	check (length(recipient) <= 254 and length(subject) <= 300 and length(body_text) <= 400000 and length(body_html) <= 800000)
);
comment on table mail_outbox is 'The mail to send and sent; envoi: a sender has it; incertain: the final dot was said, its answer was not heard';
create index mail_outbox_due_idx on mail_outbox (priority, not_before, id) where state = 'attente' and not digest;
create index mail_outbox_held_idx on mail_outbox (account_id, created_at) where state = 'attente' and digest;
create index mail_outbox_lease_idx on mail_outbox (leased_until) where state = 'envoi';
create index mail_outbox_done_idx on mail_outbox (done_at) where recipient is not null;
create index mail_outbox_address_idx on mail_outbox (address_hash);
create index mail_outbox_account_idx on mail_outbox (account_id);
create index mail_outbox_kind_idx on mail_outbox (kind);
create index mail_outbox_digest_idx on mail_outbox (digest_id);
create index mail_outbox_created_idx on mail_outbox (created_at);

create function mail_hash(address text) returns text language sql stable strict as $$
	select encode(sha256(convert_to(lower(btrim(address)), 'UTF8')), 'hex')
$$;

-- The one way in: queues a mail in the caller's transaction. Null: not wanted there, or the address sends mail back. The subject
-- and the bodies are as src/mail/letter.c makes them. Error 22023: no such kind, or nothing like an address.
create function mail_put(recipient text, account int, kind text, subject text, body_text text, body_html text, not_before timestamptz default null)
	returns bigint language plpgsql as $$
declare
	k private.mail_kind;
	address text := lower(btrim(mail_put.recipient));
	hashed text;
	level text;
	ret bigint;
begin
	select * into k from private.mail_kind x where x.kind = mail_put.kind;
	if not found then
		raise exception 'no kind of mail "%"', mail_put.kind using errcode = '22023';
	end if;
	if address is null or length(address) > 254 or address !~ '^[a-z0-9!#$%&''*+/=?^_`{|}~.-]{1,64}@[a-z0-9-]+(\.[a-z0-9-]+)+$' then
		raise exception 'not an address to write to' using errcode = '22023';
	end if;
	hashed := private.mail_hash(address);
	-- An address is tried again after a while: a day for what its owner asks for, three months for the rest.
	if exists (select from private.mail_address a where a.hash = hashed
		and a.hard_since > now() - case k.class when 'service' then interval '1 day' else interval '90 days' end) then
		return null;
	end if;
	if k.class <> 'service' then
		select p.level into level from private.mail_preference p where p.account_id = mail_put.account;
		level := coalesce(level, 'tout');
		if level = 'aucun' or (level = 'attend' and k.class = 'tout') or exists (select from private.mail_refusal r
			where r.kind = k.kind and (r.account_id = mail_put.account or r.address_hash = hashed)) then
			return null;
		end if;
	end if;
	insert into private.mail_outbox (recipient, subject, body_text, body_html, address_hash, account_id, kind, priority, digest, not_before)
	values (address, left(btrim(regexp_replace(mail_put.subject, '[[:cntrl:][:space:]]+', ' ', 'g')), 300), mail_put.body_text, mail_put.body_html, hashed,
		mail_put.account, k.kind, case k.class when 'service' then 0 when 'attend' then 1 else 2 end,
		k.class = 'tout' and level = 'resume', coalesce(mail_put.not_before, now()))
	returning id into ret;
	return ret;
end
$$;

-- 1 minute, 5 minutes, 30 minutes, 2 hours, 12 hours; null: enough.
create function mail_wait(attempts int) returns interval language sql immutable as $$
	select (array[interval '1 minute', '5 minutes', '30 minutes', '2 hours', '12 hours'])[attempts]
$$;

-- Just before the final dot: true when this sender still has the mail. From here on, it is not sent again unless refused.
create function mail_end(mail bigint, claimed int) returns boolean language plpgsql as $$
begin
	update private.mail_outbox m set end_at = now()
	where m.id = mail and m.claim = claimed and m.state = 'envoi' and m.leased_until > now();
	return found;
end
$$;

create function mail_mark_address(hash text, hard boolean, why text) returns void language plpgsql as $$
declare
	blocked boolean;
begin
	insert into private.mail_address as a (hash, bounces, hard_since, reason)
	values (mail_mark_address.hash, 1, case when hard then now() end, left(why, 300))
	on conflict on constraint mail_address_pkey do update set
		bounces = case when a.last_at < now() - interval '90 days' then 1 else a.bounces + 1 end,
		last_at = now(), reason = excluded.reason,
		-- three times full or out of reach is as good as gone
		hard_since = case when hard or (a.bounces >= 2 and a.last_at > now() - interval '90 days') then now() else a.hard_since end
	returning a.hard_since is not null into blocked;
	if blocked then
		update private.mail_outbox m set state = 'annulee', done_at = now(), last_error = 'adresse en rebond'
		where m.address_hash = mail_mark_address.hash and m.state = 'attente';
	end if;
end
$$;

-- What became of an attempt. outcome: envoyee, plus_tard, injoignable (the server, not the mail), rebond, refusee, incertain.
-- The state it is in now; null: this sender had lost it.
create function mail_done(mail bigint, claimed int, outcome text, said text, bad_address boolean) returns text language plpgsql as $$
declare
	m private.mail_outbox;
	tries int;
	becomes text;
begin
	select * into m from private.mail_outbox x where x.id = mail and x.claim = claimed and x.state in ('envoi', 'incertain') for update;
	if not found then
		return null;
	end if;
	tries := m.attempts + (outcome <> 'injoignable')::int;
	becomes := case outcome when 'envoyee' then 'envoyee' when 'incertain' then 'incertain' when 'rebond' then 'rebond' when 'refusee' then 'echec'
		when 'injoignable' then 'attente' when 'plus_tard' then case when private.mail_wait(tries) is null then 'echec' else 'attente' end end;
	update private.mail_outbox x set state = becomes, attempts = tries, leased_until = null, last_error = nullif(left(said, 300), ''),
		not_before = case when outcome = 'plus_tard' and becomes = 'attente' then now() + private.mail_wait(tries) else x.not_before end,
		end_at = case when becomes = 'attente' then null else x.end_at end,
		done_at = case when becomes = 'attente' then null else now() end
	where x.id = m.id;
	if outcome = 'rebond' then
		perform private.mail_mark_address(m.address_hash, bad_address, said);
	end if;
	return becomes;
end
$$;

-- Mails whose sender is gone: before the final dot, they wait for another; after it, nobody knows. How many.
create function mail_lapsed() returns int language plpgsql as $$
declare
	n int;
begin
	update private.mail_outbox m set state = t.next, attempts = m.attempts + 1, leased_until = null, last_error = t.why,
		not_before = case when t.next = 'attente' then now() + private.mail_wait(m.attempts + 1) else m.not_before end,
		done_at = case when t.next = 'attente' then null else now() end
	from (
		select l.id, case when l.end_at is not null then 'incertain' when private.mail_wait(l.attempts + 1) is null then 'echec' else 'attente' end as next,
			case when l.end_at is null then 'envoi interrompu avant la fin' else 'envoi interrompu au point final' end as why
		from private.mail_outbox l where l.state = 'envoi' and l.leased_until < now() for update skip locked
	) t
	where m.id = t.id;
	get diagnostics n = row_count;
	return n;
end
$$;

-- A mail that came back, by the number and the key it carried. True when it is one of ours that had left.
create function mail_bounce(mail bigint, key text, hard boolean, why text) returns boolean language plpgsql as $$
declare
	hash text;
begin
	update private.mail_outbox m set state = 'rebond', done_at = now(), leased_until = null, last_error = left(why, 300)
	where m.id = mail and m.message_key = key and m.state in ('envoi', 'envoyee', 'incertain')
	returning m.address_hash into hash;
	if hash is null then
		return false;
	end if;
	perform private.mail_mark_address(hash, hard, why);
	return true;
end
$$;

create function mail_escape(t text) returns text language sql immutable strict as $$
	select replace(replace(replace(t, '&', '&amp;'), '<', '&lt;'), '>', '&gt;')
$$;

-- The mail of the day of those who chose it: what was held before the last 5:00 UTC, in one. How many were made.
create function mail_digest() returns int language plpgsql as $$
declare
	bound timestamptz := date_trunc('day', now() - interval '5 hours', 'UTC') + interval '5 hours';
	a record;
	made bigint;
	n int := 0;
begin
	for a in
		with held as (
			select m.id, m.account_id, m.recipient, m.subject, m.body_text, m.body_html, m.address_hash,
				row_number() over (partition by m.account_id order by m.id) as place
			from private.mail_outbox m where m.state = 'attente' and m.digest and m.created_at < bound and m.not_before <= now()
		)
		select h.account_id, array_agg(h.id) as ids, count(*) as total, (array_agg(h.recipient order by h.id desc))[1] as recipient,
			(array_agg(h.address_hash order by h.id desc))[1] as hash,
			string_agg(h.subject || E'\n\n' || h.body_text, E'\n* * *\n\n' order by h.id) filter (where h.place <= 50) as body_text,
			string_agg('<h2 style="margin:24px 0 8px;font-family:Arial,sans-serif;font-size:18px">' || private.mail_escape(h.subject) || E'</h2>\n'
				|| h.body_html, '' order by h.id) filter (where h.place <= 50) as body_html
		from held h group by h.account_id
	loop
		insert into private.mail_outbox (recipient, subject, body_text, body_html, address_hash, account_id, kind, priority)
		values (a.recipient, case a.total when 1 then 'Votre résumé du jour : une nouvelle' else 'Votre résumé du jour : ' || a.total || ' nouvelles' end,
			left(a.body_text, 300000) || case when a.total > 50 then E'\nEt ' || a.total - 50 || E' autres, sur le site.\n' else '' end,
			a.body_html || case when a.total > 50 then '<p>Et ' || a.total - 50 || E' autres, sur le site.</p>\n' else '' end,
			a.hash, a.account_id, 'resume', 2)
		returning id into made;
		update private.mail_outbox m set state = 'groupee', done_at = now(), digest_id = made where m.id = any (a.ids);
		n := n + 1;
	end loop;
	return n;
end
$$;

-- What an account wants from now on; what waits is cancelled or let go accordingly.
create function mail_prefer(account int, wanted text) returns void language plpgsql as $$
begin
	insert into private.mail_preference (account_id, level) values (account, wanted)
	on conflict on constraint mail_preference_pkey do update set level = excluded.level;
	update private.mail_outbox m set state = 'annulee', done_at = now()
	where m.account_id = account and m.state = 'attente'
		and m.priority > case wanted when 'aucun' then 0 when 'attend' then 1 else 2 end;
	update private.mail_outbox m set digest = wanted = 'resume'
	where m.account_id = account and m.state = 'attente' and m.priority = 2 and m.kind <> 'resume';
end
$$;

-- The mail a link of unsubscription came in: its kind, and whether it is off; with act, switches it off and cancels what waits.
create function mail_unsubscribe(token_hash text, act boolean) returns table (label text, off boolean) language plpgsql as $$
declare
	m private.mail_outbox;
begin
	select * into m from private.mail_outbox x where x.unsubscribe_hash = token_hash;
	if not found then
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

-- Texts, subjects and addresses of what is over since that many days; after four hundred, the rows themselves. How many were wiped.
create function mail_forget(days int) returns int language plpgsql as $$
declare
	n int;
begin
	update private.mail_outbox m set recipient = null, subject = null, body_text = null, body_html = null
	where m.recipient is not null and m.done_at < now() - make_interval(days => days);
	get diagnostics n = row_count;
	delete from private.mail_outbox m where m.created_at < now() - interval '400 days' and m.state not in ('attente', 'envoi');
	delete from private.mail_address a where a.last_at < now() - interval '400 days';
	return n;
end
$$;

-- Everything the queue knows of an account and its address; before the mail that says goodbye is put, without the account.
create function mail_erase(account int) returns void language plpgsql as $$
begin
	delete from private.mail_address a where a.hash in (select m.address_hash from private.mail_outbox m where m.account_id = account);
	delete from private.mail_outbox m where m.account_id = account;
	delete from private.mail_refusal r where r.account_id = account;
	delete from private.mail_preference p where p.account_id = account;
end
$$;
commit;
