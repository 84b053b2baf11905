-- Revert catalyse:needs from pg
begin;
set local search_path to private, catalyse, public;
drop trigger resource_checked on link_check;
drop function resource_checked(), theme_odds_set(int, text, text[]), site_text_save(int, int, jsonb), resource_save(int, int, jsonb);
create or replace function link_collect() returns int language plpgsql set search_path to private, catalyse, public as $$
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
drop trigger term_link_follow on catalyse.term;
drop function catalyse.term_link_follow();
drop table catalyse.site_text, catalyse.resource_term, catalyse.resource, catalyse.resource_kind, catalyse.term_link;
commit;
