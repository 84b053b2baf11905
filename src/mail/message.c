#include "mail/message.h"
#include "base/buf.h"
#include "text/utf8.h"
#include <time.h>

#define LINE_MAX_BYTES 76 /* of encoded text, as RFC 2045 and RFC 2047 want */
#define SUBJECT_MAX_BYTES 400
#define NAME_MAX_BYTES 120
/* "=_" is nothing in quoted-printable: this line cannot be found in a part. */
#define BOUNDARY "=_catalyse"
#define BOUNDARY_MIXED "=_enveloppe"

static bool
is_alnum(char c)
{
	return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
}

/* Dots apart from each other, not at the ends; `also` are the other characters. */
static bool
is_dotted(struct str s, const char *also)
{
	bool dot = true;

	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '.' ? dot : !(is_alnum(s.p[i]) || (s.p[i] && strchr(also, s.p[i]))))
			return false;
		dot = s.p[i] == '.';
	}
	return s.n > 0 && !dot;
}

bool
mail_address_valid(struct str s)
{
	const char *at = s.n ? memchr(s.p, '@', s.n) : NULL;

	if (!at || s.n > 254 || at - s.p > 64)
		return false;
	struct str domain = mail_address_domain(s);
	if (!is_dotted((struct str){ s.p, (size_t)(at - s.p) }, "!#$%&'*+/=?^_`{|}~-") || !is_dotted(domain, "-"))
		return false;
	for (size_t i = 0; i < domain.n; i++)
		if (domain.p[i] == '-' && (i == 0 || i + 1 == domain.n || domain.p[i - 1] == '.' || domain.p[i + 1] == '.'))
			return false;
	return true;
}

struct str
mail_address_domain(struct str s)
{
	const char *at = s.n ? memchr(s.p, '@', s.n) : NULL;

	return at ? (struct str){ at + 1, s.n - (size_t)(at + 1 - s.p) } : STR_NONE;
}

/* The length of the character at i, 0 when it is none: what follows is then one broken byte. */
static size_t
char_at(struct str s, size_t i)
{
	for (size_t n = 1; n <= 4 && i + n <= s.n; n++)
		if (utf8_valid((struct str){ s.p + i, n }))
			return n;
	return 0;
}

static bool
is_control(struct str s, size_t i, size_t n)
{
	size_t next;
	uint32_t c = utf8_at((struct str){ s.p, i + n }, i, &next);

	return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0x2028 || c == 0x2029;
}

/* A field on one line of valid text, at most `most` bytes: runs of spaces and controls are one space. */
static struct str
one_line(struct arena *a, struct str s, size_t most)
{
	struct buf b;

	buf_init(&b, a, (s.n < most ? s.n : most) + 8);
	for (size_t i = 0, n; i < s.n && b.n < most; i += n ? n : 1) {
		n = char_at(s, i);
		if (n == 0)
			buf_lit(&b, "\xef\xbf\xbd");
		else if (s.p[i] != ' ' && !is_control(s, i, n))
			buf_mem(&b, s.p + i, n);
		else if (b.n > 0 && b.p[b.n - 1] != ' ')
			buf_char(&b, ' ');
	}
	while (b.n > 0 && b.p[b.n - 1] == ' ')
		b.n--;
	return buf_str(&b);
}

/* A body with \n alone at the ends of lines and no other control but the tabulation. */
static struct str
many_lines(struct arena *a, struct str s)
{
	struct buf b;

	buf_init(&b, a, s.n + 8);
	for (size_t i = 0, n; i < s.n; i += n ? n : 1) {
		n = char_at(s, i);
		if (n == 0)
			buf_lit(&b, "\xef\xbf\xbd");
		else if (s.p[i] == '\r')
			n = i + 1 < s.n && s.p[i + 1] == '\n' ? 2 : 1, buf_char(&b, '\n');
		else if (s.p[i] == '\n' || s.p[i] == '\t' || !is_control(s, i, n))
			buf_mem(&b, s.p + i, n);
	}
	while (b.n > 0 && (b.p[b.n - 1] == '\n' || b.p[b.n - 1] == ' '))
		b.n--;
	buf_char(&b, '\n');
	return buf_str(&b);
}

static void
base64(struct buf *b, struct str s)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

	for (size_t i = 0; i < s.n; i += 3) {
		size_t left = s.n - i;
		uint32_t v = (uint32_t)(unsigned char)s.p[i] << 16;
		if (left > 1)
			v |= (uint32_t)(unsigned char)s.p[i + 1] << 8;
		if (left > 2)
			v |= (unsigned char)s.p[i + 2];
		buf_char(b, digits[v >> 18]);
		buf_char(b, digits[v >> 12 & 63]);
		buf_char(b, left > 1 ? digits[v >> 6 & 63] : '=');
		buf_char(b, left > 2 ? digits[v & 63] : '=');
	}
}

/* RFC 2047: words of whole characters, one a line. */
static void
encoded_words(struct buf *b, struct str s)
{
	for (size_t i = 0; i < s.n;) {
		size_t end = i;
		while (end < s.n && end + char_at(s, end) - i <= 39) /* 52 letters of base64, room for the name of the field */
			end += char_at(s, end);
		if (i > 0)
			buf_lit(b, "\r\n ");
		buf_lit(b, "=?UTF-8?B?");
		base64(b, (struct str){ s.p + i, end - i });
		buf_lit(b, "?=");
		i = end;
	}
}

static bool
is_plain(struct str s) /* may stand in a header as it is, on the line of its name */
{
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] >= 0x7f || (s.p[i] == '=' && i + 1 < s.n && s.p[i + 1] == '?'))
			return false;
	return s.n <= 60;
}

static void
unstructured(struct buf *b, struct str s)
{
	if (is_plain(s))
		buf_put(b, s);
	else
		encoded_words(b, s);
}

static void
mailbox(struct buf *b, struct str name, struct str address)
{
	if (name.n > 0 && is_plain(name) && !memchr(name.p, '"', name.n) && !memchr(name.p, '\\', name.n))
		buf_fmt(b, "\"%.*s\"", (int)name.n, name.p);
	else if (name.n > 0)
		encoded_words(b, name);
	if (name.n > 0)
		buf_put(b, name.n + address.n > 60 || !is_plain(name) ? STR("\r\n ") : STR(" "));
	buf_fmt(b, "<%.*s>", (int)address.n, address.p);
}

/* Quoted-printable: also what some servers on the way would change (spaces at the end, a dot or "From " at the start). */
static void
quoted_printable(struct buf *b, struct str s)
{
	size_t column = 0;

	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		if (c == '\n') {
			buf_lit(b, "\r\n");
			column = 0;
			continue;
		}
		bool last = i + 1 == s.n || s.p[i + 1] == '\n';
		bool plain = c >= 0x20 && c < 0x7f && c != '=' && !(c == ' ' && last) && !(column == 0 && (c == '.' || c == 'F'));
		if (column + (plain ? 1 : 3) > LINE_MAX_BYTES - 1) {
			buf_lit(b, "=\r\n");
			column = 0;
			plain &= c != '.' && c != 'F';
		}
		if (plain)
			buf_char(b, (char)c);
		else
			buf_fmt(b, "=%02X", c);
		column += plain ? 1 : 3;
	}
}

static void
date(struct buf *b, int64_t seconds)
{
	static const char days[7][4] = { "Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat" };
	static const char months[12][4] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
	time_t t = (time_t)seconds;
	struct tm tm = { 0 };

	gmtime_r(&t, &tm);
	buf_fmt(b, "Date: %s, %02d %s %04d %02d:%02d:%02d +0000\r\n", days[tm.tm_wday], tm.tm_mday, months[tm.tm_mon], tm.tm_year + 1900,
	        tm.tm_hour, tm.tm_min, tm.tm_sec);
}

static void
part(struct buf *b, struct arena *a, const char *type, struct str body)
{
	buf_fmt(b, "Content-Type: text/%s; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n", type);
	quoted_printable(b, many_lines(a, body));
}

static void
file(struct buf *b, const struct mail_message *m)
{
	buf_fmt(b, "\r\n--" BOUNDARY_MIXED "\r\nContent-Type: %.*s\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: attachment; filename=\"%.*s\"\r\n\r\n",
	        (int)m->file_type.n, m->file_type.p, (int)m->file.n, m->file.p);
	for (size_t i = 0; i < m->file_bytes.n; i += 57) { /* 76 letters */
		base64(b, (struct str){ m->file_bytes.p + i, m->file_bytes.n - i < 57 ? m->file_bytes.n - i : 57 });
		buf_lit(b, "\r\n");
	}
	buf_lit(b, "\r\n--" BOUNDARY_MIXED "--\r\n");
}

/* What stands in a header as it is: "text/calendar; charset=utf-8". */
static bool
is_word(struct str s, const char *also)
{
	bool good = s.n > 0 && s.n <= 60;

	for (size_t i = 0; i < s.n; i++)
		good = good && (is_alnum(s.p[i]) || (s.p[i] && strchr(also, s.p[i])));
	return good;
}

static bool
is_link(struct str s)
{
	bool known = (s.n > 8 && !memcmp(s.p, "https://", 8)) || (s.n > 7 && !memcmp(s.p, "http://", 7));

	for (size_t i = 0; i < s.n; i++)
		known = known && s.p[i] > 0x20 && s.p[i] < 0x7f && s.p[i] != '<' && s.p[i] != '>';
	return known && s.n < 900;
}

enum err
mail_compose(struct arena *a, const struct mail_message *m, struct str *ret)
{
	struct buf b;

	if (!mail_address_valid(m->from) || !mail_address_valid(m->to))
		return err_note(ERR_BAD_INPUT, "mail: not an address to write from or to");
	if (!is_dotted(m->id, "-_") || m->id.n > 64)
		return err_note(ERR_BAD_INPUT, "mail: not an identifier");
	if (m->unsubscribe.n && !is_link(m->unsubscribe))
		return err_note(ERR_BAD_INPUT, "mail: not an address to unsubscribe at");
	if (m->file_bytes.n && (!is_word(m->file, ".-") || !is_word(m->file_type, "/;=-.+ ")))
		return err_note(ERR_BAD_INPUT, "mail: not the name and the type of a file");
	if (m->date < 0 || m->date > 253402300799)
		return err_note(ERR_BAD_INPUT, "mail: not a date");
	struct str domain = mail_address_domain(m->from);
	buf_init(&b, a, m->text.n + m->text.n / 4 + m->html.n + m->html.n / 4 + m->file_bytes.n * 3 / 2 + 2048);
	date(&b, m->date);
	buf_lit(&b, "From: ");
	mailbox(&b, one_line(a, m->from_name, NAME_MAX_BYTES), m->from);
	buf_lit(&b, "\r\nTo: ");
	mailbox(&b, STR_NONE, m->to);
	buf_lit(&b, "\r\nSubject: ");
	unstructured(&b, one_line(a, m->subject, SUBJECT_MAX_BYTES));
	buf_fmt(&b, "\r\nMessage-ID: <%.*s@%.*s>\r\n", (int)m->id.n, m->id.p, (int)domain.n, domain.p);
	if (m->unsubscribe.n)
		buf_fmt(&b, "List-Unsubscribe: <%.*s>\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n", (int)m->unsubscribe.n,
		        m->unsubscribe.p);
	buf_lit(&b, "Auto-Submitted: auto-generated\r\nX-Auto-Response-Suppress: All\r\nContent-Language: fr\r\nMIME-Version: 1.0\r\n");
	if (m->file_bytes.n)
		buf_lit(&b, "Content-Type: multipart/mixed; boundary=\"" BOUNDARY_MIXED "\"\r\n\r\n--" BOUNDARY_MIXED "\r\n");
	if (m->html.n == 0) {
		part(&b, a, "plain", m->text);
	} else {
		buf_lit(&b, "Content-Type: multipart/alternative; boundary=\"" BOUNDARY "\"\r\n\r\n--" BOUNDARY "\r\n");
		part(&b, a, "plain", m->text);
		buf_lit(&b, "\r\n--" BOUNDARY "\r\n");
		part(&b, a, "html", m->html);
		buf_lit(&b, "\r\n--" BOUNDARY "--\r\n");
	}
	if (m->file_bytes.n)
		file(&b, m);
	*ret = buf_str(&b);
	return ERR_NONE;
}
