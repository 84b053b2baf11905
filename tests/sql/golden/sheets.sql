-- Lists of sheets by the product's own statement: ids in their order, for several questions.
\echo all
execute sheet_list(null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, 'pertinence', 20, 0, null, null) \g | awk -F'|' '$1 == "fiche" { print $8, $11 }'
\echo exemple
execute sheet_list(null, '{exemple}', null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, 'pertinence', 20, 0, null, null) \g | awk -F'|' '$1 == "fiche" { print $8, $11 }'
\echo departement 974
execute sheet_list(null, null, null, null, null, null, null, null, null, null, '{departement:974}', null, null, null, null, null, null, 'pertinence', 20, 0, null, null) \g | awk -F'|' '$1 == "fiche" { print $8, $11 }'
\echo words
execute sheet_list('benevoles', null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, 'pertinence', 20, 0, null, null) \g | awk -F'|' '$1 == "fiche" { print $8, $11 }'
