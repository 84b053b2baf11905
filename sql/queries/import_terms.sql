-- name: import_terms
-- purpose: every term that may be written today, to recognise it by its code or its label
-- column: scheme text
-- column: code text
-- column: label text
-- rows: many
select t.scheme as scheme, t.code as code, t.label as label from term t
where (t.valid_to is null or t.valid_to > current_date) and t.scheme <> 'maturite' order by t.scheme, t.position, t.code
