-- Deploy catalyse:work_offer to pg
-- requires: work_members
-- A text offered by somebody without an account, who showed that an address is theirs: the sheet waits to be read over under their name.
-- Their account is made, closed: nobody signs in before choosing a password by that same address, and then the sheet is theirs to follow.
begin;
set local role catalyse_owner;
set local search_path to private, catalyse, public;
set local lock_timeout to '2s';

create function work_offer(name text, email text, content jsonb, out sheet_id int, out author_id int) language plpgsql
	set search_path to private, catalyse, public as $$
begin
	perform pg_advisory_xact_lock(hashtext('account'), hashtext(lower(btrim(work_offer.email))));
	select a.id into author_id from account a where a.email = lower(btrim(work_offer.email));
	if author_id is null then
		insert into contributor (name) values (btrim(work_offer.name)) returning id into author_id;
		insert into account (id, email, state) values (author_id, lower(btrim(work_offer.email)), 'en_attente');
	end if;
	insert into work as w (content, created_by, saved_by) values (work_offer.content, author_id, author_id) returning w.sheet_id into work_offer.sheet_id;
	insert into work_author (sheet_id, account_id, role) values (work_offer.sheet_id, author_id, 'auteur');
	update work w set state = 'soumise', rev = w.rev + 1, round = 1, submitted_at = now(), due_on = current_date + 15 where w.sheet_id = work_offer.sheet_id;
	perform journal_add(author_id, 'creer', 'fiche', work_offer.sheet_id, '{}', ''),
		journal_add(author_id, 'soumettre', 'fiche', work_offer.sheet_id, '{"machine": "travail", "avant": "brouillon", "apres": "soumise", "tour": 1}', '');
end
$$;
commit;
