/*
 * OAI-PMH 2.0: the sheets for harvesters, by GET or POST. Errors are told in the protocol's own words, with status 200. Nothing is
 * kept between two requests: see format/oai_token.h.
 */
#include "format/oai.h"
#include "page/page.h"
#include "text/xml.h"
#include "web/query.h"

#include <time.h>

enum { PAGE = 100 };

/* The arguments, in the order of the table below. */
enum arg { VERB, PREFIX, IDENTIFIER, SET, FROM, UNTIL, TOKEN, ARGS };
static const char *const arg_names[ARGS] = { "verb", "metadataPrefix", "identifier", "set", "from", "until", "resumptionToken" };

struct call {
	struct req *r;
	struct buf *b;
	struct oai_site site;
	struct str args[ARGS];
	const char *fault, *why; /* the code and the text of an error */
	struct str moment;       /* of a list: the answer is complete up to there */
};

static bool
fault(struct call *c, const char *code, const char *why)
{
	c->fault = code;
	c->why = why;
	return false;
}

/* The host of the address, without its port. */
static struct str
domain_of(struct str base)
{
	const char *p = memmem(base.p, base.n, "://", 3), *end = base.p + base.n, *stop;
	p = p ? p + 3 : base.p;
	for (stop = p; stop < end && *stop != '/' && *stop != ':'; stop++)
		;
	return (struct str){ p, (size_t)(stop - p) };
}

static bool
args_read(struct call *c)
{
	struct str rest = c->r->method == METHOD_POST ? c->r->body : c->r->query;
	struct query_pair pair;
	bool bad = false, twice = false;
	while (query_next(c->r->arena, &rest, &pair)) {
		size_t i = 0;
		while (i < ARGS && !str_eq(pair.name, str_of(arg_names[i])))
			i++;
		if (i == ARGS || pair.fault != QUERY_OK || (c->args[i].n && i != VERB)) {
			bad = true;
			continue;
		}
		twice |= i == VERB && c->args[VERB].n;
		c->args[i] = pair.value;
	}
	if (c->args[VERB].n == 0 || twice)
		return fault(c, "badVerb", twice ? "Le verbe est donné plusieurs fois." : "Le verbe manque.");
	return bad ? fault(c, "badArgument", "Un argument est inconnu, illisible ou donné plusieurs fois.") : true;
}

/* The arguments given are exactly of those allowed, and those required are there. */
static bool
args_among(struct call *c, unsigned allowed, unsigned required)
{
	for (unsigned i = PREFIX; i < ARGS; i++) {
		if (c->args[i].n && !(allowed & 1u << i))
			return fault(c, "badArgument", "Un argument ne va pas avec ce verbe, ou avec les autres.");
		if (!c->args[i].n && required & 1u << i)
			return fault(c, "badArgument", "Un argument nécessaire manque.");
	}
	return true;
}

static void
open_answer(struct call *c, bool echo)
{
	char now[32];
	time_t t = time(NULL);
	struct tm tm;
	strftime(now, sizeof(now), "%Y-%m-%dT%H:%M:%SZ", gmtime_r(&t, &tm));
	buf_lit(c->b, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<OAI-PMH xmlns=\"http://www.openarchives.org/OAI/2.0/\" "
	              "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:schemaLocation=\""
	              "http://www.openarchives.org/OAI/2.0/ http://www.openarchives.org/OAI/2.0/OAI-PMH.xsd\">\n");
	xml_element(c->b, "responseDate", c->moment.n ? c->moment : str_of(now));
	buf_lit(c->b, "<request");
	for (size_t i = 0; echo && i < ARGS; i++)
		if (c->args[i].n) {
			buf_fmt(c->b, " %s=\"", arg_names[i]);
			xml_text(c->b, c->args[i]);
			buf_char(c->b, '"');
		}
	buf_char(c->b, '>');
	xml_text(c->b, c->site.base);
	buf_lit(c->b, "/oai</request>\n");
}

static enum err
identify(struct call *c)
{
	struct record_query all = { 0 };
	int64_t n;
	struct str earliest, contact = site_of(c->r)->contact;
	if (!args_among(c, 0, 0))
		return ERR_NONE;
	enum err e = record_count(c->r->db, c->r->arena, &all, &n, &earliest);
	if (e)
		return e;
	open_answer(c, true);
	buf_lit(c->b, "<Identify>\n<repositoryName>Catalyse</repositoryName>\n<baseURL>");
	xml_text(c->b, c->site.base);
	buf_lit(c->b, "/oai</baseURL>\n<protocolVersion>2.0</protocolVersion>\n");
	/* Required: without an address from the operator, the one every mail domain must have (RFC 5321). */
	bool mail = contact.n > 7 && memcmp(contact.p, "mailto:", 7) == 0;
	xml_element(c->b, "adminEmail", mail ? (struct str){ contact.p + 7, contact.n - 7 }
	                                     : arena_fmt(c->r->arena, "postmaster@%.*s", (int)c->site.domain.n, c->site.domain.p));
	xml_element(c->b, "earliestDatestamp", earliest.n ? earliest : STR("2026-01-01T00:00:00Z"));
	buf_lit(c->b, "<deletedRecord>persistent</deletedRecord>\n<granularity>YYYY-MM-DDThh:mm:ssZ</granularity>\n</Identify>\n");
	return ERR_NONE;
}

static bool
identifier_find(struct call *c, struct record *ret, enum err *ret_err)
{
	int64_t id = oai_identifier_read(&c->site, c->args[IDENTIFIER]);
	*ret_err = id < 0 ? ERR_NOT_FOUND : record_find(c->r->db, c->r->arena, id, ret);
	if (*ret_err != ERR_NOT_FOUND)
		return *ret_err == ERR_NONE;
	*ret_err = ERR_NONE;
	return fault(c, "idDoesNotExist", "Aucune notice ne porte cet identifiant.");
}

static enum err
list_formats(struct call *c)
{
	struct record rec;
	enum err e;
	if (!args_among(c, 1u << IDENTIFIER, 0) || (c->args[IDENTIFIER].n && !identifier_find(c, &rec, &e)))
		return c->fault ? ERR_NONE : e;
	open_answer(c, true);
	buf_lit(c->b, "<ListMetadataFormats>\n");
	for (const struct oai_format *f = OAI_FORMATS; f->prefix; f++) {
		buf_lit(c->b, "<metadataFormat>\n");
		xml_element(c->b, "metadataPrefix", str_of(f->prefix));
		xml_element(c->b, "schema", str_of(f->schema));
		xml_element(c->b, "metadataNamespace", str_of(f->namespace_));
		buf_lit(c->b, "</metadataFormat>\n");
	}
	buf_lit(c->b, "</ListMetadataFormats>\n");
	return ERR_NONE;
}

static void
set_write(struct buf *b, struct str spec, struct str name)
{
	buf_lit(b, "<set>\n");
	xml_element(b, "setSpec", spec);
	xml_element(b, "setName", name);
	buf_lit(b, "</set>\n");
}

/* All of them at once: there are as many as terms, régions and départements. */
static enum err
list_sets(struct call *c)
{
	struct db_rows rows;
	if (c->args[TOKEN].n)
		return fault(c, "badResumptionToken", "La liste des ensembles est donnée en une fois."), ERR_NONE;
	if (!args_among(c, 0, 0))
		return ERR_NONE;
	enum err e = db_run(c->r->db, c->r->arena, QUERY_RECORD_SETS, NULL, 0, &rows);
	if (e)
		return e;
	open_answer(c, true);
	buf_lit(c->b, "<ListSets>\n");
	for (size_t i = 0; i < 5; i++)
		set_write(c->b, arena_fmt(c->r->arena, "type:%s", SHEET_KINDS[i].code), str_of(SHEET_KINDS[i].plural));
	for (size_t i = 0; i < 5; i++)
		set_write(c->b, arena_fmt(c->r->arena, "preuve:%s", SHEET_EVIDENCE_CODES[i]), arena_fmt(c->r->arena, "Preuve : %s", SHEET_EVIDENCE_NAMES[i]));
	for (size_t i = 0; i < rows.nrows; i++)
		set_write(c->b, db_text(&rows, i, COL_RECORD_SETS_SPEC), db_text(&rows, i, COL_RECORD_SETS_NAME));
	buf_lit(c->b, "</ListSets>\n");
	return ERR_NONE;
}

static enum err
get_record(struct call *c)
{
	struct record rec;
	enum err e = ERR_NONE;
	const struct oai_format *f = oai_format_of(c->args[PREFIX]);
	if (!args_among(c, 1u << IDENTIFIER | 1u << PREFIX, 1u << IDENTIFIER | 1u << PREFIX) || !identifier_find(c, &rec, &e))
		return e;
	if (!f)
		return fault(c, "cannotDisseminateFormat", "Ce format n'est pas proposé : voir ListMetadataFormats."), ERR_NONE;
	open_answer(c, true);
	buf_lit(c->b, "<GetRecord>\n");
	oai_record(c->b, &c->site, f, &rec);
	buf_lit(c->b, "</GetRecord>\n");
	return ERR_NONE;
}

/* What is asked from the start, as the token of a list that has sent nothing yet. */
static bool
list_start(struct call *c, struct oai_token *t)
{
	bool day_from = false, day_until = false;
	struct arena *a = c->r->arena;
	struct str from = c->args[FROM], until = c->args[UNTIL];
	if (!args_among(c, 1u << PREFIX | 1u << SET | 1u << FROM | 1u << UNTIL, 1u << PREFIX))
		return false;
	if ((from.n && !oai_date_valid(from, &day_from)) || (until.n && !oai_date_valid(until, &day_until)))
		return fault(c, "badArgument", "Une date n'est pas de la forme 2026-11-24 ou 2026-11-24T10:00:00Z.");
	if (from.n && until.n && day_from != day_until)
		return fault(c, "badArgument", "Les deux dates n'ont pas la même précision.");
	if (c->args[SET].n && !oai_set_valid(c->args[SET]))
		return fault(c, "badArgument", "Cet ensemble n'a pas la forme de ceux de ListSets.");
	if (!oai_format_of(c->args[PREFIX]))
		return fault(c, "cannotDisseminateFormat", "Ce format n'est pas proposé : voir ListMetadataFormats.");
	t->prefix = c->args[PREFIX];
	t->set = c->args[SET];
	t->from = day_from && from.n ? arena_fmt(a, "%.10sT00:00:00Z", from.p) : from;
	t->until = day_until && until.n ? arena_fmt(a, "%.10sT23:59:59Z", until.p) : until;
	if (t->from.n && t->until.n && memcmp(t->from.p, t->until.p, 20) > 0)
		return fault(c, "badArgument", "La date de début est après la date de fin.");
	return true;
}

/* What a set is a value of, as the lists have it: places of all types are one filter. */
static struct str
filter_of(struct str name)
{
	struct str scheme = { name.p, (size_t)((const char *)memchr(name.p, ':', name.n) - name.p) };
	for (size_t i = 0; i < 4; i++)
		if (str_eq(scheme, (const struct str[]){ STR("region"), STR("departement"), STR("collectivite"), STR("pays") }[i]))
			return STR("territoire");
	return scheme;
}

/* A set of several names, "type:outil.odd:4.odd:17", as a list with these filters: one of the values of each. */
static void
sets_of(struct arena *a, struct str set, struct record_query *q)
{
	size_t most = set.n / 4 + 1, n = 0; /* "a:b." */
	struct str *name = arena_array(a, struct str, most), *all = arena_array(a, struct str, most), *any = arena_array(a, struct str, most);
	while (n < most && oai_set_next(&set, &name[n]))
		n++;
	for (size_t i = 0; i < n; i++) {
		struct buf b;
		size_t values = 0;
		bool met = false;
		for (size_t k = 0; k < i; k++)
			met = met || str_eq(filter_of(name[k]), filter_of(name[i]));
		if (met)
			continue;
		buf_init(&b, a, 128);
		for (size_t k = i; k < n; k++)
			if (str_eq(filter_of(name[k]), filter_of(name[i]))) {
				if (values++)
					buf_char(&b, '.');
				buf_put(&b, name[k]);
			}
		if (values == 1)
			all[q->nall++] = name[i];
		else
			any[q->nany++] = buf_str(&b);
	}
	q->all = all;
	q->any = any;
}

static void
token_write(struct call *c, struct oai_token *t, const struct records *list, size_t shown)
{
	int64_t before = t->cursor;
	bool more = list->n > shown;
	if (!more && before == 0)
		return; /* the whole list in one answer */
	buf_lit(c->b, "<resumptionToken");
	if (t->total > 0)
		buf_fmt(c->b, " completeListSize=\"%lld\"", (long long)t->total);
	buf_fmt(c->b, " cursor=\"%lld\">", (long long)before);
	if (more) {
		t->datestamp = list->p[shown - 1].datestamp;
		t->id = list->p[shown - 1].id;
		t->cursor = before + (int64_t)shown;
		oai_token_write(c->b, t);
	}
	buf_lit(c->b, "</resumptionToken>\n");
}

static enum err
list_records(struct call *c, bool records)
{
	struct arena *a = c->r->arena;
	struct oai_token t = { .records = records };
	struct records list;
	enum err e;
	if (c->args[TOKEN].n) {
		if (!args_among(c, 1u << TOKEN, 1u << TOKEN))
			return ERR_NONE;
		if (!oai_token_read(c->args[TOKEN], &t) || t.records != records || !oai_format_of(t.prefix))
			return fault(c, "badResumptionToken", "Ce jeton n'est pas de ceux que nous donnons pour ce verbe."), ERR_NONE;
	} else if (!list_start(c, &t)) {
		return ERR_NONE;
	}
	struct record_query q = { .since = t.from, .until = t.until, .after_datestamp = t.datestamp, .after_id = t.id };
	sets_of(a, t.set, &q);
	/* The answer bears the date up to which it is complete: a harvester asks from there next time. */
	if ((e = record_settled(c->r->db, a, &c->moment)))
		return e;
	/* One more than a page: whether there is another is known without asking again. */
	if ((e = record_list(c->r->db, a, &q, PAGE + 1, &list)))
		return e;
	if (list.n == 0)
		return fault(c, "noRecordsMatch", "Aucune notice ne répond à cette demande."), ERR_NONE;
	if (t.cursor == 0 && list.n > PAGE) {
		struct str earliest;
		int64_t n;
		if ((e = record_count(c->r->db, a, &q, &n, &earliest)))
			return e;
		t.total = n > 0 ? n : 0;
	}
	const struct oai_format *f = oai_format_of(t.prefix);
	size_t shown = list.n > PAGE ? PAGE : list.n;
	open_answer(c, true);
	buf_fmt(c->b, "<%s>\n", records ? "ListRecords" : "ListIdentifiers");
	for (size_t i = 0; i < shown; i++)
		if (records)
			oai_record(c->b, &c->site, f, &list.p[i]);
		else
			oai_header(c->b, &c->site, &list.p[i]);
	token_write(c, &t, &list, shown);
	buf_fmt(c->b, "</%s>\n", records ? "ListRecords" : "ListIdentifiers");
	return ERR_NONE;
}

enum err
page_oai(struct req *r, struct resp *w)
{
	struct call c = { .r = r, .b = &w->body, .site = { r->base, domain_of(r->base) } };
	struct str verb;
	enum err e = ERR_NONE;
	if (args_read(&c)) {
		verb = c.args[VERB];
		if (str_eq(verb, STR("Identify")))
			e = identify(&c);
		else if (str_eq(verb, STR("ListMetadataFormats")))
			e = list_formats(&c);
		else if (str_eq(verb, STR("ListSets")))
			e = list_sets(&c);
		else if (str_eq(verb, STR("GetRecord")))
			e = get_record(&c);
		else if (str_eq(verb, STR("ListRecords")) || str_eq(verb, STR("ListIdentifiers")))
			e = list_records(&c, verb.n == 11);
		else
			fault(&c, "badVerb", "Ce verbe n'est pas de OAI-PMH 2.0.");
	}
	if (e)
		return e;
	if (c.fault) {
		open_answer(&c, strcmp(c.fault, "badVerb") != 0 && strcmp(c.fault, "badArgument") != 0);
		buf_fmt(c.b, "<error code=\"%s\">", c.fault);
		xml_text(c.b, str_of(c.why));
		buf_lit(c.b, "</error>\n");
	}
	buf_lit(c.b, "</OAI-PMH>\n");
	return ERR_NONE;
}
