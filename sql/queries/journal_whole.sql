-- name: journal_whole
-- purpose: the first line of the journal whose seal does not hold; 0: all of them do
-- role: rw
-- column: broken bigint
-- column: lines bigint
-- rows: one
select coalesce(private.journal_broken(), 0) as broken, (select count(*) from private.journal_seal) as lines
