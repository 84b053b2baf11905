-- name: introduction_find
-- purpose: an introduction and all that was said in it, one row a message, or one without when all was forgotten
-- role: rw
-- param: id int
-- column: catalyst_id int
-- column: name text
-- column: email text
-- column: subject text
-- column: place text
-- column: need text
-- column: closed bool
-- column: made_on date
-- column: side text
-- column: body text
-- column: at timestamptz
-- rows: many
select i.catalyst_id, i.name, i.email, i.subject, i.place, i.need, i.closed_at is not null as closed, i.made_on, m.side, m.body, m.at
from introduction i left join introduction_message m on m.introduction_id = i.id
where i.id = $1
order by m.id
