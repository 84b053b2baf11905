-- Deploy catalyse:work_hands to pg
-- requires: work_rights_unopened
-- Who began a text, or sent it to be read over, is not who reads it over, even once it was handed to somebody else.
begin;
set local role catalyse_owner;
set local search_path to private, catalyse, public;
set local lock_timeout to '2s';

create or replace function work_rights(actor int, sheet int) returns text[] language plpgsql stable set search_path to private, catalyse, public as $$
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
	if actor is null or not exists (select from account where id = actor and state = 'actif') then
		return rights;
	end if;
	if w.sheet_id is null then -- a public sheet nobody has opened yet
		w.content := work_content_of(sheet);
		select structure_id into w.structure_id from catalyse.sheet s where s.id = work_rights.sheet;
		if w.content is null then
			return rights;
		end if;
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
	rank := work_reviewer_rank(actor, w.content);
	if rank > 0 and (own is null and member is null and not wrote or boss) then
		rights := rights || array['lire', 'relire'];
		if boss then
			rights := rights || array['gerer', 'ecrire'];
		end if;
	end if;
	return array(select distinct unnest(rights) order by 1);
end
$$;
commit;
