-- name: journal_words
-- purpose: the objects and the actions that the journal knows
-- role: rw
-- column: part text
-- column: word text
-- rows: many
select 'objet' as part, o.object as word from (select distinct object from private.journal) o union all select 'action', a.action from (select distinct action from private.journal) a order by 1, 2
