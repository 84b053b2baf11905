-- Revert catalyse:sheets from pg
begin;
set local search_path to catalyse, public;
drop table sheet_link, sheet_catalyst, sheet_term, sheet_territory, sheet_source, sheet_version, sheet_section, sheet;
drop function sheet_located_check(), sheet_version_keep(), sheet_version_add(), sheet_version_next(), sheet_version_broken(int),
	sheet_version_hash(text, text, text, jsonb, int, text), sheet_sections_check();
commit;
