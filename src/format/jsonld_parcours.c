/* A parcours: a Course, its steps in their order, how long it takes; and the list of them. */
#include "format/jsonld.h"
#include "format/uri.h"

/* What the list says of a course too. */
static void
course(const struct jsonld *d, struct json_out *j, struct str page, struct str title, struct str summary, struct str modified_at, struct str author)
{
	jsonld_pair(j, "@id", arena_fmt(d->r->arena, "%.*s#parcours", (int)page.n, page.p));
	jsonld_type(j, "Course");
	jsonld_pair(j, "name", title);
	jsonld_pair(j, "description", summary);
	jsonld_pair(j, "url", page);
	jsonld_pair(j, "inLanguage", STR("fr"));
	jsonld_pair(j, "license", STR("https://creativecommons.org/licenses/by-sa/4.0/"));
	jsonld_pair(j, "dateModified", modified_at);
	json_key(j, "isAccessibleForFree");
	json_bool(j, true);
	jsonld_organisation(j, "provider", "Organization", d->publisher.n ? d->publisher : STR("Catalyse"));
	jsonld_organisation(j, "author", "Person", author);
}

void
jsonld_parcours_list(const struct jsonld *d, struct buf *b, const struct paging *p, const struct parcours_cards *l)
{
	struct str base = d->r->base;
	struct json_out j = json_out(b);

	jsonld_list_begin(d, &j, p, l->total);
	for (size_t i = 0; i < l->n; i++) {
		const struct parcours_card *c = &l->p[i];
		jsonld_item_begin(&j, p->offset + (int64_t)i + 1);
		course(d, &j, arena_fmt(d->r->arena, "%.*s/parcours/%.*s", (int)base.n, base.p, (int)c->slug.n, c->slug.p), c->title, c->summary, c->modified_at, c->author);
		jsonld_item_end(&j);
	}
	jsonld_list_end(&j);
}

void
jsonld_parcours(const struct jsonld *d, struct buf *b, const struct parcours *p, int hours)
{
	struct arena *a = d->r->arena;
	struct str base = d->r->base, page = arena_fmt(a, "%.*s/parcours/%.*s", (int)base.n, base.p, (int)p->slug.n, p->slug.p);
	struct str id = arena_fmt(a, "%.*s#parcours", (int)page.n, page.p);
	struct json_out j = json_out(b);
	int64_t minutes = 0, position = 0;

	jsonld_begin(d, &j, "ItemPage", page);
	jsonld_page_end(&j, id);
	json_begin_object(&j);
	course(d, &j, page, p->title, p->summary, p->modified_at, p->author);
	jsonld_pair(&j, "teaches", p->aims);
	if (p->audience.n) {
		json_key(&j, "audience");
		json_begin_object(&j);
		jsonld_type(&j, "Audience");
		jsonld_pair(&j, "audienceType", p->audience);
		json_end(&j);
	}
	json_key(&j, "hasPart");
	json_begin_array(&j);
	for (size_t i = 0; i < p->n; i++) {
		const struct parcours_step *s = &p->steps[i];
		if (s->gone || s->since > hours)
			continue;
		minutes += s->minutes;
		json_begin_object(&j);
		jsonld_type(&j, "LearningResource");
		json_key(&j, "position");
		json_int(&j, ++position);
		jsonld_pair(&j, "name", s->title);
		jsonld_pair(&j, "url", s->sheet_id ? uri_sheet(a, base, s->sheet_id, s->sheet_slug) : arena_fmt(a, "%.*s?duree=%lld#etape-%.*s", (int)page.n, page.p, (long long)s->since, (int)s->code.n, s->code.p));
		jsonld_pair(&j, "timeRequired", arena_fmt(a, "PT%lldM", (long long)s->minutes));
		json_end(&j);
	}
	json_end(&j);
	json_key(&j, "hasCourseInstance");
	json_begin_object(&j);
	jsonld_type(&j, "CourseInstance");
	jsonld_pair(&j, "courseMode", STR("online"));
	jsonld_pair(&j, "courseWorkload", arena_fmt(a, "PT%lldM", (long long)minutes));
	json_end(&j);
	json_end(&j);
	jsonld_end(&j);
}
