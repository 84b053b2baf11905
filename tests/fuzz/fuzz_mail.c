#include "fuzz.h"
#include "mail/dsn.h"
#include "mail/letter.h"
#include "mail/message.h"

/* The headers are those we wrote, in lines that end with CRLF; nothing but ASCII, no line too long but for the link. */
static void
check(struct str out, bool unsubscribe)
{
	static const char *const names[] = { "Date", "From", "To", "Subject", "Message-ID", "List-Unsubscribe", "List-Unsubscribe-Post", "Auto-Submitted",
		                             "X-Auto-Response-Suppress", "Content-Language", "MIME-Version", "Content-Type", "" };
	size_t at = 0, boundaries = 0;
	bool body = false;

	for (size_t i = 0; i < out.n;) {
		const char *end = memchr(out.p + i, '\n', out.n - i);
		FUZZ_ASSERT(end && end > out.p + i && end[-1] == '\r');
		struct str line = { out.p + i, (size_t)(end - 1 - out.p) - i };
		FUZZ_ASSERT(line.n <= 78 || (!body && line.n < 930 && line.p[line.n - 1] == '>'));
		for (size_t k = 0; k < line.n; k++)
			FUZZ_ASSERT(line.p[k] >= 0x20 && line.p[k] < 0x7f);
		if (!body && (line.n == 0 || line.p[0] != ' ')) {
			if (!unsubscribe && at == 5)
				at = 7;
			size_t n = strlen(names[at]);
			FUZZ_ASSERT(line.n >= n && !memcmp(line.p, names[at], n) && (n == 0 ? line.n == 0 : line.p[n] == ':'));
			at++;
			body = n == 0;
		}
		boundaries += body && line.n >= 12 && !memcmp(line.p, "--=_catalyse", 12);
		i = (size_t)(end + 1 - out.p);
	}
	FUZZ_ASSERT(boundaries == 3);
}

/* Any bytes in every field; the fields are what a NUL separates. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a = arena_new(65536, FUZZ_ARENA);
	struct str field[6], out, whole = { (const char *)data, size };
	struct dsn d;

	dsn_read(a, whole, &d);
	FUZZ_ASSERT(d.id.n == 0 || (d.id.n > DSN_KEY_BYTES + 1 && d.id.n <= DSN_KEY_BYTES + 19));
	FUZZ_ASSERT(d.diagnostic.n <= 200);
	for (size_t i = 0; i < 6; i++) {
		const char *end = whole.n ? memchr(whole.p, 0, whole.n) : NULL;
		field[i] = (struct str){ whole.p, end ? (size_t)(end - whole.p) : whole.n };
		whole.p += field[i].n + (end ? 1 : 0);
		whole.n -= field[i].n + (end ? 1 : 0);
	}
	FUZZ_ASSERT(!mail_address_valid(field[2]) || mail_address_domain(field[2]).n > 0);
	struct letter_link link = { field[0], field[4] };
	struct letter letter = { &field[3], 1, &link, 1, &field[1], 1 };
	struct buf text, html;
	buf_init(&text, a, 256);
	buf_init(&html, a, 256);
	letter_text(&text, &letter);
	letter_html(&html, &letter);
	struct mail_message m = { .from = STR("courriel@catalyse.example"), .from_name = field[1], .to = STR("a@b.example"), .subject = field[0],
		                  .text = buf_str(&text), .html = buf_str(&html), .id = STR("1.0"), .date = 1795860000 };
	FUZZ_ASSERT(mail_compose(a, &m, &out) == ERR_NONE);
	if (!arena_exhausted(a))
		check(out, false);
	m.file = STR("rendez-vous.ics"), m.file_type = STR("text/calendar; charset=utf-8; method=PUBLISH"), m.file_bytes = field[3];
	FUZZ_ASSERT(mail_compose(a, &m, &out) == ERR_NONE);
	if (!arena_exhausted(a))
		check(out, false);
	/* In other fields: refused, or as safe. */
	m.file = field[5], m.file_type = field[4];
	m.to = field[2], m.id = field[5], m.unsubscribe = field[4];
	if (mail_compose(a, &m, &out) == ERR_NONE && !arena_exhausted(a))
		check(out, m.unsubscribe.n > 0);
	arena_free(a);
	return 0;
}
