-- Verify catalyse:attachment on pg
begin;
select id, sheet_id, blob, small, name, label, alt, position, width, height, size, added_by, published_at, leaving, removed_at from private.attachment where false;
select sha256, bytes, size, type from private.attachment_blob where false;
select 1 / (has_function_privilege('catalyse_ro', 'catalyse.attachment_public(int)', 'execute')
	and has_function_privilege('catalyse_ro', 'catalyse.attachment_public_bytes(int, int, text)', 'execute')
	and not has_table_privilege('catalyse_ro', 'private.attachment', 'select')
	and not has_table_privilege('catalyse_ro', 'private.attachment_blob', 'select')
	and not has_schema_privilege('catalyse_ro', 'private', 'usage'))::int;
rollback;
