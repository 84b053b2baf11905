-- Deploy catalyse:search_passages to pg
-- requires: search_marks territory_holders
-- What is the same for all the sheets of a page is made of the question once: where its words may begin. The same passages.
begin;
set local role catalyse_owner;
set local search_path to catalyse, public;

create function search_pattern(query tsquery) returns text language plpgsql immutable strict parallel safe as $$
begin
	return (select '\m(?:' || string_agg(case m[1]
			when '(' then '(?:' when ')' then ')' when '|' then '|'
			else coalesce('\w*\W+(?:\w+\W+){' || case m[1] when '<->' then 0 else substring(m[1] from '^<(\d+)>$')::int - 1 end || '}',
				regexp_replace(left(m[2], greatest(4, length(m[2]) - 3)), '[^[:alnum:]]', '.', 'g'))
		end, '' order by o) || ')'
	from regexp_matches(catalyse.search_any(query)::text, '(''((?:[^'']|'''')+)''|<->|<\d+>|[|()])', 'g') with ordinality r (m, o));
end
$$;
comment on function search_pattern(tsquery) is
	'the expression by which search_passage() looks for the words of a question and for its sequences, by their beginnings, in a text without accents; null without words';

create or replace function search_marked(t text, query tsquery, part tsquery) returns text language plpgsql stable parallel safe as $$
declare
	gap text; -- words between two of a sequence
	h text := ts_headline('catalyse.catalyse_fr', translate(t, E'\u0001\u0002\u0003', ''), query,
		E'HighlightAll=true, StartSel=\u0001, StopSel=\u0002');
begin
	if strpos(h, E'\u0001') > 0 and strpos(part::text, '<') > 0 then
		select coalesce(max(m[1]::int) - 1, 0) into gap from regexp_matches(part::text, '<(\d+)>', 'g') m;
		-- Words found next to each other, as near as in a sequence that is looked for, are looked at together.
		select string_agg(case when o % 2 = 0 and not catalyse.search_vector(translate(x, E'\u0001\u0002', '')) @@ part
				then translate(x, E'\u0001\u0002', '') else x end, '' order by o) into h
		from string_to_table(regexp_replace(h, E'\u0001[^\u0002]*\u0002(?:[^[:alnum:]\u0001\u0002]+(?:[[:alnum:]]+[^[:alnum:]\u0001\u0002]+){0,' || gap || E'}\u0001[^\u0002]*\u0002)*',
			E'\u0003\\&\u0003', 'g'), E'\u0003') with ordinality s (x, o);
	end if;
	return case when strpos(h, E'\u0001') > 0 then h end;
end
$$;

create function search_passage(sections jsonb, query tsquery, part tsquery, pattern text) returns text language plpgsql stable parallel safe as $$
declare
	body text;
	bare text;
	at int;
	piece text;
begin
	if pattern is null then
		return null;
	end if;
	select string_agg(v #>> '{}', E' \u00b7 ') into body from jsonb_path_query(sections, 'strict $.** ? (@.type() == "string")') v;
	bare := catalyse.immutable_unaccent(lower(body));
	for nth in 1 .. 3 loop
		at := regexp_instr(bare, pattern, 1, nth);
		exit when coalesce(at, 0) = 0;
		piece := substr(body, greatest(1, at - 110), 300);
		if at > 110 then
			piece := regexp_replace(piece, '^\S*\s', '… ');
		end if;
		if length(body) > greatest(1, at - 110) + 300 then
			piece := regexp_replace(piece, '\s\S*$', ' …');
		end if;
		-- Markdown is not to be seen: pictures and links keep their words, tables their cells.
		if piece ~ '[][#>*_`|]|://|---|(?:^|\n)\s*(?:[-+]|[0-9]+\.)\s' then
			piece := regexp_replace(piece, '!?\[([^\]]*)\](\([^)]*\)?)?', '\1', 'g');
			piece := regexp_replace(piece, '\]?\([^) ]*://[^)]*\)?', '', 'g');
			piece := regexp_replace(piece, '(^|\n)\s*(#+|>|[-*+]|[0-9]+\.)\s+', '\1', 'g');
			piece := regexp_replace(piece, '[*_`]{1,3}(?=\S)|(?<=\S)[*_`]{1,3}|\|+|-{3,}', ' ', 'g');
		end if;
		piece := catalyse.search_marked(btrim(regexp_replace(piece, '\s+', ' ', 'g')), query, part);
		exit when piece is not null;
	end loop;
	return piece;
end
$$;
comment on function search_passage(jsonb, tsquery, tsquery, text) is
	'search_passage(sections, query, part), of the pattern of the query (search_pattern); that of three arguments is for the version before';
commit;
