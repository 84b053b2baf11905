-- name: review_steps
-- purpose: the acts there are from where a text and a public sheet stand
-- role: rw
-- param: state text
-- param: public_state text
-- column: machine text
-- column: act text
-- column: label text
-- column: by_author bool
-- column: by_reviewer bool
-- column: reasoned bool
-- rows: many
select machine, act, label, 'auteur' = any (who) as by_author, 'relecteur' = any (who) as by_reviewer, reasoned
from step where (machine = 'travail' and before = $1) or (machine = 'publication' and before = $2 and act <> 'publier')
order by machine desc, act
