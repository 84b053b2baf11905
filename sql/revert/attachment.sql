-- Revert catalyse:attachment from pg
begin;
drop function catalyse.attachment_public_bytes(int, int, text);
drop function catalyse.attachment_public(int);
drop function private.attachment_describe(int, int, text, text);
drop function private.attachment_withdraw(int, int, text);
drop function private.attachment_remove(int, int);
drop function private.attachment_add(int, int, text, text, text, text, bytea, text, bytea, text, int, int);
drop function private.attachment_right(int, int);
drop trigger attachment_follow on private.work;
drop function private.attachment_follow();
drop table private.attachment;
drop table private.attachment_blob;
drop function private.attachment_forget();
drop function private.attachment_check();
drop function private.attachment_excess(int, int, int, int);
commit;
