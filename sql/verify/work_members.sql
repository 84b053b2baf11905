-- Verify catalyse:work_members on pg
begin;
select 1 / (private.work_content_sound('{"lieux": "Saint-Benoît", "autres": {"duree": "2 h"}}') and not private.work_content_sound('{"inconnu": 1}'))::int;
rollback;
