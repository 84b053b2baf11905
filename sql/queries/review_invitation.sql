-- name: review_invitation
-- purpose: the invitation a link stands for, while its sheet is read over
-- role: rw
-- param: token_hash text
-- column: id int
-- column: sheet_id int
-- column: name text
-- column: invited_by int
-- column: open bool
-- column: answered bool
-- rows: maybe
select i.id, i.sheet_id, i.name, i.invited_by, w.state in ('soumise', 'en_relecture', 'modifications_demandees') as open, i.answered_at is not null as answered
from review_invitation i join work w on w.sheet_id = i.sheet_id where i.token_hash = $1
