/*
 * cmd_mail: what the words of `catalyse mail` share. Layer 5, private to cmd_mail*.c. docs/design/courriels.md has the rules.
 */
#ifndef APP_CMD_MAIL_H
#define APP_CMD_MAIL_H
#include "app/cmd.h"
#include "mail/smtp.h"
#include "model/mail.h"

struct sender {
	struct cmd *cmd;
	struct smtp *smtp;
	struct arena *arena; /* of one mail */
	struct str from, home, envelope; /* envelope: a % stands for the mail's number */
	int lease_s;
	int64_t sent, left; /* left: tried, and not sent */
};

/* Reads the settings. CMD_REFUSED, said, when one is missing or not of its shape. The smtp and the arena are the caller's to free. */
int sender_open(struct cmd *c, struct sender *ret);
void sender_close(struct sender *s);

enum sender_step { SENDER_IDLE, SENDER_WENT, SENDER_DOWN, SENDER_DB };
/* One mail, if one is due. SENDER_DOWN: the server is out of reach, SENDER_DB: the database is; err_detail() has why. */
enum sender_step sender_step(struct sender *s);
/* One mail outside of the queue. */
int sender_try(struct sender *s, struct str to);

int mail_serve(struct cmd *c);
int mail_send_all(struct cmd *c);
int mail_bounces(struct cmd *c, const char *maildir);
int mail_uncertain(struct cmd *c);
int mail_settle_doubt(struct cmd *c, const char *which, bool again); /* a number, or "tout" */

/* Words that hold an @ are taken out: what a distant server says is kept and logged, addresses are not. */
struct str mail_unaddressed(struct arena *a, struct str said);

#endif
