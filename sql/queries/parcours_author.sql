-- name: parcours_author
-- purpose: whoever composed a parcours, to be written to; no row: the platform, or an account that is gone
-- role: rw
-- param: id int
-- column: account int
-- column: email text
-- column: slug text
-- rows: maybe
select a.id as account, a.email, p.slug from parcours_work w join account a on a.id = w.author_id and a.state = 'actif'
left join catalyse.parcours p on p.id = w.parcours_id where w.id = $1
