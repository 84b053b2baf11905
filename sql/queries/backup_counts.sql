-- name: backup_counts
-- purpose: how much the base holds of each noun: noted with each backup, compared with what the drill brings back
-- role: rw
-- param: none
-- column: what text
-- column: n bigint
-- rows: many
select 'fiches' as what, count(*) as n from sheet
union all select 'versions', count(*) from sheet_version
union all select 'travaux', count(*) from work
union all select 'catalyseurs', count(*) from catalyst
union all select 'structures', count(*) from structure
union all select 'parcours', count(*) from parcours
union all select 'rencontres', count(*) from event
union all select 'termes', count(*) from term
union all select 'territoires', count(*) from territory
union all select 'chiffres', count(*) from figure
union all select 'comptes', count(*) from account
union all select 'suppressions', count(*) from erasure
union all select 'pieces', count(*) from attachment
union all select 'journal', count(*) from journal
