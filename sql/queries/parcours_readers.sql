-- name: parcours_readers
-- purpose: who may read over a parcours that was sent, to be written to: editors and administrators first, ten at most
-- role: rw
-- param: id int
-- column: account int
-- column: email text
-- rows: many
select a.id as account, a.email from account a
join (select x.account_id, bool_or(x.role in ('editeur', 'administrateur')) as editor from account_role x group by x.account_id) s on s.account_id = a.id
join parcours_work w on w.id = $1
where a.state = 'actif' and 'relecteur' = any (parcours_hands(a.id, w))
order by s.editor desc, a.id
limit 10
