/*
 * body: the body of a POST or a PUT as named values, whatever it came as: an urlencoded form, a multipart form, or JSON. Layer 2.
 * JSON is read as the form it stands for: {"sections": {"duree": "x"}, "source": {"annee": 2023}, "territoires": ["a", "b"], "pas":
 * [{"titre": "y"}]} gives sections_duree=x, source_annee=2023, territoires=a, territoires=b, pas_1_titre=y. true is "1", false "0",
 * null nothing. So one schema and one page serve both.
 */
#ifndef WEB_BODY_H
#define WEB_BODY_H
#include "web/query.h"
#include "web/req.h"

struct upload {
	struct str name;     /* the field's */
	struct str filename; /* as the browser says: to be checked */
	struct str bytes;
};

struct body_pairs {
	const struct query_pair *p;
	size_t n;
	const struct upload *files;
	size_t nfiles;
	bool json;
};

enum { BODY_PAIRS_MAX = 800 };

/* ERR_UNSUPPORTED for another type of content, ERR_BAD_INPUT with a notice on "corps" when it cannot be read. An empty body gives no pair. */
enum err body_read(struct req *r, struct body_pairs *ret) MUST_CHECK;

#endif
