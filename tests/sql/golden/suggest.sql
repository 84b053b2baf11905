-- What people type to name a place.
\echo saint benoit 974
execute territory_suggest('saint benoit 974', 3) \g | grep -o '[a-z]*|[0-9AB]*|[a-z-]*|' | head -n 1
\echo St-Benoît
execute territory_suggest('St-Benoît', 3) \g | grep -o '[a-z]*|[0-9AB]*|[a-z-]*|' | head -n 1
\echo 97470
execute territory_suggest('97470', 3) \g | grep -o '[a-z]*|[0-9AB]*|[a-z-]*|' | head -n 1
\echo 97410
execute territory_suggest('97410', 3) \g | grep -o '[a-z]*|[0-9AB]*|[a-z-]*|' | head -n 1
\echo nowhere
execute territory_suggest('zzzz', 3) \g | grep -o '[a-z]*|[0-9AB]*|[a-z-]*|' | head -n 1
