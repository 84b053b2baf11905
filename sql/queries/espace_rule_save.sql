-- name: espace_rule_save
-- purpose: the rule by which a front office takes sheets
-- role: rw
-- param: actor int
-- param: espace int
-- param: rule text
-- column: outcome text
-- rows: one
-- writes: through espace_rule_save
select private.espace_rule_save($1::int, $2::int, $3::text) as outcome
