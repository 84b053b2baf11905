-- Revert catalyse:unsent from pg
-- As before: who may read a text over reads it as soon as it is begun.
begin;
set local role catalyse_owner;
set local search_path to private, catalyse, public;
set local lock_timeout to '2s';

create or replace function work_rights_on(actor int, sheet int, content jsonb) returns text[] language plpgsql stable set search_path to private, catalyse, public as $$
declare
	w work;
	own text;
	member text;
	rights text[] := '{}';
	rank int;
	boss bool;
	wrote bool;
begin
	select * into w from work where sheet_id = sheet;
	if content is null or actor is null or not exists (select from account where id = actor and state = 'actif') then
		return rights;
	end if;
	if w.sheet_id is null then -- a public sheet nobody has opened yet
		select structure_id into w.structure_id from catalyse.sheet s where s.id = work_rights_on.sheet;
	end if;
	select a.role into own from work_author a where a.sheet_id = sheet and a.account_id = actor;
	select m.role into member from structure_member m where m.structure_id = w.structure_id and m.account_id = actor and m.state = 'active';
	boss := exists (select from account_role r where r.account_id = actor and r.role = 'administrateur');
	wrote := w.created_by is not distinct from actor
		or exists (select from journal j where j.object = 'fiche' and j.object_id = sheet and j.action = 'soumettre' and j.actor_id = actor);
	if own is not null or member is not null then
		rights := rights || array['lire', 'ecrire'];
		if own = 'auteur' or member = 'responsable' then
			rights := rights || 'gerer'::text;
		end if;
	end if;
	rank := work_reviewer_rank(actor, content);
	if rank > 0 and (own is null and member is null and not wrote or boss) then
		rights := rights || array['lire', 'relire'];
		if boss then
			rights := rights || array['gerer', 'ecrire'];
		end if;
	end if;
	return array(select distinct unnest(rights) order by 1);
end
$$;

create or replace function parcours_hands(actor int, work parcours_work) returns text[] language sql stable set search_path to private, catalyse, public as $$
	select array_remove(array[
		case when work.author_id = actor or work.author_id is null and r.editor then 'auteur' end,
		case when r.staff and work.author_id is distinct from actor then 'relecteur' end], null)
	from (select count(*) > 0 as staff, coalesce(bool_or(x.role in ('editeur', 'administrateur')), false) as editor
		from account_role x join account a on a.id = x.account_id where x.account_id = actor and a.state = 'actif') r
$$;
commit;
