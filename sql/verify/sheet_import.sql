-- Verify catalyse:sheet_import on pg
begin;
select origin_sum from private.work where false;
select id, account_id, body, sum, source, publish, espace_id, created_at, done_at, counts from private.import_file where false;
select 1 / (place = 'pays:FR')::int from private.import_place('national');
select n, outcome, sheet_id, why from private.import_lines(null, false, null, false, '[]');
rollback;
