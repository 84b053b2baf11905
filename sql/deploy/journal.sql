-- Deploy catalyse:journal to pg
-- requires: accounts
-- Every decision, by whom and why, for ever. A line names people by their number only. Lines are written by journal_add() and
-- sealed at commit, each over the one before: what is changed, taken out or put in between is seen by journal_broken().
begin;
set local role catalyse_owner;
set local search_path to private, catalyse, public;
set local lock_timeout to '2s';

create table journal (
	id bigint generated always as identity primary key,
	at timestamptz not null default now(),
	actor_id int references contributor, -- null: the platform itself, or a visitor without account
	action text not null check (action ~ '^[a-z_]+$'),
	object text not null check (object ~ '^[a-z_]+$'),
	object_id bigint,
	detail jsonb not null default '{}',
	reason text not null default ''
);
create index journal_object_idx on journal (object, object_id, id);
create index journal_actor_idx on journal (actor_id);
create table journal_seal (
	position bigint primary key,
	journal_id bigint not null unique references journal,
	hash text not null check (hash ~ '^[0-9a-f]{64}$')
);
revoke insert, update, delete on journal, journal_seal from catalyse_rw;

create function journal_hash(before text, line journal) returns text language sql immutable as $$
	select encode(sha256(convert_to(coalesce(before, '') || chr(10) || jsonb_build_array(line.id, extract(epoch from line.at), line.actor_id, line.action,
		line.object, line.object_id, line.detail, line.reason)::text, 'UTF8')), 'hex')
$$;
-- Deferred, so that the one who seals holds the others up only while committing.
create function journal_seal_add() returns trigger language plpgsql security definer set search_path to private, catalyse, public as $$
declare
	last journal_seal;
begin
	perform pg_advisory_xact_lock(hashtext('catalyse.journal'));
	select * into last from journal_seal order by position desc limit 1;
	insert into journal_seal values (coalesce(last.position, 0) + 1, new.id, journal_hash(last.hash, new));
	return null;
end
$$;
create constraint trigger journal_seal after insert on journal deferrable initially deferred for each row execute function journal_seal_add();
create function journal_keep() returns trigger language plpgsql as $$
begin
	raise exception 'the journal is kept as it was written' using errcode = 'check_violation', constraint = 'journal_kept';
end
$$;
create trigger journal_keep before update or delete or truncate on journal for each statement execute function journal_keep();
create trigger journal_keep before update or delete or truncate on journal_seal for each statement execute function journal_keep();

create function journal_add(actor int, action text, object text, object_id bigint, detail jsonb, reason text) returns bigint
	language sql security definer set search_path to private, catalyse, public as $$
	insert into journal (actor_id, action, object, object_id, detail, reason)
	values ($1, $2, $3, $4, coalesce($5, '{}'), coalesce($6, '')) returning id
$$;
-- The first line whose seal does not hold, or that has none; null: the journal is whole.
create function journal_broken() returns bigint language sql stable set search_path to private, catalyse, public as $$
	select min(id) from (
		select j.id from journal j left join journal_seal s on s.journal_id = j.id where s.journal_id is null
		union all
		select s.journal_id from (select s.*, lag(hash) over (order by position) as before, row_number() over (order by position) as n from journal_seal s) s
		left join journal j on j.id = s.journal_id
		where j.id is null or s.position <> s.n or s.hash <> journal_hash(s.before, j)
	) b
$$;
commit;
