#include "format/oai.h"

#include "format/uri.h"
#include "model/sheet.h"
#include "text/xml.h"

static void
each(struct buf *b, const char *name, struct str list)
{
	struct str v;
	while (record_value(&list, &v))
		xml_element(b, name, v);
}

static void
oai_dc(struct buf *b, const struct oai_site *site, const struct record *r)
{
	struct str licence = uri_licence(r->licence);

	buf_lit(b, "<oai_dc:dc xmlns:oai_dc=\"http://www.openarchives.org/OAI/2.0/oai_dc/\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" "
	           "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:schemaLocation=\""
	           "http://www.openarchives.org/OAI/2.0/oai_dc/ http://www.openarchives.org/OAI/2.0/oai_dc.xsd\">\n");
	xml_element(b, "dc:title", r->title);
	xml_element(b, "dc:creator", r->structure);
	each(b, "dc:subject", r->terms);
	xml_element(b, "dc:description", r->summary);
	buf_lit(b, "<dc:publisher>Catalyse</dc:publisher>\n");
	xml_element(b, "dc:date", r->modified_at);
	buf_lit(b, "<dc:type>Text</dc:type>\n");
	xml_element(b, "dc:type", str_of(sheet_kind_of(r->type)->name));
	buf_lit(b, "<dc:format>text/html</dc:format>\n");
	xml_element(b, "dc:identifier", uri_sheet(b->arena, site->base, r->id, r->slug));
	xml_element(b, "dc:source", r->source_url.n ? r->source_url : r->source_label);
	xml_element(b, "dc:language", r->language);
	each(b, "dc:coverage", r->places);
	xml_element(b, "dc:rights", licence.n ? licence : r->licence);
	buf_lit(b, "</oai_dc:dc>\n");
}

const struct oai_format OAI_FORMATS[] = {
	{ "oai_dc", "http://www.openarchives.org/OAI/2.0/oai_dc.xsd", "http://www.openarchives.org/OAI/2.0/oai_dc/", oai_dc },
	{ NULL, NULL, NULL, NULL },
};

const struct oai_format *
oai_format_of(struct str prefix)
{
	for (const struct oai_format *f = OAI_FORMATS; f->prefix; f++)
		if (str_eq(prefix, str_of(f->prefix)))
			return f;
	return NULL;
}

static void
identifier_write(struct buf *b, const struct oai_site *site, int64_t id)
{
	buf_lit(b, "oai:");
	xml_text(b, site->domain);
	buf_fmt(b, ":fiches/%lld", (long long)id);
}

int64_t
oai_identifier_read(const struct oai_site *site, struct str s)
{
	struct str parts[] = { STR("oai:"), site->domain, STR(":fiches/") };
	for (size_t i = 0; i < 3; i++) {
		if (s.n < parts[i].n || memcmp(s.p, parts[i].p, parts[i].n) != 0)
			return -1;
		s.p += parts[i].n;
		s.n -= parts[i].n;
	}
	int64_t v = 0;
	if (s.n == 0 || s.n > 9 || s.p[0] == '0')
		return -1;
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] < '0' || s.p[i] > '9')
			return -1;
		v = v * 10 + (s.p[i] - '0');
	}
	return v;
}

void
oai_header(struct buf *b, const struct oai_site *site, const struct record *r)
{
	buf_put(b, r->deleted ? STR("<header status=\"deleted\">\n<identifier>") : STR("<header>\n<identifier>"));
	identifier_write(b, site, r->id);
	buf_lit(b, "</identifier>\n");
	xml_element(b, "datestamp", r->datestamp);
	each(b, "setSpec", r->sets);
	buf_lit(b, "</header>\n");
}

void
oai_record(struct buf *b, const struct oai_site *site, const struct oai_format *f, const struct record *r)
{
	buf_lit(b, "<record>\n");
	oai_header(b, site, r);
	if (!r->deleted) {
		buf_lit(b, "<metadata>\n");
		f->write(b, site, r);
		buf_lit(b, "</metadata>\n");
	}
	buf_lit(b, "</record>\n");
}
