-- Who can help, and why: those whose area covers the place, then the nation's, by the product's own statement.
\echo commune 97410
execute catalyst_list(null, null, null, null, '{commune:97410}', null, null, null, 'proximite', 20, 0, null, null) \g | grep -o '|[a-z-]*|[A-Z][^|]*' | grep -E 'Maison|Atelier|national'
\echo region 53
execute catalyst_list(null, null, null, null, '{region:53}', null, null, null, 'proximite', 20, 0, null, null) \g | grep -o '|[a-z-]*|[A-Z][^|]*' | grep -E 'Maison|Atelier|national'
