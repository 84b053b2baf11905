-- Verify catalyse:parcours on pg
begin;
select id, slug, term_id, title, situation, summary, audience, aims, origin, source_label, source_url, state, withdrawn_on, withdrawn_reason, position,
	author_id, changed_here, published_on, modified_at, words from catalyse.parcours where false;
select parcours_id, code, position, kind, title, minutes, since, body, sheet_id, event_id, seen_id, gone from catalyse.parcours_way where false;
select id, author_id, parcours_id, content, state, rev, reason, created_at, saved_at, submitted_at from private.parcours_work where false;
select account_id, parcours_id, step, done_on from private.parcours_progress where false;
select 1 / (count(*) = 12)::int from private.parcours_rule;
select 1 / (has_table_privilege('catalyse_ro', 'catalyse.parcours_way', 'select') and not has_table_privilege('catalyse_rw', 'private.parcours_rule', 'update')
	and has_function_privilege('catalyse_rw', 'private.parcours_move(int, int, text, text, int)', 'execute')
	and pg_get_functiondef('catalyse.search_reindex()'::regprocedure) like '%update parcours set title%')::int;
rollback;
