#include "model/compass.h"

#include "text/json_out.h"

#define CELL(i, name) db_text(&r, i, COL_COMPASS_QUESTIONS_##name)

enum err
compass_questions_find(struct db *db, struct arena *a, bool all, struct compass_questions *ret)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_COMPASS_QUESTIONS, DB_ARGS(db_arg_bool(all)), &r);

	if (e)
		return e;
	struct compass_question *q = arena_array(a, struct compass_question, r.nrows + 1);
	struct compass_answer *x = arena_array(a, struct compass_answer, r.nrows + 1);
	size_t n = 0;
	for (size_t i = 0; i < r.nrows; i++) {
		if (db_is_null(&r, i, COL_COMPASS_QUESTIONS_ID)) {
			q[n++] = (struct compass_question){ CELL(i, QUESTION), CELL(i, LABEL), CELL(i, HELP), db_bool(&r, i, COL_COMPASS_QUESTIONS_ASKED),
				                            db_bool(&r, i, COL_COMPASS_QUESTIONS_EDITED), &x[i + 1], 0 };
			continue;
		}
		x[i] = (struct compass_answer){ db_int(&r, i, COL_COMPASS_QUESTIONS_ID), CELL(i, CODE), CELL(i, LABEL), CELL(i, REASON), CELL(i, FACTS), CELL(i, HINTS),
			                        str_eq(CELL(i, ORIGIN), STR("ours")), db_bool(&r, i, COL_COMPASS_QUESTIONS_EDITED) };
		q[n - 1].nanswers++; /* a question comes before its answers */
	}
	*ret = (struct compass_questions){ q, n };
	return ERR_NONE;
}
#undef CELL

/* One a line. */
static struct strs
lines_of(struct arena *a, struct str s)
{
	struct str *p;
	size_t n = 0, most = 1;

	for (size_t i = 0; i < s.n; i++)
		most += s.p[i] == '\n';
	p = arena_array(a, struct str, most);
	while (s.n) {
		const char *end = memchr(s.p, '\n', s.n);
		size_t len = end ? (size_t)(end - s.p) : s.n;
		if (len)
			p[n++] = (struct str){ s.p, len };
		s.p += len + (end != NULL), s.n -= len + (end != NULL);
	}
	return (struct strs){ p, n };
}

#define CELL(name) db_text(&r, i, COL_COMPASS_PATH_##name)
#define PART(what) str_eq(CELL(PART), STR(what))

enum err
compass_path_find(struct db *db, struct arena *a, struct strs answers, int64_t territory, int64_t most, struct compass_path *ret)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_COMPASS_PATH,
	                    DB_ARGS(list_query_texts(a, answers), territory ? db_arg_int(a, territory) : DB_NULL, db_arg_int(a, most)), &r);

	if (e)
		return e;
	struct compass_step *s = arena_array(a, struct compass_step, r.nrows + 1);
	struct compass_term *t = arena_array(a, struct compass_term, r.nrows + 1), *p = arena_array(a, struct compass_term, r.nrows + 1);
	*ret = (struct compass_path){ .steps = s, .parcours = t, .practices = p };
	for (size_t i = 0; i < r.nrows; i++) {
		struct place_ref place = { CELL(PLACE_TYPE), CELL(PLACE_CODE), CELL(PLACE_SLUG), CELL(PLACE_NAME), CELL(STONE) };
		int64_t id = db_int(&r, i, COL_COMPASS_PATH_ID);
		if (PART("fiche")) {
			s[ret->nsteps++] = (struct compass_step){ id, CELL(CODE), CELL(TYPE), CELL(SLUG), CELL(TITLE), CELL(SUMMARY), CELL(VERIFIED_ON),
				                                  (int)db_int(&r, i, COL_COMPASS_PATH_EVIDENCE), place, db_bool(&r, i, COL_COMPASS_PATH_NATIONAL),
				                                  lines_of(a, CELL(WHY)), db_real(&r, i, COL_COMPASS_PATH_SCORE) };
		} else if (PART("parcours")) {
			t[ret->nparcours++] = (struct compass_term){ CELL(CODE), CELL(TITLE), CELL(SUMMARY), CELL(SLUG), lines_of(a, CELL(WHY)) };
		} else if (PART("pratique")) {
			p[ret->npractices++] = (struct compass_term){ CELL(CODE), CELL(TITLE), CELL(SUMMARY), STR_NONE, lines_of(a, CELL(WHY)) };
		} else {
			struct compass_event *to = PART("suivant") ? &ret->next : &ret->last;
			*to = (struct compass_event){ id, CELL(CODE), CELL(SLUG), CELL(TITLE), CELL(SUMMARY), CELL(DATE), CELL(HOUR), CELL(HOUR_REUNION), CELL(MODE),
				                      CELL(URL), place };
		}
	}
	return ERR_NONE;
}
#undef CELL
#undef PART

#define CELL(name) db_text(&r, i, COL_COMPASS_PRACTICES_##name)
#define PART(what) str_eq(CELL(PART), STR(what))

/* Rows come a practice, then its activities, each followed by what helps: lists are slices of three arrays. */
enum err
compass_practices_find(struct db *db, struct arena *a, bool help, struct strs often, int64_t territory, struct compass_practices *ret)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_COMPASS_PRACTICES, DB_ARGS(db_arg_bool(help), list_query_texts(a, often), territory ? db_arg_int(a, territory) : DB_NULL), &r);

	if (e)
		return e;
	struct compass_practice *p = arena_array(a, struct compass_practice, r.nrows + 1);
	struct compass_activity *x = arena_array(a, struct compass_activity, r.nrows + 1);
	struct compass_help *h = arena_array(a, struct compass_help, r.nrows + 1);
	size_t n = 0, nx = 0, nh = 0;
	for (size_t i = 0; i < r.nrows; i++) {
		if (PART("pratique")) {
			p[n++] = (struct compass_practice){ CELL(CODE), CELL(LABEL), CELL(NOTE), &x[nx], 0 };
		} else if (PART("activite") && n) {
			x[nx++] = (struct compass_activity){ CELL(CODE), CELL(LABEL), CELL(NOTE), &h[nh], 0 };
			p[n - 1].nactivities++;
		} else if (nx) {
			h[nh++] = (struct compass_help){ PART("catalyseur"), db_bool(&r, i, COL_COMPASS_PRACTICES_EXACT), db_int(&r, i, COL_COMPASS_PRACTICES_ID), CELL(SLUG),
				                         CELL(LABEL), CELL(TYPE), CELL(PLACE), CELL(NOTE),
				                         db_is_null(&r, i, COL_COMPASS_PRACTICES_KM) ? -1 : db_real(&r, i, COL_COMPASS_PRACTICES_KM) };
			x[nx - 1].nhelps++;
		}
	}
	*ret = (struct compass_practices){ p, n };
	return ERR_NONE;
}
#undef CELL
#undef PART

static struct str
given_of(struct arena *a, size_t n, const struct str (*pairs)[2])
{
	struct buf b;

	buf_init(&b, a, 512);
	struct json_out j = json_out(&b);
	json_begin_object(&j);
	for (size_t i = 0; i < n; i++) {
		json_key(&j, arena_cstr(a, pairs[i][0]));
		json_str(&j, pairs[i][1]);
	}
	json_end(&j);
	return buf_str(&b);
}

static enum err
outcome_of(enum err e, const struct db_rows *r, struct str *ret_why)
{
	if (!e)
		*ret_why = db_text(r, 0, 0);
	return e;
}

enum err
compass_question_save(struct db *db, struct arena *a, int64_t actor, struct str question, struct str label, struct str help, struct str *ret_why)
{
	struct db_rows r;
	struct str given = given_of(a, 2, (const struct str[][2]){ { STR("label"), label }, { STR("help"), help } });

	return outcome_of(db_run(db, a, QUERY_COMPASS_QUESTION_SAVE, DB_ARGS(db_arg_int(a, actor), db_arg_str(question), db_arg_str(given)), &r), &r, ret_why);
}

enum err
compass_answer_save(struct db *db, struct arena *a, int64_t actor, struct str question, const struct compass_answer *x, struct str *ret_why)
{
	struct db_rows r;
	struct str given = given_of(a, 4, (const struct str[][2]){ { STR("code"), x->code }, { STR("label"), x->label }, { STR("reason"), x->reason },
	                                                           { STR("hints"), x->hints } });

	return outcome_of(db_run(db, a, QUERY_COMPASS_ANSWER_SAVE,
	                         DB_ARGS(db_arg_int(a, actor), x->id ? db_arg_int(a, x->id) : DB_NULL, db_arg_str(question), db_arg_str(given)), &r),
	                  &r, ret_why);
}

enum err
compass_answer_act(struct db *db, struct arena *a, int64_t actor, int64_t id, struct str act, struct str *ret_why)
{
	struct db_rows r;

	return outcome_of(db_run(db, a, QUERY_COMPASS_ANSWER_ACT, DB_ARGS(db_arg_int(a, actor), db_arg_int(a, id), db_arg_str(act)), &r), &r, ret_why);
}
