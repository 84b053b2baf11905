/*
 * follow: what the pages that follow a sheet share: the page itself, who asks, what keeps robots away, letters to those who hold it.
 * Layer 4. Everything lives in the request's arena; errors are the database's, and those of the gate.
 */
#ifndef PAGE_FOLLOW_H
#define PAGE_FOLLOW_H
#include "mail/letter.h"
#include "model/account.h"
#include "model/follow.h"
#include "page/page.h"
#include "web/actor.h"

enum { FOLLOW_LINK_LASTS_S = 60 * 24 * 3600, FOLLOW_CONFIRM_LASTS_S = 3 * 24 * 3600 };

/* The public sheet of r->vars[0]: ERR_NOT_FOUND when there is none that can be read and followed. */
enum err follow_sheet(struct req *r, struct sheet_status *ret) MUST_CHECK;
struct url follow_link(struct arena *a, int64_t sheet, const char *what); /* "/fiches/12/suggerer" */
struct str follow_absolute(struct req *r, struct url u);
/* The page around: crumbs, plate, link to the sheet; then the whole. */
struct view_follow follow_view(struct req *r, const struct sheet_status *s, struct str title);
enum err follow_send(struct req *r, struct resp *w, struct view_follow *v) MUST_CHECK;

/*
 * A form of a visitor, about to be kept: what a robot does (a field that nobody sees, a form filled in no time) and what comes too often
 * are refused with a fault and a status, and the text stays in the form. True: go on.
 */
bool follow_welcome(struct req *r, struct resp *w, const struct actor *who, const char *kind, enum err *ret);

/* Who sends it: whoever is signed in, second factor included when they have one; else a visitor. */
enum err follow_visitor(struct req *r, const struct actor **ret) MUST_CHECK;

/* Who decides: the person a link of this purpose was mailed to, when its data say that number, else the one who is signed in.
 * ERR_UNAUTHENTICATED, ERR_SECOND_FACTOR: to be asked first. */
struct follow_actor {
	int64_t id;
	struct str link; /* the text of the link; empty: signed in */
};
enum err follow_actor(struct req *r, const char *purpose, int64_t number, struct follow_actor *ret) MUST_CHECK;
/* A link for somebody, about that number: the whole address, "…/suggestions/3?lien=…". */
enum err follow_mailed(struct req *r, const char *purpose, int64_t account, int64_t sheet, int64_t number, struct str path, struct str *ret) MUST_CHECK;

/* What changes, in one line of a letter: "… [retiré : a] [ajouté : b] …". */
struct str follow_changes(struct arena *a, struct str before, struct str after);
struct view_diff_fields follow_diff(struct arena *a, struct str key, struct str label, struct str before, struct str after);

#endif
