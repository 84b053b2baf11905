-- name: work_alike
-- purpose: public sheets, and texts of that person, whose title looks like this one
-- role: rw
-- param: actor int
-- param: title text
-- param: sheet int
-- column: id int
-- column: type text
-- column: title text
-- column: slug text
-- column: public bool
-- rows: many
with asked as (select immutable_unaccent(lower(left($2, 300))) as words),
found as (
	select s.id, s.type::text, s.title::text, s.slug::text, true as public, similarity(immutable_unaccent(lower(s.title)), a.words) as near
	from asked a join sheet s on immutable_unaccent(lower(s.title)) % a.words
	where s.state in ('publiee', 'a_actualiser') and s.id <> $3
	union all
	select w.sheet_id, coalesce(w.content->>'type', ''), w.content->>'titre', '', false, similarity(immutable_unaccent(lower(w.content->>'titre')), a.words)
	from asked a join private.work_author x on x.account_id = $1 join private.work w on w.sheet_id = x.sheet_id
	where w.sheet_id <> $3 and w.content->>'titre' <> '' and immutable_unaccent(lower(w.content->>'titre')) % a.words
		and not exists (select from sheet s where s.id = w.sheet_id)
)
select id, type, title, slug, public from found where near >= 0.45 order by near desc, id limit 5
