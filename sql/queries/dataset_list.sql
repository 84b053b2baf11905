-- name: dataset_list
-- purpose: the data sets loaded, for the attributions and the sources of figures
-- param: none
-- column: name text
-- column: version text
-- column: source_url text
-- column: licence text
-- column: loaded_on date
-- rows: many
select name, version, source_url::text, licence, loaded_at::date as loaded_on from dataset order by name
