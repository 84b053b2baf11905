-- name: home_figures
-- purpose: what there is, counted: sheets, catalysts and actors, meetings and webinars
-- param: none
-- column: sheets int
-- column: catalysts int
-- column: events int
-- rows: one
select (select count(*) from sheet_index)::int as sheets, (select count(*) from catalyst c where c.state = 'publiee')::int as catalysts,
	(select count(*) from event e where e.status <> 'annule')::int as events
