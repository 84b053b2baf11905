-- Verify catalyse:compass on pg
select code, label, help, asked, position, origin, edited_at from catalyse.compass_question where false;
select id, question, code, label, reason, facts, position, origin, edited_at from catalyse.compass_answer where false;
select answer_id, kind, value, weight from catalyse.compass_hint where false;
select 'catalyse.compass_put(jsonb)'::regprocedure, 'private.compass_answer_save(int,int,text,jsonb)'::regprocedure, 'private.compass_answer_act(int,int,text)'::regprocedure;
