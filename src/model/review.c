#include "model/review.h"

static bool
among(struct str list, const char *word)
{
	size_t n = strlen(word);

	for (size_t i = 0; i + n <= list.n; i++)
		if (memcmp(list.p + i, word, n) == 0 && (i == 0 || list.p[i - 1] == '{' || list.p[i - 1] == ',') &&
		    (i + n == list.n || list.p[i + n] == '}' || list.p[i + n] == ','))
			return true;
	return false;
}

enum err
review_case_find(struct db *db, struct arena *a, int64_t actor, int64_t sheet, struct review_case *ret)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_REVIEW_CASE, DB_ARGS(db_arg_int(a, actor), db_arg_int(a, sheet)), &r);

	if (e)
		return e;
	struct str rights = r.nrows ? db_text(&r, 0, COL_REVIEW_CASE_RIGHTS) : STR_NONE;
	if (!among(rights, "lire"))
		return err_note(ERR_NOT_FOUND, "sheet %lld: nothing this person may read", (long long)sheet);
	*ret = (struct review_case){ .id = db_int(&r, 0, COL_REVIEW_CASE_ID),
		                     .rev = db_int(&r, 0, COL_REVIEW_CASE_REV),
		                     .round = db_int(&r, 0, COL_REVIEW_CASE_ROUND),
		                     .version = db_int(&r, 0, COL_REVIEW_CASE_VERSION),
		                     .reviewer_id = db_int(&r, 0, COL_REVIEW_CASE_REVIEWER_ID),
		                     .appealed_id = db_int(&r, 0, COL_REVIEW_CASE_APPEALED_ID),
		                     .withdrawer_id = db_int(&r, 0, COL_REVIEW_CASE_WITHDRAWER_ID),
		                     .state = db_text(&r, 0, COL_REVIEW_CASE_STATE),
		                     .public_state = db_text(&r, 0, COL_REVIEW_CASE_PUBLIC_STATE),
		                     .reads = true,
		                     .writes = among(rights, "ecrire"),
		                     .manages = among(rights, "gerer"),
		                     .reviews = among(rights, "relire"),
		                     .admin = db_bool(&r, 0, COL_REVIEW_CASE_IS_ADMIN),
		                     .own = db_bool(&r, 0, COL_REVIEW_CASE_OWN),
		                     .rank = (int)db_int(&r, 0, COL_REVIEW_CASE_RANK),
		                     .type = db_text(&r, 0, COL_REVIEW_CASE_TYPE),
		                     .title = db_text(&r, 0, COL_REVIEW_CASE_TITLE),
		                     .structure = db_text(&r, 0, COL_REVIEW_CASE_STRUCTURE),
		                     .saved_at = db_text(&r, 0, COL_REVIEW_CASE_SAVED_AT),
		                     .submitted_at = db_text(&r, 0, COL_REVIEW_CASE_SUBMITTED_AT),
		                     .due_on = db_text(&r, 0, COL_REVIEW_CASE_DUE_ON),
		                     .note = db_text(&r, 0, COL_REVIEW_CASE_NOTE),
		                     .reviewer = db_text(&r, 0, COL_REVIEW_CASE_REVIEWER),
		                     .slug = db_text(&r, 0, COL_REVIEW_CASE_SLUG),
		                     .public_title = db_text(&r, 0, COL_REVIEW_CASE_PUBLIC_TITLE),
		                     .withdrawn_reason = db_text(&r, 0, COL_REVIEW_CASE_WITHDRAWN_REASON),
		                     .place_type = db_text(&r, 0, COL_REVIEW_CASE_PLACE_TYPE),
		                     .place_code = db_text(&r, 0, COL_REVIEW_CASE_PLACE_CODE),
		                     .place = db_text(&r, 0, COL_REVIEW_CASE_PLACE),
		                     .stone = db_text(&r, 0, COL_REVIEW_CASE_STONE),
		                     .overdue = db_bool(&r, 0, COL_REVIEW_CASE_OVERDUE),
		                     .appeal = db_bool(&r, 0, COL_REVIEW_CASE_APPEAL),
		                     .first_sheet = db_bool(&r, 0, COL_REVIEW_CASE_FIRST_SHEET) };
	return ERR_NONE;
}

enum err
review_events_list(struct db *db, struct arena *a, int64_t sheet, struct review_events *ret)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_REVIEW_EVENTS, DB_ARGS(db_arg_int(a, sheet)), &r);

	if (e)
		return e;
	struct review_event *p = arena_array(a, struct review_event, r.nrows + 1);
	for (size_t i = 0; i < r.nrows; i++)
		p[i] = (struct review_event){ .source = db_text(&r, i, COL_REVIEW_EVENTS_SOURCE),
			                      .id = db_int(&r, i, COL_REVIEW_EVENTS_ID),
			                      .actor_id = db_int(&r, i, COL_REVIEW_EVENTS_ACTOR_ID),
			                      .round = db_int(&r, i, COL_REVIEW_EVENTS_ROUND),
			                      .rank = db_int(&r, i, COL_REVIEW_EVENTS_RANK),
			                      .target = db_int(&r, i, COL_REVIEW_EVENTS_TARGET),
			                      .reply_to = db_int(&r, i, COL_REVIEW_EVENTS_REPLY_TO),
			                      .decision_id = db_int(&r, i, COL_REVIEW_EVENTS_DECISION_ID),
			                      .at = db_text(&r, i, COL_REVIEW_EVENTS_AT),
			                      .actor = db_text(&r, i, COL_REVIEW_EVENTS_ACTOR),
			                      .action = db_text(&r, i, COL_REVIEW_EVENTS_ACTION),
			                      .after = db_text(&r, i, COL_REVIEW_EVENTS_AFTER_STATE),
			                      .machine = db_text(&r, i, COL_REVIEW_EVENTS_MACHINE),
			                      .scope = db_text(&r, i, COL_REVIEW_EVENTS_SCOPE),
			                      .target_name = db_text(&r, i, COL_REVIEW_EVENTS_TARGET_NAME),
			                      .side = db_text(&r, i, COL_REVIEW_EVENTS_SIDE),
			                      .field = db_text(&r, i, COL_REVIEW_EVENTS_FIELD),
			                      .field_label = db_text(&r, i, COL_REVIEW_EVENTS_FIELD_LABEL),
			                      .quote = db_text(&r, i, COL_REVIEW_EVENTS_QUOTE),
			                      .body = db_text(&r, i, COL_REVIEW_EVENTS_BODY) };
	*ret = (struct review_events){ p, r.nrows };
	return ERR_NONE;
}

enum err
review_grid_find(struct db *db, struct arena *a, int64_t sheet, int64_t round, struct review_grid *ret)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_REVIEW_GRID, DB_ARGS(db_arg_int(a, sheet), db_arg_int(a, round)), &r);

	if (e)
		return e;
	struct review_answer *p = arena_array(a, struct review_answer, r.nrows + 1);
	for (size_t i = 0; i < r.nrows; i++)
		p[i] = (struct review_answer){ .code = db_text(&r, i, COL_REVIEW_GRID_CODE),
			                       .label = db_text(&r, i, COL_REVIEW_GRID_LABEL),
			                       .help = db_text(&r, i, COL_REVIEW_GRID_HELP),
			                       .who = db_text(&r, i, COL_REVIEW_GRID_WHO),
			                       .verdict = db_text(&r, i, COL_REVIEW_GRID_VERDICT),
			                       .comment = db_text(&r, i, COL_REVIEW_GRID_COMMENT),
			                       .principal = db_bool(&r, i, COL_REVIEW_GRID_PRINCIPAL),
			                       .reviewer_id = db_int(&r, i, COL_REVIEW_GRID_REVIEWER_ID),
			                       .invitation_id = db_int(&r, i, COL_REVIEW_GRID_INVITATION_ID) };
	*ret = (struct review_grid){ p, r.nrows };
	return ERR_NONE;
}

static struct db_arg
number_or_null(struct arena *a, int64_t n)
{
	return n ? db_arg_int(a, n) : DB_NULL;
}

enum err
review_grid_put(struct db *db, struct arena *a, int64_t sheet, int64_t reviewer, int64_t invitation, struct str criterion, struct str verdict,
                struct str comment)
{
	return db_run(db, a, QUERY_REVIEW_GRID_PUT,
	              DB_ARGS(db_arg_int(a, sheet), number_or_null(a, reviewer), number_or_null(a, invitation), db_arg_str(criterion), db_arg_str(verdict),
	                      db_arg_str(comment)),
	              NULL);
}

enum err
review_texts_find(struct db *db, struct arena *a, struct str type, int64_t sheet, struct review_texts *ret)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_REVIEW_TEXTS, DB_ARGS(db_arg_int(a, sheet)), &r);
	struct sheet_version now = { .sections_json = STR("{}") }, before = { .sections_json = STR("{}"), .has_parts = true };

	if (e)
		return e;
	*ret = (struct review_texts){ 0 };
	for (size_t i = 0; i < r.nrows; i++) {
		struct str which = db_text(&r, i, COL_REVIEW_TEXTS_WHICH);
		int64_t evidence = db_int(&r, i, COL_REVIEW_TEXTS_EVIDENCE);
		struct sheet_version x = { .title = db_text(&r, i, COL_REVIEW_TEXTS_TITLE),
			                   .summary = db_text(&r, i, COL_REVIEW_TEXTS_SUMMARY),
			                   .sections_json = db_text(&r, i, COL_REVIEW_TEXTS_SECTIONS),
			                   .licence = db_text(&r, i, COL_REVIEW_TEXTS_LICENCE),
			                   .evidence = evidence >= 0 && evidence <= 4 ? (int)evidence : 0,
			                   .number = db_int(&r, i, COL_REVIEW_TEXTS_NUMBER),
			                   .has_parts = true,
			                   .places = db_text(&r, i, COL_REVIEW_TEXTS_PLACES),
			                   .terms = db_text(&r, i, COL_REVIEW_TEXTS_TERMS),
			                   .source = db_text(&r, i, COL_REVIEW_TEXTS_SOURCE) };
		if (str_eq(which, STR("travail"))) {
			now = x;
		} else if (str_eq(which, STR("public"))) {
			ret->version = x.number;
			ret->round = 0;
			before = x;
		} else if (ret->version == 0) {
			ret->round = x.number;
			before = x;
		}
	}
	if (ret->version == 0 && ret->round == 0)
		before.evidence = now.evidence, before.licence = now.licence;
	ret->fields = sheet_version_fields(a, type, &before, &now);
	return ERR_NONE;
}

enum err
review_queue_list(struct db *db, struct arena *a, int64_t actor, const struct review_filter *f, struct review_queue *ret)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_REVIEW_QUEUE,
	                    DB_ARGS(db_arg_int(a, actor), db_arg_str(f->state), db_arg_str(f->type), db_arg_str(f->territory), db_arg_bool(f->late)), &r);

	if (e)
		return e;
	struct review_item *p = arena_array(a, struct review_item, r.nrows + 1);
	for (size_t i = 0; i < r.nrows; i++)
		p[i] = (struct review_item){ .part = db_text(&r, i, COL_REVIEW_QUEUE_PART),
			                     .id = db_int(&r, i, COL_REVIEW_QUEUE_ID),
			                     .round = db_int(&r, i, COL_REVIEW_QUEUE_ROUND),
			                     .age = db_int(&r, i, COL_REVIEW_QUEUE_AGE),
			                     .messages = db_int(&r, i, COL_REVIEW_QUEUE_ANSWERS),
			                     .type = db_text(&r, i, COL_REVIEW_QUEUE_TYPE),
			                     .title = db_text(&r, i, COL_REVIEW_QUEUE_TITLE),
			                     .state = db_text(&r, i, COL_REVIEW_QUEUE_STATE),
			                     .submitted_at = db_text(&r, i, COL_REVIEW_QUEUE_SUBMITTED_AT),
			                     .due_on = db_text(&r, i, COL_REVIEW_QUEUE_DUE_ON),
			                     .reviewer = db_text(&r, i, COL_REVIEW_QUEUE_REVIEWER),
			                     .place = db_text(&r, i, COL_REVIEW_QUEUE_PLACE),
			                     .stone = db_text(&r, i, COL_REVIEW_QUEUE_STONE),
			                     .authors = db_text(&r, i, COL_REVIEW_QUEUE_AUTHORS),
			                     .late = db_bool(&r, i, COL_REVIEW_QUEUE_LATE),
			                     .first_sheet = db_bool(&r, i, COL_REVIEW_QUEUE_FIRST_SHEET),
			                     .updates = db_bool(&r, i, COL_REVIEW_QUEUE_UPDATES),
			                     .barred = db_bool(&r, i, COL_REVIEW_QUEUE_BARRED) };
	*ret = (struct review_queue){ p, r.nrows };
	return ERR_NONE;
}

enum err
review_people_list(struct db *db, struct arena *a, int64_t sheet, struct review_people *ret)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_REVIEW_PEOPLE, DB_ARGS(db_arg_int(a, sheet)), &r);

	if (e)
		return e;
	struct review_person *p = arena_array(a, struct review_person, r.nrows + 1);
	for (size_t i = 0; i < r.nrows; i++)
		p[i] = (struct review_person){ .id = db_int(&r, i, COL_REVIEW_PEOPLE_ID),
			                       .part = db_text(&r, i, COL_REVIEW_PEOPLE_PART),
			                       .name = db_text(&r, i, COL_REVIEW_PEOPLE_NAME),
			                       .email = db_text(&r, i, COL_REVIEW_PEOPLE_EMAIL) };
	*ret = (struct review_people){ p, r.nrows };
	return ERR_NONE;
}

enum err
review_route_list(struct db *db, struct arena *a, int64_t sheet, struct review_people *ret)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_REVIEW_ROUTE, DB_ARGS(db_arg_int(a, sheet)), &r);

	if (e)
		return e;
	struct review_person *p = arena_array(a, struct review_person, r.nrows + 1);
	for (size_t i = 0; i < r.nrows; i++)
		p[i] = (struct review_person){ .id = db_int(&r, i, COL_REVIEW_ROUTE_ID),
			                       .part = STR("relecteur"),
			                       .name = db_text(&r, i, COL_REVIEW_ROUTE_NAME),
			                       .email = db_text(&r, i, COL_REVIEW_ROUTE_EMAIL),
			                       .scope = db_text(&r, i, COL_REVIEW_ROUTE_SCOPE),
			                       .rank = (int)db_int(&r, i, COL_REVIEW_ROUTE_RANK) };
	*ret = (struct review_people){ p, r.nrows };
	return ERR_NONE;
}

enum err
review_reviewers_list(struct db *db, struct arena *a, int64_t sheet, struct review_people *ret)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_REVIEW_REVIEWERS, DB_ARGS(db_arg_int(a, sheet)), &r);

	if (e)
		return e;
	struct review_person *p = arena_array(a, struct review_person, r.nrows + 1);
	for (size_t i = 0; i < r.nrows; i++)
		p[i] = (struct review_person){ .id = db_int(&r, i, COL_REVIEW_REVIEWERS_ID),
			                       .part = STR("relecteur"),
			                       .name = db_text(&r, i, COL_REVIEW_REVIEWERS_NAME),
			                       .rank = (int)db_int(&r, i, COL_REVIEW_REVIEWERS_RANK),
			                       .held = db_int(&r, i, COL_REVIEW_REVIEWERS_HELD),
			                       .away = db_bool(&r, i, COL_REVIEW_REVIEWERS_AWAY) };
	*ret = (struct review_people){ p, r.nrows };
	return ERR_NONE;
}

enum err
review_routed(struct db *db, struct arena *a, int64_t sheet, const struct review_people *asked)
{
	struct db_rows r;
	const struct review_person *first = asked->n ? &asked->p[0] : NULL;

	return db_run(db, a, QUERY_REVIEW_ROUTED,
	              DB_ARGS(db_arg_int(a, sheet), db_arg_int(a, first ? first->rank : 0), db_arg_str(first ? first->scope : STR_NONE),
	                      db_arg_int(a, (int64_t)asked->n)),
	              &r);
}

enum err
review_reasons_list(struct db *db, struct arena *a, struct review_reasons *ret)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_REVIEW_REASONS, NULL, 0, &r);

	if (e)
		return e;
	struct review_reason *p = arena_array(a, struct review_reason, r.nrows + 1);
	for (size_t i = 0; i < r.nrows; i++)
		p[i] = (struct review_reason){ db_text(&r, i, COL_REVIEW_REASONS_ACT), db_text(&r, i, COL_REVIEW_REASONS_CODE),
			                       db_text(&r, i, COL_REVIEW_REASONS_LABEL) };
	*ret = (struct review_reasons){ p, r.nrows };
	return ERR_NONE;
}

enum err
review_say(struct db *db, struct arena *a, int64_t sheet, const struct review_words *m)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_REVIEW_SAY,
	                    DB_ARGS(db_arg_int(a, sheet), number_or_null(a, m->author), number_or_null(a, m->invitation), db_arg_str(m->kind),
	                            db_arg_str(m->side), db_arg_str(m->field), db_arg_str(m->field_label), db_arg_str(m->quote), db_arg_str(m->body),
	                            number_or_null(a, m->reply_to)),
	                    &r);

	return e ? e : r.nrows ? ERR_NONE : err_note(ERR_NOT_FOUND, "no message of that number under this sheet");
}

/* Acts on the text; all others are on what is public. */
static bool
is_of_text(struct str act)
{
	static const char *const acts[] = { "soumettre", "reprendre", "prendre", "rendre", "demander", "refuser", "contester", "abandonner", "modifier" };

	for (size_t i = 0; i < sizeof(acts) / sizeof(*acts); i++)
		if (str_eq(act, str_of(acts[i])))
			return true;
	return false;
}

enum err
review_act_do(struct db *db, struct arena *a, const struct review_act *x, struct str *ret)
{
	struct db_rows r;
	struct db_arg actor = db_arg_int(a, x->actor), sheet = db_arg_int(a, x->sheet), why = db_arg_str(x->why), rev = number_or_null(a, x->rev);
	enum err e;

	if (str_eq(x->act, STR("publier")))
		e = db_run(db, a, QUERY_REVIEW_PUBLISH, DB_ARGS(actor, sheet, why, db_arg_str(x->slug), rev), &r);
	else if (str_eq(x->act, STR("confier")))
		e = db_run(db, a, QUERY_REVIEW_ASSIGN, DB_ARGS(actor, sheet, db_arg_int(a, x->target)), &r);
	else if (str_eq(x->act, STR("maintenir")))
		e = db_run(db, a, QUERY_REVIEW_UPHOLD, DB_ARGS(actor, sheet, why), &r);
	else if (is_of_text(x->act))
		e = db_run(db, a, QUERY_REVIEW_MOVE, DB_ARGS(actor, sheet, db_arg_str(x->act), why, rev), &r);
	else
		e = db_run(db, a, QUERY_REVIEW_SHEET_MOVE, DB_ARGS(actor, sheet, db_arg_str(x->act), why, number_or_null(a, x->target)), &r);
	if (!e)
		*ret = db_text(&r, 0, 0);
	return e;
}

enum err
review_decided(struct db *db, struct arena *a, int64_t actor, int64_t sheet, struct review_comments *ret)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_REVIEW_DECIDED, DB_ARGS(db_arg_int(a, actor), db_arg_int(a, sheet)), &r);

	if (e)
		return e;
	struct review_words *p = arena_array(a, struct review_words, r.nrows + 1);
	for (size_t i = 0; i < r.nrows; i++)
		p[i] = (struct review_words){ .field_label = db_text(&r, i, COL_REVIEW_DECIDED_FIELD_LABEL),
			                      .quote = db_text(&r, i, COL_REVIEW_DECIDED_QUOTE),
			                      .body = db_text(&r, i, COL_REVIEW_DECIDED_BODY) };
	*ret = (struct review_comments){ p, r.nrows };
	return ERR_NONE;
}

enum err
review_due(struct db *db, struct arena *a, int64_t actor, int64_t sheet, struct str day, bool *ret_done)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_REVIEW_DUE, DB_ARGS(db_arg_int(a, actor), db_arg_int(a, sheet), db_arg_str(day)), &r);

	if (!e)
		*ret_done = r.nrows > 0;
	return e;
}

enum err
review_invite(struct db *db, struct arena *a, int64_t actor, int64_t sheet, struct str name, struct str token_sum, bool *ret_done)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_REVIEW_INVITE, DB_ARGS(db_arg_int(a, actor), db_arg_int(a, sheet), db_arg_str(name), db_arg_str(token_sum)), &r);

	if (!e)
		*ret_done = r.nrows > 0;
	return e;
}

enum err
review_invitation_find(struct db *db, struct arena *a, struct str token_sum, struct review_invitation *ret)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_REVIEW_INVITATION, DB_ARGS(db_arg_str(token_sum)), &r);

	if (e)
		return e;
	if (r.nrows == 0)
		return err_note(ERR_NOT_FOUND, "no invitation has this link");
	*ret = (struct review_invitation){ .id = db_int(&r, 0, COL_REVIEW_INVITATION_ID),
		                           .sheet_id = db_int(&r, 0, COL_REVIEW_INVITATION_SHEET_ID),
		                           .invited_by = db_int(&r, 0, COL_REVIEW_INVITATION_INVITED_BY),
		                           .name = db_text(&r, 0, COL_REVIEW_INVITATION_NAME),
		                           .open = db_bool(&r, 0, COL_REVIEW_INVITATION_OPEN),
		                           .answered = db_bool(&r, 0, COL_REVIEW_INVITATION_ANSWERED) };
	return ERR_NONE;
}

enum err
review_invitation_done(struct db *db, struct arena *a, int64_t id, int64_t *ret_account, struct str *ret_email)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_REVIEW_INVITATION_DONE, DB_ARGS(db_arg_int(a, id)), &r);

	*ret_email = STR_NONE;
	if (e || r.nrows == 0)
		return e;
	*ret_account = db_int(&r, 0, COL_REVIEW_INVITATION_DONE_ACCOUNT_ID);
	*ret_email = db_text(&r, 0, COL_REVIEW_INVITATION_DONE_EMAIL);
	return ERR_NONE;
}

enum err
review_absence_find(struct db *db, struct arena *a, int64_t account, struct review_absence *ret)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_ABSENCE_FIND, DB_ARGS(db_arg_int(a, account)), &r);

	*ret = (struct review_absence){ STR_NONE, STR_NONE };
	if (!e && r.nrows)
		*ret = (struct review_absence){ db_text(&r, 0, COL_ABSENCE_FIND_SINCE), db_text(&r, 0, COL_ABSENCE_FIND_UNTIL) };
	return e;
}

enum err
review_absence_put(struct db *db, struct arena *a, int64_t account, const struct review_absence *x)
{
	return db_run(db, a, QUERY_ABSENCE_PUT, DB_ARGS(db_arg_int(a, account), db_arg_opt(x->since), db_arg_opt(x->until)), NULL);
}

enum err
link_make(struct db *db, struct arena *a, struct str purpose, int64_t account, int64_t sheet, int days, struct token *ret)
{
	token_make(ret);
	return db_run(db, a, QUERY_LINK_PUT,
	              DB_ARGS(db_arg_str(str_of(ret->sum)), db_arg_str(purpose), number_or_null(a, account), number_or_null(a, sheet), db_arg_str(STR("{}")),
	                      db_arg_int(a, days)),
	              NULL);
}

enum err
link_find(struct db *db, struct arena *a, struct str token_sum, struct link_found *ret)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_LINK_FIND, DB_ARGS(db_arg_str(token_sum)), &r);

	if (e)
		return e;
	if (r.nrows == 0)
		return err_note(ERR_NOT_FOUND, "no link has this token, or not any more");
	*ret = (struct link_found){ .purpose = db_text(&r, 0, COL_LINK_FIND_PURPOSE),
		                    .data = db_text(&r, 0, COL_LINK_FIND_DATA),
		                    .name = db_text(&r, 0, COL_LINK_FIND_NAME),
		                    .account_id = db_int(&r, 0, COL_LINK_FIND_ACCOUNT_ID),
		                    .sheet_id = db_int(&r, 0, COL_LINK_FIND_SHEET_ID),
		                    .used = db_bool(&r, 0, COL_LINK_FIND_USED),
		                    .fresh = db_bool(&r, 0, COL_LINK_FIND_FRESH),
		                    .active = db_bool(&r, 0, COL_LINK_FIND_ACTIVE) };
	return ERR_NONE;
}

enum err
link_use(struct db *db, struct arena *a, struct str token_sum, bool *ret_free)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_LINK_USE, DB_ARGS(db_arg_str(token_sum)), &r);

	if (!e)
		*ret_free = r.nrows > 0;
	return e;
}

enum err
review_steps_list(struct db *db, struct arena *a, struct str state, struct str public_state, struct review_steps *ret)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_REVIEW_STEPS, DB_ARGS(db_arg_str(state), db_arg_str(public_state)), &r);

	if (e)
		return e;
	struct review_step *p = arena_array(a, struct review_step, r.nrows + 1);
	for (size_t i = 0; i < r.nrows; i++)
		p[i] = (struct review_step){ .machine = db_text(&r, i, COL_REVIEW_STEPS_MACHINE),
			                     .act = db_text(&r, i, COL_REVIEW_STEPS_ACT),
			                     .label = db_text(&r, i, COL_REVIEW_STEPS_LABEL),
			                     .by_author = db_bool(&r, i, COL_REVIEW_STEPS_BY_AUTHOR),
			                     .by_reviewer = db_bool(&r, i, COL_REVIEW_STEPS_BY_REVIEWER),
			                     .reasoned = db_bool(&r, i, COL_REVIEW_STEPS_REASONED) };
	*ret = (struct review_steps){ p, r.nrows };
	return ERR_NONE;
}

static double
days_or_none(const struct db_rows *r, size_t row, size_t col)
{
	return db_is_null(r, row, col) ? -1 : db_real(r, row, col);
}

enum err
review_delays_list(struct db *db, struct arena *a, struct review_delays *ret)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_REVIEW_DELAYS, NULL, 0, &r);

	if (e)
		return e;
	struct review_delay *p = arena_array(a, struct review_delay, r.nrows + 1);
	for (size_t i = 0; i < r.nrows; i++)
		p[i] = (struct review_delay){
			.type = db_text(&r, i, COL_REVIEW_DELAYS_TYPE),
			.code = db_text(&r, i, COL_REVIEW_DELAYS_CODE),
			.name = db_text(&r, i, COL_REVIEW_DELAYS_NAME),
			.texts = db_is_null(&r, i, COL_REVIEW_DELAYS_TEXTS) ? -1 : db_int(&r, i, COL_REVIEW_DELAYS_TEXTS),
			.waiting = db_is_null(&r, i, COL_REVIEW_DELAYS_WAITING) ? -1 : db_int(&r, i, COL_REVIEW_DELAYS_WAITING),
			.answer_median = days_or_none(&r, i, COL_REVIEW_DELAYS_ANSWER_MEDIAN),
			.answer_p90 = days_or_none(&r, i, COL_REVIEW_DELAYS_ANSWER_P90),
			.decision_median = days_or_none(&r, i, COL_REVIEW_DELAYS_DECISION_MEDIAN),
			.decision_p90 = days_or_none(&r, i, COL_REVIEW_DELAYS_DECISION_P90),
		};
	*ret = (struct review_delays){ p, r.nrows };
	return ERR_NONE;
}
