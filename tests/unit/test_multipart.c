#include "unit.h"
#include "text/multipart.h"

#define TYPE STR("multipart/form-data; boundary=XX")

static enum err
parse(struct str body, struct multipart *m)
{
	return multipart_parse(arena, TYPE, body, m);
}

static void
reads_fields_and_files(void **state)
{
	static const char text[] = "--XX\r\nContent-Disposition: form-data; name=\"titre\"\r\n\r\nCaf\xc3\xa9\r\nprojets\r\n"
	                           "--XX\r\nContent-Disposition: form-data; name=\"piece\"; filename=\"pl\xc3\xa9n %22a%22.pdf\"\r\n"
	                           "Content-Type: application/pdf\r\n\r\n%PDF\0\xff\r\n--X\r\n"
	                           "--XX\r\ncontent-disposition:form-data;name=vide;filename=\"\"\r\nContent-Type: application/octet-stream\r\n\r\n\r\n"
	                           "--XX\r\nContent-Disposition: form-data; name=\"rien\"\r\n\r\n\r\n--XX--\r\n";
	struct str body = { text, sizeof(text) - 1 };
	struct multipart m;

	(void)state;
	assert_int_equal(parse(body, &m), ERR_NONE);
	assert_int_equal(m.n, 4);
	assert_str(multipart_field(&m, "titre"), "Café\r\nprojets");
	assert_str(multipart_field(&m, "rien"), "");
	assert_str(multipart_field(&m, "piece"), ""); /* a file is no field */
	const struct multipart_part *f = multipart_file(&m, "piece");
	assert_non_null(f);
	assert_str(f->filename, "pl\xc3\xa9n \"a\".pdf");
	assert_str(f->type, "application/pdf");
	assert_int_equal(f->body.n, 11);
	assert_memory_equal(f->body.p, "%PDF\0\xff\r\n--X", 11);
	assert_true(f->body.p > body.p && f->body.p < body.p + body.n); /* not a copy */
	assert_null(multipart_file(&m, "vide")); /* nothing was chosen */
	assert_true(m.parts[2].file);
}

static void
names_as_browsers_write_them(void **state)
{
	static const struct {
		const char *sent, *read;
	} rows[] = {
		{ "\"C:\\temp\\a.png\"", "C:\\temp\\a.png" },
		{ "\"a\\\"b.png\"", "a\"b.png" },
		{ "\"a%0D%0ab.png\"", "a  b.png" },
		{ "\"100%.png\"", "100%.png" },
		{ "\"a;b=c.png\"", "a;b=c.png" },
		{ "plain.png", "plain.png" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct multipart m;
		struct str body = arena_fmt(arena, "--XX\r\nContent-Disposition: form-data; name=\"p\"; filename=%s\r\n\r\nx\r\n--XX--",
		                            rows[i].sent);
		assert_int_equal(parse(body, &m), ERR_NONE);
		assert_str(m.parts[0].filename, rows[i].read);
	}
}

static void
boundary_of_the_header(void **state)
{
	static const struct {
		const char *type;
		enum err e;
	} rows[] = {
		{ "multipart/form-data; boundary=XX", ERR_NONE },
		{ "Multipart/Form-Data;charset=utf-8; BOUNDARY=\"XX\"", ERR_NONE },
		{ "multipart/form-data", ERR_BAD_INPUT },
		{ "multipart/form-data; boundary=", ERR_BAD_INPUT },
		{ "multipart/form-data; boundary=\"XX", ERR_BAD_INPUT },
		{ "multipart/form-data; boundary=\"XX\"YY", ERR_BAD_INPUT },
		{ "multipart/form-data; boundary=XX; boundary=XX", ERR_BAD_INPUT },
		{ "multipart/form-data; boundary=\"X\tX\"", ERR_BAD_INPUT },
		{ "multipart/form-data; boundary=\"XX \"", ERR_BAD_INPUT },
		{ "multipart/mixed; boundary=XX", ERR_BAD_INPUT },
		{ "application/x-www-form-urlencoded", ERR_BAD_INPUT },
		{ "", ERR_BAD_INPUT },
		{ "multipart/form-data; boundary=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", ERR_BAD_INPUT },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct multipart m;
		struct str body = STR("--XX\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nb\r\n--XX--\r\n");
		assert_int_equal(multipart_parse(arena, str_of(rows[i].type), body, &m), rows[i].e);
	}
}

static void
refuses_what_is_malformed(void **state)
{
#define D "Content-Disposition: form-data; "
	static const char *const rows[] = {
		"",
		"--XX",
		"--XX\r\n",
		"preamble\r\n--XX\r\n" D "name=\"a\"\r\n\r\nb\r\n--XX--\r\n",
		"--XX\r\n" D "name=\"a\"\r\n\r\nb\r\n--XX--\r\nepilogue",
		"--XX\r\n" D "name=\"a\"\r\n\r\nb\r\n--XXX--\r\n",
		"--XX\r\n" D "name=\"a\"\r\n\r\nb\r\n--XX \r\n",
		"--XX\n" D "name=\"a\"\n\nb\n--XX--\n",
		"--XX\r\n\r\nb\r\n--XX--\r\n",
		"--XX\r\nContent-Type: text/plain\r\n\r\nb\r\n--XX--\r\n",
		"--XX\r\n" D "\r\n\r\nb\r\n--XX--\r\n",
		"--XX\r\n" D "name=\"\"\r\n\r\nb\r\n--XX--\r\n",
		"--XX\r\n" D "name=\"a\r\n\r\nb\r\n--XX--\r\n",
		"--XX\r\n" D "name=\"a\tb\"\r\n\r\nb\r\n--XX--\r\n",
		"--XX\r\n" D "name=\"a\xff\"\r\n\r\nb\r\n--XX--\r\n",
		"--XX\r\n" D "name=\"a\"; name=\"b\"\r\n\r\nb\r\n--XX--\r\n",
		"--XX\r\n" D "name=\"a\"; filename=\"b\"; filename=\"c\"\r\n\r\nb\r\n--XX--\r\n",
		"--XX\r\n" D "name=\"a\"; other\r\n\r\nb\r\n--XX--\r\n",
		"--XX\r\n" D "name=\"a\"\r\n" D "name=\"b\"\r\n\r\nb\r\n--XX--\r\n",
		"--XX\r\nContent-Disposition: attachment; name=\"a\"\r\n\r\nb\r\n--XX--\r\n",
		"--XX\r\n" D "name=\"a\"\r\nContent-Type: multipart/mixed; boundary=Y\r\n\r\nb\r\n--XX--\r\n",
		"--XX\r\n" D "name=\"a\"\r\nContent-Transfer-Encoding: base64\r\n\r\nYg==\r\n--XX--\r\n",
		"--XX\r\n" D "name=\"a\"\r\nno colon\r\n\r\nb\r\n--XX--\r\n",
		"--XX\r\n" D "name=\"a\"\r\n folded: x\r\n\r\nb\r\n--XX--\r\n",
		"--XX\r\n" D "name=\"a\"\r\n\r\n\xc3\r\n--XX--\r\n",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct multipart m = { 0 };
		assert_int_equal(parse(str_of(rows[i]), &m), ERR_BAD_INPUT);
		assert_null(m.parts);
	}
	struct multipart m;
	assert_int_equal(parse(STR("--XX\r\n" D "name=\"a\"\r\n\r\nb\0c\r\n--XX--\r\n"), &m), ERR_BAD_INPUT);
}

static void
cut_at_every_byte(void **state)
{
	struct str whole = STR("--XX\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nb\r\n"
	                       "--XX\r\nContent-Disposition: form-data; name=\"f\"; filename=\"x.png\"\r\n\r\nbytes\r\n--XX--");

	(void)state;
	for (size_t n = 0; n < whole.n; n++) {
		struct multipart m;
		char *exact = arena_cstr(arena, (struct str){ whole.p, n });
		assert_int_equal(parse((struct str){ exact, n }, &m), ERR_BAD_INPUT);
	}
}

static void
bounds(void **state)
{
	struct multipart m;
	struct buf b;

	(void)state;
	for (int parts = MULTIPART_PARTS; parts <= MULTIPART_PARTS + 1; parts++) {
		buf_init(&b, arena, 1024);
		for (int i = 0; i < parts; i++)
			buf_lit(&b, "--XX\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nb\r\n");
		buf_lit(&b, "--XX--\r\n");
		assert_int_equal(parse(buf_str(&b), &m), parts > MULTIPART_PARTS ? ERR_BAD_INPUT : ERR_NONE);
	}
	for (int lines = MULTIPART_HEADER_LINES; lines <= MULTIPART_HEADER_LINES + 1; lines++) {
		buf_init(&b, arena, 1024);
		buf_lit(&b, "--XX\r\nContent-Disposition: form-data; name=\"a\"\r\n");
		for (int i = 1; i < lines; i++)
			buf_lit(&b, "X-Other: y\r\n");
		buf_lit(&b, "\r\nb\r\n--XX--\r\n");
		assert_int_equal(parse(buf_str(&b), &m), lines > MULTIPART_HEADER_LINES ? ERR_BAD_INPUT : ERR_NONE);
	}
	buf_init(&b, arena, 8192);
	buf_lit(&b, "--XX\r\nContent-Disposition: form-data; name=\"a\"; filename=\"");
	for (int i = 0; i < MULTIPART_HEADERS; i++)
		buf_char(&b, 'x');
	buf_lit(&b, "\"\r\n\r\nb\r\n--XX--\r\n");
	assert_int_equal(parse(buf_str(&b), &m), ERR_BAD_INPUT);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		UNIT_TEST(reads_fields_and_files), UNIT_TEST(names_as_browsers_write_them), UNIT_TEST(boundary_of_the_header),
		UNIT_TEST(refuses_what_is_malformed), UNIT_TEST(cut_at_every_byte), UNIT_TEST(bounds),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
