-- name: search_miss_may
-- purpose: may this connection count searches without answer, and does it reach anything else of ours?
-- column: may bool
-- column: more bool
-- rows: one
select has_function_privilege('search_miss_note(text, text, text, text)', 'execute') as may,
	exists (select from pg_class c join pg_namespace n on n.oid = c.relnamespace
		where n.nspname in ('catalyse', 'catalyse_private', 'private') and c.relkind in ('r', 'v', 'm') and has_schema_privilege(n.oid, 'usage')
			and (has_table_privilege(c.oid, 'select, insert, update, delete') or has_any_column_privilege(c.oid, 'select, insert, update'))) as more
