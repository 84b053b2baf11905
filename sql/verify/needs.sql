-- Verify catalyse:needs on pg
begin;
select term_id, other_id, position, kept, edited_at from catalyse.term_link where false;
select id, ref, title, kind, url, checked_on, shown, edited_at from catalyse.resource where false;
select id, page, part, mark, title, body, term_id, catalyst_id, sheet_id from catalyse.site_text where false;
select 1 / (count(*) = 6)::int from catalyse.resource_kind;
select 1 / (private.resource_save(null, 0, '{"title": "x", "kind": "base"}') = 'introuvable')::int, 1 / (private.site_text_save(null, 0, '{}') = 'introuvable')::int,
	1 / (private.theme_odds_set(null, '', null) = 'introuvable')::int;
select 1 / (not has_table_privilege('catalyse_rw', 'catalyse.resource_kind', 'insert'))::int;
rollback;
