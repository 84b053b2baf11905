-- name: figure_drop
-- purpose: takes a figure out of that indicator, and writes it in the journal: '' done, else why not
-- role: rw
-- param: actor int
-- param: figure int
-- param: code text
-- column: outcome text
-- rows: one
-- writes: a function does
select case when exists (select from catalyse.figure f join catalyse.indicator i on i.id = f.indicator_id where f.id = $2 and i.code = $3)
	then private.figure_drop($1, $2) else 'introuvable' end as outcome
