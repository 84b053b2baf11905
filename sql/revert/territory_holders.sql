-- Revert catalyse:territory_holders from pg
begin;
set local role catalyse_owner;
set local search_path to catalyse, public;
drop function territory_holders(int, int);
comment on function territory_set(int) is 'Who holds each of the practices on a territory (three hundred at most are looked at), and which nobody holds';
commit;
