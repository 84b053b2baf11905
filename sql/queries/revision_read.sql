-- name: revision_read
-- purpose: the revision of each noun asked for, in that order, and the day and the moment it is for the base
-- param: nouns text[]
-- column: token bigint
-- column: day text
-- column: at bigint
-- rows: many
select coalesce((select bit_xor(r.token) from revision r where r.noun = n.noun), 0) as token, current_date::text as day, (extract(epoch from now()) * 1000000)::bigint as at
from unnest($1::text[]) with ordinality n(noun, i) order by n.i
