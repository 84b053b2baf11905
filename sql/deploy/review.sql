-- Deploy catalyse:review to pg
-- requires: tombstone
-- requires: mail
-- A sheet read over as a dialogue: what was said and on which field, the grid and its answers, who is asked to read, appeals judged
-- by somebody else, readers invited from outside, delays. And the acts on what is public already: sheet_move().
begin;
set local role catalyse_owner;
set local search_path to private, catalyse, public;
set local lock_timeout to '2s';

insert into mail_kind (kind, class, label, reason) values
	('refus', 'service', 'Refus d’une fiche', 'Vous recevez ce courriel parce qu’une décision touche une fiche que vous avez proposée.'),
	('avis', 'attend', 'Un avis m’est demandé', 'Vous recevez ce courriel parce qu’une personne qui relit cette fiche demande votre avis, et seulement sur celle-ci.');

create table criterion (
	code text primary key check (code ~ '^[a-z][a-z_]{1,39}$'),
	label text not null check (btrim(label) <> '' and length(label) <= 200),
	help text not null default '' check (length(help) <= 400),
	principal bool not null default true, -- a « non » there is a reason to wait
	position int not null,
	active bool not null default true,
	origin provenance not null default 'ours'
);
comment on table criterion is 'The grid: what a reviewer answers, oui, non or sans objet';
insert into criterion (code, label, help, principal, position) values
	('titre', 'Le titre dit ce qui se passe, et où', '', true, 1),
	('resume', 'Le résumé se comprend sans connaître le sujet', '', true, 2),
	('sources', 'Chaque fait a sa source', 'Un document, un récit signé, une adresse : de quoi retrouver.', true, 3),
	('personnes', 'Aucune personne n’est nommée sans son accord', '', true, 4),
	('reprise', 'Un autre territoire peut s’en servir', '', true, 5),
	('chiffres', 'Les chiffres disent qui, quand, combien', 'Sans objet quand la fiche n’en contient pas.', true, 6),
	('preuve', 'Le niveau de preuve est celui que les sources permettent', '', false, 7),
	('droits', 'Les textes et les images peuvent être repris', 'Licence dite, auteurs cités.', false, 8),
	('classement', 'Les territoires et les thèmes sont les bons', 'C’est par eux que la fiche sera trouvée.', false, 9);

-- Reasons to choose from. That of a withdrawal is public and follows « parce que ».
create table review_reason (
	act text not null check (act in ('demander', 'refuser', 'retirer', 'archiver', 'fusionner', 'signaler', 'retablir', 'maintenir')),
	code text not null check (code ~ '^[a-z][a-z_]{1,39}$'),
	label text not null check (btrim(label) <> '' and length(label) <= 200),
	position int not null,
	active bool not null default true,
	primary key (act, code)
);
insert into review_reason (act, code, label, position) values
	('refuser', 'hors_sujet', 'Elle ne parle pas de coopération entre des acteurs d’un territoire', 1),
	('refuser', 'doublon', 'Une autre fiche le dit déjà', 2),
	('refuser', 'sans_source', 'Rien ne permet de vérifier ce qu’elle dit', 3),
	('refuser', 'publicite', 'Elle fait la publicité d’un produit ou d’un service', 4),
	('refuser', 'personne', 'Elle met en cause des personnes', 5),
	('refuser', 'droits', 'Elle reprend un texte ou une image sans en avoir le droit', 6),
	('retirer', 'demande', 'ses auteurs ou sa structure l’ont demandé', 1),
	('retirer', 'inexacte', 'ce qu’elle dit s’est révélé inexact', 2),
	('retirer', 'personne', 'elle nommait une personne sans son accord', 3),
	('retirer', 'droits', 'elle reprenait un texte ou une image sans en avoir le droit', 4),
	('retirer', 'illicite', 'son contenu était contraire à la loi', 5),
	('archiver', 'terminee', 'Ce qu’elle décrit est terminé', 1),
	('archiver', 'depassee', 'Elle n’est plus à jour et personne ne la tient', 2),
	('fusionner', 'doublon', 'L’autre fiche dit la même chose, plus complètement', 1),
	('signaler', 'age', 'Elle n’a pas été vérifiée depuis longtemps', 1),
	('signaler', 'lien', 'Une de ses sources ne répond plus', 2),
	('signaler', 'doute', 'Un lecteur a signalé une erreur', 3),
	('retablir', 'corrigee', 'Ce qui posait problème est corrigé', 1),
	('retablir', 'erreur', 'La décision précédente était une erreur', 2),
	('maintenir', 'motif', 'La raison donnée est confirmée après un second examen', 1);

-- The text of each round, as it was submitted, and how long it waited.
create table review_round (
	sheet_id int not null references work on delete cascade,
	round int not null check (round >= 1),
	content jsonb not null,
	region_id int references territory, -- that of its first territory; null: none
	submitted_at timestamptz not null default now(),
	answered_at timestamptz, -- a reviewer wrote or decided
	decided_at timestamptz,
	primary key (sheet_id, round)
);
create index review_round_region_idx on review_round (region_id);
create index review_round_submitted_idx on review_round (submitted_at);

create table review_invitation ( -- a reader from outside, for one sheet, by a link
	id int generated always as identity primary key,
	sheet_id int not null references work on delete cascade,
	name text not null check (btrim(name) <> '' and length(name) <= 80),
	token_hash text not null unique check (token_hash ~ '^[0-9a-f]{64}$'),
	invited_by int references contributor,
	at timestamptz not null default now(),
	answered_at timestamptz
);
create index review_invitation_sheet_idx on review_invitation (sheet_id);
create index review_invitation_by_idx on review_invitation (invited_by);

create table review_message (
	id bigint generated always as identity primary key,
	sheet_id int not null references work on delete cascade,
	round int not null,
	at timestamptz not null default now(),
	author_id int references contributor,
	invitation_id int references review_invitation,
	kind text not null check (kind in ('message', 'commentaire', 'reponse', 'avis', 'appel')),
	side text not null check (side in ('auteur', 'relecteur', 'exterieur')),
	field text check (field ~ '^[a-z][a-z0-9_-]{0,59}$'),
	field_label text not null default '' check (length(field_label) <= 200),
	quote text not null default '' check (length(quote) <= 2000),
	body text not null check (btrim(body) <> '' and length(body) <= 4000),
	reply_to bigint references review_message,
	decision_id bigint references journal, -- the decision it was said with
	settled_at timestamptz,                -- of an appeal: it was judged
	constraint review_message_writer check (num_nonnulls(author_id, invitation_id) = 1 and (side = 'exterieur') = (invitation_id is not null)),
	constraint review_message_reply check ((kind = 'reponse') = (reply_to is not null))
);
create index review_message_sheet_idx on review_message (sheet_id, id);
create index review_message_author_idx on review_message (author_id);
create index review_message_invitation_idx on review_message (invitation_id);
create index review_message_reply_idx on review_message (reply_to);
create index review_message_decision_idx on review_message (decision_id);
create index review_message_appeal_idx on review_message (sheet_id) where kind = 'appel' and settled_at is null;

create table review_answer (
	id bigint generated always as identity primary key,
	sheet_id int not null references work on delete cascade,
	round int not null,
	reviewer_id int references contributor,
	invitation_id int references review_invitation,
	criterion text not null references criterion,
	verdict text not null check (verdict in ('oui', 'non', 'sans_objet')),
	comment text not null default '' check (length(comment) <= 1000),
	at timestamptz not null default now(),
	constraint review_answer_writer check (num_nonnulls(reviewer_id, invitation_id) = 1)
);
create unique index review_answer_once_idx on review_answer (sheet_id, round, criterion, coalesce(reviewer_id, 0), coalesce(invitation_id, 0));
create index review_answer_reviewer_idx on review_answer (reviewer_id);
create index review_answer_invitation_idx on review_answer (invitation_id);
create index review_answer_criterion_idx on review_answer (criterion);

create table account_absence (
	id int generated always as identity primary key,
	account_id int not null references account on delete cascade,
	from_on date not null,
	to_on date not null check (to_on >= from_on)
);
create index account_absence_account_idx on account_absence (account_id, to_on);
comment on table account_absence is 'Days on which a reviewer is not asked';

create function review_round_add() returns trigger language plpgsql set search_path to private, catalyse, public as $$
begin
	if new.state = 'soumise' and new.round > old.round then
		insert into review_round (sheet_id, round, content, region_id) values (new.sheet_id, new.round, new.content, (
			select a.id from unnest(work_territories(new.content)) t (id)
			left join territory_tree tt on tt.territory_id = t.id join territory a on a.id in (t.id, tt.ancestor_id)
			where a.type in ('region', 'collectivite') order by a.id limit 1));
	elsif old.state = 'en_relecture' and new.state in ('modifications_demandees', 'refusee', 'publiee') then
		update review_round r set decided_at = now(), answered_at = coalesce(r.answered_at, now()) where r.sheet_id = new.sheet_id and r.round = new.round;
	end if;
	return null;
end
$$;
create trigger work_round after update of state on work for each row execute function review_round_add();
insert into review_round (sheet_id, round, content, submitted_at) select sheet_id, round, content, submitted_at from work where round > 0 and submitted_at is not null;

-- Whose refusal is appealed against now: they do not judge it again. Null: nobody's.
create function review_appealed(sheet int) returns int language sql stable set search_path to private, catalyse, public as $$
	select case when last.action = 'contester' then (select j.actor_id from journal j where j.object = 'fiche' and j.object_id = $1 and j.action = 'refuser'
		and j.id < last.id order by j.id desc limit 1) end
	from (select j.action, j.id from journal j where j.object = 'fiche' and j.object_id = $1 and j.action in ('contester', 'soumettre', 'publier')
		order by j.id desc limit 1) last
$$;
-- Who withdrew or merged it: they do not judge the appeal.
create function review_withdrawer(sheet int) returns int language sql stable set search_path to private, catalyse, public as $$
	select j.actor_id from journal j where j.object = 'fiche' and j.object_id = $1 and j.action in ('retirer', 'fusionner') order by j.id desc limit 1
$$;

-- As before, but that an appeal is not taken by who decided.
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
	if wanted = 'prendre' and review_appealed(sheet) = actor then
		return 'interdit'; -- an appeal is for somebody else than who decided
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

-- work_publish, but that a text which a rule of the schema refuses is told: 'contenu <name of the rule>'; and that nothing brings
-- back what was withdrawn or merged, but sheet_move.
create function review_publish(actor int, sheet int, why text, slug text, seen_rev int) returns text language plpgsql
	set search_path to private, catalyse, public as $$
declare
	rule text;
	public_state text;
begin
	select o.state into public_state from catalyse.sheet o where o.id = review_publish.sheet for update;
	if found and public_state <> 'publiee' and 'relire' = any (work_rights(actor, sheet))
			and not exists (select from step where machine = 'publication' and before = public_state and act = 'publier') then
		return 'etat';
	end if;
	return work_publish(actor, sheet, why, slug, seen_rev);
exception when check_violation or not_null_violation or invalid_text_representation or numeric_value_out_of_range then
	get stacked diagnostics rule = constraint_name;
	return 'contenu ' || coalesce(nullif(rule, ''), 'texte');
end
$$;

-- Gives a text to another reviewer. As work_move, or 'cible': that person may not review it.
create function review_assign(actor int, sheet int, target int) returns text language plpgsql set search_path to private, catalyse, public as $$
declare
	w work;
begin
	select * into w from work where sheet_id = sheet for update;
	if not found or not 'lire' = any (work_rights(actor, sheet)) then
		return 'introuvable';
	end if;
	if not 'relire' = any (work_rights(actor, sheet)) then
		return 'interdit';
	end if;
	if w.state not in ('soumise', 'en_relecture') then
		return 'etat';
	end if;
	if w.state = 'en_relecture' and w.reviewer_id is distinct from actor and not exists (select from account_role r where r.account_id = actor
			and r.role in ('editeur', 'administrateur')) then
		return 'interdit';
	end if;
	if not 'relire' = any (work_rights(target, sheet)) or review_appealed(sheet) = target then
		return 'cible';
	end if;
	update work x set state = 'en_relecture', rev = x.rev + 1, reviewer_id = target, taken_at = now() where x.sheet_id = sheet;
	perform journal_add(actor, 'confier', 'fiche', sheet, jsonb_build_object('machine', 'travail', 'avant', w.state, 'apres', 'en_relecture', 'a', target,
		'tour', w.round), null);
	return '';
end
$$;

-- One step of what is public: archiver, retirer, retablir, fusionner (target: the sheet that stays), verifier, signaler. Returns ''
-- when done, else introuvable, interdit, etat, motif, cible (no such public sheet).
create function sheet_move(actor int, sheet int, wanted text, why text, target int) returns text language plpgsql
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

-- An appeal against a withdrawal or a merge is turned down, by somebody else than who withdrew.
create function review_uphold(actor int, sheet int, why text) returns text language plpgsql set search_path to private, catalyse, public as $$
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

-- Whom to ask: animateurs of its territories, else of its themes, else éditeurs and administrateurs; never its authors, nor who
-- refused it when that is appealed against, nor somebody away today. Those who hold the fewest first. scope: what makes it theirs.
create function review_route(sheet int) returns table (account_id int, email text, name text, rank int, held int, scope text)
	language sql stable set search_path to private, catalyse, public as $$
	with w as (select x.content from work x where x.sheet_id = $1 union all
		select work_content_of($1) where not exists (select from work x where x.sheet_id = $1)),
	able as (
		select a.id, a.email, c.name, work_reviewer_rank(a.id, w.content) as rank, w.content
		from w cross join account a join contributor c on c.id = a.id
		where a.state = 'actif' and exists (select from account_role r where r.account_id = a.id)
			and not exists (select from work_author o where o.sheet_id = $1 and o.account_id = a.id)
			and 'relire' = any (work_rights(a.id, $1))
			and a.id is distinct from review_appealed($1)
			and not exists (select from catalyse.sheet s where s.id = $1 and s.state in ('retiree', 'fusionnee') and review_withdrawer($1) = a.id)
			and not exists (select from account_absence b where b.account_id = a.id and current_date between b.from_on and b.to_on)
	)
	select b.id, b.email, b.name, b.rank, (select count(*)::int from work o where o.reviewer_id = b.id and o.state = 'en_relecture') as held,
		coalesce(case b.rank
			when 3 then (select t.name from account_role r join territory t on t.id = r.territory_id where r.account_id = b.id and r.role = 'animateur'
				and exists (select from unnest(work_territories(b.content)) p (id) where p.id = t.id or exists (select from territory_tree tt
					where tt.territory_id = p.id and tt.ancestor_id = t.id)) order by r.id limit 1)
			when 2 then (select m.label from account_role r join term m on m.id = r.term_id where r.account_id = b.id and m.id = any (work_terms(b.content))
				order by r.id limit 1) end, '')
	from able b where b.rank > 0 and b.rank = (select max(o.rank) from able o) order by held, b.id limit 5
$$;

-- Delays by région over the last ninety days, and what waits: nothing is said of fewer than five texts.
create function catalyse.review_delays() returns table (type text, code text, name text, texts int, answer_median float, answer_p90 float,
		decision_median float, decision_p90 float, waiting int) language sql stable security definer set search_path to private, catalyse, public as $$
	with r as (
		select o.region_id, o.decided_at is null and w.state in ('soumise', 'en_relecture') and w.round = o.round as waits,
			o.submitted_at > now() - interval '90 days' as recent,
			extract(epoch from o.answered_at - o.submitted_at) / 86400.0 as answered, extract(epoch from o.decided_at - o.submitted_at) / 86400.0 as decided
		from review_round o join work w on w.sheet_id = o.sheet_id
		where o.submitted_at > now() - interval '90 days' or (o.decided_at is null and w.state in ('soumise', 'en_relecture'))
	), grouped as (
		select r.region_id, grouping(r.region_id) as whole, count(*) filter (where recent and answered is not null)::int as texts,
			percentile_cont(array[.5, .9]) within group (order by answered) filter (where recent) as answer,
			percentile_cont(array[.5, .9]) within group (order by decided) filter (where recent) as decision,
			count(decided) filter (where recent) as decisions, count(*) filter (where waits)::int as waiting
		from r group by grouping sets ((r.region_id), ())
	)
	select coalesce(t.type, 'pays'), coalesce(t.code, 'FR'), coalesce(t.name, 'Toute la France'), case when g.texts >= 5 then g.texts end,
		case when g.texts >= 5 then g.answer[1] end, case when g.texts >= 5 then g.answer[2] end,
		case when g.decisions >= 5 then g.decision[1] end, case when g.decisions >= 5 then g.decision[2] end, case when g.waiting >= 5 or g.waiting = 0 then g.waiting end
	from grouped g left join territory t on t.id = g.region_id
	where g.whole = 1 or (t.id is not null and (g.texts >= 5 or g.waiting >= 5))
	order by g.whole desc, t.name
$$;
revoke execute on function catalyse.review_delays() from public;
grant execute on function catalyse.review_delays() to catalyse_ro, catalyse_rw;
commit;
