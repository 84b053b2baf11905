-- Deploy catalyse:tombstone to pg
-- requires: work
-- requires: sheet_record
-- What is left of a sheet that was taken back: when and why it was withdrawn, or the sheet it was merged into.
begin;
set local role catalyse_owner;
set local search_path to catalyse, public;
set local lock_timeout to '2s';

-- Wider than before: what is there need not be read again; and it could not be, some releases of PostgreSQL say, for the functions that take a sheet.
alter domain publication_state drop constraint publication_state_check;
alter domain publication_state add constraint publication_state_check check (value in ('brouillon', 'soumise', 'en_relecture', 'a_corriger',
	'publiee', 'a_actualiser', 'archivee', 'retiree', 'fusionnee')) not valid;

alter table sheet add column withdrawn_on date, add column withdrawn_reason text, add column merged_into int references sheet;
create index sheet_merged_into_idx on sheet (merged_into);
comment on column sheet.withdrawn_reason is 'Public: a sentence that follows « parce que »';
update sheet set withdrawn_on = current_date, withdrawn_reason = 'le motif n’a pas été gardé' where state = 'retiree';

alter table sheet
	add constraint sheet_withdrawn check ((state = 'retiree') = (withdrawn_on is not null)
		and (state = 'retiree') = (withdrawn_reason is not null) and length(btrim(withdrawn_reason)) between 3 and 1000),
	add constraint sheet_merged check ((state = 'fusionnee') = (merged_into is not null) and merged_into <> id);

-- The day of a withdrawal is set here; both leave with the state. A sheet is merged into one that can be read, which is not itself
-- merged: there is no cycle. The other is locked, so that two sheets merged into each other at once cannot both succeed.
create function sheet_tombstone() returns trigger language plpgsql set search_path to catalyse, public as $$
declare
	other publication_state;
begin
	if new.state = 'retiree' then
		new.withdrawn_on := coalesce(new.withdrawn_on, (now() at time zone 'Europe/Paris')::date);
	else
		new.withdrawn_on := null;
		new.withdrawn_reason := null;
	end if;
	if new.state <> 'fusionnee' then
		new.merged_into := null;
	elsif tg_op = 'INSERT' or old.state <> 'fusionnee' or new.merged_into is distinct from old.merged_into then
		select state into other from sheet where id = new.merged_into for share;
		if other not in ('publiee', 'a_actualiser', 'archivee') then
			raise exception 'sheet %: merged into a sheet that nobody can read', new.ref
				using errcode = 'check_violation', constraint = 'sheet_merged_public';
		end if;
	end if;
	return new;
end
$$;
create trigger sheet_c_tombstone before insert or update of state, withdrawn_on, withdrawn_reason, merged_into on sheet
	for each row execute function sheet_tombstone();

-- Feeds tell what was withdrawn lately.
create index sheet_record_deleted_idx on sheet_record (datestamp) where deleted;
commit;
