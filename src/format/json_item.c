#include "format/json_item.h"
#include "format/json_list.h"
#include "format/uri.h"

#define PART(s, i, what) str_eq((s)->parts[i].part, STR(what))

static void
list_terms(struct json_out *j, const struct sheet *s, const char *key, const char *scheme)
{
	json_key(j, key);
	json_begin_array(j);
	for (size_t i = 0; i < s->nparts; i++)
		if (PART(s, i, "term") && str_eq(s->parts[i].scheme, str_of(scheme))) {
			json_begin_object(j);
			json_key(j, "code");
			json_str(j, s->parts[i].code);
			json_key(j, "libelle");
			json_str(j, s->parts[i].label);
			json_end(j);
		}
	json_end(j);
}

static void
put(struct json_out *j, const char *key, struct str value)
{
	json_key(j, key);
	json_str_or_null(j, value);
}

void
json_address(struct json_out *j, struct arena *a, struct str base, const char *key, struct url url, const char *suffix)
{
	json_key(j, key);
	if (url.n)
		json_str(j, arena_fmt(a, "%.*s%.*s%s", (int)base.n, base.p, (int)url.n, url.p, suffix));
	else
		json_null(j);
}

static void
pieces(struct json_out *j, struct arena *a, struct str base, const struct sheet *s)
{
	json_key(j, "pieces");
	json_begin_array(j);
	for (size_t i = 0; i < s->nparts; i++) {
		if (!PART(s, i, "attachment"))
			continue;
		struct attachment f = sheet_attachment(&s->parts[i]);
		json_begin_object(j);
		json_key(j, "id");
		json_int(j, f.id);
		json_address(j, a, base, "uri", attachment_url(a, s->id, f.id, f.hash, f.name), "");
		json_address(j, a, base, "apercu", f.small_hash.n ? attachment_url(a, s->id, f.id, f.small_hash, f.name) : (struct url){ NULL, 0 }, "");
		put(j, "intitule", f.label);
		put(j, "description", f.alt);
		put(j, "type", f.type);
		json_key(j, "octets");
		json_int(j, f.size);
		json_end(j);
	}
	json_end(j);
}

void
json_sheet(struct json_out *j, struct arena *a, struct str base, const struct sheet *s)
{
	static const char *const schemes[][2] = { { "themes", "theme" }, { "odd", "odd" }, { "pratiques", "pratique" },
		                                  { "parcours", "parcours" }, { "profils", "profil" }, { "dispositifs", "dispositif" } };
	struct str self = uri_sheet(a, base, s->id, s->slug);
	json_key(j, "id");
	json_int(j, s->id);
	put(j, "uri", self);
	put(j, "reference", s->ref);
	put(j, "type", s->type);
	put(j, "titre", s->title);
	put(j, "chapo", s->summary);
	json_key(j, "version");
	json_int(j, s->version);
	put(j, "etat", s->state);
	put(j, "preuve", str_of(SHEET_EVIDENCE_CODES[s->evidence]));
	put(j, "origine", s->origin);
	put(j, "cree_le", s->created_at);
	put(j, "modifie_le", s->modified_at);
	put(j, "verifie_le", s->verified_on);
	put(j, "licence", s->licence);
	put(j, "langue", s->language);
	put(j, "structure", s->structure);
	json_key(j, "auteurs");
	json_begin_array(j);
	for (size_t i = 0; i < s->nparts; i++)
		if (PART(s, i, "author"))
			json_str(j, sheet_author_name(&s->parts[i]));
	json_end(j);
	pieces(j, a, base, s);
	json_key(j, "rubriques");
	json_raw(j, s->sections_json);
	json_key(j, "territoires");
	json_begin_array(j);
	for (size_t i = 0; i < s->nparts; i++)
		if (PART(s, i, "place")) {
			struct place_ref p = { s->parts[i].scheme, s->parts[i].code, s->parts[i].slug, s->parts[i].label, s->parts[i].url };
			json_place(j, &p);
		}
	json_end(j);
	for (size_t i = 0; i < sizeof(schemes) / sizeof(*schemes); i++)
		list_terms(j, s, schemes[i][0], schemes[i][1]);
	json_key(j, "sources");
	json_begin_array(j);
	if (s->source_label.n) {
		json_begin_object(j);
		put(j, "titre", s->source_label);
		put(j, "url", s->source_url);
		put(j, "editeur", s->source_publisher);
		json_end(j);
	}
	for (size_t i = 0; i < s->nparts; i++)
		if (PART(s, i, "source")) {
			json_begin_object(j);
			put(j, "titre", s->parts[i].label);
			put(j, "url", s->parts[i].url);
			put(j, "editeur", s->parts[i].scheme);
			json_end(j);
		}
	json_end(j);
	json_key(j, "adoptions");
	json_begin_array(j);
	for (size_t i = 0; i < s->nparts; i++)
		if (PART(s, i, "adoption")) {
			const struct sheet_part *x = &s->parts[i];
			json_begin_object(j);
			put(j, "par", x->who);
			put(j, "resultat", x->origin);
			json_key(j, "territoire");
			json_place(j, &(struct place_ref){ x->scheme, x->code, x->slug, x->label, x->url });
			json_key(j, "annee");
			x->n ? json_int(j, x->n) : json_null(j);
			put(j, "recit", x->note);
			put(j, "declaree_le", x->date);
			json_end(j);
		}
	json_end(j);
	json_key(j, "inspire");
	json_begin_array(j);
	for (size_t i = 0; i < s->nparts; i++)
		if (PART(s, i, "derived"))
			json_int(j, s->parts[i].n);
	json_end(j);
	json_key(j, "s_inspire_de");
	json_begin_array(j);
	for (size_t i = 0; i < s->nparts; i++)
		if (PART(s, i, "link") && str_eq(s->parts[i].code, STR("inspire")))
			json_int(j, s->parts[i].n);
	json_end(j);
	json_key(j, "liens");
	json_begin_object(j);
	put(j, "self", arena_fmt(a, "%.*s.json", (int)self.n, self.p));
	put(j, "html", self);
	put(j, "versions", arena_fmt(a, "%.*s/fiches/%lld/historique", (int)base.n, base.p, (long long)s->id));
	put(j, "derniere", arena_fmt(a, "%.*s/fiches/%lld/v%lld", (int)base.n, base.p, (long long)s->id, (long long)s->version));
	json_end(j);
}

void
json_catalyst(struct json_out *j, struct arena *a, struct str base, const struct catalyst *c)
{
	json_key(j, "catalyseur");
	json_catalyst_card(j, a, base, &c->card);
	json_key(j, "territoires");
	json_begin_array(j);
	for (size_t i = 0; i < c->nparts; i++)
		if (PART(c, i, "area")) {
			struct place_ref p = { c->parts[i].scheme, c->parts[i].code, c->parts[i].slug, c->parts[i].label, STR_NONE };
			json_place(j, &p);
		}
	json_end(j);
	json_key(j, "termes");
	json_begin_array(j);
	for (size_t i = 0; i < c->nparts; i++)
		if (PART(c, i, "term")) {
			json_begin_object(j);
			json_key(j, "schema");
			json_str(j, c->parts[i].scheme);
			json_key(j, "code");
			json_str(j, c->parts[i].code);
			json_key(j, "libelle");
			json_str(j, c->parts[i].label);
			json_end(j);
		}
	json_end(j);
	json_key(j, "fiches");
	json_begin_array(j);
	for (size_t i = 0; i < c->nparts; i++)
		if (PART(c, i, "sheet"))
			json_int(j, c->parts[i].n);
	json_end(j);
}
