-- Deploy catalyse:work to pg
-- requires: journal
-- requires: sheet_wide_list
-- A sheet being written, beside the public one: what was typed, who writes, who reads it over, and the only ways its state may
-- change. What is public stays as it is until work_publish() replaces it.
begin;
set local role catalyse_owner;
set local search_path to private, catalyse, public;
set local lock_timeout to '2s';

-- The two machines. 'travail': the text being written; 'publication': the public sheet. Who: auteur, relecteur, systeme.
create table step (
	machine text not null check (machine in ('travail', 'publication')),
	before text not null,
	after text not null,
	act text not null check (act ~ '^[a-z_]+$'),
	who text[] not null check (who <@ array['auteur', 'relecteur', 'systeme'] and cardinality(who) > 0),
	reasoned bool not null default false, -- wants a reason
	label text not null,
	primary key (machine, before, act)
);
insert into step (machine, before, after, act, who, reasoned, label) values
	('travail', 'brouillon', 'soumise', 'soumettre', '{auteur}', false, 'Envoyer à la relecture'),
	('travail', 'brouillon', 'publiee', 'abandonner', '{auteur}', false, 'Abandonner ces changements'),
	('travail', 'soumise', 'brouillon', 'reprendre', '{auteur}', false, 'Reprendre le brouillon'),
	('travail', 'soumise', 'en_relecture', 'prendre', '{relecteur}', false, 'Je m’en occupe'),
	('travail', 'en_relecture', 'soumise', 'rendre', '{relecteur}', false, 'Laisser à quelqu’un d’autre'),
	('travail', 'en_relecture', 'modifications_demandees', 'demander', '{relecteur}', true, 'Demander des changements'),
	('travail', 'en_relecture', 'publiee', 'publier', '{relecteur}', false, 'Publier'),
	('travail', 'en_relecture', 'refusee', 'refuser', '{relecteur}', true, 'Refuser'),
	('travail', 'modifications_demandees', 'soumise', 'soumettre', '{auteur}', false, 'Renvoyer à la relecture'),
	('travail', 'modifications_demandees', 'publiee', 'abandonner', '{auteur}', false, 'Abandonner ces changements'),
	('travail', 'refusee', 'soumise', 'contester', '{auteur}', true, 'Demander un nouvel examen'),
	('travail', 'refusee', 'brouillon', 'reprendre', '{auteur}', false, 'Reprendre le brouillon'),
	('travail', 'publiee', 'brouillon', 'modifier', '{auteur,relecteur}', false, 'Modifier'),
	('publication', 'publiee', 'a_actualiser', 'signaler', '{relecteur,systeme}', true, 'À vérifier'),
	('publication', 'publiee', 'publiee', 'verifier', '{auteur,relecteur}', false, 'Toujours exact'),
	('publication', 'a_actualiser', 'publiee', 'verifier', '{auteur,relecteur}', false, 'Toujours exact'),
	('publication', 'a_actualiser', 'publiee', 'publier', '{relecteur}', false, 'Publier'),
	('publication', 'publiee', 'archivee', 'archiver', '{auteur,relecteur}', true, 'Archiver'),
	('publication', 'a_actualiser', 'archivee', 'archiver', '{auteur,relecteur}', true, 'Archiver'),
	('publication', 'archivee', 'publiee', 'retablir', '{relecteur}', false, 'Rétablir'),
	('publication', 'publiee', 'retiree', 'retirer', '{auteur,relecteur}', true, 'Retirer'),
	('publication', 'a_actualiser', 'retiree', 'retirer', '{auteur,relecteur}', true, 'Retirer'),
	('publication', 'archivee', 'retiree', 'retirer', '{auteur,relecteur}', true, 'Retirer'),
	('publication', 'retiree', 'publiee', 'retablir', '{relecteur}', true, 'Rétablir'),
	('publication', 'publiee', 'fusionnee', 'fusionner', '{relecteur}', true, 'Fusionner avec une autre fiche'),
	('publication', 'a_actualiser', 'fusionnee', 'fusionner', '{relecteur}', true, 'Fusionner avec une autre fiche'),
	('publication', 'fusionnee', 'publiee', 'retablir', '{relecteur}', true, 'Rétablir'),
	('publication', 'brouillon', 'publiee', 'publier', '{relecteur,systeme}', false, 'Publier'),
	('publication', 'archivee', 'publiee', 'publier', '{relecteur}', false, 'Publier');
revoke insert, update, delete on step from catalyse_rw;
comment on table step is 'All the changes of state there are; the triggers below refuse every other one';

-- The members of content, each optional: type, titre, chapo, licence, langue (texts); preuve (number); sections (object: key of
-- sheet_section to text, or to a list for steps and values); territoires ("commune:97410"), termes ("theme:x"): lists of texts;
-- source (object: libelle, adresse, editeur, annee); maturite ([min, max]); inspire (number of the sheet it comes from).
create function work_content_sound(c jsonb) returns bool language sql immutable as $$
	select jsonb_typeof(c) = 'object' and length(c::text) <= 400000
		and not exists (select from jsonb_each(c) m where case m.key
			when 'type' then jsonb_typeof(m.value) <> 'string' or m.value #>> '{}' not in ('', 'methode', 'exemple', 'donnee', 'outil', 'competence')
			when 'titre' then jsonb_typeof(m.value) <> 'string' or length(m.value #>> '{}') > 300
			when 'chapo' then jsonb_typeof(m.value) <> 'string' or length(m.value #>> '{}') > 2000
			when 'licence' then jsonb_typeof(m.value) <> 'string' or length(m.value #>> '{}') > 40
			when 'langue' then jsonb_typeof(m.value) <> 'string' or length(m.value #>> '{}') > 12
			when 'preuve' then jsonb_typeof(m.value) <> 'number' or (m.value #>> '{}')::numeric not in (0, 1, 2, 3, 4)
			when 'sections' then jsonb_typeof(m.value) <> 'object'
			when 'territoires' then jsonb_typeof(m.value) <> 'array' or jsonb_array_length(m.value) > 40 or jsonb_path_exists(m.value, '$[*] ? (@.type() != "string")')
			when 'termes' then jsonb_typeof(m.value) <> 'array' or jsonb_array_length(m.value) > 80 or jsonb_path_exists(m.value, '$[*] ? (@.type() != "string")')
			when 'source' then jsonb_typeof(m.value) <> 'object'
			when 'maturite' then jsonb_typeof(m.value) <> 'array' or jsonb_array_length(m.value) <> 2
			when 'inspire' then jsonb_typeof(m.value) <> 'number'
			else true end)
$$;

create table work (
	sheet_id int primary key default nextval('catalyse.sheet_id_seq'), -- the number the sheet has, or will have
	state text not null default 'brouillon' check (state in ('brouillon', 'soumise', 'en_relecture', 'modifications_demandees', 'refusee', 'publiee')),
	rev int not null default 1 check (rev >= 1), -- one more at each save: what an editor read and sends back
	content jsonb not null default '{}' check (work_content_sound(content)),
	structure_id int references structure, -- whose sheet it is
	created_by int references contributor,
	created_at timestamptz not null default now(),
	saved_by int references contributor,
	saved_at timestamptz not null default now(),
	round int not null default 0, -- times it was submitted
	submitted_at timestamptz,
	note text not null default '' check (length(note) <= 2000), -- what the author says to who reads it over
	reviewer_id int references contributor,
	taken_at timestamptz,
	due_on date,
	decided_at timestamptz,
	origin_key text unique, -- "annuaire:123": where an imported one comes from, so that a second import finds it
	constraint work_taken check ((state = 'en_relecture') <= (reviewer_id is not null)),
	constraint work_submitted check (state in ('brouillon', 'publiee') or submitted_at is not null)
);
create index work_queue_idx on work (state, submitted_at) where state in ('soumise', 'en_relecture', 'modifications_demandees');
create index work_structure_idx on work (structure_id);
create index work_created_idx on work (created_by);
create index work_saved_idx on work (saved_by);
create index work_reviewer_idx on work (reviewer_id);
grant usage on sequence catalyse.sheet_id_seq to catalyse_rw;

create table work_author (
	sheet_id int not null references work on delete cascade,
	account_id int not null references contributor,
	role text not null check (role in ('auteur', 'coauteur')),
	since timestamptz not null default now(),
	primary key (sheet_id, account_id)
);
create index work_author_account_idx on work_author (account_id);

create table catalyse.sheet_author ( -- who is named on the public sheet
	sheet_id int not null references sheet on delete cascade,
	contributor_id int not null references contributor,
	position int not null,
	primary key (sheet_id, contributor_id)
);
create index sheet_author_contributor_idx on catalyse.sheet_author (contributor_id);

-- What the application's role cannot do whatever statement it sends.
create function work_step_check() returns trigger language plpgsql as $$
begin
	if new.state is distinct from old.state and not exists (select from private.step s where s.machine = 'travail' and s.before = old.state and s.after = new.state) then
		raise exception 'no step from % to %', old.state, new.state using errcode = 'check_violation', constraint = 'work_step';
	end if;
	if new.content is distinct from old.content and old.state not in ('brouillon', 'modifications_demandees', 'refusee') and new.state = old.state then
		raise exception 'the text of a sheet that is % does not change', old.state using errcode = 'check_violation', constraint = 'work_text';
	end if;
	return new;
end
$$;
create trigger work_step before update on work for each row execute function work_step_check();
create function work_begin_check() returns trigger language plpgsql as $$
begin
	if new.state not in ('brouillon', 'publiee') then
		raise exception 'a sheet begins as a draft' using errcode = 'check_violation', constraint = 'work_step';
	end if;
	return new;
end
$$;
create trigger work_begin before insert on work for each row execute function work_begin_check();
create function sheet_step_check() returns trigger language plpgsql security definer set search_path to private, catalyse, public as $$
begin
	if new.state is distinct from old.state and not exists (select from step s where s.machine = 'publication' and s.before = old.state and s.after = new.state) then
		raise exception 'no step from % to %', old.state, new.state using errcode = 'check_violation', constraint = 'sheet_step';
	end if;
	return new;
end
$$;
create trigger sheet_0_step before update of state on sheet for each row execute function sheet_step_check();

-- The public sheet as content, to begin its next version with.
create function work_content_of(sheet int) returns jsonb language sql stable set search_path to private, catalyse, public as $$
	select jsonb_strip_nulls(jsonb_build_object('type', s.type, 'titre', s.title, 'chapo', s.summary, 'licence', s.licence, 'langue', s.language,
		'preuve', s.evidence, 'sections', s.sections,
		'territoires', (select coalesce(jsonb_agg(t.type || ':' || t.code order by t.type, t.code), '[]') from sheet_territory st join territory t on t.id = st.territory_id where st.sheet_id = s.id),
		'termes', (select coalesce(jsonb_agg(m.scheme || ':' || m.code order by m.scheme, m.position), '[]') from sheet_term st join term m on m.id = st.term_id where st.sheet_id = s.id),
		'source', case when s.source_label is not null then jsonb_build_object('libelle', s.source_label, 'adresse', s.source_url, 'editeur', s.source_publisher, 'annee', s.source_year) end,
		'maturite', case when s.maturity_min is not null then jsonb_build_array(s.maturity_min, s.maturity_max) end,
		'inspire', (select l.other_id from sheet_link l where l.sheet_id = s.id and l.kind = 'inspire' order by l.other_id limit 1)))
	from sheet s where s.id = sheet
$$;

-- Of what a content names, the territories that exist.
create function work_territories(content jsonb) returns int[] language sql stable set search_path to catalyse, public as $$
	select coalesce(array_agg(distinct t.id), '{}') from jsonb_array_elements_text(coalesce(content->'territoires', '[]')) a (place)
	join territory t on t.type = split_part(a.place, ':', 1) and t.code = split_part(a.place, ':', 2)
$$;
create function work_terms(content jsonb) returns int[] language sql stable set search_path to catalyse, public as $$
	select coalesce(array_agg(distinct t.id), '{}') from jsonb_array_elements_text(coalesce(content->'termes', '[]')) a (term)
	join term t on t.scheme = split_part(a.term, ':', 1) and t.code = split_part(a.term, ':', 2)
$$;

-- Who may review a text of that content: 3 an animateur of one of its territories, 2 of one of its themes, 1 an editeur, 1 an
-- administrateur; 0: nobody's business.
create function work_reviewer_rank(actor int, content jsonb) returns int language sql stable set search_path to private, catalyse, public as $$
	select coalesce(max(case
		when r.role = 'animateur' and r.territory_id is not null and exists (select from unnest(work_territories(content)) t (id)
			where t.id = r.territory_id or exists (select from territory_tree tt where tt.territory_id = t.id and tt.ancestor_id = r.territory_id)) then 3
		when r.role = 'animateur' and r.term_id = any (work_terms(content)) then 2
		when r.role in ('editeur', 'administrateur') then 1
		else 0 end), 0)
	from account_role r join account a on a.id = r.account_id
	where r.account_id = actor and a.state = 'actif'
$$;

-- lire, ecrire, gerer (invite, hand over), relire. Nobody reviews their own text, but an administrateur.
create function work_rights(actor int, sheet int) returns text[] language plpgsql stable set search_path to private, catalyse, public as $$
declare
	w work;
	own text;
	member text;
	rights text[] := '{}';
	rank int;
	boss bool;
begin
	select * into w from work where sheet_id = sheet;
	if actor is null or not exists (select from account where id = actor and state = 'actif') then
		return rights;
	end if;
	if w.sheet_id is null then -- a public sheet nobody has opened yet
		w.content := work_content_of(sheet);
		select structure_id into w.structure_id from catalyse.sheet where id = sheet;
		if w.content is null then
			return rights;
		end if;
	end if;
	select a.role into own from work_author a where a.sheet_id = sheet and a.account_id = actor;
	select m.role into member from structure_member m where m.structure_id = w.structure_id and m.account_id = actor and m.state = 'active';
	boss := exists (select from account_role r where r.account_id = actor and r.role = 'administrateur');
	if own is not null or member is not null then
		rights := rights || array['lire', 'ecrire'];
		if own = 'auteur' or member = 'responsable' then
			rights := rights || 'gerer'::text;
		end if;
	end if;
	rank := work_reviewer_rank(actor, w.content);
	if rank > 0 and (own is null and member is null or boss) then
		rights := rights || array['lire', 'relire'];
		if boss then
			rights := rights || array['gerer', 'ecrire'];
		end if;
	end if;
	return array(select distinct unnest(rights) order by 1);
end
$$;

-- One step of the text. Returns '' when done, else why not: introuvable, interdit, etat, motif, perime (rev is not the last).
-- Publishing has its own function, work_publish.
create function work_move(actor int, sheet int, wanted text, why text, seen_rev int) returns text language plpgsql
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

-- What readers are told of a decision: kept with the version it made.
alter table sheet_version add column author_id int references contributor, add column decided_by int references contributor,
	add column parts jsonb not null default '{}';
create index sheet_version_author_idx on sheet_version (author_id);
create index sheet_version_decided_idx on sheet_version (decided_by);
comment on column sheet_version.parts is 'territoires, termes, source as they were: not covered by the seal';
create or replace function catalyse.sheet_version_add() returns trigger language plpgsql security definer set search_path to catalyse, public as $$
declare
	previous text;
begin
	if new.version = 0 or exists (select from sheet_version where sheet_id = new.id and number = new.version) then
		return null;
	end if;
	select hash into previous from sheet_version where sheet_id = new.id and number = new.version - 1;
	insert into sheet_version (sheet_id, number, title, summary, sections, evidence, licence, hash, previous_hash, note, author_id, decided_by, parts)
	values (new.id, new.version, new.title, new.summary, new.sections, new.evidence, new.licence,
		sheet_version_hash(previous, new.title, new.summary, new.sections, new.evidence, new.licence), previous,
		coalesce(current_setting('catalyse.note', true), ''), nullif(current_setting('catalyse.author', true), '')::int,
		nullif(current_setting('catalyse.decided_by', true), '')::int, coalesce(nullif(current_setting('catalyse.parts', true), '')::jsonb, '{}'));
	return null;
end
$$;

-- Makes the text the public sheet, as its next version. slug: that of the title. Returns '' or, as work_move, why not; a
-- content that a rule of the schema refuses raises check_violation.
create function work_publish(actor int, sheet int, why text, slug text, seen_rev int) returns text language plpgsql
	set search_path to private, catalyse, public as $$
declare
	w work;
	c jsonb;
	is_new bool;
begin
	select * into w from work where sheet_id = sheet for update;
	if not found or not 'lire' = any (work_rights(actor, sheet)) then
		return 'introuvable';
	end if;
	if not 'relire' = any (work_rights(actor, sheet)) then
		return 'interdit';
	end if;
	if w.state <> 'en_relecture' then
		return 'etat';
	end if;
	if w.reviewer_id is distinct from actor and not exists (select from account_role r where r.account_id = actor and r.role = 'administrateur') then
		return 'interdit';
	end if;
	if seen_rev is not null and seen_rev <> w.rev then
		return 'perime';
	end if;
	c := w.content;
	perform set_config('catalyse.note', coalesce(why, ''), true), set_config('catalyse.author', coalesce(w.saved_by, w.created_by)::text, true),
		set_config('catalyse.decided_by', actor::text, true),
		set_config('catalyse.parts', jsonb_build_object('territoires', c->'territoires', 'termes', c->'termes', 'source', c->'source')::text, true);
	insert into catalyse.sheet as s (id, ref, type, slug, title, summary, sections, evidence, licence, language, state, structure_id, source_label,
		source_url, source_publisher, source_year, origin, verified_on, verified_by, maturity_min, maturity_max)
	values (w.sheet_id, 'f-' || w.sheet_id, c->>'type', work_publish.slug, btrim(c->>'titre'), btrim(coalesce(c->>'chapo', '')), coalesce(c->'sections', '{}'),
		coalesce((c->>'preuve')::smallint, 0), coalesce(nullif(c->>'licence', ''), 'CC-BY-SA-4.0'), coalesce(nullif(c->>'langue', ''), 'fr'), 'publiee',
		w.structure_id, nullif(c#>>'{source,libelle}', ''), nullif(c#>>'{source,adresse}', ''), nullif(c#>>'{source,editeur}', ''),
		nullif(c#>>'{source,annee}', '')::smallint, 'source', current_date, 'relecture', (c#>>'{maturite,0}')::smallint, (c#>>'{maturite,1}')::smallint)
	on conflict (id) do update set type = excluded.type, slug = excluded.slug, title = excluded.title, summary = excluded.summary,
		sections = excluded.sections, evidence = excluded.evidence, licence = excluded.licence, language = excluded.language, state = 'publiee',
		structure_id = excluded.structure_id, source_label = excluded.source_label, source_url = excluded.source_url,
		source_publisher = excluded.source_publisher, source_year = excluded.source_year, verified_on = excluded.verified_on,
		verified_by = excluded.verified_by, maturity_min = excluded.maturity_min, maturity_max = excluded.maturity_max;
	delete from sheet_territory st where st.sheet_id = w.sheet_id and st.territory_id <> all (work_territories(c));
	insert into sheet_territory select w.sheet_id, t from unnest(work_territories(c)) t on conflict do nothing;
	delete from sheet_term st where st.sheet_id = w.sheet_id and st.term_id <> all (work_terms(c));
	insert into sheet_term select w.sheet_id, t from unnest(work_terms(c)) t on conflict do nothing;
	delete from sheet_link l where l.sheet_id = w.sheet_id and l.kind = 'inspire' and l.other_id is distinct from (c->>'inspire')::int;
	insert into sheet_link (sheet_id, other_id, kind) select w.sheet_id, o.id, 'inspire' from catalyse.sheet o
		where o.id = (c->>'inspire')::int and o.id <> w.sheet_id on conflict do nothing;
	delete from sheet_author x where x.sheet_id = w.sheet_id and not exists (select from work_author a where a.sheet_id = x.sheet_id and a.account_id = x.contributor_id);
	insert into sheet_author (sheet_id, contributor_id, position)
		select a.sheet_id, a.account_id, row_number() over (order by a.role, a.since, a.account_id) from work_author a where a.sheet_id = w.sheet_id
		on conflict (sheet_id, contributor_id) do update set position = excluded.position;
	update work x set state = 'publiee', rev = x.rev + 1, decided_at = now(), due_on = null where x.sheet_id = w.sheet_id;
	perform journal_add(actor, 'publier', 'fiche', w.sheet_id, jsonb_build_object('machine', 'travail', 'avant', w.state, 'apres', 'publiee', 'tour', w.round,
		'version', (select version from catalyse.sheet where id = w.sheet_id)), why);
	return '';
end
$$;

-- Opens a public sheet for its next version, when nobody did.
create function work_open(sheet int) returns void language sql set search_path to private, catalyse, public as $$
	insert into work (sheet_id, state, content, structure_id)
	select s.id, 'publiee', work_content_of(s.id), s.structure_id from catalyse.sheet s where s.id = $1 on conflict do nothing
$$;
commit;
