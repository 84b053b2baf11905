/*
 * review_parts: what the pages of the review share: the dialogue, the grid, the acts, the letters. Layer 4. All lives in the
 * request's arena; errors are those of the database.
 */
#ifndef PAGE_REVIEW_PARTS_H
#define PAGE_REVIEW_PARTS_H
#include "model/review.h"
#include "page/page.h"
#include "web/actor.h"

/* Who looks at a sheet being read over, and where what they send goes. */
struct reviewing {
	struct req *r;
	const struct review_case *c;
	int64_t actor;      /* 0: a reader from outside */
	int64_t invitation; /* of a reader from outside, else 0 */
	struct url action;  /* "/fiches/12/actions", or "/lien/…" */
	bool mailed;        /* by a link: what is not a decision is left out */
	struct view_hidden hidden;
};

/* The whole page; refused: the sentence of what could not be done, and its status; empty: nothing was tried. */
enum err review_show(struct req *r, struct resp *w, const struct reviewing *x, struct str done, struct str refused, int status) MUST_CHECK;
/* What was done, in a sentence, from the code of ?fait=. */
struct str review_done(const struct req *r);

/* One act as a form: fields is a space-separated list of motif, raison, message, cible, a, echeance, nom, courriel. */
struct view_act_form review_form(const struct reviewing *x, const char *act, const char *id, struct str title, struct str button);
/* Adds a field to it; empty value but what was typed in that very form. */
void review_form_field(const struct reviewing *x, struct view_act_form *f, const char *name, const char *label, const char *help, struct str value);
void review_form_options(const struct reviewing *x, struct view_act_form *f, const char *name, const char *label, const char *help,
                         const struct view_form_option *options, size_t n);
void review_form_keep(const struct reviewing *x, struct view_act_form *f, const char *name, struct str value);
bool review_form_is(const struct reviewing *x, const char *act, struct str id); /* the form that was sent, and comes back */

/* review_forms.c: what this person may do there: decisions, messages, links. */
enum err review_forms(const struct reviewing *x, struct view_review *v) MUST_CHECK;

/* Does what a form asks, and says what to answer. *ret_refused: empty when done. */
struct review_answered {
	struct str refused; /* a sentence; empty: done */
	int status;         /* 403, 404, 409, 422 */
};
enum err review_post(struct req *r, const struct reviewing *x, struct review_answered *ret) MUST_CHECK;

/* The letters, in the transaction of what they tell. c is the sheet as it was before. */
enum err review_tell(struct req *r, const struct review_case *c, int64_t actor, struct str act, struct str why, int64_t target) MUST_CHECK;
enum err review_tell_words(struct req *r, const struct review_case *c, const struct review_words *words) MUST_CHECK;
enum err review_tell_invited(struct req *r, const struct review_case *c, struct str name, struct str email, struct str message, const char *token) MUST_CHECK;
enum err review_tell_advice(struct req *r, const struct review_case *c, int64_t account, struct str email, struct str name) MUST_CHECK;

/* "il y a 3 jours", "hier", "aujourd’hui" */
struct str review_ago(struct arena *a, int64_t days);
struct str review_hour(struct arena *a, struct str at); /* "10 h 12" */
struct str review_at_most(struct str s, size_t n);      /* the beginning, whole characters */

#endif
