-- Revert catalyse:figures_kept from pg
begin;
set local role catalyse_owner;
set local search_path to private, catalyse, public;
create or replace function private.figure_drop(actor int, figure int) returns text language plpgsql set search_path to private, catalyse, public as $$
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
drop function catalyse.indicator_put(jsonb), catalyse.figure_put(jsonb);
alter function catalyse.indicator_write(jsonb) rename to indicator_put;
alter function catalyse.figure_write(jsonb) rename to figure_put;
delete from private.personal where relation = 'private.figure_gone';
drop table private.figure_gone;
alter table catalyse.figure drop column edited_at;
alter table catalyse.indicator drop column edited_at;
commit;
