-- name: ping
-- purpose: sees that the database answers, and who the server thinks is asking
-- param: none
-- column: answer int
-- column: application text
-- column: pid int
-- rows: one
select 1 as answer, current_setting('application_name') as application, pg_backend_pid() as pid;
