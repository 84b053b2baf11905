-- Verify catalyse:search_family on pg
begin;
set local search_path to catalyse, public;
select 1 / (search_stem('Négociation') = search_stem('négocier') is true)::int;
select shown, n from search_kin('négociation', 3) where false;
select search_is_french('négociation');
select 1 / (cardinality(search_parts('~ jardin partagé')) = 2 is true)::int;
select 1 / (search_parts('jardin partagé') is null)::int;
select 1 / (search_score(setweight(search_vector('jardin'), 'A'), search_any(search_parts('~ jardin xyzxyz')), search_parts('~ jardin xyzxyz')) > 0 is true)::int;
rollback;
