-- Revert catalyse:accounts from pg
begin;
drop function private.session_find(text);
drop table private.erasure, private.submission;
drop function private.attempt_note(text, text, int, interval);
drop table private.attempt, private.structure_member, private.api_token, private.token, private.session, private.account_role, private.account,
	catalyse.contributor;
commit;
