-- Revert catalyse:session_copy from pg
begin;
set local role catalyse_owner;
set local search_path to private, catalyse, public;

create or replace function session_find(cookie_hash text) returns table (account_id int, name text, email text, session_id int, second_factor bool,
		has_totp bool, role text, roles jsonb) language plpgsql as $$
declare
	s record;
begin
	select x.hash, x.account_id, x.id, x.second_factor, x.seen_at, x.created_at, x.expires_at, a.email, a.totp is not null as has_totp, c.name,
		(select case when bool_or(r.role = 'administrateur') then 'administrateur' when bool_or(r.role = 'editeur') then 'editeur'
			when bool_or(r.role = 'animateur') then 'animateur' else 'contributeur' end from private.account_role r where r.account_id = a.id) as role,
		(select coalesce(jsonb_agg(jsonb_build_object('role', r.role, 'territoire', t.type || ':' || t.code, 'nom', t.name, 'theme', m.code,
			'espace', e.code) order by r.id), '[]') from private.account_role r left join territory t on t.id = r.territory_id
			left join term m on m.id = r.term_id left join espace e on e.id = r.espace_id where r.account_id = a.id) as roles
	into s
	from private.session x join private.account a on a.id = x.account_id join contributor c on c.id = a.id
	where x.hash = cookie_hash and a.state = 'actif' and x.expires_at > now();
	if not found or s.seen_at < now() - (case when s.role = 'contributeur' then interval '8 hours' else interval '30 minutes' end)
		or (s.role <> 'contributeur' and s.created_at < now() - interval '12 hours') then
		return;
	end if;
	if s.seen_at < now() - interval '1 minute' then
		update private.session x set seen_at = now() where x.hash = s.hash;
		update private.account a set seen_on = current_date where a.id = s.account_id and a.seen_on is distinct from current_date;
	end if;
	return query select s.account_id, s.name, s.email, s.id, s.second_factor, s.has_totp, s.role, s.roles;
end
$$;
alter function session_find(text) set search_path to private, catalyse, public;
commit;
