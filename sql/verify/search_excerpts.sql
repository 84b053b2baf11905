-- Verify catalyse:search_excerpts on pg
begin;
select 1 / (catalyse.search_marked('les écoles', catalyse.search_query('ecole')) = E'les \u0001écoles\u0002')::int;
select 1 / (catalyse.search_passage('{"a": "**Les** écoles"}', catalyse.search_query('ecole')) like E'%\u0001écoles\u0002%')::int;
rollback;
