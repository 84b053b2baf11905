-- name: alert_end
-- purpose: end an alert of that address; alert null: all of them. With the last one goes the address; whether it is gone
-- role: rw
-- param: follower int
-- param: alert int
-- column: gone bool
-- rows: one
-- writes: through alert_end and follower_forget
with ended as materialized (
	select alert_end(a.id) from alert a where a.follower_id = $1 and a.id = $2
), forgotten as materialized (
	select follower_forget(f.id) from follower f where f.id = $1 and $2::int is null
)
select (select count(*) from ended) + (select count(*) from forgotten) > 0
	and not exists (select from alert a where a.follower_id = $1 and a.id is distinct from $2 and $2::int is not null) as gone
