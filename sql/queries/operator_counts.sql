-- name: operator_counts
-- purpose: what the base holds, with the number that is expected when there is one (INSEE code of 2026), for `catalyse check`
-- param: none
-- column: what text
-- column: n bigint
-- column: wanted bigint
-- rows: many
select 'regions' as what, (select count(*) from territory where type = 'region') as n, 18::bigint as wanted
union all
select 'departements', (select count(*) from territory where type = 'departement'), 101
union all
select 'epci', (select count(*) from territory where type = 'epci'), 0
union all
select 'communes', (select count(*) from territory where type = 'commune'), 0
union all
select 'communes_situees', (select count(*) from territory where type = 'commune' and point is not null), 0
union all
select 'fiches', (select count(*) from sheet where state = 'publiee'), 0
union all
select 'catalyseurs', (select count(*) from catalyst where state = 'publiee'), 0;
