/* Every format of a list with hostile values: whatever is in the base, readers get the same text back, and nothing runs. */
#include "unit.h"

#include "format/jsonld.h"
#include "format/listing.h"
#include "format/skos.h"
#include "format/uri.h"
#include "text/csv.h"
#include "text/json.h"
#include "web/route.h"

static const char *const hostile[] = {
	"=HYPERLINK(\"http://x\";\"clic\")", "-1+1", "@SUM(A1)", "+33 6", "\tx", "'=1", "l'eau & <script>alert(1)</script>", "]]>", "</title>",
	"\"guillemets\"", "deux\nlignes\r\net trois", "a;b,c", "\x01\x02\x1b[31m\x7f", "\xef\xbf\xbe\xef\xbf\xbf", "🚲 vélo 👩‍👩‍👧", "\\u0000 \\", "--", "<!--", "%s%n%s",
};
#define NHOSTILE (sizeof(hostile) / sizeof(*hostile))

static const struct route route = { .method = "GET", .pattern = "/fiches", .formats = F_LIST };

static struct req
request(struct arena *a, enum format f)
{
	return (struct req){ .arena = a, .route = &route, .format = f, .base = STR("https://catalyse.example:8443"), .path = STR("/fiches") };
}

static struct sheet_card *
cards(struct arena *a)
{
	struct sheet_card *p = arena_array(a, struct sheet_card, NHOSTILE + 1);
	for (size_t i = 0; i <= NHOSTILE; i++) {
		struct str s = i < NHOSTILE ? str_of(hostile[i]) : STR_NONE;
		if (i == NHOSTILE) { /* and a long one */
			char *z = arena_alloc(a, 20000);
			memset(z, '<', 20000);
			s = (struct str){ z, 20000 };
		}
		p[i] = (struct sheet_card){ .id = (int64_t)i + 1, .type = STR("methode"), .slug = STR("x"), .title = s, .summary = s,
			                    .origin = STR("source"), .source_label = s, .licence = s, .language = STR("fr"),
			                    .created_at = STR("2026-01-01T00:00:00Z"), .modified_at = STR("2026-02-01T00:00:00Z"),
			                    .place = { STR("commune"), STR("97410"), STR("x"), s, STR("974") },
			                    .point = { i % 2, 55.7, -21.04 } };
	}
	return p;
}

static struct str
print(struct arena *a, enum format f, size_t n)
{
	struct req *r = arena_new_of(a, struct req);
	*r = request(a, f);
	struct list_query q = { .page = 1, .taille = 100 };
	struct paging *p = arena_new_of(a, struct paging);
	*p = paging_links(r, &q, &(struct facet_counts){ .total = (int64_t)n });
	struct resp w = { .status = 200 };
	buf_init(&w.headers, a, 256);
	buf_init(&w.body, a, 4096);
	if (f == FORMAT_JSONLD) {
		struct jsonld d = { r, STR("Les fiches"), STR_NONE, NULL };
		jsonld_sheets(&d, &w.body, p, (int64_t)n, cards(a), n);
	} else {
		struct listing l = { r, STR("Les fiches"), STR_NONE, (int64_t)n, p, { NULL, 0 }, STR_NONE };
		listing_sheets(&l, &w, cards(a), n);
	}
	assert_false(memmem(w.headers.p, w.headers.n, "\n\n", 2));
	return buf_str(&w.body);
}

static void
table(void **state)
{
	struct arena *a = *state;
	const struct sheet_card *c = cards(a);
	struct csv in;
	const struct str *cells;
	size_t n, i = 0;

	csv_init(&in, a, print(a, FORMAT_CSV, NHOSTILE + 1), ';');
	assert_int_equal(csv_next(&in, &cells, &n), CSV_ROW);
	size_t columns = n;
	assert_text(a, cells[4], "titre");
	for (; csv_next(&in, &cells, &n) == CSV_ROW; i++) {
		assert_int_equal(n, columns);
		assert_true(str_eq(csv_plain(cells[4]), c[i].title));
		assert_true(str_eq(csv_plain(cells[9]), c[i].source_label));
		for (size_t k = 0; k < n; k++) /* the place is a figure: its minus sign is no formula */
			assert_true(cells[k].n == 0 || k == 18 || !memchr("=+-@\t\r", cells[k].p[0], 6));
	}
	assert_int_equal(i, NHOSTILE + 1);
}

static void
geojson(void **state)
{
	struct arena *a = *state;
	const struct sheet_card *c = cards(a);
	const struct json *doc, *f;
	size_t i = 0;

	assert_int_equal(json_parse(a, print(a, FORMAT_GEOJSON, NHOSTILE + 1), &doc), ERR_NONE);
	assert_int_equal(json_number(json_get(doc, "numberMatched"), 0), NHOSTILE + 1);
	assert_int_equal(json_len(json_get(doc, "bbox")), 4);
	for (f = json_first(json_get(doc, "features")); f; f = json_next(f), i++) {
		assert_true(str_eq(json_text(json_get(json_get(f, "properties"), "titre")), c[i].title));
		assert_int_equal(json_kind(json_get(f, "geometry")), i % 2 ? JSON_OBJECT : JSON_NULL);
	}
	assert_int_equal(i, NHOSTILE + 1);
	assert_int_equal(json_parse(a, print(a, FORMAT_GEOJSON, 0), &doc), ERR_NONE);
	assert_null(json_get(doc, "bbox"));
	assert_int_equal(json_len(json_get(doc, "features")), 0);
}

static void
linked(void **state)
{
	struct arena *a = *state;
	const struct sheet_card *c = cards(a);
	const struct json *doc, *x;
	size_t i = 0;

	assert_int_equal(json_parse(a, print(a, FORMAT_JSONLD, NHOSTILE + 1), &doc), ERR_NONE);
	x = json_next(json_first(json_get(doc, "@graph")));
	assert_int_equal(json_number(json_get(x, "numberOfItems"), 0), NHOSTILE + 1);
	for (x = json_first(json_get(x, "itemListElement")); x; x = json_next(x), i++) {
		assert_true(str_eq(json_text(json_get(json_get(x, "item"), "name")), c[i].title));
		assert_null(json_get(json_get(x, "item"), "license")); /* not a licence we know the address of */
	}
	assert_int_equal(i, NHOSTILE + 1);
}

static size_t
count(struct str s, const char *what)
{
	size_t n = 0;
	for (const char *p = s.p; (p = memmem(p, s.n - (size_t)(p - s.p), what, strlen(what))); p++)
		n++;
	return n;
}

static void
feed(void **state)
{
	struct arena *a = *state;
	struct str s = print(a, FORMAT_ATOM, NHOSTILE + 1);

	assert_int_equal(count(s, "<entry>"), NHOSTILE + 1);
	assert_int_equal(count(s, "]]>"), 0);
	assert_int_equal(count(s, "<script"), 0);
	assert_int_equal(count(s, "<!--"), 0);
	assert_int_equal(count(s, "</title>"), NHOSTILE + 2);
	assert_int_equal(count(s, "\xef\xbf\xbe"), 0);
	assert_int_equal(count(s, "<id>tag:catalyse.example,2026:fiche/1</id>"), 1);
	assert_int_equal(count(s, "<georss:point>-21.04000 55.70000</georss:point>"), (NHOSTILE + 1) / 2);
	for (size_t i = 0; i < s.n; i++)
		assert_true((unsigned char)s.p[i] >= 0x20 || strchr("\t\n\r", s.p[i]));
	s = print(a, FORMAT_ATOM, 0);
	assert_int_equal(count(s, "<updated>1970-01-01T00:00:00Z</updated>"), 1);
	assert_int_equal(count(s, "<opensearch:totalResults>0<"), 1);
}

static void
terms(void **state)
{
	struct arena *a = *state;
	struct req r = request(a, FORMAT_JSONLD);
	struct term t[NHOSTILE];
	const struct json *doc, *x;
	struct buf b;

	for (size_t i = 0; i < NHOSTILE; i++)
		t[i] = (struct term){ .code = STR("17"), .label = str_of(hostile[i]), .definition = str_of(hostile[i]),
			              .origin = i % 2 ? STR("ours") : STR("source"), .source_label = str_of(hostile[i]) };
	struct vocabulary v = { { .code = STR("odd"), .label = STR("ODD"), .origin = STR("source") }, NHOSTILE, t };
	buf_init(&b, a, 1024);
	skos_one(&r, &b, &v);
	assert_int_equal(json_parse(a, buf_str(&b), &doc), ERR_NONE);
	x = json_next(json_first(json_get(doc, "@graph")));
	for (size_t i = 0; x; x = json_next(x), i++) {
		assert_text(a, json_text(json_get(x, "prefLabel")), hostile[i]);
		assert_text(a, json_text(json_get(x, "exactMatch")), "http://metadata.un.org/sdg/17");
		assert_int_equal(json_kind(json_get(x, "editorialNote")), i % 2 ? JSON_TEXT : JSON_NONE);
	}
}

static void
pages(void **state)
{
	struct arena *a = *state;
	struct req r = request(a, FORMAT_CSV);
	struct param params[] = { { STR("q"), STR("a&b=\"é\"\r\nX: 1") }, { STR("page"), STR("3") }, { STR("taille"), STR("10") } };
	r.params = params;
	r.nparams = 3;
	struct list_query q = { .page = 3, .taille = 10 };
	struct paging p = paging_links(&r, &q, &(struct facet_counts){ .total = 35 });
	struct resp w = { .status = 200 };

	assert_text(a, p.self, "https://catalyse.example:8443/fiches.csv?q=a%26b%3D%22%C3%A9%22%0D%0AX%3A%201&taille=10&page=3");
	assert_text(a, p.prev, "https://catalyse.example:8443/fiches.csv?q=a%26b%3D%22%C3%A9%22%0D%0AX%3A%201&taille=10&page=2");
	assert_text(a, p.list, "https://catalyse.example:8443/fiches?q=a%26b%3D%22%C3%A9%22%0D%0AX%3A%201&taille=10");
	assert_int_equal(p.offset, 20);
	buf_init(&w.headers, a, 256);
	paging_headers(&r, &w, &p, 35);
	assert_int_equal(count(buf_str(&w.headers), "\r\n"), 1);
	assert_int_equal(count(buf_str(&w.links), "rel=\"last\""), 1);
	q.page = 4;
	p = paging_links(&r, &q, &(struct facet_counts){ .total = 35 });
	assert_int_equal(p.next.n, 0);
	q.page = 9; /* past the end: no neighbour that exists */
	p = paging_links(&r, &q, &(struct facet_counts){ .total = 35 });
	assert_int_equal(p.prev.n + p.next.n, 0);
	assert_text(a, uri_tag(a, STR("http://127.0.0.1:80"), "fiche", STR("1")), "tag:127.0.0.1,2026:fiche/1");
}

/* How far pages are linked where the total is an estimate: their end is where one is not full. */
static void
reach(void **state)
{
	static const struct {
		int64_t page, shown, total;
		bool about;
		int64_t reach;
	} cases[] = {
		{ 1, 20, 85, false, 85 }, { 5, 5, 85, false, 85 }, { 9, 0, 85, false, 85 }, /* known: what is shown does not matter */
		{ 1, 20, 4912, true, 4912 }, { 246, 20, 4912, true, 4921 }, { 263, 20, 4912, true, 5261 }, { 263, 5, 4912, true, 5245 },
		{ 200, 7, 4912, true, 3987 }, { 264, 0, 4912, true, 4912 }, { 200, 0, 4912, true, 3980 },
	};
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct list_query q = { .page = cases[i].page, .taille = 20 };
		struct facet_counts f = { .total = cases[i].total, .about = cases[i].about, .shown = cases[i].shown };
		assert_int_equal(list_query_reach(&q, &f), cases[i].reach);
		assert_int_equal(facet_counts_exact(&f), cases[i].about ? -1 : cases[i].total);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = { UNIT_TEST(table), UNIT_TEST(geojson), UNIT_TEST(linked),
		                            UNIT_TEST(feed),  UNIT_TEST(terms),   UNIT_TEST(pages), UNIT_TEST(reach) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
