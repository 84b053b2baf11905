-- Verify catalyse:figures on pg
begin;
select id, code, label, topic, definition, unit, unit_label, question, asked, method, limits, reading, producer, position, published, origin, modified_at
from catalyse.indicator where false;
select indicator_id, term_id from catalyse.indicator_term where false;
select indicator_id, sheet_id from catalyse.indicator_sheet where false;
select id, indicator_id, territory_id, year_from, year_to, population, answer, value, low, high, numerator, denominator, sample, source_label, source_url,
	publisher, licence, note, reported, position, modified_at from catalyse.figure where false;
select id, stone, name_in from catalyse.figure_full where false;
select 1 / (has_table_privilege('catalyse_ro', 'catalyse.figure_full', 'select') and has_function_privilege('catalyse_rw', 'catalyse.figure_put(jsonb)', 'execute'))::int;
rollback;
