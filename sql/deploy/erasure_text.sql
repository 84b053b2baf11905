-- Deploy catalyse:erasure_text to pg
-- requires: personal
-- requires: structure_life
-- requires: espace_adaptation
-- requires: network
-- Whoever leaves and takes their sheets leaves no text of them: a withdrawn sheet that nobody else held keeps its number, its dates, its seals and
-- the reason it is not there. A structure that only they were goes too.
begin;
set local role catalyse_owner;
set local search_path to private, catalyse, public;
set local lock_timeout to '2s';

alter table catalyse.sheet_version add column wiped_at timestamptz; -- what it said was erased; its seal says what it was
create or replace function catalyse.sheet_version_keep() returns trigger language plpgsql as $$
begin
	if tg_op = 'UPDATE' and old.wiped_at is null and new.wiped_at is not null
		and (new.sheet_id, new.number, new.evidence, new.licence, new.hash, new.previous_hash, new.published_at, new.author_id, new.decided_by)
			is not distinct from (old.sheet_id, old.number, old.evidence, old.licence, old.hash, old.previous_hash, old.published_at, old.author_id, old.decided_by)
		and (new.title, new.summary, new.sections, new.note, new.parts) is not distinct from ('', '', '{}'::jsonb, '', '{}'::jsonb)
		and exists (select from catalyse.sheet s where s.id = new.sheet_id and s.state = 'retiree') then
		return new;
	end if;
	raise exception 'versions of sheets are kept as they were published' using errcode = 'check_violation', constraint = 'sheet_version_kept';
end
$$;
create or replace function catalyse.sheet_version_broken(sheet int) returns int language sql stable set search_path to catalyse, public as $$
	select min(number) from (
		select number, hash, previous_hash, wiped_at, lag(hash) over (order by number) as before, lag(number, 1, 0) over (order by number) as prior,
			sheet_version_hash(previous_hash, title, summary, sections, evidence, licence) as wanted
		from sheet_version where sheet_id = sheet
	) v where (wiped_at is null and hash <> wanted) or previous_hash is distinct from before or number <> prior + 1
$$;

-- The words of a withdrawn sheet, wherever they are.
create function catalyse.sheet_wipe(sheet int) returns void language plpgsql security definer set search_path to private, catalyse, public as $$
begin
	perform from catalyse.sheet s where s.id = sheet_wipe.sheet and s.state = 'retiree' for update;
	if not found then
		return;
	end if;
	update sheet_version v set title = '', summary = '', sections = '{}', note = '', parts = '{}', wiped_at = now() where v.sheet_id = sheet_wipe.sheet and v.wiped_at is null;
	delete from sheet_source x where x.sheet_id = sheet_wipe.sheet;
	delete from espace_adaptation x where x.sheet_id = sheet_wipe.sheet;
	update catalyse.sheet s set title = 'Fiche retirée', slug = 'fiche-retiree', summary = '', sections = '{}', structure_id = null, source_label = 'Effacée',
		source_url = null, source_publisher = null, source_year = null where s.id = sheet_wipe.sheet;
	delete from work w where w.sheet_id = sheet_wipe.sheet; -- with its files, and who wrote it
	update review_round x set content = '{}' where x.sheet_id = sheet_wipe.sheet;
	update review_message x set quote = '' where x.sheet_id = sheet_wipe.sheet;
	update suggestion x set before = '', after = 'Texte effacé avec la fiche.' where x.sheet_id = sheet_wipe.sheet;
	update watch_item x set title = 'Fiche retirée', path = '/fiches/' || sheet_wipe.sheet where x.kind = 'fiche' and x.item_id = sheet_wipe.sheet;
	delete from token x where x.sheet_id = sheet_wipe.sheet;
end
$$;
revoke execute on function catalyse.sheet_wipe(int) from public, catalyse_ro;

-- What they said to others, from their account or their address, as mail may have passed it on: the first words of each text.
create function account_words(account int) returns setof text language sql stable set search_path to private, catalyse, public as $$
	select distinct left(btrim(regexp_replace(x.t, '\s+', ' ', 'g')), 80) from account me cross join lateral (
		select m.body from review_message m where m.author_id = me.id
		union all select g.comment from review_answer g where g.reviewer_id = me.id
		union all select unnest(array[s.note, s.after]) from suggestion s where (s.author_id = me.id or s.email = me.email) and s.state <> 'acceptee'
		union all select r.body from report r where r.author_id = me.id or r.email = me.email
		union all select o.note from private.adoption o where o.author_id = me.id or o.email = me.email
		union all select m.body from introduction_message m where m.account_id = me.id
		union all select m.body from introduction i join introduction_message m on m.introduction_id = i.id and m.side = 'demande' where i.email = me.email
		union all select n.message from network_request n where n.account_id = me.id
		union all select m.message from structure_member m where m.account_id = me.id
	) x (t) where me.id = $1 and length(btrim(x.t)) >= 8
$$;

create or replace function account_leave(account int, sheets text, out drafts int, out withdrawn int) language plpgsql set search_path to private, catalyse, public as $$
declare
	alone int[] := array(select account_alone(account_leave.account));
	why constant text := 'la personne qui l’avait écrite a supprimé son compte';
	s int;
begin
	-- Mail that tells of these texts: forgotten once it has left; what tells of a draft does not leave.
	update mail_outbox o set recipient = null, subject = null, body_text = null, body_html = null,
		state = case when o.done_at is null then 'annulee' else o.state end, done_at = coalesce(o.done_at, now())
	where o.recipient is not null and o.state <> 'envoi' and exists (
		select from regexp_matches(o.body_text, '/fiches/(?:[a-z0-9-]+-)?([0-9]{1,9})(?![0-9])', 'g') m
		where m[1]::int = any (alone) and (o.done_at is not null or account_leave.sheets = 'retirer' or not exists (select from catalyse.sheet p where p.id = m[1]::int)));
	-- Mail that passed on what they wrote, without a name: forgotten too; the words themselves go below.
	update mail_outbox o set recipient = null, subject = null, body_text = null, body_html = null,
		state = case when o.done_at is null then 'annulee' else o.state end, done_at = coalesce(o.done_at, now())
	where o.recipient is not null and o.state <> 'envoi' and exists (select from account_words(account_leave.account) t (words)
		where strpos(regexp_replace(o.body_text, '\s+', ' ', 'g'), t.words) > 0);
	-- Drafts that were never public.
	delete from token k where k.sheet_id = any (alone) and not exists (select from catalyse.sheet p where p.id = k.sheet_id);
	delete from work w where w.sheet_id = any (alone) and not exists (select from catalyse.sheet p where p.id = w.sheet_id);
	get diagnostics drafts = row_count;
	-- Changes begun on a public sheet: what is public stays.
	update work w set state = 'soumise', rev = w.rev + 1, reviewer_id = null, taken_at = null where w.sheet_id = any (alone) and w.state = 'en_relecture';
	update work w set state = 'brouillon', rev = w.rev + 1 where w.sheet_id = any (alone) and w.state in ('soumise', 'refusee');
	update work w set state = 'publiee', rev = w.rev + 1, due_on = null, content = coalesce(work_content_of(w.sheet_id), w.content)
	where w.sheet_id = any (alone) and w.state in ('brouillon', 'modifications_demandees');
	withdrawn := 0;
	if account_leave.sheets = 'retirer' then
		for s in update catalyse.sheet p set state = 'retiree', withdrawn_reason = why
				where p.id = any (alone) and p.state in ('publiee', 'a_actualiser', 'archivee') returning p.id loop
			withdrawn := withdrawn + 1;
			perform journal_add(account_leave.account, 'retirer', 'fiche', s, '{"machine": "publication", "apres": "retiree"}', why);
		end loop;
		update attachment a set blob = null, small = null, removed_at = now(), leaving = false where a.sheet_id = any (alone) and a.removed_at is null;
		perform sheet_wipe(p.id) from catalyse.sheet p where p.id = any (alone) and p.state = 'retiree';
		-- What they proposed for the sheets of others and that is in none of them.
		update suggestion x set state = case x.state when 'recue' then 'classee' else x.state end, decided_at = coalesce(x.decided_at, now()), before = '',
			after = 'Texte effacé avec le compte de la personne qui l’avait proposé.'
		where x.author_id = account_leave.account and x.state <> 'acceptee';
	end if;
	-- Sheets of several: the next one holds them. What they were reading over waits for another.
	update work_author a set role = 'auteur' from (
		select distinct on (o.sheet_id) o.sheet_id, o.account_id from work_author o join account b on b.id = o.account_id
		where o.account_id <> account_leave.account and b.state <> 'supprime'
			and exists (select from work_author x where x.sheet_id = o.sheet_id and x.account_id = account_leave.account and x.role = 'auteur')
			and not exists (select from work_author x join account y on y.id = x.account_id where x.sheet_id = o.sheet_id and x.role = 'auteur'
				and x.account_id <> account_leave.account and y.state <> 'supprime')
		order by o.sheet_id, o.since, o.account_id) h
	where a.sheet_id = h.sheet_id and a.account_id = h.account_id;
	for s in update work w set state = 'soumise', rev = w.rev + 1, reviewer_id = null, taken_at = null
			where w.reviewer_id = account_leave.account and w.state = 'en_relecture' returning w.sheet_id loop
		perform journal_add(null, 'rendre', 'fiche', s, '{"machine": "travail", "avant": "en_relecture", "apres": "soumise"}', '');
	end loop;
	-- A structure is answered for by its oldest member.
	update structure_member m set role = 'responsable' from (
		select distinct on (o.structure_id) o.structure_id, o.account_id from structure_member o
		where o.state = 'active' and o.account_id <> account_leave.account
			and exists (select from structure_member x where x.structure_id = o.structure_id and x.account_id = account_leave.account and x.role = 'responsable')
			and not exists (select from structure_member x where x.structure_id = o.structure_id and x.role = 'responsable' and x.state = 'active'
				and x.account_id <> account_leave.account)
		order by o.structure_id, o.since, o.account_id) h
	where m.structure_id = h.structure_id and m.account_id = h.account_id;
	-- One that they declared, where nobody else is and that nothing speaks of, was their own words: it goes.
	for s in select m.structure_id from structure_member m join catalyse.structure o on o.id = m.structure_id
			where m.account_id = account_leave.account and o.source_label = 'Déclarée par ses membres'
				and not exists (select from structure_member x where x.structure_id = o.id and x.account_id <> account_leave.account) loop
		begin
			delete from catalyse.structure o where o.id = s;
		exception when foreign_key_violation then
			null; -- a sheet, a catalyst or an event is still theirs
		end;
	end loop;
end
$$;
commit;
