-- Deploy catalyse:search_miss to pg
-- requires: territories vocabulary
-- Searches that found nothing, or little, counted by day, words or theme, and département at the finest. No address, no hour, no
-- visitor. What was counted cannot be read, by the program or by its readers: only search_miss_frequent can, from five on.
begin;
set local role catalyse_owner;
create schema catalyse_private authorization catalyse_owner;
set local search_path to catalyse, public;
set local lock_timeout to '2s';

create table catalyse_private.search_miss (
	day date not null default current_date,
	about text not null check (about in ('words', 'theme', 'place', 'withheld')),
	subject text not null check (case about
		when 'words' then subject ~ '^[a-z]{1,25}( [a-z]{1,25}){0,3}$'
		when 'theme' then subject ~ '^[a-z0-9]+(-[a-z0-9]+)*$'
		else subject = '' end),
	place text not null check (place ~ '^((departement|region|collectivite):[0-9AB]{2,3})?$'), -- as asked, never where the visitor is
	outcome text not null check (outcome in ('none', 'few')),
	n int not null default 1 check (n > 0),
	primary key (day, about, subject, place, outcome)
);
comment on table catalyse_private.search_miss is 'Daily counters of searches without answer; withheld: the words looked personal and were dropped';

-- Five in ninety days, on two days at least; counts are rounded down to a multiple of five, so that one search more is not seen.
create view search_miss_frequent with (security_barrier) as
select m.about, m.subject, w.id as territory_id, m.outcome, (sum(m.n) / 5 * 5)::int as at_least
from catalyse_private.search_miss m
join territory t on (t.type, t.code) = (case when m.place = '' then 'pays' else split_part(m.place, ':', 1) end,
	case when m.place = '' then 'FR' else split_part(m.place, ':', 2) end)
join territory_tree tt on tt.territory_id = t.id
join territory w on w.id = tt.ancestor_id
where m.day > current_date - 90 and m.about <> 'withheld'
group by m.about, m.subject, w.id, m.outcome
having sum(m.n) >= 5 and count(distinct m.day) >= 2;
comment on view search_miss_frequent is 'What was looked for in vain five times or more, by territory and all that contain it: the base of /besoins';

-- What stayed rare for thirty days is erased, and everything after four hundred.
create function search_miss_purge() returns void language sql security definer set search_path to catalyse, public as $$
	delete from catalyse_private.search_miss m using (
		-- one sort for all, and not a search a row: it runs within a visitor's count
		select day, about, subject, place, outcome, sum(n) over (partition by about, subject order by day
			range between interval '89 days' preceding and unbounded following) as near
		from catalyse_private.search_miss
	) s
	where (m.day, m.about, m.subject, m.place, m.outcome) = (s.day, s.about, s.subject, s.place, s.outcome)
		and (m.day < current_date - 400 or m.day < current_date - 30 and s.near < 5);
$$;

-- One search more. asked is any territory ("commune:97410"): its département is counted, or its région, or none.
create function search_miss_note(about text, subject text, asked text, outcome text) returns void
	language plpgsql security definer set search_path to catalyse, public as $$
declare
	known text;
	first_of_day boolean;
begin
	select case when count(*) filter (where w.type <> 'region') = 1
			then max(w.type || ':' || w.code) filter (where w.type <> 'region')
		when count(*) filter (where w.type = 'region') = 1 then max(w.type || ':' || w.code) filter (where w.type = 'region') end
	into known
	from territory t join territory_tree tt on tt.territory_id = t.id join territory w on w.id = tt.ancestor_id
	where (t.type, t.code) = (split_part(asked, ':', 1), split_part(asked, ':', 2))
		and w.type in ('departement', 'region', 'collectivite');
	if about = 'theme' and not exists (select from term where scheme = 'theme' and code = subject) then
		return;
	end if;
	-- Nobody fills the table: past this many different counters in a day, words are not kept.
	if about = 'words' and (select count(*) from catalyse_private.search_miss m where m.day = current_date) >= 5000 then
		about := 'withheld';
		subject := '';
	end if;
	first_of_day := not exists (select from catalyse_private.search_miss m where m.day = current_date);
	insert into catalyse_private.search_miss as m (about, subject, place, outcome)
	values (about, subject, coalesce(known, ''), outcome)
	on conflict on constraint search_miss_pkey do update set n = m.n + 1;
	if first_of_day then
		perform search_miss_purge();
	end if;
end
$$;
revoke execute on function search_miss_note(text, text, text, text), search_miss_purge() from public;
grant execute on function search_miss_note(text, text, text, text) to catalyse_rw;
commit;
