-- Deploy catalyse:search_excerpts to pg
-- requires: search_lexicon
-- Where the words of a question stand in a text: between U+0001 and U+0002, which are taken out of the text first.
begin;
set local role catalyse_owner;
set local search_path to catalyse, public;

create function search_marked(t text, query tsquery) returns text language sql stable parallel safe
	return (select case when strpos(h, E'\u0001') > 0 then h end
		from ts_headline('catalyse.catalyse_fr', translate(t, E'\u0001\u0002', ''), query,
			E'HighlightAll=true, StartSel=\u0001, StopSel=\u0002') h);
comment on function search_marked(text, tsquery) is 'the whole text, what is found between marks; null when nothing is';

-- A few lines of the body around the first word found. The place is found by the beginnings of the words, in the text without
-- accents; only those few lines are then read with the dictionaries (a whole body would cost milliseconds).
create function search_passage(sections jsonb, query tsquery) returns text language plpgsql stable parallel safe as $$
declare
	body text;
	starts text;
	at int;
	piece text;
begin
	select string_agg(left(m[1], greatest(4, length(m[1]) - 3)), '|') into starts
	from regexp_matches(query::text, '(?<!!)''([[:alnum:]]{2,})''', 'g') m;
	if starts is null then
		return null;
	end if;
	select string_agg(v #>> '{}', E' \u00b7 ') into body from jsonb_path_query(sections, 'strict $.** ? (@.type() == "string")') v;
	at := regexp_instr(catalyse.immutable_unaccent(lower(body)), '\m(' || starts || ')');
	if coalesce(at, 0) = 0 then
		return null;
	end if;
	piece := substr(body, greatest(1, at - 110), 300);
	if at > 110 then
		piece := regexp_replace(piece, '^\S*\s', '… ');
	end if;
	if length(body) > greatest(1, at - 110) + 300 then
		piece := regexp_replace(piece, '\s\S*$', ' …');
	end if;
	-- Markdown is not to be seen: pictures and links keep their words, tables their cells.
	piece := regexp_replace(piece, '!?\[([^\]]*)\](\([^)]*\)?)?', '\1', 'g');
	piece := regexp_replace(piece, '\]?\([^) ]*://[^)]*\)?', '', 'g');
	piece := regexp_replace(piece, '(^|\n)\s*(#+|>|[-*+]|[0-9]+\.)\s+', '\1', 'g');
	piece := regexp_replace(piece, '[*_`]{1,3}(?=\S)|(?<=\S)[*_`]{1,3}|\|+|-{3,}', ' ', 'g');
	return catalyse.search_marked(btrim(regexp_replace(piece, '\s+', ' ', 'g')), query);
end
$$;
comment on function search_passage(jsonb, tsquery) is 'some lines of the body with what is found between marks; null when nothing is';
commit;
