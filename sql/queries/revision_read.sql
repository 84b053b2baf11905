-- name: revision_read
-- purpose: the revision of each noun asked for, in that order, and the day and the moment it is for the base
-- param: nouns text[]
-- column: token bigint
-- column: day text
-- column: at bigint
-- rows: many
-- Nearly all nouns are asked for each time: the few rows there are (revision_settle) are read once.
select coalesce(x.token, 0) as token, current_date::text as day, (extract(epoch from now()) * 1000000)::bigint as at
from unnest($1::text[]) with ordinality n(noun, i) left join (select r.noun, bit_xor(r.token) as token from revision r group by r.noun) x on x.noun = n.noun order by n.i
