/* Mail as bytes: messages, letters, reports of delivery. */
#include "unit.h"

#include "mail/dsn.h"
#include "mail/letter.h"
#include "mail/message.h"
#include "mail/smtp.h"

#include <string.h>

#define KEY "0a1b2c3d4e5f60718293"

static struct mail_message
plain(void)
{
	return (struct mail_message){ .from = STR("courriel@catalyse.example"),
		                      .from_name = STR("Catalyse"),
		                      .to = STR("aicha@demo.example"),
		                      .subject = STR("Votre fiche"),
		                      .text = STR("Bonjour,\nvoici.\n"),
		                      .id = STR("12." KEY),
		                      .date = 1795860000 };
}

static const char *
composed(const struct mail_message *m)
{
	struct str s;
	assert_int_equal(mail_compose(arena, m, &s), ERR_NONE);
	return arena_cstr(arena, s);
}
#define assert_has(text, part) assert_non_null(strstr((text), (part)))
#define assert_lacks(text, part) assert_null(strstr((text), (part)))

static void
message_is_what_is_expected(void **state)
{
	(void)state;
	struct mail_message m = plain();
	assert_string_equal(composed(&m), "Date: Sat, 28 Nov 2026 10:00:00 +0000\r\n"
	                                  "From: \"Catalyse\" <courriel@catalyse.example>\r\n"
	                                  "To: <aicha@demo.example>\r\n"
	                                  "Subject: Votre fiche\r\n"
	                                  "Message-ID: <12." KEY "@catalyse.example>\r\n"
	                                  "Auto-Submitted: auto-generated\r\nX-Auto-Response-Suppress: All\r\nContent-Language: fr\r\nMIME-Version: 1.0\r\n"
	                                  "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
	                                  "Bonjour,\r\nvoici.\r\n");
	m.html = STR("<p>voici</p>");
	m.unsubscribe = STR("https://catalyse.example/courriels/desabonner?jeton=abc");
	const char *z = composed(&m);
	assert_has(z, "List-Unsubscribe: <https://catalyse.example/courriels/desabonner?jeton=abc>\r\n"
	              "List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n");
	assert_has(z, "Content-Type: multipart/alternative; boundary=\"=_catalyse\"\r\n\r\n--=_catalyse\r\nContent-Type: text/plain");
	assert_has(z, "\r\n--=_catalyse\r\nContent-Type: text/html");
	assert_has(z, "\r\n--=_catalyse--\r\n");
	assert_string_equal(composed(&m), z); /* the same at every attempt */
}

static void
a_file_is_joined(void **state)
{
	(void)state;
	struct mail_message m = plain();
	struct str s;
	m.html = STR("<p>voici</p>");
	m.file = STR("rendez-vous.ics"), m.file_type = STR("text/calendar; charset=utf-8; method=PUBLISH");
	assert_lacks(composed(&m), "mixed"); /* no bytes: no file */
	m.file_bytes = STR("BEGIN:VCALENDAR\r\nSUMMARY:\xc3\xa9t\xc3\xa9 et encore bien assez de lettres pour deux lignes\r\n");
	const char *z = composed(&m);
	assert_has(z, "Content-Type: multipart/mixed; boundary=\"=_enveloppe\"\r\n\r\n--=_enveloppe\r\nContent-Type: multipart/alternative; boundary=\"=_catalyse\"\r\n\r\n--=_catalyse\r\n");
	assert_has(z, "\r\n--=_catalyse--\r\n\r\n--=_enveloppe\r\nContent-Type: text/calendar; charset=utf-8; method=PUBLISH\r\nContent-Transfer-Encoding: base64\r\n"
	              "Content-Disposition: attachment; filename=\"rendez-vous.ics\"\r\n\r\nQkVHSU46VkNBTEVOREFSDQpTVU1NQVJZOsOpdMOpIGV0IGVuY29yZSBiaWVuIGFzc2V6IGRlIGxl\r\n");
	assert_has(z, "\r\n\r\n--=_enveloppe--\r\n");
	m.file = STR("a\"b.ics");
	assert_int_equal(mail_compose(arena, &m, &s), ERR_BAD_INPUT);
	m.file = STR("a.ics"), m.file_type = STR("text/calendar\r\nBcc: x");
	assert_int_equal(mail_compose(arena, &m, &s), ERR_BAD_INPUT);
}

static void
subjects_are_encoded(void **state)
{
	(void)state;
	struct mail_message m = plain();
	m.subject = STR("Une fiche à relire");
	assert_has(composed(&m), "\r\nSubject: =?UTF-8?B?VW5lIGZpY2hlIMOgIHJlbGlyZQ==?=\r\n");
	m.subject = STR("=?UTF-8?B?Zm9yZ2Vk?=");
	assert_lacks(composed(&m), "Zm9yZ2Vk?=\r\n");
	m.subject = STR("Le café des projets de la vallée, l’été, reçoit une suggestion à laquelle répondre avant la fin de la semaine prochaine");
	const char *z = composed(&m);
	for (const char *line = z, *end; (end = strstr(line, "\r\n")); line = end + 2)
		assert_true(end - line <= 78);
	assert_has(z, "?=\r\n =?UTF-8?B?");
}

static void
nothing_leaves_its_field(void **state)
{
	(void)state;
	static const char *const hostile[] = { "a\r\nBcc: x@y.example", "a\nBcc: x@y.example", "a\rBcc: x@y.example", "a\r\n\r\nBcc: x@y.example",
		                               "a\xe2\x80\xa8" "Bcc: x@y.example", "a\xc2\x85" "Bcc: x@y.example", "a\x0b\x0c\x1b[2J Bcc: x@y.example",
		                               "a\xff\r\n.\r\nBcc: x@y.example", "\"\r\nBcc: x@y.example", "\\\"\r\nBcc: x@y.example" };
	for (size_t i = 0; i < sizeof(hostile) / sizeof(*hostile); i++) {
		struct mail_message m = plain();
		m.subject = m.from_name = str_of(hostile[i]);
		const char *z = composed(&m);
		assert_lacks(z, "\nBcc");
		assert_lacks(z, "\rBcc");
		assert_non_null(strstr(z, "\r\n\r\nBonjour"));
		m = plain();
		struct str s;
		m.to = arena_fmt(arena, "aicha@demo.example%s", hostile[i] + 1);
		assert_int_equal(mail_compose(arena, &m, &s), ERR_BAD_INPUT);
		m = plain();
		m.unsubscribe = arena_fmt(arena, "https://x.example/%s", hostile[i]);
		assert_int_equal(mail_compose(arena, &m, &s), ERR_BAD_INPUT);
		m = plain();
		m.id = arena_fmt(arena, "12.%s", hostile[i]);
		assert_int_equal(mail_compose(arena, &m, &s), ERR_BAD_INPUT);
	}
	struct mail_message m = plain();
	m.text = STR("a\r\n.\r\nb\n--=_catalyse--\nFrom x\n tab\t\n");
	m.html = STR("<p>c</p>");
	const char *z = composed(&m);
	assert_has(z, "a\r\n=2E\r\nb\r\n--=3D_catalyse--\r\n=46rom x\r\n tab=09\r\n");
}

static void
addresses_are_plain(void **state)
{
	(void)state;
	static const char *const good[] = { "a@b.example", "a.b+c@b-c.example", "o'neil@x.y.example", "x@localhost" };
	static const char *const bad[] = { "", "a", "@b.example", "a@", "a@b..example", ".a@b.example", "a.@b.example", "a@b@c.example", "a b@c.example",
		                           "a@-b.example", "a@b-.example", "\"a\"@b.example", "a@[127.0.0.1]", "<a@b.example>", "a@b.example>", "é@b.example",
		                           "a@b.example\r\n", "a@b.example,c@d.example", "a(c)@b.example" };
	for (size_t i = 0; i < sizeof(good) / sizeof(*good); i++)
		assert_true(mail_address_valid(str_of(good[i])));
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		assert_false(mail_address_valid(str_of(bad[i])));
	assert_false(mail_address_valid((struct str){ "a@b\0c.example", 13 }));
}

static void
letters_are_escaped(void **state)
{
	(void)state;
	struct str paragraphs[] = { STR("Bonjour,"), STR("La fiche « <script>alert(1)</script> & co » attend votre réponse avant le 3 décembre, dit-on ici ou là.") };
	struct letter_link links[] = { { STR("Répondre <ici>"), STR("https://catalyse.example/fiches/3?a=1&b=\"2") }, { STR("Piège"), STR("javascript:alert(1)") } };
	struct letter l = { paragraphs, 2, links, 2, &paragraphs[0], 1 };
	struct buf text, html;
	buf_init(&text, arena, 16);
	buf_init(&html, arena, 16);
	letter_text(&text, &l);
	letter_html(&html, &l);
	assert_str(buf_str(&text), "Bonjour,\n\nLa fiche «" NBSP "<script>alert(1)</script> & co" NBSP "» attend votre réponse avant\nle 3" NBSP
	                           "décembre, dit-on ici ou là.\n\n"
	                           "Répondre <ici>" NBSP ":\nhttps://catalyse.example/fiches/3?a=1&b=\"2\n\nBonjour,\n");
	const char *z = arena_cstr(arena, buf_str(&html));
	assert_lacks(z, "<script>");
	assert_lacks(z, "javascript:");
	assert_has(z, "href=\"https://catalyse.example/fiches/3?a=1&amp;b=&quot;2\"");
	assert_has(z, "Répondre &lt;ici&gt;</a>");
	struct letter_around around = { STR("Catalyse"), STR("https://catalyse.example"), STR("L'objet <b>"), STR("Vous recevez ceci."), STR("https://catalyse.example/x?jeton=1") };
	struct buf whole;
	buf_init(&whole, arena, 16);
	letter_whole_html(&whole, (struct html){ html.p, html.n }, &around);
	z = arena_cstr(arena, buf_str(&whole));
	assert_has(z, "<html lang=\"fr\">");
	assert_has(z, "L’objet &lt;b&gt;</h1>");
	assert_has(z, ">Ne plus recevoir ces courriels</a>");
	whole.n = 0;
	letter_whole_text(&whole, buf_str(&text), &around);
	assert_has(arena_cstr(arena, buf_str(&whole)), "\n-- \nCatalyse, https://catalyse.example\nVous recevez ceci.\nNe plus recevoir ces courriels" NBSP
	                                               ":\nhttps://catalyse.example/x?jeton=1\n");
}

#define REPORT(action, status, id)                                                                                     \
	"From: MAILER-DAEMON@mx.example\r\nTo: rebonds@catalyse.example\r\nSubject: x\r\nContent-Type: multipart/report;\r\n" \
	" report-type=delivery-status; boundary=\"b1/x\"\r\n\r\npreamble\r\n--b1/x\r\nContent-Type: text/plain\r\n\r\nAction: failed\r\n"  \
	"--b1/x\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example\r\n\r\n"                        \
	"Final-Recipient: rfc822; nobody@x.example\r\nAction: " action "\r\nStatus: " status "\r\n"                          \
	"Diagnostic-Code: smtp; 550 5.1.1 no such\r\n  user\x1b\r\n\r\n--b1/x\r\nContent-Type: message/rfc822\r\n\r\n"       \
	"From: courriel@catalyse.example\r\nMessage-ID:\r\n <" id "@catalyse.example>\r\n\r\nbody\r\n--b1/x--\r\n"

static struct dsn
read_report(const char *z)
{
	struct dsn d;
	dsn_read(arena, str_of(z), &d);
	return d;
}

static void
reports_are_read(void **state)
{
	(void)state;
	struct dsn d = read_report(REPORT("failed", "5.1.1 (unknown)", "12." KEY));
	assert_int_equal(d.kind, DSN_FAILED);
	assert_str(d.id, "12." KEY);
	assert_str(d.status, "5.1.1");
	assert_str(d.diagnostic, "smtp; 550 5.1.1 no such user?");
	d = read_report(REPORT("delayed", "4.4.1", "12." KEY));
	assert_int_equal(d.kind, DSN_DELAYED);
	d = read_report(REPORT("Failed", "5.1.1", "12.0a1b"));
	assert_int_equal(d.kind, DSN_FAILED);
	assert_int_equal(d.id.n, 0);
	/* the address it came to is worth the Message-ID */
	d = read_report("Delivered-To: rebonds+7." KEY "@catalyse.example\nContent-Type: multipart/report; boundary=b\n\n--b\n"
	                "Content-Type: message/delivery-status\n\nAction: failed\nStatus: 5.2.2\n\n--b--\n");
	assert_int_equal(d.kind, DSN_FAILED);
	assert_str(d.id, "7." KEY);
	assert_str(d.status, "5.2.2");
	d = read_report("To: rebonds+7." KEY "@catalyse.example\nSubject: Absent jusqu'au 3\n\nAction: failed\nStatus: 5.1.1\n");
	assert_int_equal(d.kind, DSN_NONE);
	d = read_report("");
	assert_int_equal(d.kind, DSN_NONE);
}

static void
refusals_speak_of_the_address_or_not(void **state)
{
	(void)state;
	assert_true(smtp_address_is_bad(STR("550 5.1.1 no such user")));
	assert_true(smtp_address_is_bad(STR("550 no such user")));
	assert_true(smtp_address_is_bad(STR("5.1.1")));
	assert_true(smtp_address_is_bad(STR("5.2.1")));
	assert_false(smtp_address_is_bad(STR("552 5.2.2 box full")));
	assert_false(smtp_address_is_bad(STR("554 5.7.1 relay denied")));
	assert_false(smtp_address_is_bad(STR("550 5.7.1 policy")));
	assert_false(smtp_address_is_bad(STR("4.4.7")));
	assert_false(smtp_address_is_bad(STR("5.1.8")));
	assert_false(smtp_address_is_bad(STR("")));
}

int
main(void)
{
	const struct CMUnitTest tests[] = { UNIT_TEST(message_is_what_is_expected), UNIT_TEST(a_file_is_joined), UNIT_TEST(subjects_are_encoded), UNIT_TEST(nothing_leaves_its_field),
		                            UNIT_TEST(addresses_are_plain), UNIT_TEST(letters_are_escaped), UNIT_TEST(reports_are_read),
		                            UNIT_TEST(refusals_speak_of_the_address_or_not) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
