-- Verify catalyse:search_passages on pg
begin;
select 1 / (catalyse.search_passage('{"a": "Un lieu. Le tiers-lieu"}', q, catalyse.search_any(q), catalyse.search_pattern(q)) = E'Un lieu. Le \u0001tiers\u0002-\u0001lieu\u0002')::int
from catalyse.search_query('"tiers lieu"') q;
rollback;
