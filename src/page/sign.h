/*
 * sign: what the pages of an account share: opening a session, tries, messages. Layer 4.
 */
#ifndef PAGE_SIGN_H
#define PAGE_SIGN_H
#include "model/account.h"
#include "page/page.h"
#include "web/actor.h"

/* Opens a session for who, in place of the one this browser had, and gives the cookie. second_factor: it was given. */
enum err sign_open(struct req *r, struct resp *w, const struct account *who, bool second_factor) MUST_CHECK;
/* What an address and a password are worth. ret->id 0: no; *ret_wait: seconds to wait, nothing was compared; *ret_why: what to say. */
enum err sign_password(struct req *r, struct str email, struct str password, struct account *ret, int64_t *ret_wait, struct str *ret_why) MUST_CHECK;
/* The same for a code of the second factor. */
enum err sign_factor(struct req *r, const struct account *who, struct str code, bool *ret_good, bool *ret_rescue, int64_t *ret_wait) MUST_CHECK;
/* 429, Retry-After, and a page that says so kindly. */
enum err sign_wait(struct req *r, struct resp *w, int64_t seconds) MUST_CHECK;
/* New codes of rescue, shown this once; then to back. */
enum err sign_rescue(struct req *r, struct resp *w, const struct account *who, struct str back) MUST_CHECK;
/* "https://.../path?jeton=...": a link for a mail. */
struct str sign_mailed(struct req *r, const char *path, const struct token *t);
/* Tells an account by mail what has just changed in its protection. */
enum err sign_told(struct req *r, const struct account *who, const char *subject, const char *says) MUST_CHECK;
/* The page of one form. status: of the answer. */
enum err door_send(struct req *r, struct resp *w, struct view_door *door, int status) MUST_CHECK;
/* Where to go once signed in: "retour" when it is good, else one's own place. */
struct str sign_back(const struct req *r);
/* "?retour=..." when there is one; empty otherwise. */
struct url sign_link(struct req *r, const char *path);

#endif
