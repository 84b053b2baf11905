#include "mail/smtp.h"
#include "base/log.h"
#include "mail/message.h"

#include <curl/curl.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define CONNECT_S 10

enum step { STEP_HELLO, STEP_AUTH, STEP_MAIL, STEP_RCPT, STEP_DATA, STEP_OTHER };

struct smtp {
	CURL *curl;
	enum step step;  /* of the last command said */
	int code;        /* of the last reply, 0 before any */
	char line[240];  /* that reply */
	bool leaving;    /* QUIT was said: what follows is not about the message */
	bool ended;      /* the last bytes were handed over */
	bool held;       /* before_end said no */
	int end_code;    /* of the reply to the final dot, 0 before it */
	struct str left; /* of the message */
	bool (*before_end)(void *);
	void *arg;
};

static bool
starts(const char *p, size_t n, const char *word)
{
	size_t k = strlen(word);
	return n >= k && strncasecmp(p, word, k) == 0;
}

/* What is said on the wire, but for bodies: libcurl alone knows which command a reply answers. */
static int
listen_to(CURL *curl, curl_infotype type, char *p, size_t n, void *arg)
{
	struct smtp *s = arg;

	(void)curl;
	if (s->leaving)
		return 0;
	if (type == CURLINFO_HEADER_OUT) {
		if ((s->leaving = starts(p, n, "QUIT")))
			return 0;
		s->step = starts(p, n, "EHLO") || starts(p, n, "HELO") || starts(p, n, "STARTTLS") ? STEP_HELLO
		          : starts(p, n, "AUTH")                                                     ? STEP_AUTH
		          : starts(p, n, "MAIL")                                                     ? STEP_MAIL
		          : starts(p, n, "RCPT")                                                     ? STEP_RCPT
		          : starts(p, n, "DATA")                                                     ? STEP_DATA
		                                                                                     : STEP_OTHER;
	} else if (type == CURLINFO_HEADER_IN && n >= 3 && p[0] >= '2' && p[0] <= '5' && p[1] >= '0' && p[1] <= '9' && p[2] >= '0' &&
	           p[2] <= '9') {
		s->code = (p[0] - '0') * 100 + (p[1] - '0') * 10 + (p[2] - '0');
		if (s->ended)
			s->end_code = s->code;
		size_t k = 0;
		for (size_t i = 0; i < n && k < sizeof(s->line) - 1; i++)
			if (p[i] != '\r' && p[i] != '\n')
				s->line[k++] = p[i] >= 0x20 && p[i] < 0x7f ? p[i] : '?';
		s->line[k] = 0;
	}
	return 0;
}

static size_t
give(char *to, size_t size, size_t count, void *arg)
{
	struct smtp *s = arg;
	size_t n = size * count < s->left.n ? size * count : s->left.n;

	if (n == s->left.n && !s->ended) {
		s->held = s->before_end && !s->before_end(s->arg);
		if (s->held)
			return CURL_READFUNC_ABORT;
		s->ended = true;
	}
	if (n)
		memcpy(to, s->left.p, n);
	s->left.p += n;
	s->left.n -= n;
	return n;
}

/* The first line of a file that only we should read. */
static enum err
password_read(const char *path, char *ret, size_t size)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	ssize_t n = fd < 0 ? -1 : read(fd, ret, size - 1);

	if (n < 0) {
		enum err e = err_note(ERR_IO, "%s : %s", path, strerror(errno));
		if (fd >= 0)
			close(fd);
		return e;
	}
	close(fd);
	ret[n] = 0;
	ret[strcspn(ret, "\r\n")] = 0;
	return ret[0] ? ERR_NONE : err_note(ERR_IO, "%s : vide", path);
}

static bool
is_loopback(const char *url)
{
	const char *host = strstr(url, "://");
	return host && (starts(host + 3, strlen(host + 3), "127.") || starts(host + 3, strlen(host + 3), "localhost") ||
	                starts(host + 3, strlen(host + 3), "[::1]"));
}

/* An option that this libcurl does not know is a fault of the build. */
#define SET(option, value)                                                                                             \
	do {                                                                                                           \
		if (curl_easy_setopt(s->curl, (option), (value)) != CURLE_OK)                                          \
			die("libcurl refuses " #option);                                                               \
	} while (0)

enum err
smtp_new(struct smtp **ret, const struct smtp_options *o)
{
	static bool ready;
	char password[256] = "";
	long tls;

	if (strncmp(o->url, "smtp://", 7) != 0 && strncmp(o->url, "smtps://", 8) != 0)
		return err_note(ERR_BAD_INPUT, "MAIL_SMTP : smtp://serveur:port ou smtps://serveur:port");
	if (strcmp(o->tls, "exiger") == 0)
		tls = CURLUSESSL_ALL;
	else if (strcmp(o->tls, "si-possible") == 0)
		tls = CURLUSESSL_TRY;
	else if (strcmp(o->tls, "jamais") == 0)
		tls = CURLUSESSL_NONE;
	else
		return err_note(ERR_BAD_INPUT, "MAIL_TLS : exiger, si-possible ou jamais");
	if (o->user[0]) {
		if (tls != CURLUSESSL_ALL && strncmp(o->url, "smtps://", 8) != 0 && !is_loopback(o->url))
			return err_note(ERR_BAD_INPUT, "MAIL_USER : le mot de passe passerait en clair, il faut MAIL_TLS=exiger ou smtps://");
		enum err e = password_read(o->password_file, password, sizeof(password));
		if (e)
			return e;
	}
	if (!ready && curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
		die("libcurl does not start");
	ready = true;
	struct smtp *s = calloc(1, sizeof(*s));
	if (!s || !(s->curl = curl_easy_init()))
		die("no memory");
	SET(CURLOPT_URL, o->url);
	SET(CURLOPT_PROTOCOLS_STR, "smtp,smtps");
	SET(CURLOPT_USE_SSL, tls);
	SET(CURLOPT_PROXY, "");
	SET(CURLOPT_NOSIGNAL, 1L);
	SET(CURLOPT_UPLOAD, 1L);
	SET(CURLOPT_CONNECTTIMEOUT, (long)CONNECT_S);
	SET(CURLOPT_SERVER_RESPONSE_TIMEOUT, (long)o->deadline_s);
	SET(CURLOPT_TIMEOUT, (long)o->deadline_s);
	SET(CURLOPT_READFUNCTION, give);
	SET(CURLOPT_READDATA, s);
	SET(CURLOPT_DEBUGFUNCTION, listen_to);
	SET(CURLOPT_DEBUGDATA, s);
	SET(CURLOPT_VERBOSE, 1L);
	if (o->user[0]) {
		SET(CURLOPT_USERNAME, o->user);
		SET(CURLOPT_PASSWORD, password);
		explicit_bzero(password, sizeof(password));
	}
	*ret = s;
	return ERR_NONE;
}

void
smtp_free(struct smtp *s)
{
	if (!s)
		return;
	curl_easy_cleanup(s->curl);
	free(s);
}

bool
smtp_address_is_bad(struct str s)
{
	/* "550 5.1.1 no such user", "5.1.1", "550 no such user" */
	bool reply = s.n >= 4 && s.p[1] != '.';
	struct str status = reply ? (struct str){ s.p + 4, s.n - 4 } : s;

	if (status.n >= 5 && status.p[1] == '.' && status.p[3] == '.') {
		if (status.p[0] != '5')
			return false;
		/* 5.1.x: address; but 5.1.7, 5.1.8: the sender's. 5.2.1: box disabled. The rest: full box, network, policy. */
		if (status.p[2] == '1')
			return status.p[4] != '7' && status.p[4] != '8';
		return status.p[2] == '2' && status.p[4] == '1';
	}
	return reply && (!memcmp(s.p, "550", 3) || !memcmp(s.p, "551", 3) || !memcmp(s.p, "553", 3));
}

static enum smtp_outcome
outcome_of(const struct smtp *s, CURLcode code)
{
	if (code == CURLE_OK)
		return SMTP_SENT;
	if (s->held)
		return SMTP_HELD;
	if (s->ended)
		return s->end_code >= 500 ? SMTP_REFUSED : s->end_code >= 400 ? SMTP_LATER : s->end_code >= 200 ? SMTP_SENT : SMTP_UNKNOWN;
	/* Before a recipient is named, nothing is about this message more than about another. A link cut later may be: were it the
	 * server's fault, a mail that a server cannot bear would stay first in the queue for ever. */
	if (s->step != STEP_RCPT && s->step != STEP_DATA)
		return SMTP_DOWN;
	return s->step == STEP_RCPT && s->code >= 500 ? SMTP_BOUNCED : SMTP_LATER;
}

void
smtp_send(struct smtp *s, struct str envelope, struct str to, struct str message, bool (*before_end)(void *), void *arg,
          struct smtp_result *ret)
{
	char from_[260], to_[260];

	if (!mail_address_valid(envelope) || !mail_address_valid(to) || message.n == 0)
		die("smtp_send: addresses are checked before");
	snprintf(from_, sizeof(from_), "<%.*s>", (int)envelope.n, envelope.p);
	snprintf(to_, sizeof(to_), "<%.*s>", (int)to.n, to.p);
	s->step = STEP_OTHER;
	s->code = s->end_code = 0;
	s->line[0] = 0;
	s->leaving = s->ended = s->held = false;
	s->left = message;
	s->before_end = before_end;
	s->arg = arg;
	struct curl_slist *list = curl_slist_append(NULL, to_);
	if (!list)
		die("no memory");
	SET(CURLOPT_MAIL_FROM, from_);
	SET(CURLOPT_MAIL_RCPT, list);
	CURLcode code = curl_easy_perform(s->curl);
	SET(CURLOPT_MAIL_RCPT, NULL);
	curl_slist_free_all(list);
	*ret = (struct smtp_result){ .outcome = outcome_of(s, code) };
	if (ret->outcome == SMTP_BOUNCED)
		ret->bad_address = smtp_address_is_bad(str_of(s->line));
	if (s->code >= 400)
		snprintf(ret->said, sizeof(ret->said), "%s", s->line);
	else if (ret->outcome != SMTP_SENT)
		snprintf(ret->said, sizeof(ret->said), "%s", curl_easy_strerror(code));
}
