-- Revert catalyse:administration from pg
begin;
set local search_path to private, catalyse, public;
delete from mail_kind where kind = 'compte';
drop index journal_at_idx;
drop trigger admin_kept on account_role;
drop trigger admin_kept on account;
drop function admin_kept(), admin_last(int), espace_place(int, int, int, text), espace_save(int, int, jsonb), espace_may(int, int),
	term_drop(int, int), term_merge(int, int, int, text), term_move(int, int, bool), term_save(int, text, int, jsonb), term_uses(int);
create or replace function work_terms(content jsonb) returns int[] language sql stable set search_path to catalyse, public as $$
	select coalesce(array_agg(distinct t.id), '{}') from jsonb_array_elements_text(coalesce(content->'termes', '[]')) a (term)
	join term t on t.scheme = split_part(a.term, ':', 1) and t.code = split_part(a.term, ':', 2)
$$;
alter table catalyse.term drop column merged_into;
commit;
