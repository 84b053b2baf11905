/*
 * mail: the queue of what leaves by mail (docs/design/courriels.md). Layer 3. A page queues a mail in the transaction of the write
 * that causes it; `catalyse mail` sends it. All connections here are read-write ones. Errors are those of db.
 */
#ifndef MODEL_MAIL_H
#define MODEL_MAIL_H
#include "db/db.h"
#include "mail/letter.h"

/* What to say, in French sentences: the text, the HTML, the reason and the link of unsubscription are made from it. */
struct mail {
	struct str to;      /* one address */
	int64_t account;    /* whose preferences count; 0: nobody's, those of the address */
	struct str kind;    /* of private.mail_kind: its class says who may switch it off */
	struct str subject; /* one line */
	struct letter letter;
	struct str not_before; /* an ISO instant; empty: now */
	struct str file, file_type, file_bytes; /* joined to it: "rendez-vous.ics", "text/calendar; charset=utf-8"; no bytes: nothing is */
};
/* .letter = { LETTER_PARAGRAPHS(STR("Bonjour,"), sentence), LETTER_LINKS({ STR("Confirmer mon adresse"), url }) } */
#define LETTER_PARAGRAPHS(...)                                                                                         \
	.paragraphs = (const struct str[]){ __VA_ARGS__ }, .nparagraphs = sizeof((const struct str[]){ __VA_ARGS__ }) / sizeof(struct str)
#define LETTER_LINKS(...)                                                                                              \
	.links = (const struct letter_link[]){ __VA_ARGS__ },                                                          \
	.nlinks = sizeof((const struct letter_link[]){ __VA_ARGS__ }) / sizeof(struct letter_link)
#define LETTER_AFTER(...)                                                                                              \
	.after = (const struct str[]){ __VA_ARGS__ }, .nafter = sizeof((const struct str[]){ __VA_ARGS__ }) / sizeof(struct str)

/* Inside the caller's transaction. *ret_id (may be NULL) is 0 when it is not wanted there, or that address sends mail back: the caller
 * goes on, and says the same thing to whoever asked. ERR_BAD_INPUT: not an address, or no such kind. */
enum err mail_queue(struct db *db, struct arena *a, const struct mail *m, int64_t *ret_id) MUST_CHECK;

/* The link of unsubscription of a mail, known by the digest of its token: ERR_NOT_FOUND when it is none of ours, or too old. */
struct mail_kind_off {
	struct str label; /* "Ce que deviennent mes fiches" */
	bool off;         /* nothing more of that kind is sent */
};
enum err mail_unsubscribe(struct db *db, struct arena *a, struct str token_sum, bool act, struct mail_kind_off *ret) MUST_CHECK;

/* What an account wants: "aucun", "attend" (what awaits it), "tout", "resume" (all, the news once a day), and kind by kind. */
struct mail_choice {
	struct str kind, class, label;
	bool off;
};
struct mail_choices {
	struct str level;
	const struct mail_choice *p;
	size_t n;
};
enum err mail_preference(struct db *db, struct arena *a, int64_t account, struct mail_choices *ret) MUST_CHECK;
enum err mail_prefer(struct db *db, struct arena *a, int64_t account, struct str level) MUST_CHECK;
enum err mail_refuse(struct db *db, struct arena *a, int64_t account, struct str kind, bool off) MUST_CHECK;

/* For the sender. A mail taken is its own until the lease ends; claim tells an older sender from the present one. */
struct mail_taken {
	int64_t id, claim, made; /* made: seconds since 1970 */
	struct str key, to, subject, text, html, file, file_type, file_bytes, kind, reason;
	bool service; /* cannot be switched off: no link of unsubscription */
};
/* token_sum: of the link of unsubscription this attempt carries. ERR_NOT_FOUND: nothing is due. */
enum err mail_take(struct db *db, struct arena *a, int lease_s, struct str token_sum, struct mail_taken *ret) MUST_CHECK;
enum err mail_end(struct db *db, struct arena *a, const struct mail_taken *m, bool *ret_mine) MUST_CHECK; /* before the final dot */
/* outcome: envoyee, plus_tard, injoignable, rebond, refusee, incertain. */
enum err mail_done(struct db *db, struct arena *a, const struct mail_taken *m, struct str outcome, struct str said, bool bad_address) MUST_CHECK;
/* Mails whose sender is gone (its lease is over): back in the queue, or uncertain. *ret_lapsed: how many. */
enum err mail_lapse(struct db *db, struct arena *a, int64_t *ret_lapsed) MUST_CHECK;
/* Mails of senders that are gone, mails of the day. *ret_lapsed and *ret_digests: how many. */
enum err mail_tidy(struct db *db, struct arena *a, int64_t *ret_lapsed, int64_t *ret_digests) MUST_CHECK;
enum err mail_forget(struct db *db, struct arena *a, int days, int64_t *ret_n) MUST_CHECK;
/* id: "12.0a1b…", as the mail carried it. */
enum err mail_bounce(struct db *db, struct arena *a, struct str id, bool hard, struct str why, bool *ret_ours) MUST_CHECK;

struct mail_counts {
	int64_t waiting, due, held, sending, sent, uncertain, bounced, failed, cancelled, blocked, late_s;
	struct str last_error;
};
enum err mail_status(struct db *db, struct arena *a, struct mail_counts *ret) MUST_CHECK;

/* Mails whose last answer was lost. again: back in the queue, else given up; number empty: all of them. *ret_n: how many. */
struct mail_doubt {
	int64_t id;
	struct str key, to, kind, subject, at, why;
};
struct mail_doubts {
	const struct mail_doubt *p;
	size_t n;
};
enum err mail_uncertain_list(struct db *db, struct arena *a, struct mail_doubts *ret) MUST_CHECK;
enum err mail_resolve(struct db *db, struct arena *a, struct str number, bool again, int64_t *ret_n) MUST_CHECK;

#endif
