-- Revert catalyse:mail_lapsed from pg
begin;
set local role catalyse_owner;
set local search_path to private, catalyse, public;
create or replace function mail_lapsed() returns int language plpgsql as $$
declare
	n int;
begin
	update private.mail_outbox m set state = t.next, attempts = m.attempts + 1, leased_until = null, last_error = t.why,
		not_before = case when t.next = 'attente' then now() + private.mail_wait(m.attempts + 1) else m.not_before end,
		done_at = case when t.next = 'attente' then null else now() end
	from (
		select l.id, case when l.end_at is not null then 'incertain' when private.mail_wait(l.attempts + 1) is null then 'echec' else 'attente' end as next,
			case when l.end_at is null then 'envoi interrompu avant la fin' else 'envoi interrompu au point final' end as why
		from private.mail_outbox l where l.state = 'envoi' and l.leased_until < now() for update skip locked
	) t
	where m.id = t.id;
	get diagnostics n = row_count;
	return n;
end
$$;
commit;
