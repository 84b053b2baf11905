-- Deploy catalyse:catalyst_near to pg
-- requires: structures
-- The nearest catalysts are read from an index in the order of their distance.
begin;
set local role catalyse_owner;
set local search_path to catalyse, public;
set local lock_timeout to '2s';
create index catalyst_near_idx on catalyst using gist ((point::geography))
	where point is not null and seat_precision = 'commune' and state = 'publiee';
commit;
