-- Verify catalyse:espace_front on pg
begin;
select brand, foot, mark, rule, is_default, edited from catalyse.espace where false;
select from catalyse.espace_host, catalyse.espace_link, catalyse.espace_block, catalyse.espace_logo, catalyse.espace_rule where false;
select 1 / (catalyse.espace_values(0, '{}') = '{}')::int, 1 / (private.espace_link_act(0, 0, 0, 'ajouter', '{}') = 'interdit')::int;
rollback;
