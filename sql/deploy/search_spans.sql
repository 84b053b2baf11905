-- Deploy catalyse:search_spans to pg
-- requires: search_passages
-- Marking reads with the dictionaries only what begins as a word of the question does: a whole text, word by word, took six times as long.
begin;
set local role catalyse_owner;
set local search_path to catalyse, public;

create function search_spans(pattern text, q text) returns text language plpgsql immutable strict parallel safe as $$
declare
	letters constant text[] := '{{a,[aàâäáãå]},{c,[cç]},{e,[eéèêë]},{i,[iîïíì]},{n,[nñ]},{o,[oôöóò]},{u,[uùûüú]},{y,[yÿ]}}';
	spans text := pattern || coalesce('|\m(?:' || (select string_agg(distinct m[1], '|')
		from regexp_matches(catalyse.immutable_unaccent(lower(left(q, 400))), '[[:alnum:]]{3,40}', 'g') m) || ')', '');
begin
	spans := replace(replace(spans, 'oe', U&'\0001'), 'ae', U&'\0002');
	for k in 1 .. array_length(letters, 1) loop
		spans := replace(spans, letters[k][1], letters[k][2]);
	end loop;
	return '(?i)(?:' || replace(replace(spans, U&'\0001', '(?:[oôö][eéèêë]|œ)'), U&'\0002', '(?:[aàâä][eéèêë]|æ)') || ')\w*';
end
$$;
comment on function search_spans(text, text) is
	'search_pattern() of a question, and its words as they were typed, as they find in a text with its accents what may answer, to the end of the word; null without words';

create function search_marked(t text, query tsquery, part tsquery, spans text) returns text language plpgsql stable parallel safe as $$
declare
	h text;
begin
	select string_agg(case when o % 2 = 0 then coalesce(catalyse.search_marked(x, query, part), x) else x end, '' order by o) into h
	from string_to_table(regexp_replace(translate(t, E'\u0001\u0002\u0003', ''), spans, E'\u0003\\&\u0003', 'g'), E'\u0003') with ordinality s (x, o);
	if strpos(h, E'\u0001') > 0 then
		return h;
	end if;
	return catalyse.search_marked(t, query, part); -- another form of a word: « yeux » for « œil »
end
$$;
comment on function search_marked(text, tsquery, tsquery, text) is
	'the text with what answers the question between U+0001 and U+0002; null when nothing does; spans: search_spans(), where to look first';

create function search_passage(sections jsonb, query tsquery, part tsquery, pattern text, spans text) returns text language plpgsql stable parallel safe as $$
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
		piece := catalyse.search_marked(btrim(regexp_replace(piece, '\s+', ' ', 'g')), query, part, spans);
		exit when piece is not null;
	end loop;
	return piece;
end
$$;
comment on function search_passage(jsonb, tsquery, tsquery, text, text) is
	'search_passage(sections, query, part, pattern), looked at in its spans (search_spans); that of four arguments is for the version before';
commit;
