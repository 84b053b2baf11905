-- Deploy catalyse:personal to pg
-- requires: review
-- requires: follow
-- requires: attachment
-- requires: sheet_import
-- What is held about people, table by table: how it is given to them, how it goes when they go. One list, and two functions that walk it.
-- A table of the private schema that is not on it fails tests/sql/pgtap/personal.sql.
begin;
set local role catalyse_owner;
set local search_path to private, catalyse, public;
set local lock_timeout to '2s';

create table personal (
	relation text not null, -- "private.session"; one that is not there (yet) is passed over
	position int not null,  -- the order of both walks
	columns text[] not null default '{}', -- those that may tell who somebody is, and that go
	kept text[] not null default '{}',    -- those that look so, and stay: why says so
	member text check (member ~ '^[a-z_]+$'), -- its name in what is given; null: nothing is given
	query text,             -- the rows given: $1 the account, $2 its address
	erase text,             -- a statement: $1 the account, $2 its address, $3 its name, which may be null; null: nothing to do
	why text not null,
	primary key (relation, position),
	constraint personal_given check ((member is null) = (query is null)),
	constraint personal_gone check (erase is not null or columns = '{}')
);
comment on table personal is 'Every table that may say something of somebody: what is given to them, what goes with them, what stays and why';

-- A name or an address taken out of a text; a name only where it stands alone.
create function personal_strike(t text, address text, name text) returns text language plpgsql immutable as $$
declare
	word text;
begin
	foreach word in array array[address, name, private.mail_escape(name)] loop
		if word <> '' and strpos(t, word) > 0 then
			t := regexp_replace(t, '(?<!\w)' || regexp_replace(word, '([][(){}.*+?^$|\\-])', '\\\1', 'g') || '(?!\w)', 'contributeur supprimé', 'g');
		end if;
	end loop;
	return t;
end
$$;

insert into personal (relation, position, columns, kept, member, query, erase, why) values
	('catalyse.contributor', 1, '{name}', '{}', null, null, 'update catalyse.contributor set name = null where id = $1',
		'The public name; without it, pages say « contributeur supprimé »'),
	('private.account', 2, '{email,password,totp,totp_step}', '{}', 'compte',
		'select a.id as numero, c.name as nom, a.email as courriel, a.state as etat, a.created_at as ouvert_le, a.confirmed_at as confirme_le, a.seen_on as vu_le,
			a.totp is not null as second_facteur from private.account a join catalyse.contributor c on c.id = a.id where a.id = $1',
		'update private.account set state = ''supprime'', email = null, password = null, totp = null, totp_step = 0, seen_on = null, confirmed_at = null where id = $1',
		'The account: it keeps its number, and the day it was opened'),
	('private.account_role', 3, '{}', '{}', 'roles',
		'select r.role, t.name as territoire, m.label as theme, e.name as espace, r.granted_at as donne_le from private.account_role r
			left join catalyse.territory t on t.id = r.territory_id left join catalyse.term m on m.id = r.term_id left join catalyse.espace e on e.id = r.espace_id
			where r.account_id = $1 order by r.id',
		'delete from private.account_role where account_id = $1', 'What they may decide'),
	('private.session', 4, '{agent}', '{}', 'sessions',
		'select s.agent as navigateur, s.created_at as ouverte_le, s.seen_at as vue_le, s.expires_at as fin_le, s.second_factor as second_facteur
			from private.session s where s.account_id = $1 order by s.id',
		'delete from private.session where account_id = $1', 'Browsers signed in'),
	('private.api_token', 5, '{name}', '{}', 'jetons',
		'select j.name as nom, j.scopes as portees, j.created_at as fait_le, j.expires_at as fin_le, j.seen_on as vu_le from private.api_token j
			where j.account_id = $1 order by j.id',
		'delete from private.api_token where account_id = $1', 'Tokens of the API'),
	('private.token', 6, '{data}', '{}', 'liens',
		'select k.purpose as usage, k.sheet_id as fiche, k.created_at as fait_le, k.expires_at as fin_le, k.used_at as servi_le, k.data as contenu
			from private.token k where k.account_id = $1 or exists (select from jsonb_path_query(k.data, ''$.**'') v (x) where v.x #>> ''{}'' = $2) order by k.created_at',
		'delete from private.token k where k.account_id = $1 or exists (select from jsonb_path_query(k.data, ''$.**'') v (x) where v.x #>> ''{}'' = $2)',
		'Links and codes handed to them, or to their address: one that only mentions it is somebody else''s'),
	('private.structure_member', 7, '{}', '{}', 'structures',
		'select o.id as numero, o.name as nom, m.role, m.state as etat, m.since as depuis from private.structure_member m
			join catalyse.structure o on o.id = m.structure_id where m.account_id = $1 order by m.since',
		'delete from private.structure_member where account_id = $1', 'Structures they belong to'),
	('private.mail_preference', 8, '{}', '{}', 'courriels_choisis',
		'select p.level as niveau from private.mail_preference p where p.account_id = $1', 'delete from private.mail_preference where account_id = $1',
		'What they want to receive'),
	('private.mail_refusal', 9, '{address_hash}', '{}', 'courriels_refuses',
		'select r.kind as sorte, r.since as depuis from private.mail_refusal r where r.account_id = $1 or r.address_hash = private.mail_hash($2)',
		'delete from private.mail_refusal where account_id = $1 or address_hash = private.mail_hash($2)', 'Kinds of mail switched off'),
	('private.mail_address', 10, '{hash}', '{reason}', 'courriels_revenus',
		'select d.bounces as fois, d.last_at as le, d.reason as raison from private.mail_address d where d.hash = private.mail_hash($2)',
		'delete from private.mail_address where hash = private.mail_hash($2)', 'Mail that came back; the reason is what a server said of an address that goes with its row'),
	('private.mail_outbox', 11, '{recipient,subject,body_text,body_html,address_hash}', '{}', 'courriels',
		'select o.kind as sorte, o.state as etat, o.created_at as ecrit_le, o.done_at as fini_le, o.subject as objet, o.body_text as texte from private.mail_outbox o
			where o.account_id = $1 or o.address_hash = private.mail_hash($2) order by o.id',
		'delete from private.mail_outbox where account_id = $1 or address_hash = private.mail_hash($2)', 'Mail to them'),
	('private.mail_outbox', 12, '{subject,body_text,body_html}', '{}', null, null,
		'update private.mail_outbox o set
			recipient = case when o.done_at is null then o.recipient end,
			subject = case when o.done_at is null then private.personal_strike(o.subject, $2, $3) end,
			body_text = case when o.done_at is null then private.personal_strike(o.body_text, $2, $3) end,
			body_html = case when o.done_at is null then private.personal_strike(o.body_html, $2, $3) end
		where o.recipient is not null and (strpos(o.body_text, $2) > 0 or strpos(o.body_text, $3) > 0 or strpos(o.subject, $3) > 0)',
		'Mail to others that names them: what has left is forgotten, what is about to leave says it without the name'),
	('private.attempt', 13, '{subject}', '{}', null, null,
		'delete from private.attempt where subject in (select encode(sha256(convert_to(k.kind || '':'' || w.word, ''UTF8'')), ''hex'')
			from (select distinct x.kind from private.attempt x) k, unnest(array[$2, $1::text]) w (word))',
		'Tries, known by a digest of the address'),
	('private.submission', 14, '{body,body_hash,headers,location}', '{content_type}', 'envois',
		'select x.created_at as le, x.status as reponse from private.submission x where x.scope = ''compte:'' || $1 order by x.created_at',
		'delete from private.submission where scope = ''compte:'' || $1 or strpos(concat(location, headers, body), $2) > 0', 'Answers kept so that nothing is done twice'),
	('private.import_file', 15, '{body,source}', '{}', 'tableaux',
		'select f.id as numero, f.source, f.created_at as depose_le, f.body as contenu from private.import_file f where f.account_id = $1 order by f.id',
		'delete from private.import_file where account_id = $1', 'Tables they brought'),
	('private.work', 16, '{content,note}', '{origin_key}', 'fiches',
		'select w.sheet_id as fiche, a.role, w.state as etat, w.content as texte, w.note, w.created_at as commencee_le, w.saved_at as enregistree_le,
			o.name as structure from private.work_author a join private.work w on w.sheet_id = a.sheet_id left join catalyse.structure o on o.id = w.structure_id
			where a.account_id = $1 order by w.sheet_id',
		'update private.work w set note = '''' where w.note <> '''' and exists (select from private.work_author a where a.sheet_id = w.sheet_id and a.account_id = $1)',
		'Texts being written; those of nobody else went before (account_leave). A key is the source of an import, not somebody'),
	('private.work_author', 17, '{}', '{}', null, null, null, 'Who writes, by number'),
	('catalyse.sheet_version', 18, '{}', '{}', 'versions',
		'select v.sheet_id as fiche, v.number as version, v.published_at as publiee_le, v.title as titre, v.summary as chapo, v.sections as rubriques, v.note
			from catalyse.sheet_version v where v.author_id = $1 order by v.sheet_id, v.number',
		null, 'What was published stays under its licence, by number'),
	('private.attachment', 19, '{}', '{name,label,alt}', 'pieces',
		'select a.sheet_id as fiche, a.name as fichier, a.label as intitule, a.alt as description, a.size as octets, a.added_at as jointe_le, a.published_at as publiee_le,
			case when a.published_at is not null and a.removed_at is null then ''/fiches/'' || a.sheet_id || ''/pieces/'' || a.id || ''-'' || left(a.blob, 8) || ''-'' || a.name
				when a.removed_at is null then ''/fiches/'' || a.sheet_id || ''/travail/pieces/'' || a.id || ''-'' || left(a.blob, 8) || ''-'' || a.name end as adresse
			from private.attachment a where a.added_by = $1 order by a.id',
		null, 'Files of sheets: those of drafts went with them, those that were published stay under the licence of the sheet'),
	('private.attachment_blob', 20, '{}', '{}', null, null, null, 'Bytes: they go with the last sheet that has them'),
	('private.journal', 21, '{}', '{detail,reason}', 'decisions',
		'select j.at as le, j.action, j.object as objet, j.object_id as numero, j.reason as motif from private.journal j where j.actor_id = $1 order by j.id',
		null, 'Decisions are kept for ever, sealed; a line names people by their number, and a reason is part of the decision'),
	('private.journal_seal', 22, '{}', '{}', null, null, null, 'Sums of the journal'),
	('private.erasure', 23, '{}', '{}', null, null, null, 'Who asked to be forgotten, by number'),
	('private.secret', 24, '{}', '{}', null, null, null, 'The site''s own key'),
	('private.step', 25, '{}', '{who,reasoned}', null, null, null, 'The rules of states'),
	('private.mail_kind', 26, '{}', '{}', null, null, null, 'Kinds of mail'),
	('private.personal', 27, '{}', '{}', null, null, null, 'This list'),
	-- The dialogue of reviews, and what follows a publication.
	('private.review_message', 40, '{body,quote}', '{reply_to}', 'messages',
		'select m.sheet_id as fiche, m.at as le, m.kind as sorte, m.field as champ, m.body as texte from private.review_message m where m.author_id = $1 order by m.id',
		'update private.review_message set body = ''Message effacé avec le compte de la personne qui l’avait écrit.'', quote = '''' where author_id = $1',
		'What they said while a sheet was read over'),
	('private.review_answer', 41, '{comment}', '{}', 'grilles',
		'select g.sheet_id as fiche, g.round as tour, g.criterion as critere, g.verdict as reponse, g.comment as commentaire from private.review_answer g
			where g.reviewer_id = $1 order by g.id',
		'update private.review_answer set comment = '''' where reviewer_id = $1', 'Their answers to the grid'),
	('private.review_round', 42, '{content}', '{}', null, null,
		'update private.review_round r set content = ''{}'' where exists (select from private.work_author a where a.sheet_id = r.sheet_id and a.account_id = $1)
			and not exists (select from private.work_author a join private.account b on b.id = a.account_id where a.sheet_id = r.sheet_id and b.id <> $1 and b.state <> ''supprime'')',
		'Texts as they were submitted'),
	('private.review_invitation', 43, '{name}', '{}', 'lecteurs_invites',
		'select i.sheet_id as fiche, i.name as nom, i.at as le from private.review_invitation i where i.invited_by = $1 order by i.id',
		'update private.review_invitation set name = ''lecteur invité'' where invited_by = $1', 'Readers from outside: their name is known by who invited them'),
	('private.account_absence', 44, '{}', '{}', 'absences',
		'select b.from_on as du, b.to_on as au from private.account_absence b where b.account_id = $1 order by b.id',
		'delete from private.account_absence where account_id = $1', 'Days away'),
	('private.criterion', 45, '{}', '{}', null, null, null, 'The grid'),
	('private.review_reason', 46, '{}', '{}', null, null, null, 'Reasons to choose from'),
	('private.suggestion', 50, '{note,email,credit}', '{before,after,reason}', 'suggestions',
		'select s.sheet_id as fiche, s.created_at as le, s.field as champ, s.before as avant, s.after as apres, s.note, s.state as etat from private.suggestion s
			where s.author_id = $1 or s.email = $2 order by s.id',
		'update private.suggestion set note = '''', email = null, credit = '''' where author_id = $1 or email = $2',
		'Corrections proposed: the words proposed belong to the sheet, under its licence; the reason is who answered''s'),
	('private.report', 51, '{body,email}', '{reply,reason}', 'signalements',
		'select s.sheet_id as fiche, s.created_at as le, s.reason as raison, s.body as texte, s.state as etat, s.reply as reponse from private.report s
			where s.author_id = $1 or s.email = $2 order by s.id',
		'update private.report set body = ''Texte effacé avec le compte de la personne qui l’avait écrit.'', email = null where author_id = $1 or email = $2',
		'Problems reported: their kind stays, the answer is the reviewer''s'),
	('private.adoption', 52, '{who,note,email}', '{}', 'essais',
		'select s.sheet_id as fiche, s.created_at as le, s.who as qui, s.year as annee, s.outcome as issue, s.note, s.state as etat from private.adoption s
			where s.author_id = $1 or s.email = $2 order by s.id',
		'update private.adoption set who = case when author_id is null then ''contributeur supprimé'' else '''' end, note = '''', email = null where author_id = $1 or email = $2',
		'Where a sheet was tried: the place and the outcome stay'),
	('private.freshness', 53, '{}', '{}', null, null, null, 'Sheets to verify'),
	('private.link_check', 54, '{}', '{}', null, null, null, 'Addresses of sources');
revoke insert, update, delete on personal from catalyse_rw;

-- When they are gone their sheets go on, or go: those that nobody else writes, and that no other member of a structure answers for.
create function account_alone(account int) returns setof int language sql stable set search_path to private, catalyse, public as $$
	select s.id from (
		select a.sheet_id as id from work_author a where a.account_id = $1
		union
		select x.sheet_id from catalyse.sheet_author x where x.contributor_id = $1
	) s left join work w on w.sheet_id = s.id left join catalyse.sheet p on p.id = s.id
	where not exists (select from work_author o join account b on b.id = o.account_id where o.sheet_id = s.id and o.account_id <> $1 and b.state <> 'supprime')
		and not exists (select from structure_member m where m.structure_id = coalesce(w.structure_id, p.structure_id) and m.account_id <> $1 and m.state = 'active')
$$;

create function account_leave(account int, sheets text, out drafts int, out withdrawn int) language plpgsql set search_path to private, catalyse, public as $$
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

-- An account erased keeps the day it was made: after a restore, a number may be somebody else's.
alter table erasure add column made_at timestamptz not null default now();
alter table erasure alter column made_at drop default;

-- Forgets somebody. sheets: garder, retirer. False: no such account, or forgotten already.
create function account_erase(account int, sheets text, actor int) returns bool language plpgsql set search_path to private, catalyse, public as $$
declare
	a account;
	public_name text;
	gone record;
	p personal;
begin
	select * into a from account x where x.id = account_erase.account for update;
	if not found or a.state = 'supprime' then
		return false;
	end if;
	select c.name into public_name from catalyse.contributor c where c.id = a.id;
	select * into gone from account_leave(a.id, account_erase.sheets);
	for p in select * from personal x where x.erase is not null order by x.position loop
		if to_regclass(p.relation) is not null then
			execute p.erase using a.id, a.email, public_name;
		end if;
	end loop;
	insert into erasure (account_id, sheets, made_at) values (a.id, account_erase.sheets, a.created_at);
	perform journal_add(account_erase.actor, 'compte_supprime', 'compte', a.id,
		jsonb_build_object('fiches', account_erase.sheets, 'brouillons', gone.drafts, 'retirees', gone.withdrawn), '');
	return true;
end
$$;

-- After an older base was brought back: efface, deja, or inconnu (that number is nobody's, or somebody else's).
create function account_erase_again(account int, made timestamptz, sheets text) returns text language plpgsql set search_path to private, catalyse, public as $$
declare
	a account;
begin
	select * into a from account x where x.id = account_erase_again.account;
	if not found or a.created_at is distinct from made then
		return 'inconnu';
	end if;
	return case when account_erase(a.id, account_erase_again.sheets, null) then 'efface' else 'deja' end;
end
$$;

-- An address that has no account: what visitors left with it.
create function address_erase(address text) returns int language plpgsql set search_path to private, catalyse, public as $$
declare
	p personal;
	n int;
	total int := 0;
begin
	for p in select * from personal x where x.erase is not null and x.erase like '%$2%' order by x.position loop
		if to_regclass(p.relation) is not null then
			execute p.erase using null::int, lower(btrim(address)), null::text;
			get diagnostics n = row_count;
			total := total + n;
		end if;
	end loop;
	return total;
end
$$;

-- All that is held about somebody, as one object.
create function account_export(account int) returns jsonb language plpgsql stable set search_path to private, catalyse, public as $$
declare
	ret jsonb := '{}';
	address text;
	part jsonb;
	p personal;
begin
	select a.email into address from account a where a.id = account_export.account;
	for p in select * from personal x where x.member is not null order by x.position loop
		if to_regclass(p.relation) is not null then
			execute 'select coalesce(jsonb_agg(to_jsonb(x)), ''[]'') from (' || p.query || ') x' into part using account_export.account, address;
			ret := ret || jsonb_build_object(p.member, case p.member when 'compte' then part->0 else part end);
		end if;
	end loop;
	return ret;
end
$$;

-- The mail that says goodbye is forgotten as soon as it has left.
create function mail_goodbye() returns trigger language plpgsql as $$
begin
	new.recipient := null;
	new.subject := null;
	new.body_text := null;
	new.body_html := null;
	new.address_hash := private.mail_hash('');
	return new;
end
$$;
create trigger mail_goodbye before update on mail_outbox for each row when (new.kind = 'suppression' and new.done_at is not null and new.recipient is not null)
	execute function mail_goodbye();
commit;
