#include "web/problem.h"

void
problem_put_json_string(struct buf *b, struct str s)
{
	buf_char(b, '"');
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		if (c == '"' || c == '\\') {
			buf_char(b, '\\');
			buf_char(b, (char)c);
		} else if (c < 0x20 || c == 0x7f) {
			buf_fmt(b, "\\u%04x", c);
		} else {
			buf_char(b, (char)c);
		}
	}
	buf_char(b, '"');
}

static void
member(struct buf *b, const char *name, struct str value)
{
	buf_char(b, '"');
	buf_put(b, str_of(name));
	buf_lit(b, "\":");
	problem_put_json_string(b, value);
}

void
problem_write(const struct req *req, struct resp *resp, enum err e)
{
	struct buf *b = &resp->body;
	struct str detail = str_of(err_phrase(e));

	for (size_t i = 0; i < req->nnotices; i++) {
		if (!str_eq(req->notices[i].code, STR("inconnu"))) {
			detail = req->notices[i].message;
			break;
		}
	}
	resp->content_type = STR("application/problem+json");
	buf_lit(b, "{\"type\":\"urn:catalyse:erreur:");
	buf_put(b, str_of(err_name(e)));
	buf_lit(b, "\",");
	member(b, "title", str_of(err_phrase(e)));
	buf_fmt(b, ",\"status\":%d,", resp->status);
	member(b, "detail", detail);
	buf_char(b, ',');
	if (req->path.n) { /* else it could not be read */
		member(b, "instance", req->path);
		buf_char(b, ',');
	}
	member(b, "demande", req->id);
	buf_lit(b, ",\"erreurs\":[");
	for (size_t i = 0, n = 0; i < req->nnotices; i++) {
		if (str_eq(req->notices[i].code, STR("inconnu")))
			continue;
		buf_put(b, n++ ? STR(",{") : STR("{"));
		member(b, "champ", req->notices[i].field);
		buf_char(b, ',');
		member(b, "code", req->notices[i].code);
		buf_char(b, ',');
		member(b, "message", req->notices[i].message);
		buf_char(b, '}');
	}
	buf_lit(b, "]}\n");
}

void
problem_write_plain(struct resp *resp, enum err e)
{
	resp->content_type = STR("text/html; charset=utf-8");
	buf_lit(&resp->body, "<!doctype html><html lang=\"fr\"><title>Catalyse</title><h1>");
	buf_put(&resp->body, str_of(err_phrase(e)));
	buf_lit(&resp->body, "</h1><p><a href=\"/\">Retour à l’accueil</a></p></html>\n");
}
