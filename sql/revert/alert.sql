-- Revert catalyse:alert from pg
begin;
delete from private.personal where relation in ('private.follower', 'private.alert', 'private.alert_sent', 'private.watch', 'private.watch_item');
create or replace function private.mail_unsubscribe(token_hash text, act boolean) returns table (label text, off boolean) language plpgsql as $$
declare
	m private.mail_outbox;
begin
	select * into m from private.mail_outbox x where x.unsubscribe_hash = token_hash;
	if not found then
		return;
	end if;
	if act and m.kind = 'resume' then
		perform private.mail_prefer(m.account_id, 'attend');
	elsif act then
		insert into private.mail_refusal (account_id, address_hash, kind)
		values (m.account_id, case when m.account_id is null then m.address_hash end, m.kind) on conflict do nothing;
		update private.mail_outbox x set state = 'annulee', done_at = now()
		where x.kind = m.kind and x.state = 'attente' and x.address_hash = m.address_hash and x.account_id is not distinct from m.account_id;
	end if;
	return query select k.label, case when k.kind = 'resume' then coalesce((select p.level from private.mail_preference p
			where p.account_id = m.account_id), 'tout') <> 'resume'
		else exists (select from private.mail_refusal r where r.kind = k.kind
			and (r.account_id = m.account_id or (m.account_id is null and r.address_hash = m.address_hash))) end
	from private.mail_kind k where k.kind = m.kind;
end
$$;
drop function private.watch_forget(), private.alert_end(int), private.follower_forget(int), private.alert_put(text, int, text, text, int, boolean),
	private.watch_look(int, text[], int[], text[], text[], text[], boolean), private.watch_hold(text), private.alert_due(private.alert);
drop table private.alert_sent, private.alert, private.follower, private.watch_item, private.watch;
delete from private.mail_outbox where kind = 'alerte';
delete from private.mail_refusal where kind = 'alerte';
delete from private.mail_kind where kind = 'alerte';
commit;
