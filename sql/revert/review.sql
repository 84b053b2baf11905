-- Revert catalyse:review from pg
begin;
set local search_path to private, catalyse, public;
drop function catalyse.review_delays(), review_route(int), review_uphold(int, int, text), sheet_move(int, int, text, text, int),
	review_assign(int, int, int), review_publish(int, int, text, text, int);
create or replace function work_move(actor int, sheet int, wanted text, why text, seen_rev int) returns text language plpgsql
	set search_path to private, catalyse, public as $$
declare
	w work;
	s step;
	rights text[];
	role text[] := '{}';
begin
	select * into w from work where sheet_id = sheet for update;
	if not found then
		return 'introuvable';
	end if;
	rights := work_rights(actor, sheet);
	if not 'lire' = any (rights) then
		return 'introuvable';
	end if;
	if 'ecrire' = any (rights) then role := role || 'auteur'::text; end if;
	if 'relire' = any (rights) then role := role || 'relecteur'::text; end if;
	select * into s from step where machine = 'travail' and before = w.state and act = wanted;
	if not found or wanted = 'publier' or (wanted = 'abandonner' and not exists (select from sheet x where x.id = work_move.sheet)) then
		return 'etat';
	end if;
	if not s.who && role then
		return 'interdit';
	end if;
	if w.state = 'en_relecture' and 'relecteur' = any (s.who) and w.reviewer_id is distinct from actor
			and not exists (select from account_role r where r.account_id = actor and r.role = 'administrateur') then
		return 'interdit'; -- somebody else took it
	end if;
	if s.reasoned and btrim(coalesce(why, '')) = '' then
		return 'motif';
	end if;
	if seen_rev is not null and seen_rev <> w.rev then
		return 'perime';
	end if;
	update work x set state = s.after, rev = x.rev + 1,
		round = x.round + (s.after = 'soumise' and s.act <> 'rendre')::int,
		submitted_at = case when s.after = 'soumise' and s.act <> 'rendre' then now() else x.submitted_at end,
		reviewer_id = case when s.act = 'prendre' then actor when s.act in ('rendre', 'contester') then null else x.reviewer_id end,
		taken_at = case when s.act = 'prendre' then now() when s.act in ('rendre', 'contester') then null else x.taken_at end,
		due_on = case when s.act = 'demander' then current_date + 30 when s.after = 'soumise' and s.act <> 'rendre' then current_date + 15 else x.due_on end,
		decided_at = case when s.act in ('demander', 'refuser') then now() else x.decided_at end,
		content = case when s.act = 'modifier' or s.act = 'abandonner' then coalesce(work_content_of(x.sheet_id), x.content) else x.content end
	where x.sheet_id = work_move.sheet;
	perform journal_add(actor, s.act, 'fiche', sheet, jsonb_build_object('machine', 'travail', 'avant', s.before, 'apres', s.after,
		'tour', w.round + (s.after = 'soumise' and s.act <> 'rendre')::int), why);
	return '';
end
$$;
drop function review_withdrawer(int), review_appealed(int);
drop trigger work_round on work;
drop function review_round_add();
drop table account_absence, review_answer, review_message, review_invitation, review_round, review_reason, criterion;
delete from mail_outbox where kind in ('refus', 'avis');
delete from mail_refusal where kind in ('refus', 'avis');
delete from mail_kind where kind in ('refus', 'avis');
commit;
