#!/usr/bin/env bash
# Every route, every role, one's own object, that of others, none: the answer is the one of matrix.tsv. See matrix.pl.
. "$(dirname "$0")/lib.sh"
here=$(dirname "$0")
sql() { "$top_srcdir/tools/cluster.sh" psql "$VAR/postgresql" -XqAt -v ON_ERROR_STOP=1 -d catalyse "$@"; }
clean() {
	sql >/dev/null <<-'SQL'
		begin;
		set local session_replication_role = replica; -- the rubbish of a test: what is kept for ever by triggers too
		create temp table who on commit drop as select id from private.account where email like 'matrice-%';
		create temp table gone on commit drop as select sheet_id as id from private.work where created_by in (select id from who) or origin_key like 'matrice:%';
		delete from catalyse.sheet_territory where sheet_id in (select id from gone);
		delete from catalyse.sheet_index where sheet_id in (select id from gone);
		delete from catalyse.sheet_record where sheet_id in (select id from gone);
		delete from catalyse.sheet_version where sheet_id in (select id from gone);
		delete from catalyse.sheet_author where sheet_id in (select id from gone);
		delete from private.work_author where sheet_id in (select id from gone);
		delete from private.work where sheet_id in (select id from gone);
		delete from catalyse.sheet where id in (select id from gone);
		delete from private.session where account_id in (select id from who);
		delete from private.api_token where account_id in (select id from who);
		delete from private.account_role where account_id in (select id from who);
		delete from private.import_file where account_id in (select id from who);
		delete from private.account where id in (select id from who);
		commit;
	SQL
	"$top_builddir/catalyse" stats tout --config "$VAR/catalyse.conf" >/dev/null 2>&1
}
clean
trap 'clean; rm -rf "$tmp"' EXIT
sql >"$tmp/facts" <<'SQL'
set search_path to private, catalyse, public;
begin;
create temp table who (role text, id int) on commit drop;
insert into who select r, nextval('catalyse.contributor_id_seq') from unnest(array['contributeur', 'animateur', 'ailleurs', 'editeur', 'administrateur', 'sans_facteur', 'autre']) r;
insert into contributor (id, name) select id, 'Matrice ' || role from who;
-- A second factor that nobody knows: it is given, or not, by the session below.
insert into account (id, email, state, confirmed_at, totp) select id, 'matrice-' || replace(role, '_', '-') || '@exemple.example', 'actif', now(), case when role in ('contributeur', 'autre') then null else 'scelle' end from who;
insert into account_role (account_id, role, territory_id, espace_id)
select w.id, case w.role when 'ailleurs' then 'animateur' when 'sans_facteur' then 'animateur' else w.role end,
	case when w.role in ('animateur', 'sans_facteur') then (select id from territory where type = 'departement' and code = '974')
		when w.role = 'ailleurs' then (select id from territory where type = 'departement' and code = '69') end,
	case when w.role = 'editeur' then (select id from espace order by position, id limit 1) end
from who w where w.role not in ('contributeur', 'autre');
create temp table card on commit drop as select role, id, translate(encode(sha256(random()::text::bytea), 'base64'), '+/=', '-_') as text from who where role <> 'autre';
insert into session (hash, account_id, second_factor, expires_at)
select encode(sha256(text::bytea), 'hex'), id, role not in ('sans_facteur', 'contributeur'), now() + interval '1 hour' from card;
select 'session.' || role || '=' || text from card;
create temp table bearer on commit drop as select r as role, translate(encode(sha256(random()::text::bytea), 'base64'), '+/=', '-_') as text from unnest(array['lire', 'ecrire']) r;
insert into api_token (hash, account_id, name, scopes, expires_at)
select encode(sha256(b.text::bytea), 'hex'), (select id from who where role = 'contributeur'), 'Matrice', array[b.role], now() + interval '1 hour' from bearer b;
select 'bearer.' || role || '=' || text from bearer;
-- One draft each; those of others: one that was sent, in the 974.
create temp table draft on commit drop as select w.role, w.id as owner, nextval('catalyse.sheet_id_seq')::int as sheet from who w;
insert into work (sheet_id, content, created_by, saved_by, origin_key)
select sheet, jsonb_build_object('type', 'exemple', 'titre', 'Matrice ' || role, 'chapo', 'Une phrase.', 'territoires', '["departement:974"]'::jsonb, 'source', '{"libelle": "Essai"}'::jsonb),
	owner, owner, 'matrice:travail-' || role from draft;
insert into work_author (sheet_id, account_id, role) select sheet, owner, 'auteur' from draft;
update work set state = 'soumise', submitted_at = now() where origin_key = 'matrice:travail-autre';
select 'travail.own.' || role || '=' || sheet from draft where role <> 'autre';
select 'travail.own.' || r || '=' || sheet from draft, unnest(array['lire', 'ecrire']) r where role = 'contributeur';
-- Nobody's own: the one of others.
select 'travail.own.anonyme=' || sheet from draft where role = 'autre';
select 'travail.other=' || sheet from draft where role = 'autre';
select 'travail.none=999999999';
-- Public sheets, one signed by each.
create temp table shown on commit drop as select w.role, w.id as owner, nextval('catalyse.sheet_id_seq')::int as sheet from who w;
insert into sheet (id, ref, type, slug, title, summary, state, source_label, origin) select sheet, 'f-' || sheet, 'exemple', 'matrice', 'Matrice ' || role, 'Une phrase.', 'brouillon', 'Essai', 'source' from shown;
insert into sheet_territory select sheet, (select id from territory where type = 'departement' and code = '974') from shown;
update sheet set state = 'publiee' where id in (select sheet from shown);
insert into work (sheet_id, state, content, created_by, origin_key) select sheet, 'publiee', work_content_of(sheet), owner, 'matrice:fiche-' || role from shown;
insert into work_author (sheet_id, account_id, role) select sheet, owner, 'auteur' from shown;
select 'fiche.own.' || role || '=' || sheet from shown where role <> 'autre';
select 'fiche.own.' || r || '=' || sheet from shown, unnest(array['lire', 'ecrire']) r where role = 'contributeur';
select 'fiche.own.anonyme=' || sheet from shown where role = 'autre';
select 'fiche.other=' || sheet from shown where role = 'autre';
select 'fiche.none=999999999';
select 'adresse.' || split_part(f, '=', 1) || '=matrice-' || split_part(f, '=', 2) from (select 'own.' || role || '=' || sheet as f from shown where role <> 'autre'
	union all select 'own.' || r || '=' || sheet from shown, unnest(array['lire', 'ecrire']) r where role = 'contributeur'
	union all select 'own.anonyme=' || sheet from shown where role = 'autre' union all select 'other=' || sheet from shown where role = 'autre' union all select 'none=999999999') x;
-- What the administration looks after.
select 'terme.own=' || min(id) from term where scheme = 'activite';
select 'terme.other=' || min(id) from term where scheme = 'theme';
select 'terme.none=999999999';
select 'espace.own=' || code from espace order by position, id limit 1;
select 'espace.other=' || code from espace order by position desc, id desc limit 1;
select 'espace.none=aucun-espace';
select 'compte.own.' || role || '=' || id from who where role <> 'autre';
select 'compte.own.' || r || '=' || id from who, unnest(array['lire', 'ecrire', 'anonyme']) r where role = 'contributeur';
select 'compte.other=' || id from who where role = 'autre';
select 'compte.none=999999999';
create temp table table_sent on commit drop as select role, id as owner from who;
with put as (
	insert into import_file (account_id, body, sum, source, publish)
	select owner, E'source_id;type;titre\n1;exemple;Matrice\n', repeat('0', 64), 'Matrice', false from table_sent returning id, account_id
)
select 'tableau.' || case when w.role = 'autre' then 'other' else 'own.' || w.role end || '=' || p.id from put p join who w on w.id = p.account_id;
select 'tableau.own.' || r || '=' || max(f.id) from import_file f, unnest(array['anonyme', 'lire', 'ecrire']) r where f.account_id = (select id from who where role = 'contributeur') group by r;
select 'tableau.none=999999999';
select 'catalyseur.own=' || slug || '-' || id from catalyst order by id limit 1;
select 'catalyseur.other=' || slug || '-' || id from catalyst order by id desc limit 1;
select 'catalyseur.none=personne-999999999';
commit;
SQL
[ -z "${KEEP_FACTS:-}" ] || cp "$tmp/facts" "$KEEP_FACTS"
perl "$here/matrix.pl" "${MATRIX:-run}" "$top_srcdir/src/app/routes.def" "$here/matrix.tsv" "$tmp/facts" "$BASE"
status=$?
exit $status
