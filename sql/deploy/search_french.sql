-- Deploy catalyse:search_french to pg
-- requires: search_functions
-- French as people write it: which dictionaries serve, inclusive writing and hyphens, synonyms, what a question asks.
begin;
set local role catalyse_owner;
set local search_path to catalyse, public;
set local lock_timeout to '2s';

create text search dictionary catalyse_stop_builtin (template = pg_catalog.simple, stopwords = french, accept = false);
create text search dictionary catalyse_stem (template = pg_catalog.snowball, language = french);

-- Chooses the dictionaries of catalyse_fr: with the files of tools/dictionnaire when PostgreSQL has them, without otherwise.
-- Given true or false, that one is wanted: true fails when the files are missing. What was indexed is indexed again when the
-- choice changes. Run it after the files were installed: select catalyse.search_use();
create function search_use(wanted boolean default null) returns text language plpgsql set search_path to catalyse, public as $$
declare
	kinds constant text := 'asciiword, asciihword, hword_asciipart, word, hword, hword_part';
	before text := search_mode();
begin
	if wanted is distinct from false then
		begin
			if not exists (select from pg_ts_dict where dictname = 'catalyse_hunspell' and dictnamespace = 'catalyse'::regnamespace) then
				create text search dictionary catalyse_stop (template = pg_catalog.simple, stopwords = catalyse_fr, accept = false);
				create text search dictionary catalyse_hunspell (template = pg_catalog.ispell, dictfile = catalyse_fr, afffile = catalyse_fr);
			end if;
			perform ts_lexize('catalyse.catalyse_hunspell', 'ecole');
			execute 'alter text search configuration catalyse_fr alter mapping for ' || kinds
				|| ' with public.unaccent, catalyse_stop, catalyse_hunspell, catalyse_stem';
		exception when config_file_error or undefined_file then
			if wanted then raise; end if;
			wanted := false;
		end;
	end if;
	if wanted is not distinct from false then
		execute 'alter text search configuration catalyse_fr alter mapping for ' || kinds
			|| ' with catalyse_stop_builtin, public.unaccent, catalyse_stem';
	end if;
	if search_mode() <> before then
		perform search_reindex();
	end if;
	return search_mode();
end
$$;
revoke execute on function search_use(boolean) from public;
comment on function search_use(boolean) is 'chooses dictionnaire or repli for catalyse_fr, and indexes again when that changes';

create function search_mode() returns text language sql stable parallel safe
	return case when exists (select from pg_ts_config_map m join pg_ts_dict d on d.oid = m.mapdict
		where m.mapcfg = 'catalyse.catalyse_fr'::regconfig and d.dictname = 'catalyse_hunspell') then 'dictionnaire' else 'repli' end;
comment on function search_mode() is 'dictionnaire: the hunspell files serve; repli: they were missing';

-- The same words for the same thing: élu·es, élu(e)s, élu-e-s -> élu; co-construire, co construire -> coconstruire; E.S.S. -> ESS.
create function search_spelling(t text) returns text language plpgsql immutable strict parallel safe as $$
begin
	t := translate(t, E'’ʼ‘´`‐‑•‧∙⋅\u00ad\u200b\u200c\u200d\u2060\ufeff', '''''''''''--····');
	if strpos(t, '·') > 0 then
		t := regexp_replace(t, '([[:alpha:]]{2})·[[:alpha:]]{1,7}(·[[:alpha:]]{0,7})*', '\1', 'g');
	end if;
	if strpos(t, '(') > 0 then
		t := regexp_replace(t, '([[:alpha:]]{2})\((e|ne|le|te|se|ve|fe|rice|trice|euse|ère|ienne|enne|es|nes|les|s|x)\)(s|x)?', '\1', 'gi');
	end if;
	t := regexp_replace(t, '([[:alpha:]]{3})[.-](e|ne|le|te|ve|rice|trice|euse|ère)[.-]s\M', '\1', 'gi');
	t := regexp_replace(t, '([[:alpha:]]{3})[.-](e|es|ne|nes|rices|trices|ères|euses|ices)\M', '\1', 'gi');
	t := regexp_replace(t, '\m([[:upper:]])\.(?=[[:upper:]]\M)', '\1', 'g');
	return regexp_replace(t, '\m(?:(co|[eé]co)[- ]|(inter|multi|pluri|trans|auto|anti|pré)-)(?=[[:alpha:]]{4})', '\1\2', 'gi');
end
$$;
comment on function search_spelling(text) is 'one spelling for inclusive writing, prefixes, acronyms, apostrophes; hyphens are kept';

create or replace function search_vector(text) returns tsvector
	language sql immutable strict parallel safe
	return to_tsvector('catalyse.catalyse_fr', translate(catalyse.search_spelling($1), '-/_', '   '));

-- What a word is known as; null for a stop word. The stop words named here are those that PostgreSQL's own list forgets.
create function search_key(word text) returns text language sql stable strict parallel safe
	return case when lower(word) not in ('les', 'cet', 'cette', 'ils', 'elles', 'comment', 'quand', 'quel', 'quelle', 'quels',
			'quelles', 'quoi', 'celui', 'celle', 'ceux', 'si', 'est', 'chez', 'donc', 'dont', 'entre')
		then (select string_agg(lexeme, '|' order by lexeme) from unnest(to_tsvector('catalyse.catalyse_fr', word))) end;
create function search_keys(t text) returns text language sql stable strict parallel safe
	return (select string_agg(catalyse.search_key(w), ' ' order by o)
		from regexp_split_to_table(catalyse.search_spelling(t), '[-/_[:space:]]+') with ordinality as x (w, o));
comment on function search_keys(text) is 'the words of a short text as synonyms are looked up';

create table search_synonym (
	term text primary key check (btrim(term) <> ''),
	equivalents text[] not null check (cardinality(equivalents) > 0 and array_position(equivalents, null) is null),
	directed bool not null default false,
	origin provenance not null,
	note text not null default ''
);
comment on table search_synonym is 'who looks for the term also finds the equivalents, and the other way round unless directed';
create table search_expansion (
	key text primary key,
	query tsquery not null
);
comment on table search_expansion is 'search_synonym as search_query() reads it: words looked up, and what else to look for';
revoke insert, update, delete on search_expansion from catalyse_rw;

create function search_expand() returns void language plpgsql security definer set search_path to catalyse, public as $$
declare
	r record;
begin
	delete from search_expansion;
	for r in
		select search_keys(w.word) as key, phraseto_tsquery('catalyse.catalyse_fr', translate(search_spelling(o.word), '-/_', '   ')) as query
		from search_synonym s
		cross join lateral unnest(s.term || s.equivalents) with ordinality w (word, n)
		cross join lateral unnest(s.term || s.equivalents) with ordinality o (word, n)
		where w.n <> o.n and (w.n = 1 or not s.directed)
		order by s.term, w.n, o.n
	loop
		if r.key is not null and numnode(r.query) > 0 then
			insert into search_expansion as e values (r.key, r.query)
			on conflict (key) do update set query = e.query || excluded.query
				where not (e.query @> excluded.query and numnode(excluded.query) = 1);
		end if;
	end loop;
end
$$;
revoke execute on function search_expand() from public;
-- Once a transaction, at its end: a load writes a hundred rows one by one.
create function search_synonym_changed() returns trigger language plpgsql security definer set search_path to catalyse, public as $$
begin
	if current_setting('catalyse.search_expanded', true) is distinct from pg_current_xact_id()::text then
		perform search_expand(), set_config('catalyse.search_expanded', pg_current_xact_id()::text, true);
	end if;
	return null;
end
$$;
create constraint trigger search_synonym_changed after insert or update or delete on search_synonym
	deferrable initially deferred for each row execute function search_synonym_changed();

-- words: all of them; "…" or «…»: together; -word: without; or, ou: either; ~ before everything: most of the words are enough.
create or replace function search_query(q text) returns tsquery language plpgsql stable strict parallel safe
	set client_min_messages to warning as $$ -- an empty part is not worth a notice
declare
	cfg constant regconfig := 'catalyse.catalyse_fr';
	item text[];
	part text;
	most bool := q ~ '^\s*~';
	alone bool;
	toks text[] := '{}'; -- single words, '' where a sequence ends
	joined bool[] := '{}'; -- by a hyphen to the one before
	branch int[] := '{}';
	keys text[];
	syn_n int[] := '{}';
	syn_q tsquery[] := '{}';
	branches tsquery[] := array[''::tsquery];
	units tsquery[] := '{}';
	without tsquery := ''::tsquery;
	unit tsquery;
	b int := 1;
	i int := 1;
	n int;
begin
	for item in select regexp_matches(translate(catalyse.search_spelling(left(q, 400)), '«»“”„/_~', '"""""  '),
			'(-?)(?:"([^"]*)"?|([^[:space:]"]+))', 'g') loop
		if item[3] in ('or', 'OR', 'ou', 'OU') and item[1] = '' then
			if numnode(branches[b]) > 0 or branch[cardinality(branch)] = b then
				b := b + 1;
				branches[b] := '';
			end if;
			toks := toks || ''::text; joined := joined || false; branch := branch || 0;
		elsif item[1] = '-' or item[2] is not null then
			unit := phraseto_tsquery(cfg, translate(coalesce(item[2], item[3]), '-/_', '   '));
			if item[1] = '-' and numnode(unit) > 0 then
				without := without && !!unit;
			else
				branches[b] := branches[b] && unit;
				units := units || unit;
			end if;
			toks := toks || ''::text; joined := joined || false; branch := branch || 0;
		else
			alone := true;
			foreach part in array regexp_split_to_array(item[3], '-+') loop
				if part <> '' then
					toks := toks || part; joined := joined || not alone; branch := branch || b;
					alone := false;
				end if;
			end loop;
		end if;
	end loop;

	-- Stop words go; what is left is looked up among the synonyms, the longest sequence first.
	select array_agg(x.tok order by x.o), array_agg(x.joined order by x.o), array_agg(x.branch order by x.o), array_agg(x.key order by x.o)
	into toks, joined, branch, keys
	from (
		select u.tok, u.joined, u.branch, u.o, case when u.tok = '' then '' else catalyse.search_key(u.tok) end as key
		from unnest(toks, joined, branch) with ordinality u (tok, joined, branch, o)
	) x where x.key is not null;
	if toks is not null then
		select array_agg(s.n order by s.i), array_agg(s.query order by s.i) into syn_n, syn_q
		from (
			select a.i, m.n, m.query
			from generate_series(1, cardinality(keys)) a (i)
			left join lateral (
				select l.n, e.query from generate_series(1, least(5, cardinality(keys) - a.i + 1)) l (n)
				join catalyse.search_expansion e on e.key = array_to_string(keys[a.i : a.i + l.n - 1], ' ')
				order by l.n desc limit 1
			) m on true
		) s;
	end if;
	while i <= cardinality(toks) loop
		n := coalesce(syn_n[i], 1);
		if keys[i] <> '' then
			if syn_n[i] is null then
				while joined[i + n] and syn_n[i + n] is null loop
					n := n + 1;
				end loop;
			end if;
			unit := ''::tsquery;
			for k in i .. i + n - 1 loop
				unit := case when joined[k] and k > i
					then tsquery_phrase(unit, phraseto_tsquery(cfg, toks[k])) else unit && phraseto_tsquery(cfg, toks[k]) end;
			end loop;
			unit := unit || coalesce(syn_q[i], ''::tsquery);
			branches[branch[i]] := branches[branch[i]] && unit;
			units := units || unit;
		end if;
		i := i + n;
	end loop;

	n := cardinality(units);
	if most and n > 1 then
		unit := ''::tsquery;
		for i in 1 .. least(n, 8) loop
			if n = 2 then
				unit := unit || units[i];
				continue;
			end if;
			for j in i + 1 .. least(n, 8) loop
				if n < 6 then
					unit := unit || (units[i] && units[j]);
					continue;
				end if;
				for k in j + 1 .. least(n, 8) loop
					unit := unit || (units[i] && units[j] && units[k]);
				end loop;
			end loop;
		end loop;
		return unit && without;
	end if;
	unit := ''::tsquery;
	foreach part in array branches::text[] loop
		unit := unit || part::tsquery;
	end loop;
	return unit && without;
end
$$;

-- Everything that depends on the dictionaries; later changes add to it what they keep.
create function search_reindex() returns void language plpgsql set search_path to catalyse, public as $$
begin
	perform search_expand();
	perform sheet_index_refresh(null);
end
$$;
revoke execute on function search_reindex() from public;

select search_use();
commit;
