-- Deploy catalyse:espace_adaptation to pg
-- requires: espace_front
-- Copy on write: a front office shows a field of a shared sheet in words of its own. What it was made from is kept beside: when the common text is
-- no longer that, the editors of the espace see both and choose, field by field.
begin;
set local role catalyse_owner;
set local search_path to catalyse, public;
set local lock_timeout to '2s';

create table espace_adaptation (
	espace_id int not null references espace on delete cascade,
	sheet_id int not null references sheet on delete cascade,
	field text not null check (field ~ '^[a-z_]{2,40}$'), -- titre, chapo, or a section of text
	text text not null check (btrim(text) <> '' and length(text) <= 20000),
	base text not null, -- the common text it was made from, or that was last seen beside it
	changed_on date not null default current_date,
	primary key (espace_id, sheet_id, field),
	constraint espace_adaptation_title check (field <> 'titre' or length(text) <= 200 and text !~ '\n'),
	constraint espace_adaptation_summary check (field <> 'chapo' or length(text) <= 300 and text !~ '\n')
);
create index espace_adaptation_sheet_idx on espace_adaptation (sheet_id);

-- The common text of a field; null: the sheet has no such field.
create function espace_common_text(sheet int, field text) returns text language sql stable set search_path to catalyse, public as $$
	select case $2 when 'titre' then s.title when 'chapo' then s.summary
		else case when jsonb_typeof(s.sections->$2) = 'string' and $2 not in ('etapes', 'valeurs') then s.sections->>$2 end end
	from sheet s where s.id = $1
$$;
revoke insert, update, delete on espace_adaptation from catalyse_rw;

set local search_path to private, catalyse, public;
-- act: adapter (new_text; empty or the common text itself: no more), reprendre (the common text again), garder (the common text was seen). seen: md5 of the common
-- text that the editor had in front of them.
create function espace_adapt(actor int, espace int, sheet int, field text, act text, new_text text, seen text) returns text language plpgsql
	security definer set search_path to private, catalyse, public as $$
declare
	common text;
	old catalyse.espace_adaptation;
begin
	if not espace_may(actor, espace) then
		return 'interdit';
	end if;
	if exists (select from catalyse.espace e where e.id = espace and e.is_default) then
		return 'commun';
	end if;
	perform from catalyse.sheet s where s.id = sheet and s.state in ('publiee', 'a_actualiser', 'archivee') for share;
	if not found then
		return 'fiche';
	end if;
	common := espace_common_text(sheet, field);
	if common is null then
		return 'introuvable';
	end if;
	if act <> 'reprendre' and seen is distinct from md5(common) then
		return 'perime';
	end if;
	select * into old from catalyse.espace_adaptation x where x.espace_id = espace and x.sheet_id = sheet and x.field = espace_adapt.field for update;
	if act = 'reprendre' or act = 'adapter' and (btrim(coalesce(new_text, '')) = '' or new_text = common) then
		if old.field is null then
			return '';
		end if;
		delete from catalyse.espace_adaptation x where x.espace_id = espace and x.sheet_id = sheet and x.field = espace_adapt.field;
		act := 'reprendre';
	elsif act = 'garder' then
		if old.field is null then
			return 'introuvable';
		elsif old.base = common then
			return '';
		end if;
		update catalyse.espace_adaptation x set base = common, changed_on = current_date where x.espace_id = espace and x.sheet_id = sheet and x.field = espace_adapt.field;
	elsif act = 'adapter' then
		if old.text = new_text and old.base = common then
			return '';
		end if;
		insert into catalyse.espace_adaptation as x (espace_id, sheet_id, field, text, base) values (espace, sheet, espace_adapt.field, new_text, common)
		on conflict on constraint espace_adaptation_pkey do update set text = excluded.text, base = excluded.base, changed_on = current_date;
	else
		return 'introuvable';
	end if;
	perform journal_add(actor, 'espace_texte_' || act, 'espace', espace, jsonb_build_object('fiche', sheet, 'champ', field), '');
	return '';
end
$$;
commit;
