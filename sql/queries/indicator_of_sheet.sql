-- name: indicator_of_sheet
-- purpose: the questions of the Observatoire that a sheet tells
-- param: sheet int
-- column: code text
-- column: label text
-- rows: many
select i.code::text as code, i.label from indicator_sheet x join indicator i on i.id = x.indicator_id and i.published where x.sheet_id = $1 order by i.position, i.label
