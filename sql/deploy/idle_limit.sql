-- Deploy catalyse:idle_limit to pg
-- requires: roles
-- A host cut in the middle of a transaction keeps what it held, the key of what was sent for one: sent again, it is told that it is being
-- dealt with (409). Five seconds, as long as a statement may take, instead of ten; between two statements no request needs more than a few milliseconds.
alter role catalyse_rw set idle_in_transaction_session_timeout to '5s';
