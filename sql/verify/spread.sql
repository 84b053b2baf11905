-- Verify catalyse:spread on pg
select 'catalyse.lineage(int,int)'::regprocedure, 'catalyse.lineage_root(int)'::regprocedure, 'catalyse.lineage_down(int,int)'::regprocedure;
