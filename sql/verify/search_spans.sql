-- Verify catalyse:search_spans on pg
begin;
select 1 / (catalyse.search_passage('{"a": "Un lieu. Le tiers-lieu, écoutez"}', q, catalyse.search_any(q), catalyse.search_pattern(q), catalyse.search_spans(catalyse.search_pattern(q), '"tiers lieu" ecouter'))
	is not distinct from E'Un lieu. Le \u0001tiers\u0002-\u0001lieu\u0002, \u0001écoutez\u0002')::int
from catalyse.search_query('"tiers lieu" ecouter') q;
rollback;
