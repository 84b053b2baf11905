/*
 * catalyse mail send, serve, test: takes mails from the queue one by one. What is written before each step says what another sender
 * may do if this one disappears: a mail is taken for a time (the lease), then marked just before the final dot. See
 * docs/design/courriels.md.
 */
#include "app/cmd_mail.h"
#include "base/log.h"
#include "crypt/hash.h"
#include "crypt/token.h"
#include "mail/message.h"
#include "text/json_out.h"

#include <signal.h>
#include <stdio.h>
#include <time.h>

#define POLL_MS 2000
#define DOWN_FIRST_MS 1000
#define DOWN_LAST_MS 60000
#define TIDY_MS 10000
#define FORGET_MS 3600000
#define SETTLE_TRIES 120 /* half a second apart: the database may restart while a server answers us */

int
sender_open(struct cmd *c, struct sender *ret)
{
	const struct conf *f = c->conf;
	struct smtp_options o = { f->mail_smtp, f->mail_tls, f->mail_user, f->mail_password_file, f->mail_deadline_s };
	struct sender s = { .cmd = c, .from = str_of(f->mail_from), .home = str_of(f->base_url), .envelope = str_of(f->mail_envelope),
		            .lease_s = f->mail_deadline_s + 30 };

	if (!f->mail_smtp[0])
		return cmd_refuse(c, "le réglage MAIL_SMTP manque : rien ne peut partir");
	if (!f->base_url[0])
		return cmd_refuse(c, "le réglage BASE_URL manque : les courriels portent des liens vers le site");
	if (!mail_address_valid(s.from))
		return cmd_refuse(c, "MAIL_FROM n'est pas une adresse");
	if (s.envelope.n == 0)
		s.envelope = s.from;
	const char *mark = memchr(s.envelope.p, '%', s.envelope.n);
	struct str after = mark ? (struct str){ mark + 1, s.envelope.n - (size_t)(mark + 1 - s.envelope.p) } : STR_NONE;
	if (!mail_address_valid(s.envelope) || (mark && (memchr(after.p, '%', after.n) || !memchr(after.p, '@', after.n) || mark - s.envelope.p > 24)))
		return cmd_refuse(c, "MAIL_ENVELOPE n'est pas une adresse, avec au plus un %% avant l'arobase, et 24 caractères avant lui");
	enum err e = smtp_new(&s.smtp, &o);
	if (e)
		return cmd_refuse_err(c, "envoi", e);
	crypt_start();
	s.arena = arena_new((size_t)1 << 18, (size_t)1 << 26);
	*ret = s;
	return CMD_OK;
}

void
sender_close(struct sender *s)
{
	smtp_free(s->smtp);
	arena_free(s->arena);
}

static struct str
envelope_of(const struct sender *s, struct str id)
{
	const char *mark = memchr(s->envelope.p, '%', s->envelope.n);

	if (!mark)
		return s->envelope;
	return arena_fmt(s->arena, "%.*s%.*s%s", (int)(mark - s->envelope.p), s->envelope.p, (int)id.n, id.p,
	                 arena_cstr(s->arena, (struct str){ mark + 1, s->envelope.n - (size_t)(mark + 1 - s->envelope.p) }));
}

static enum err
compose(struct sender *s, const struct mail_taken *m, struct str id, const struct token *t, struct str *ret)
{
	struct letter_around around = { .name = str_of(s->cmd->conf->mail_name), .home = s->home, .subject = m->subject, .reason = m->reason };
	struct buf text, html;

	if (around.name.n == 0)
		around.name = s->home;
	if (!m->service)
		around.unsubscribe = arena_fmt(s->arena, "%.*s/courriels/desabonner?jeton=%s", (int)s->home.n, s->home.p, t->text);
	buf_init(&text, s->arena, m->text.n + 1024);
	buf_init(&html, s->arena, m->html.n + 4096);
	letter_whole_text(&text, m->text, &around);
	letter_whole_html(&html, (struct html){ m->html.p, m->html.n }, &around);
	struct mail_message message = { .from = s->from, .from_name = str_of(s->cmd->conf->mail_name), .to = m->to, .subject = m->subject,
		                        .text = buf_str(&text), .html = buf_str(&html), .id = id, .unsubscribe = around.unsubscribe, .date = m->made,
		                        .file = m->file, .file_type = m->file_type, .file_bytes = m->file_bytes };
	return mail_compose(s->arena, &message, ret);
}

struct ending {
	struct sender *s;
	const struct mail_taken *m;
};

static bool
before_end(void *arg)
{
	struct ending *end = arg;
	bool mine = false;
	enum err e = mail_end(end->s->cmd->db_, end->s->arena, end->m, &mine);

	if (e)
		log_event(LOG_WARN, "a mail is not ended: the database does not answer", LOG_I("mail", end->m->id), LOG_S("detail", str_of(err_detail())));
	return !e && mine;
}

static const struct {
	const char *word; /* of private.mail_done; NULL: nothing to write */
	enum log_level level;
} outcomes[] = {
	[SMTP_SENT] = { "envoyee", LOG_INFO },     [SMTP_LATER] = { "plus_tard", LOG_WARN },  [SMTP_DOWN] = { "injoignable", LOG_WARN },
	[SMTP_BOUNCED] = { "rebond", LOG_WARN },   [SMTP_REFUSED] = { "refusee", LOG_WARN },  [SMTP_UNKNOWN] = { "incertain", LOG_WARN },
	[SMTP_HELD] = { NULL, LOG_WARN },
};

/* Writes what became of a mail, for as long as the database may take to come back: what is not written becomes uncertain. */
static enum err
settle(struct sender *s, const struct mail_taken *m, const struct smtp_result *got)
{
	struct str said = mail_unaddressed(s->arena, str_of(got->said));
	enum err e = ERR_NONE;

	log_event(outcomes[got->outcome].level, "mail", LOG_I("mail", m->id), LOG_S("kind", m->kind),
	          LOG_S("outcome", str_of(outcomes[got->outcome].word ? outcomes[got->outcome].word : "retenue")), LOG_S("said", said));
	for (int i = 0; outcomes[got->outcome].word && i < SETTLE_TRIES; i++) {
		e = mail_done(s->cmd->db_, s->arena, m, str_of(outcomes[got->outcome].word), said, got->bad_address);
		if (e != ERR_DB_DOWN && e != ERR_DB_BUSY && e != ERR_DB_CONFLICT)
			break;
		nanosleep(&(struct timespec){ .tv_nsec = 500000000 }, NULL);
	}
	return e;
}

enum sender_step
sender_step(struct sender *s)
{
	struct mail_taken m;
	struct token t;
	struct str message;

	arena_reset(s->arena);
	token_make(&t);
	enum err e = mail_take(s->cmd->db_, s->arena, s->lease_s, str_of(t.sum), &m);
	if (e == ERR_NOT_FOUND)
		return SENDER_IDLE;
	if (e)
		return SENDER_DB;
	struct str id = arena_fmt(s->arena, "%lld.%.*s", (long long)m.id, (int)m.key.n, m.key.p);
	struct smtp_result got = { .outcome = SMTP_REFUSED };
	if ((e = compose(s, &m, id, &t, &message)) || arena_exhausted(s->arena))
		snprintf(got.said, sizeof(got.said), "%s", e ? err_detail() : "too large");
	else
		smtp_send(s->smtp, envelope_of(s, id), m.to, message, before_end, &(struct ending){ s, &m }, &got);
	*(got.outcome == SMTP_SENT ? &s->sent : &s->left) += 1;
	if (settle(s, &m, &got))
		return SENDER_DB;
	if (got.outcome == SMTP_DOWN)
		err_note(ERR_IO, "%s", got.said);
	return got.outcome == SMTP_DOWN ? SENDER_DOWN : SENDER_WENT;
}

int
sender_try(struct sender *s, struct str to)
{
	struct cmd *c = s->cmd;
	struct token t;
	struct str message, paragraphs[] = { STR("Bonjour,"), STR("Ce message d’essai vient de votre site. S’il est arrivé, l’envoi du courriel est bien réglé.") };
	struct letter l = { .paragraphs = paragraphs, .nparagraphs = 2 };
	struct buf text, html;

	if (!mail_address_valid(to))
		return cmd_refuse(c, "pas une adresse : %.*s", (int)to.n, to.p);
	token_make(&t);
	t.sum[20] = 0;
	struct str id = arena_fmt(s->arena, "0.%s", t.sum);
	buf_init(&text, s->arena, 512);
	buf_init(&html, s->arena, 1024);
	letter_text(&text, &l);
	letter_html(&html, &l);
	struct mail_taken m = { .made = time(NULL), .to = to, .subject = STR("Essai d’envoi"), .text = buf_str(&text), .html = buf_str(&html),
		                .reason = STR("Vous recevez ce courriel parce que l’exploitant du site essaie l’envoi."), .service = true };
	enum err e = compose(s, &m, id, &t, &message);
	if (e)
		return cmd_refuse_err(c, "essai", e);
	struct smtp_result got;
	smtp_send(s->smtp, envelope_of(s, id), to, message, NULL, NULL, &got);
	if (got.outcome != SMTP_SENT)
		return cmd_refuse(c, "refusé : %s", got.said);
	printf(c->json ? "{\"envoye\":true}\n" : "Le serveur a pris le message.\n");
	return CMD_OK;
}

static int64_t
now_ms(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static sigset_t ends;

/* Blocked, and asked for between two mails only: a signal never cuts one. */
static void
signals_hold(void)
{
	sigemptyset(&ends);
	sigaddset(&ends, SIGTERM);
	sigaddset(&ends, SIGINT);
	sigprocmask(SIG_BLOCK, &ends, NULL);
}

static bool
stopped(int64_t wait_ms)
{
	struct timespec t = { wait_ms / 1000, wait_ms % 1000 * 1000000 };
	return sigtimedwait(&ends, NULL, &t) > 0;
}

static enum err
tidy(struct sender *s, bool forget)
{
	int64_t lapsed = 0, digests = 0, forgotten = 0;

	arena_reset(s->arena);
	enum err e = mail_tidy(s->cmd->db_, s->arena, &lapsed, &digests);
	if (!e && forget)
		e = mail_forget(s->cmd->db_, s->arena, s->cmd->conf->mail_keep_days, &forgotten);
	if (lapsed || digests || forgotten)
		log_event(LOG_INFO, "mail tidied", LOG_I("lapsed", lapsed), LOG_I("digests", digests), LOG_I("forgotten", forgotten));
	return e;
}

int
mail_send_all(struct cmd *c)
{
	struct sender s;
	struct mail_counts n = { 0 };
	int status = sender_open(c, &s);

	if (status != CMD_OK)
		return status;
	signals_hold();
	enum sender_step step = SENDER_DB;
	if (!cmd_db(c)) {
		sender_close(&s);
		return CMD_REFUSED;
	}
	enum err e = tidy(&s, true);
	if (!e)
		e = mail_status(c->db_, c->arena, &n);
	while (!e && (step = sender_step(&s)) == SENDER_WENT && !stopped(0))
		cmd_progress(c, "Courriels", (size_t)(s.sent + s.left), (size_t)(n.due > s.sent + s.left ? n.due : s.sent + s.left + 1));
	sender_close(&s);
	if (e || step == SENDER_DB)
		return cmd_refuse_err(c, "file", e ? e : ERR_DB_DOWN);
	cmd_progress(c, "Courriels", (size_t)(s.sent + s.left), (size_t)(s.sent + s.left));
	if (step == SENDER_DOWN)
		return cmd_refuse(c, "le serveur ne prend rien : %s", err_detail());
	struct buf b;
	buf_init(&b, c->arena, 128);
	if (c->json)
		buf_fmt(&b, "{\"envoyes\":%lld,\"restes\":%lld}", (long long)s.sent, (long long)s.left);
	else
		buf_fmt(&b, "%lld envoyés, %lld non", (long long)s.sent, (long long)s.left);
	cmd_print(&b);
	return CMD_OK;
}

int
mail_serve(struct cmd *c)
{
	struct sender s;
	int status = sender_open(c, &s);
	int64_t tidied = -TIDY_MS, forgot = -FORGET_MS, down = DOWN_FIRST_MS;

	if (status != CMD_OK)
		return status;
	signals_hold();
	log_set_level((enum log_level)c->conf->log_level);
	if (!cmd_db(c)) {
		sender_close(&s);
		return CMD_REFUSED;
	}
	log_event(LOG_INFO, "mail is sent from here");
	for (int64_t wait = 0; !stopped(wait);) {
		int64_t now = now_ms();
		wait = 0;
		if (now - tidied >= TIDY_MS) {
			bool forget = now - forgot >= FORGET_MS;
			enum err e = tidy(&s, forget);
			if (e)
				log_event(LOG_WARN, "mail is not tidied", LOG_S("detail", str_of(err_detail())));
			tidied = now;
			forgot = forget && !e ? now : forgot;
		}
		switch (sender_step(&s)) {
		case SENDER_WENT:
			down = DOWN_FIRST_MS;
			break;
		case SENDER_IDLE:
			wait = POLL_MS;
			break;
		case SENDER_DOWN:
			wait = down;
			down = down * 2 < DOWN_LAST_MS ? down * 2 : DOWN_LAST_MS;
			break;
		case SENDER_DB:
			log_event(LOG_WARN, "the queue of mail cannot be read", LOG_S("detail", str_of(err_detail())));
			wait = POLL_MS;
			break;
		}
	}
	log_event(LOG_INFO, "mail is no longer sent from here", LOG_I("sent", s.sent), LOG_I("left", s.left));
	sender_close(&s);
	return CMD_OK;
}
