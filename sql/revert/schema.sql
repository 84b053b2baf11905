-- Revert catalyse:schema from pg
begin;
drop text search configuration catalyse.catalyse_fr;
drop function catalyse.territory_search_normalise(text);
drop function catalyse.immutable_unaccent(text);
drop domain catalyse.publication_state, catalyse.siren, catalyse.provenance, catalyse.web_address, catalyse.slug;
drop schema catalyse;
commit;
