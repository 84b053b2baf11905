/*
 * compass: the questions of the orientation, the path that answers lead to, and what helps a catalyst begin an activity. Layer 3. SQL in,
 * structs out; all lives in the arena given. Questions are changed on read-write connections: *ret_why is empty when it is done, else why not
 * ("introuvable", "pris", "seule", "indice PIECE").
 */
#ifndef MODEL_COMPASS_H
#define MODEL_COMPASS_H
#include "model/list_query.h"

struct compass_answer {
	int64_t id;
	struct str code, label;
	struct str reason;        /* "parce que vous débutez" */
	struct str facts, hints;  /* asked with all only */
	bool ours, edited;
};
struct compass_question {
	struct str code, label, help;
	bool asked, edited;
	const struct compass_answer *answers;
	size_t nanswers;
};
struct compass_questions {
	const struct compass_question *p;
	size_t n;
};
/* all: those that are not asked too, with what each answer is worth. */
enum err compass_questions_find(struct db *db, struct arena *a, bool all, struct compass_questions *ret) MUST_CHECK;

struct compass_step { /* a sheet of the path */
	int64_t id;
	struct str ref, type, slug, title, summary, verified_on;
	int evidence;
	struct place_ref place;
	bool national;
	struct strs why; /* reasons, the strongest first */
	double score;
};
struct compass_term { /* a parcours or a practice that the answers lead to */
	struct str code, label, definition;
	struct str slug; /* of the parcours written for it; empty: none yet */
	struct strs why;
};
struct compass_event {
	int64_t id;       /* 0: none */
	struct str ref, address, title, series, date, hour, hour_reunion, mode, url; /* address: "2026-12-03-…", of its page */
	struct place_ref place;
};
struct compass_path {
	const struct compass_step *steps;
	size_t nsteps;
	const struct compass_term *parcours, *practices; /* the best first */
	size_t nparcours, npractices;
	struct compass_event next, last;
};
/* answers: "question:code"; territory 0: none chosen. */
enum err compass_path_find(struct db *db, struct arena *a, struct strs answers, int64_t territory, int64_t most, struct compass_path *ret) MUST_CHECK;

struct compass_help { /* what helps to begin: a sheet, or a catalyst */
	bool catalyst, exact; /* exact: practises that very activity, else its practice */
	int64_t id;
	struct str slug, label, type, place, summary;
	double km; /* < 0: not known */
};
struct compass_activity {
	struct str code, label, note;
	const struct compass_help *helps;
	size_t nhelps;
};
struct compass_practice {
	struct str code, label, note;
	const struct compass_activity *activities;
	size_t nactivities;
};
struct compass_practices {
	const struct compass_practice *p;
	size_t n;
};
/* help: what helps to begin each activity, but those often practised. */
enum err compass_practices_find(struct db *db, struct arena *a, bool help, struct strs often, int64_t territory, struct compass_practices *ret) MUST_CHECK;

enum err compass_question_save(struct db *db, struct arena *a, int64_t actor, struct str question, struct str label, struct str help, struct str *ret_why) MUST_CHECK;
/* id 0: a new one, of that question. */
enum err compass_answer_save(struct db *db, struct arena *a, int64_t actor, struct str question, const struct compass_answer *x, struct str *ret_why) MUST_CHECK;
enum err compass_answer_act(struct db *db, struct arena *a, int64_t actor, int64_t id, struct str act, struct str *ret_why) MUST_CHECK;

#endif
