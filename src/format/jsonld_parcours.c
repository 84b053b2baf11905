/* A parcours: a Course, its steps in their order, how long it takes. */
#include "format/jsonld.h"
#include "format/uri.h"

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
	jsonld_pair(&j, "@id", id);
	jsonld_type(&j, "Course");
	jsonld_pair(&j, "name", p->title);
	jsonld_pair(&j, "description", p->summary);
	jsonld_pair(&j, "url", page);
	jsonld_pair(&j, "inLanguage", STR("fr"));
	jsonld_pair(&j, "license", STR("https://creativecommons.org/licenses/by-sa/4.0/"));
	jsonld_pair(&j, "dateModified", p->modified_at);
	jsonld_pair(&j, "teaches", p->aims);
	json_key(&j, "isAccessibleForFree");
	json_bool(&j, true);
	if (p->audience.n) {
		json_key(&j, "audience");
		json_begin_object(&j);
		jsonld_type(&j, "Audience");
		jsonld_pair(&j, "audienceType", p->audience);
		json_end(&j);
	}
	jsonld_organisation(&j, "provider", "Organization", d->publisher.n ? d->publisher : STR("Catalyse"));
	jsonld_organisation(&j, "author", "Person", p->author);
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
