-- Deploy catalyse:search_hyphens to pg
-- requires: search_french
-- A name written with hyphens is found whatever small words it holds: « val-de-marne », « côte-d'or ».
begin;
set local role catalyse_owner;
set local search_path to catalyse, public;

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
	said text[]; -- the same before the small words went, and where those that are left stood
	at int[];
	last int;
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
	said := toks;
	select array_agg(x.tok order by x.o), array_agg(x.o order by x.o), array_agg(x.joined order by x.o), array_agg(x.branch order by x.o),
		array_agg(x.key order by x.o)
	into toks, at, joined, branch, keys
	from (
		select y.tok, y.o, y.branch, y.key, coalesce(y.item = lag(y.item) over (order by y.o), false) as joined
		from (
			select u.tok, u.branch, u.o, sum((not u.joined)::int) over (order by u.o) as item,
				case when u.tok = '' then '' else catalyse.search_key(u.tok) end as key
			from unnest(toks, joined, branch) with ordinality u (tok, joined, branch, o)
		) y where y.key is not null
	) x;
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
				continue when joined[k] and k > i; -- with those it is joined to, as the index reads them: « val-de-marne », three words
				last := k;
				while last < i + n - 1 and joined[last + 1] loop
					last := last + 1;
				end loop;
				unit := unit && phraseto_tsquery(cfg, array_to_string(said[at[k] : at[last]], ' '));
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
commit;
