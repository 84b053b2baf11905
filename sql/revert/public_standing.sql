-- Revert catalyse:public_standing from pg
begin;
set local role catalyse_owner;
set local search_path to private, catalyse, public;
create or replace function sheet_move(actor int, sheet int, wanted text, why text, target int) returns text language plpgsql
	set search_path to private, catalyse, public as $$
declare
	x catalyse.sheet;
	s step;
	rights text[];
	role text[] := '{}';
begin
	select * into x from catalyse.sheet where id = sheet_move.sheet for update;
	if not found then
		return 'introuvable';
	end if;
	rights := work_rights(actor, sheet);
	if not 'lire' = any (rights) then
		return 'introuvable';
	end if;
	if 'ecrire' = any (rights) then role := role || 'auteur'::text; end if;
	if 'relire' = any (rights) then role := role || 'relecteur'::text; end if;
	select * into s from step where machine = 'publication' and before = x.state and act = wanted;
	if not found or wanted = 'publier' then
		return 'etat';
	end if;
	if not s.who && role then
		return 'interdit';
	end if;
	if s.reasoned and length(btrim(coalesce(why, ''))) < 3 then
		return 'motif';
	end if;
	if wanted = 'fusionner' and (target is null or target = sheet or not exists (select from catalyse.sheet o where o.id = target
			and o.state in ('publiee', 'a_actualiser', 'archivee'))) then
		return 'cible';
	end if;
	update catalyse.sheet o set state = s.after,
		withdrawn_reason = case when s.after = 'retiree' then left(btrim(why), 1000) end,
		merged_into = case when s.after = 'fusionnee' then target end,
		verified_on = case when s.act = 'verifier' then current_date else o.verified_on end,
		verified_by = case when s.act = 'verifier' then case when 'relecteur' = any (role) then 'relecture' else 'auteur' end else o.verified_by end
	where o.id = sheet_move.sheet;
	if s.act = 'retablir' then
		update review_message m set settled_at = now() where m.sheet_id = sheet_move.sheet and m.kind = 'appel' and m.settled_at is null;
	end if;
	perform journal_add(actor, s.act, 'fiche', sheet, jsonb_strip_nulls(jsonb_build_object('machine', 'publication', 'avant', s.before, 'apres', s.after,
		'cible', case when s.act = 'fusionner' then target end)), why);
	return '';
end
$$;

create or replace function attachment_follow() returns trigger language plpgsql security definer set search_path to private, catalyse, public as $$
begin
	if old.state = 'en_relecture' then
		update attachment set blob = null, small = null, removed_at = now(), leaving = false
		where sheet_id = new.sheet_id and removed_at is null and leaving;
		update attachment set published_at = now() where sheet_id = new.sheet_id and removed_at is null and published_at is null;
	else
		update attachment set blob = null, small = null, removed_at = now()
		where sheet_id = new.sheet_id and removed_at is null and published_at is null;
		update attachment set leaving = false where sheet_id = new.sheet_id and removed_at is null and leaving;
	end if;
	return null;
end
$$;

create or replace function attachment_add(actor int, sheet int, name text, label text, alt text, type text, bytes bytea, sum text,
	small bytea, small_sum text, width int, height int, out id int, out refused text) language plpgsql
	set search_path to private, catalyse, public as $$
#variable_conflict use_column
begin
	refused := attachment_right(actor, sheet);
	if refused <> '' then
		return;
	end if;
	perform from work where sheet_id = sheet for share; -- not sent for review meanwhile
	select a.id into attachment_add.id from attachment a where a.sheet_id = sheet and a.blob = sum and a.removed_at is null and not a.leaving;
	if found then
		return;
	end if;
	refused := attachment_excess(sheet, actor, length(attachment_add.bytes), null);
	if refused <> '' then
		return;
	end if;
	update attachment a set leaving = false, label = attachment_add.label, alt = attachment_add.alt
	where a.sheet_id = sheet and a.blob = sum and a.removed_at is null returning a.id into attachment_add.id;
	if found then
		return;
	end if;
	insert into attachment_blob (sha256, bytes, type) values (sum, attachment_add.bytes, attachment_add.type) on conflict (sha256) do nothing;
	if attachment_add.small is not null then
		insert into attachment_blob (sha256, bytes, type) values (small_sum, attachment_add.small, attachment_add.type) on conflict (sha256) do nothing;
	end if;
	insert into attachment as a (sheet_id, blob, small, name, label, alt, position, width, height, added_by)
	values (sheet, sum, case when attachment_add.small is not null then small_sum end, attachment_add.name, attachment_add.label, attachment_add.alt,
		(select coalesce(max(x.position), 0) + 1 from attachment x where x.sheet_id = sheet), attachment_add.width, attachment_add.height, actor)
	returning a.id into attachment_add.id;
end
$$;

create or replace function attachment_describe(actor int, file int, label text, alt text) returns text language plpgsql
	set search_path to private, catalyse, public as $$
declare
	a attachment;
	refused text;
begin
	select * into a from attachment where id = file and removed_at is null for update;
	if not found then
		return 'introuvable';
	end if;
	refused := attachment_right(actor, a.sheet_id);
	if refused = '' then
		update attachment x set label = attachment_describe.label, alt = attachment_describe.alt where x.id = file;
	end if;
	return refused;
end
$$;
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

create or replace function review_uphold(actor int, sheet int, why text) returns text language plpgsql set search_path to private, catalyse, public as $$
begin
	if not 'lire' = any (work_rights(actor, sheet)) then
		return 'introuvable';
	end if;
	if not 'relire' = any (work_rights(actor, sheet)) or review_withdrawer(sheet) = actor then
		return 'interdit';
	end if;
	if length(btrim(coalesce(why, ''))) < 3 then
		return 'motif';
	end if;
	update review_message m set settled_at = now() where m.sheet_id = sheet and m.kind = 'appel' and m.settled_at is null
		and exists (select from catalyse.sheet s where s.id = review_uphold.sheet and s.state in ('retiree', 'fusionnee'));
	if not found then
		return 'etat';
	end if;
	perform journal_add(actor, 'maintenir', 'fiche', sheet, jsonb_build_object('machine', 'publication', 'avant', s.state, 'apres', s.state), why)
		from catalyse.sheet s where s.id = review_uphold.sheet;
	return '';
end
$$;
drop function sheet_rights(int, int), work_rights_on(int, int, jsonb);
update personal set kept = array_remove(array_remove(kept, 'next_label'), 'next_alt') where relation = 'private.attachment';
alter table attachment drop column next_label, drop column next_alt;
commit;
