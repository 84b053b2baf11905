-- Deploy catalyse:shelf to pg
-- requires: alert
-- requires: agenda
-- requires: parcours
-- Lists that somebody keeps with an account: sheets, catalysts, events, parcours and other pages of the site; shown to whoever has the link, when they say so.
begin;
set local role catalyse_owner;
set local search_path to private, catalyse, public;
set local lock_timeout to '2s';

create table shelf (
	id int generated always as identity primary key,
	account_id int not null references account on delete cascade,
	name text not null check (length(btrim(name)) between 1 and 120),
	note text not null default '' check (length(note) <= 1000),
	code text unique check (code ~ '^[A-Za-z0-9_-]{43}$'), -- of the link that shows it; null: shown to nobody else
	created_at timestamptz not null default now(),
	changed_at timestamptz not null default now()
);
create index shelf_account_idx on shelf (account_id);

create table shelf_item (
	shelf_id int not null references shelf on delete cascade,
	position int generated always as identity,
	kind text not null check (kind in ('fiche', 'catalyseur', 'evenement', 'parcours', 'page')),
	key text not null check (case kind when 'page' then key ~ '^/[a-z]' and length(key) <= 500 when 'parcours' then key ~ '^[a-z0-9-]{1,120}$' else key ~ '^[1-9][0-9]{0,8}$' end),
	label text not null default '' check (length(label) <= 200), -- what they call it; empty: its own title
	added_at timestamptz not null default now(),
	primary key (shelf_id, kind, key)
);

-- Things kept in a list of that account. Empty: done, or they were there; introuvable: not theirs; plein: two hundred things a list.
create function shelf_add(account int, which int, kinds text[], keys text[], labels text[]) returns text
	language plpgsql set search_path to private, catalyse, public as $$
begin
	perform from shelf s where s.id = which and s.account_id = account for update;
	if not found then
		return 'introuvable';
	end if;
	if (select count(*) from shelf_item i where i.shelf_id = which) + coalesce(cardinality(keys), 0) > 200 then
		return 'plein';
	end if;
	insert into shelf_item (shelf_id, kind, key, label)
	select which, x.k, x.y, coalesce(x.l, '') from unnest(kinds, keys, labels) with ordinality x (k, y, l, o) order by x.o
	on conflict do nothing;
	update shelf s set changed_at = now() where s.id = which;
	return '';
end
$$;

-- A new list; null: fifty lists an account.
create function shelf_make(account int, name text, note text) returns int language plpgsql set search_path to private, catalyse, public as $$
declare
	ret int;
begin
	perform from account a where a.id = shelf_make.account for update;
	if (select count(*) from shelf s where s.account_id = shelf_make.account) >= 50 then
		return null;
	end if;
	insert into shelf (account_id, name, note) values (shelf_make.account, btrim(shelf_make.name), coalesce(shelf_make.note, '')) returning id into ret;
	return ret;
end
$$;

insert into personal (relation, position, columns, kept, member, query, erase, why) values
	('private.shelf', 85, '{name,note,code}', '{}', 'listes',
		'select s.name as nom, s.note, s.code as lien, s.created_at as faite_le, (select jsonb_agg(jsonb_build_object(''sorte'', i.kind, ''quoi'', i.key, ''intitule'', i.label)
			order by i.position) from private.shelf_item i where i.shelf_id = s.id) as contenu from private.shelf s where s.account_id = $1 order by s.id',
		'delete from private.shelf where account_id = $1', 'Lists they keep, and whom they show them to'),
	('private.shelf_item', 86, '{label}', '{}', null, null,
		'delete from private.shelf_item i using private.shelf s where s.id = i.shelf_id and s.account_id = $1', 'What is in them');
commit;
