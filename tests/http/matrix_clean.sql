-- What matrix.sql made, and what was made of it.
begin;
set local session_replication_role = replica; -- the rubbish of a test: what is kept for ever by triggers too
set local search_path to private, catalyse, public;
create temp table who on commit drop as select id from account where email like 'matrice-%';
create temp table gone on commit drop as select sheet_id as id from work where created_by in (select id from who) or origin_key like 'matrice:%';
create temp table house on commit drop as select id from structure where ref like 'matrice-%';
create temp table place on commit drop as select id from catalyst where ref like 'matrice-%';
create temp table day on commit drop as select id from event where ref like 'matrice-%';
-- Whatever names one of those.
do $$
declare
	t record;
begin
	for t in select f.conrelid::regclass as name, a.attname as col, case f.confrelid when 'account'::regclass then 'who' when 'contributor'::regclass then 'who' when 'work'::regclass then 'gone'
			when 'catalyse.sheet'::regclass then 'gone' when 'structure'::regclass then 'house' when 'catalyst'::regclass then 'place' when 'event'::regclass then 'day' end as whose
		from pg_constraint f join pg_attribute a on a.attrelid = f.conrelid and a.attnum = f.conkey[1]
		where f.contype = 'f' and f.confrelid in ('account'::regclass, 'contributor'::regclass, 'work'::regclass, 'catalyse.sheet'::regclass, 'structure'::regclass, 'catalyst'::regclass, 'event'::regclass)
			and f.conrelid not in ('account'::regclass, 'catalyse.sheet'::regclass, 'journal'::regclass) loop
		execute format('delete from %s where %I in (select id from %I)', t.name, t.col, t.whose);
	end loop;
end
$$;
delete from introduction_message m where not exists (select from introduction i where i.id = m.introduction_id);
delete from shelf_item i where not exists (select from shelf s where s.id = i.shelf_id);
delete from workshop_note n where not exists (select from workshop w where w.id = n.workshop_id);
delete from token where sheet_id in (select id from gone) or data::text like '%@exemple.example%' or purpose in ('echange', 'rendez_vous') and expires_at < now() + interval '2 hours';
delete from follower where email like 'matrice-%';
delete from alert a where not exists (select from follower f where f.id = a.follower_id);
delete from watch w where query like '%matrice%';
delete from catalyst_area where catalyst_id in (select id from place);
delete from sheet_index where sheet_id in (select id from gone);
delete from sheet_record where sheet_id in (select id from gone);
delete from catalyst_words where catalyst_id in (select id from place);
delete from catalyst where id in (select id from place);
delete from event where id in (select id from day);
delete from structure where id in (select id from house);
delete from work where sheet_id in (select id from gone);
delete from sheet where id in (select id from gone);
delete from account where id in (select id from who);
delete from contributor where id in (select id from who);
commit;
