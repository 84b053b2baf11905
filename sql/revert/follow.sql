-- Revert catalyse:follow from pg
begin;
drop function private.follow_forget(), private.link_note(text, int, text, text), private.link_collect(),
	private.freshness_answer(int, int, text, text), private.freshness_note(int, text), private.freshness_due(int, int),
	private.adoption_decide(int, int, text), private.report_decide(int, int, text, text), private.suggestion_late(int),
	private.suggestion_decide(int, int, text, text, text, text), private.follow_label(text, text), private.follow_patch(jsonb, text, text),
	private.follow_text(jsonb, text), private.follow_people(int);
drop view catalyse.adoption;
drop table private.link_check, private.freshness, private.adoption, private.report, private.suggestion;
delete from private.mail_outbox where kind = 'reponse';
delete from private.mail_refusal where kind = 'reponse';
delete from private.mail_kind where kind = 'reponse';
commit;
