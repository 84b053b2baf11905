-- Verify catalyse:sheet_wide_plans on pg
select 1 / (catalyse.sheet_wide_query('{7,8,2000001}', '{4,4,1}', 0) = '(7|8)&2000001'::tsquery and catalyse.sheet_wide_query('{7}', '{4}', 4) is null)::int;
select 1 / (catalyse.sheet_values(4, 'outil', 2::smallint, '{9}', '{5,6}', '{6}', 2::smallint, 3::smallint)
	@> '{9,1000005,1000006,3000006,2000004,2000012,2000032,2000033}')::int;
