-- name: programme_ensure
-- purpose: the programme that the files call so; made with that name when it is a new one
-- param: file_code text
-- param: code text
-- param: name text
-- column: code text
-- column: fresh bool
-- rows: one
with known as (
	select code from programme where $1::text = any (file_codes) or code = $2 order by position, code limit 1
), fresh as (
	insert into programme (code, name, file_codes) select $2, $3, array[$1::text] where not exists (select from known)
	returning code
)
select code::text as code, false as fresh from known union all select code::text, true from fresh
