-- Verify catalyse:administration on pg
begin;
select merged_into from catalyse.term where false;
select 1 / (private.term_move(null, 0, true) = 'introuvable')::int, 1 / (not private.espace_may(0, 0))::int, 1 / (not private.admin_last(0))::int;
select 1 / count(*) from private.mail_kind where kind = 'compte';
rollback;
