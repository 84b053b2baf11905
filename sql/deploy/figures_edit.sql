-- Deploy catalyse:figures_edit to pg
-- requires: figures administration
-- Editors change the figures by pages: a table is kept from its report to its confirmation, an indicator is hidden or shown, a figure taken out.
-- Each change and its line in the journal are one statement; '' means done, any other text why not.
begin;
set local role catalyse_owner;
set local search_path to private, catalyse, public;
set local lock_timeout to '2s';

alter table import_file add column kind text not null default 'fiches' check (kind in ('fiches', 'chiffres'));

create function indicator_show(actor int, code text, shown bool) returns text language plpgsql set search_path to private, catalyse, public as $$
declare
	i catalyse.indicator;
begin
	select * into i from catalyse.indicator x where x.code = $2 for update;
	if i.id is null then
		return 'introuvable';
	end if;
	if i.published = shown then
		return 'deja';
	end if;
	update catalyse.indicator x set published = shown, modified_at = now() where x.id = i.id;
	perform journal_add(actor, case when shown then 'indicateur_montre' else 'indicateur_cache' end, 'indicateur', i.id, jsonb_build_object('code', i.code), '');
	return '';
end
$$;
create function figure_drop(actor int, figure int) returns text language plpgsql set search_path to private, catalyse, public as $$
declare
	f catalyse.figure;
	i catalyse.indicator;
begin
	delete from catalyse.figure x where x.id = $2 returning * into f;
	if f.id is null then
		return 'introuvable';
	end if;
	update catalyse.indicator x set modified_at = now() where x.id = f.indicator_id returning * into i;
	perform journal_add(actor, 'chiffre_retire', 'indicateur', i.id, jsonb_build_object('code', i.code, 'chiffre', f.id, 'territoire', f.territory_id), '');
	return '';
end
$$;
commit;
