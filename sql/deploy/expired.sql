-- Deploy catalyse:expired to pg
-- requires: structure_life
-- What has had its time goes: links and what was typed for them, sessions, counts of tries, answers kept against a second sending.
begin;
set local role catalyse_owner;
set local search_path to private, catalyse, public;
set local lock_timeout to '2s';

-- How many rows went. A link that is over says so for a month, then it is unknown; a key is answered again for a week.
create function expired_forget() returns int language sql set search_path to private, catalyse, public as $$
	with a as (delete from token t where t.expires_at < now() - interval '30 days' or t.used_at < now() - interval '90 days' returning 1),
	b as (delete from session s where s.expires_at < now() returning 1),
	c as (delete from api_token t where t.expires_at < now() - interval '90 days' returning 1),
	d as (delete from attempt t where t.since < now() - interval '2 days' returning 1),
	e as (delete from submission s where s.created_at < now() - interval '7 days' returning 1),
	-- What a visitor typed waits in the link: it is kept elsewhere once sent, and is nobody's once too old.
	f as (update token t set data = '{}' where t.account_id is null and t.data <> '{}' and t.expires_at between now() - interval '30 days' and now()
		and (t.used_at is null or t.used_at >= now() - interval '90 days') returning 1)
	select ((select count(*) from a) + (select count(*) from b) + (select count(*) from c) + (select count(*) from d) + (select count(*) from e)
		+ (select count(*) from f))::int
$$;
commit;
