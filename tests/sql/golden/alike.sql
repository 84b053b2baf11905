-- Saint-Benoît: the usual criteria, then one, then one that nothing shares, then one in common among several; an EPCI; programmes.
execute territory_alike(30, null, 5, 5);
execute territory_alike(30, '{epci}', 5, 5);
execute territory_alike(36, '{outre-mer,ile}', 5, 5);
execute territory_alike(36, '{montagne}', 5, 5);
execute territory_alike(30, '{programme}', 5, 5);
execute territory_alike(20, null, 5, 5);
-- From Bras-Panon all is held; from Saint-Denis the last criterion is let go; a département by its situation.
execute territory_alike(31, null, 5, 5);
execute territory_alike(32, '{outre-mer,epci}', 5, 5);
execute territory_alike(7, '{outre-mer}', 5, 5);
execute territory_programmes(30);
execute territory_programmes(2);
-- Somewhere on an island, or not: what is counted from points and outlines.
select t.code, m.people_near, m.island from territory_measure m join territory t on t.id = m.territory_id order by t.type, t.code;
