-- Whatever a person wrote, or may have: every text of the database becomes a hostile one, forty rows of each column, as far as its constraints let it.
-- Left alone: keys, what a constraint makes a code, what is below with its reason. Prints a line a column that took one: schema.table.column|rows.
-- :texts is the list of hostile texts, a JSON array.
set search_path to private, catalyse, public;
create temp table spared (pattern text, why text);
insert into spared values
	('catalyse\.(territory|epci|island|likeness|search_|programme|dataset|sheet_index|sheet_record|scheme|indicator\.code|resource_kind)', 'comes from public files, or is made from the rest'),
	('private\.(step|parcours_rule|personal|mail_kind|criterion|review_reason|secret|submission|mail_outbox|mail_address|import_file\.body)', 'the program''s own tables, what is sealed; mail is tried apart'),
	('\.(hash|previous_hash|password|totp|token_hash|address_hash|sum|blob|small|code|ref|slug|claim|origin_key|origin_sum|uid)$', 'keys and sums'),
	('espace\.(theme|host|rule|mark)|espace_host|espace_logo', 'colours, host names, filters: checked when typed'),
	('parts|counts|token\.data|journal\.(detail|object|action)|erasure|watch_item\.stamp|api_token\.scopes|session\.agent', 'written by the program, or kept for a link'),
	('event\.(timezone|place_url)|catalyst_change\.field|suggestion\.field|review_message\.(field|side|kind)|espace_adaptation\.(field|base)|link_check\.outcome|(account_role|work_author|structure_member|sheet_catalyst)\.role|\.kind$|\.type$|\.state$|\.scheme$|\.facet$|\.level$|\.criterion$|\.key$|licence|language|\.part$|\.page$|\.zone$|\.grp$', 'words of the program, or of a list');
create function pg_temp.leaves(v jsonb, n int, texts jsonb) returns jsonb language plpgsql as $$
declare
	k text;
	x jsonb;
	out jsonb := v;
	i int := n;
begin
	if jsonb_typeof(v) = 'string' then
		return case when v #>> '{}' ~ '^[a-z0-9:_.#-]{0,80}$' then v else texts -> (n % jsonb_array_length(texts)) end;
	elsif jsonb_typeof(v) = 'object' then
		for k, x in select * from jsonb_each(v) loop
			i := i + 1;
			out := jsonb_set(out, array[k], pg_temp.leaves(x, i, texts));
		end loop;
	elsif jsonb_typeof(v) = 'array' then
		return coalesce((select jsonb_agg(pg_temp.leaves(e, n + o::int, texts)) from jsonb_array_elements(v) with ordinality a (e, o)), '[]');
	end if;
	return out;
end
$$;
create function pg_temp.poison(texts jsonb) returns table (where_ text, rows_ int) language plpgsql as $$
declare
	c record;
	r record;
	try text;
	n int := 0;
	took int;
begin
	for c in
		select a.attrelid::regclass::text as tab, s.nspname || '.' || t.relname || '.' || a.attname as named, a.attname as col, a.atttypid = 'jsonb'::regtype as json
		from pg_attribute a join pg_class t on t.oid = a.attrelid join pg_namespace s on s.oid = t.relnamespace join pg_type y on y.oid = a.atttypid
		where s.nspname in ('catalyse', 'private') and t.relkind = 'r' and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' and a.attidentity = ''
			and (a.atttypid in ('text'::regtype, 'jsonb'::regtype) or y.typbasetype = 'text'::regtype)
			and not exists (select from spared p where s.nspname || '.' || t.relname || '.' || a.attname ~ p.pattern)
			and not exists (select from pg_constraint k where k.conrelid = a.attrelid and k.contype in ('p', 'u', 'f') and a.attnum = any (k.conkey))
			and not exists (select from pg_index i where i.indrelid = a.attrelid and i.indisunique and a.attnum = any (i.indkey))
		order by 2
	loop
		took := 0;
		for r in execute format('select ctid, %1$I::text as v from %2$s x where %1$I is not null and %1$I::text <> '''' order by x::text like ''%%ostile%%'' desc, age(xmin) limit 40', c.col, c.tab) loop
			n := n + 1;
			foreach try in array case when c.json then array[pg_temp.leaves(r.v::jsonb, n, texts)::text] else array[t, left(t, 120) || e, left(t, 50) || e, left(t, 28) || e,
				'https://hostile.example/' || n || '''onclick=''trap(1)&q7z', '''onmouseover=''trap''-' || n || '@hostile.example']
				end from (select texts ->> (n % jsonb_array_length(texts)) as t, '"''><q7z>' || n as e) x loop
				begin
					execute format('update %s set %I = $1%s where ctid = $2', c.tab, c.col, case when c.json then '::jsonb' else '' end) using try, r.ctid;
					took := took + 1;
					exit;
				exception when others then
				end;
			end loop;
		end loop;
		where_ := c.named;
		rows_ := took;
		if took > 0 then
			return next;
		end if;
	end loop;
end
$$;
set session_replication_role = replica; -- what triggers keep in order is left as it was
select where_ || '|' || rows_ from pg_temp.poison(:'texts'::jsonb);
set session_replication_role = origin;
