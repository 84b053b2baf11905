-- name: term_list
-- purpose: the terms in use of a scheme, in order
-- param: scheme text
-- column: code text
-- column: label text
-- column: definition text
-- column: origin text
-- rows: many
select code, label, definition, origin::text from term
where scheme = $1 and (valid_to is null or valid_to > current_date) order by position, label
