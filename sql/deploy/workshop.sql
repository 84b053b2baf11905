-- Deploy catalyse:workshop to pg
-- requires: work_offer
-- requires: personal
-- Writing together: an animateur opens a session that a short code leads to, participants write there without an account, and each
-- keeps a link by which what they wrote becomes a draft of their own.
begin;
set local role catalyse_owner;
set local search_path to private, catalyse, public;
set local lock_timeout to '2s';

create table workshop (
	id int generated always as identity primary key,
	-- No vowel, so no word; nothing that is taken for something else when it is read aloud from a wall.
	code text not null unique check (code ~ '^[bcdfghjkmnpqrstvwxz2-9]{6}$'),
	title text not null check (length(btrim(title)) between 3 and 120),
	prompt text not null default '' check (length(prompt) <= 600), -- what is asked of those who write
	host_id int not null references contributor,
	territory_id int not null references territory,
	opened_at timestamptz not null default now(),
	closes_at timestamptz not null,
	constraint workshop_lasts check (closes_at > opened_at and closes_at <= opened_at + interval '8 days')
);
create index workshop_host_idx on workshop (host_id, opened_at desc);
create index workshop_territory_idx on workshop (territory_id);
comment on table workshop is 'A session where several people write at once, reached by its code';

create table workshop_note (
	id int generated always as identity primary key,
	workshop_id int not null references workshop on delete cascade,
	key text not null check (key ~ '^[A-Za-z0-9_-]{8,64}$'), -- chosen by who writes: the same one twice is one note
	name text not null default '' check (length(name) <= 80), -- what they want to be called on the board
	content jsonb not null check (jsonb_typeof(content) = 'object' and length(content::text) <= 20000),
	email text check (length(email) <= 254), -- where the link was sent; forgotten with the session
	claim text not null unique check (claim ~ '^[0-9a-f]{64}$'), -- SHA-256 of the secret that makes it theirs
	offline bool not null default false,
	written_at timestamptz not null default now(),
	hidden_at timestamptz,
	sheet_id int references work on delete set null,
	claimed_by int references contributor,
	claimed_at timestamptz,
	unique (workshop_id, key),
	constraint workshop_note_claimed check (sheet_id is null or claimed_at is not null)
);
create index workshop_note_board_idx on workshop_note (workshop_id, id);
create index workshop_note_sheet_idx on workshop_note (sheet_id);
create index workshop_note_claimed_idx on workshop_note (claimed_by);

-- One note more. outcome: '' written, deja (that key is there: id is its own), introuvable, ferme, plein.
create function workshop_write(code text, key text, name text, content jsonb, email text, claim text, offline bool, out id int, out outcome text)
	language plpgsql set search_path to private, catalyse, public as $$
#variable_conflict use_column
declare
	w workshop;
begin
	select * into w from workshop x where x.code = workshop_write.code for share;
	if not found then
		outcome := 'introuvable';
		return;
	end if;
	select n.id into workshop_write.id from workshop_note n where n.workshop_id = w.id and n.key = workshop_write.key;
	if found then
		outcome := 'deja';
		return;
	end if;
	-- What was written without a network comes back within the week that follows.
	if now() >= w.closes_at + (case when workshop_write.offline then interval '8 days' else interval '0' end) then
		outcome := 'ferme';
		return;
	end if;
	if (select count(*) from workshop_note n where n.workshop_id = w.id) >= 2000 then
		outcome := 'plein';
		return;
	end if;
	insert into workshop_note as n (workshop_id, key, name, content, email, claim, offline)
	values (w.id, workshop_write.key, btrim(workshop_write.name), workshop_write.content, nullif(workshop_write.email, ''), workshop_write.claim, workshop_write.offline)
	on conflict (workshop_id, key) do nothing returning n.id into workshop_write.id;
	outcome := '';
	if workshop_write.id is null then
		select n.id into workshop_write.id from workshop_note n where n.workshop_id = w.id and n.key = workshop_write.key;
		outcome := 'deja';
	end if;
end
$$;

-- A note becomes a draft of whoever has its secret. outcome: '' done, deja (sheet: theirs already), pris (somebody else's), introuvable.
create function workshop_claim(actor int, claim text, out sheet int, out outcome text) language plpgsql set search_path to private, catalyse, public as $$
#variable_conflict use_column
declare
	n workshop_note;
	w workshop;
begin
	select * into n from workshop_note x where x.claim = workshop_claim.claim for update;
	if not found then
		outcome := 'introuvable';
		return;
	end if;
	if n.claimed_by is not null then
		sheet := case when n.claimed_by = actor then n.sheet_id end;
		outcome := case when n.claimed_by = actor then 'deja' else 'pris' end;
		return;
	end if;
	select * into w from workshop x where x.id = n.workshop_id;
	insert into work (content, created_by, saved_by)
	values (n.content || jsonb_build_object(
			'territoires', (select jsonb_build_array(t.type || ':' || t.code) from territory t where t.id = w.territory_id),
			'source', jsonb_build_object('libelle', left('Atelier « ' || w.title || ' »', 200), 'annee', extract(year from w.opened_at)::int)), actor, actor)
	returning sheet_id into sheet;
	insert into work_author (sheet_id, account_id, role) values (sheet, actor, 'auteur');
	update workshop_note x set sheet_id = workshop_claim.sheet, claimed_by = actor, claimed_at = now(), email = null where x.id = n.id;
	perform journal_add(actor, 'creer', 'fiche', sheet, jsonb_build_object('atelier', w.id), '');
	outcome := '';
end
$$;

-- Addresses go eight days after the end, what nobody took three months after; and then the session, when nothing of it is left.
create function workshop_forget() returns int language sql set search_path to private, catalyse, public as $$
	with a as (update workshop_note n set email = null from workshop w where w.id = n.workshop_id and n.email is not null
			and w.closes_at < now() - interval '8 days' and w.closes_at >= now() - interval '90 days' returning 1),
	b as (delete from workshop_note n using workshop w where w.id = n.workshop_id and w.closes_at < now() - interval '90 days' returning 1),
	c as (delete from workshop w where w.closes_at < now() - interval '120 days' returning 1)
	select ((select count(*) from a) + (select count(*) from b) + (select count(*) from c))::int
$$;

insert into personal (relation, position, columns, kept, member, query, erase, why) values
	('private.workshop', 120, '{}', '{title,prompt,code}', 'ateliers',
		'select w.code, w.title as titre, w.prompt as consigne, w.opened_at as ouvert_le, w.closes_at as ferme_le from private.workshop w where w.host_id = $1 order by w.id',
		null, 'Sessions are a work of several; who opened one is kept by number, until it goes'),
	('private.workshop_note', 121, '{name,email,content}', '{key}', 'notes_d_atelier',
		'select w.title as atelier, n.name as nom, n.content as texte, n.written_at as ecrite_le, n.sheet_id as fiche from private.workshop_note n
			join private.workshop w on w.id = n.workshop_id where n.claimed_by = $1 or n.email = $2 order by n.id',
		'delete from private.workshop_note where claimed_by = $1 or email = $2', 'What was written in a session, by name or by address');
insert into mail_kind (kind, class, label, reason) values
	('atelier', 'service', 'Ce que vous avez écrit dans un atelier', 'Vous recevez ce courriel parce que votre adresse a été donnée en écrivant dans un atelier.');
commit;
