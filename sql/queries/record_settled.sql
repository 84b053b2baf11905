-- name: record_settled
-- purpose: the moment of a harvest: what is dated before it is committed, and seen by the statements that follow
-- column: moment text
-- rows: one
select to_char(sheet_record_settled() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as moment
