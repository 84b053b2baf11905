-- Deploy catalyse:mail_lapsed to pg
-- requires: mail
-- The same, found first, then changed. As one statement, what was found was looked for anew for each mail of the table when the plan had been
-- made with a few of them: a sender's connection keeps that plan, and at three thousand mails it took more than its ten seconds.
begin;
set local role catalyse_owner;
set local search_path to private, catalyse, public;
set local lock_timeout to '2s';

create or replace function mail_lapsed() returns int language plpgsql as $$
declare
	gone bigint[] := array(select l.id from private.mail_outbox l where l.state = 'envoi' and l.leased_until < now() for update skip locked);
begin
	update private.mail_outbox set attempts = attempts + 1, leased_until = null,
		state = case when end_at is not null then 'incertain' when private.mail_wait(attempts + 1) is null then 'echec' else 'attente' end,
		not_before = case when end_at is null and private.mail_wait(attempts + 1) is not null then now() + private.mail_wait(attempts + 1) else not_before end,
		done_at = case when end_at is null and private.mail_wait(attempts + 1) is not null then null else now() end,
		last_error = case when end_at is null then 'envoi interrompu avant la fin' else 'envoi interrompu au point final' end
	where id = any (gone);
	return cardinality(gone);
end
$$;
commit;
