-- Deploy catalyse:private to pg
-- requires: sheets
-- What is nobody's business: accounts, drafts, mail, decisions. A schema of its own, which the role of the public pages cannot
-- even name; the statements that do are marked "-- role: rw". And the secret that signs what the site hands out.
begin;
create schema private authorization catalyse_owner;
alter role catalyse_rw set search_path to catalyse, private, public;
alter role catalyse_owner set search_path to catalyse, private, public;
set local role catalyse_owner;
set local search_path to private, catalyse, public;
set local lock_timeout to '2s';

grant usage on schema private to catalyse_rw;
alter default privileges in schema private grant select, insert, update, delete on tables to catalyse_rw;
alter default privileges in schema private grant usage, select on sequences to catalyse_rw;
alter default privileges for role catalyse_owner revoke execute on functions from public;
alter default privileges in schema private grant execute on functions to catalyse_rw;
alter default privileges in schema catalyse grant execute on functions to catalyse_rw, catalyse_ro;

create table secret (
	one bool primary key default true check (one),
	key bytea not null check (length(key) = 32) -- 256 bits of the server's strong random source
);
insert into secret (key) values (sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())));
revoke insert, update, delete on secret from catalyse_rw;
comment on table secret is 'Signs form tokens and seals second factors; a new one makes those handed out worthless';
commit;
