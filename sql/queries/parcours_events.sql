-- name: parcours_events
-- purpose: meetings that a parcours may name, the last ones first
-- param: none
-- column: ref text
-- column: title text
-- column: day text
-- column: replay bool
-- rows: many
select e.ref, e.title, e.starts_on::text as day, e.replay_url is not null as replay from event e where e.status <> 'annule' order by e.starts_on desc, e.id limit 200
