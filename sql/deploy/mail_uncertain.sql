-- Deploy catalyse:mail_uncertain to pg
-- requires: mail_lapsed
-- requires: journal
-- A mail whose last answer was lost is shown to the operator, who looks at the server's own journal and says: once more, or leave it.
begin;
set local role catalyse_owner;
set local search_path to private, catalyse, public;
set local lock_timeout to '2s';

-- mail: its number; null: all of them. What was forgotten since, or is not uncertain, is left. How many.
create function mail_resolve(mail bigint, again bool) returns int language plpgsql set search_path to private, catalyse, public as $$
declare
	n int;
begin
	update mail_outbox m set state = case when again then 'attente' else 'echec' end, end_at = null, leased_until = null,
		not_before = case when again then now() else m.not_before end, done_at = case when again then null else now() end,
		digest = false, last_error = case when again then null else 'laissé par l’exploitant' end
	where m.state = 'incertain' and m.recipient is not null and (mail_resolve.mail is null or m.id = mail_resolve.mail);
	get diagnostics n = row_count;
	if n > 0 then
		perform journal_add(null, case when again then 'renvoyer' else 'laisser' end, 'courriel', mail_resolve.mail, jsonb_build_object('nombre', n), '');
	end if;
	return n;
end
$$;
create index mail_outbox_uncertain_idx on mail_outbox (id) where state = 'incertain';
commit;
