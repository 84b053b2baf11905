-- Verify catalyse:programmes on pg
begin;
select code, name, file_codes, almost_everywhere, position from catalyse.programme where false;
select programme_code, territory_id, ref, label, signed_on, period, url, file_code, source, vintage, loaded_at
from catalyse.territory_programme where false;
select 1 / (count(*) > 0)::int from catalyse.programme where code = 'crte' and almost_everywhere;
rollback;
