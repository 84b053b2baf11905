-- Verify catalyse:sheet_wide_weights on pg
begin;
select 1 / (catalyse.search_weighted($$'tier' <-> 'lieu' | 'l''eau':* & !'x'$$, 'AB') = $$'tier':AB <-> 'lieu':AB | 'l''eau':*AB & !'x':AB$$)::int;
rollback;
