-- Deploy catalyse:sheet_record_stamp to pg
-- requires: sheet_record
-- A harvester asks next time for what changed since its last answer: what is committed after that answer may not bear an earlier date.
-- So what a transaction changed is dated when it ends, by one transaction at a time, and a harvest waits for the one that is ending.
begin;
set local role catalyse_owner;
set local search_path to catalyse, public;
set local lock_timeout to '2s';

create function sheet_record_stamp() returns trigger language plpgsql security definer set search_path to catalyse, public as $$
declare
	moment timestamptz := nullif(current_setting('catalyse.record_moment', true), '');
begin
	if moment is null then -- the first of this transaction: the others bear the same date
		perform pg_advisory_xact_lock(hashtext('catalyse.sheet_record'));
		moment := date_trunc('second', clock_timestamp());
		perform set_config('catalyse.record_moment', moment::text, true);
	end if;
	update sheet_record set datestamp = moment where sheet_id = new.sheet_id and datestamp = new.datestamp and datestamp < moment;
	return null;
end
$$;
create constraint trigger record_stamp after insert or update on sheet_record deferrable initially deferred
	for each row when (new.datestamp >= date_trunc('second', now())) execute function sheet_record_stamp();

-- Now, once what was dated before now is committed. In a statement of its own: the next one sees it.
create function sheet_record_settled() returns timestamptz language plpgsql set search_path to catalyse, public as $$
begin
	perform pg_advisory_xact_lock_shared(hashtext('catalyse.sheet_record'));
	return clock_timestamp();
end
$$;
revoke execute on function sheet_record_stamp() from public;
grant execute on function sheet_record_settled() to catalyse_ro, catalyse_rw;
commit;
