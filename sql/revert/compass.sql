-- Revert catalyse:compass from pg
begin;
drop function private.compass_answer_act(int, int, text), private.compass_answer_save(int, int, text, jsonb), private.compass_question_save(int, text, jsonb);
drop function catalyse.compass_put(jsonb), catalyse.compass_hints_set(int, text), catalyse.compass_hints(text);
drop table catalyse.compass_hint, catalyse.compass_answer, catalyse.compass_question;
commit;
