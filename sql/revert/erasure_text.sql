-- Revert catalyse:erasure_text from pg
-- What was wiped stays so: its seals will then be said broken.
begin;
set local role catalyse_owner;
set local search_path to private, catalyse, public;
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
		where m[1]::int = any (alone) and (o.done_at is not null or not exists (select from catalyse.sheet p where p.id = m[1]::int)));
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
end
$$;
drop function catalyse.sheet_wipe(int);
drop function private.account_words(int);
create or replace function catalyse.sheet_version_broken(sheet int) returns int language sql stable set search_path to catalyse, public as $$
	select min(number) from (
		select number, hash, previous_hash, lag(hash) over (order by number) as before, lag(number, 1, 0) over (order by number) as prior,
			sheet_version_hash(previous_hash, title, summary, sections, evidence, licence) as wanted
		from sheet_version where sheet_id = sheet
	) v where hash <> wanted or previous_hash is distinct from before or number <> prior + 1
$$;
create or replace function catalyse.sheet_version_keep() returns trigger language plpgsql as $$
begin
	raise exception 'versions of sheets are kept as they were published' using errcode = 'check_violation', constraint = 'sheet_version_kept';
end
$$;
alter table catalyse.sheet_version drop column wiped_at;
commit;
