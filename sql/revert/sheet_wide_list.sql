-- Revert catalyse:sheet_wide_list from pg
begin;
set local role catalyse_owner;
set local search_path to catalyse, public;
drop function sheet_wide(text, text[], text[], text[], text[], text[], text[], int[], text[], text[], text[], int[], date, date, float8, float8,
	float8, text, int, int, text, int);
drop function sheet_wide_spread(int[]);
drop function sheet_wide_ids(sheet_wide_ask, sheet_wide_state, int, bool, int, int);
drop function sheet_wide_common(sheet_wide_ask, int, int);
drop function sheet_wide_words(sheet_wide_ask, int, int);
drop function sheet_wide_ranked(sheet_wide_ask, int[], int, int);
drop function sheet_wide_many(sheet_wide_ask, tsquery, int, int);
drop function sheet_wide_few(sheet_wide_ask, tsquery, int, int);
drop function sheet_wide_count(sheet_wide_ask, int, sheet_wide_state);
drop function sheet_wide_found(sheet_wide_ask, tsquery, int);
drop function sheet_wide_seed(sheet_wide_ask);
drop function sheet_wide_fits(int, date, sheet_wide_ask);
drop function sheet_wide_guess(int[], int[], int);
drop function sheet_wide_any(int[]);
drop function sheet_wide_query(int[], int[], int);
drop type sheet_wide_ask;
commit;
