-- Verify catalyse:search_hyphens on pg
begin;
select 1 / (catalyse.search_vector(w) @@ catalyse.search_query(w))::int
from unnest(array['Val-de-Marne', 'Côte-d''Or', 'Val-d''Oise', 'L''Île-de-France', 'Pas-de-Calais', 'Provence-Alpes-Côte d''Azur', 'un tiers-lieu']) w;
select 1 / (catalyse.search_vector('la zone du fablab') @@ catalyse.search_query('fablab la-zone'))::int;
rollback;
