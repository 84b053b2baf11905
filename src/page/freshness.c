/*
 * /fiches/{id}/confirmer: is it still right? The link that those who hold a sheet receive when nobody verified it for a year; or by
 * whoever is signed in and holds or reviews it. Looking changes nothing; "verified on" is set by this button and by reviews only.
 */
#include "model/freshness.h"
#include "page/follow.h"

static const char PURPOSE[] = "fraicheur";

enum err
page_freshness(struct req *r, struct resp *w)
{
	struct arena *a = r->arena;
	struct sheet_status s;
	struct follow_actor who;
	struct str fault = STR_NONE, act = req_param(r, "choix"), why = req_param(r, "motif"), done = req_param(r, "fait");
	bool writes, reviews;
	enum err e = follow_sheet(r, &s);

	if (e || (e = follow_actor(r, PURPOSE, s.id, &who)) || (e = follow_rights(r->write, a, who.id, s.id, &writes, &reviews)))
		return e;
	if (!writes && !reviews)
		return ERR_FORBIDDEN;
	if (r->method == METHOD_POST && !r->refused && act.n) {
		if ((e = freshness_answer(r->write, a, who.id, s.id, act, why, &fault)))
			return e;
		if (fault.n == 0) {
			struct str link = who.link.n ? arena_fmt(a, "&lien=%.*s", (int)who.link.n, who.link.p) : STR_NONE;
			if (str_eq(act, STR("archiver")))
				resp_redirect(w, 303, arena_fmt(a, "%.*s", (int)link_sheet(a, s.id, s.slug).n, link_sheet(a, s.id, s.slug).p));
			else if (str_eq(act, STR("corriger")))
				resp_redirect(w, 303, arena_fmt(a, "/fiches/%lld/modifier", (long long)s.id));
			else
				resp_redirect(w, 303, arena_fmt(a, "/fiches/%lld/confirmer?fait=verifiee%.*s", (long long)s.id, (int)link.n, link.p));
			return ERR_NONE;
		}
		if (str_eq(fault, STR("motif")))
			form_fault(r, "motif", "Dites en une phrase pourquoi elle est archivée : les lecteurs la liront.");
		w->status = str_eq(fault, STR("motif")) ? 422 : 409;
	}
	struct view_follow v = follow_view(r, &s, STR("Cette fiche est-elle toujours exacte ?"));
	struct view_form_pair *kept = arena_array(a, struct view_form_pair, 1);
	struct view_form_field *field = arena_array(a, struct view_form_field, 1);
	struct view_follow_button *b = arena_array(a, struct view_follow_button, 3);
	struct view_link *links = arena_array(a, struct view_link, 2);
	struct str *notes = arena_array(a, struct str, 3);
	struct view_date verified = words_date(a, s.verified_on, true), modified = words_date(a, s.modified_at, true);
	static const char *const values[][2] = { { "verifier", "Toujours exacte" }, { "corriger", "À corriger" }, { "archiver", "Archiver" } };
	size_t first = 0;

	if (str_eq(done, STR("verifiee")))
		v.done = STR("Merci : la fiche dit maintenant qu’elle a été vérifiée aujourd’hui.");
	else if (w->status == 409)
		v.trouble = STR("La fiche a changé d’état entre-temps : ce geste n’est plus possible.");
	v.lead = verified.text.n ? arena_fmt(a, "Elle a été vérifiée le %.*s. Relisez-la, puis dites ce qu’il en est.", (int)verified.text.n, verified.text.p)
	                         : arena_fmt(a, "Personne ne l’a vérifiée depuis sa publication, et elle a changé le %.*s. Relisez-la, puis dites ce qu’il en est.",
	                                     (int)modified.text.n, modified.text.p);
	for (size_t i = 0; i < 3; i++)
		if (str_eq(act, str_of(values[i][0])))
			first = i;
	for (size_t i = 0, n = 0; i < 3; i++) /* the one that was chosen in the mail comes first */
		b[i == first ? 0 : ++n] = (struct view_follow_button){ str_of(values[i][0]), str_of(values[i][1]), i != first };
	field[0] = form_field(r, r->route->params, "motif", STR_NONE, "Pour archiver seulement.");
	field[0].rows = 3;
	kept[0] = (struct view_form_pair){ STR("lien"), who.link };
	v.action = follow_link(a, s.id, "confirmer");
	v.hidden = form_hidden(r, true);
	v.kept = (struct view_form_pairs){ kept, who.link.n ? 1 : 0 };
	v.fields = (struct view_form_fields){ field, 1 };
	v.buttons = (struct view_follow_buttons){ b, 3 };
	v.note_title = STR("Ce que fait chaque bouton");
	notes[0] = STR("« Toujours exacte » : la fiche porte la date d’aujourd’hui. Son texte ne change pas.");
	notes[1] = STR("« À corriger » : vous êtes conduit au texte, et laissé tranquille un mois.");
	notes[2] = STR("« Archiver » : elle reste lisible à son adresse, mais n’est plus proposée.");
	v.notes = (struct view_strs){ notes, 3 };
	links[0] = (struct view_link){ STR("Relire la fiche"), link_sheet(a, s.id, s.slug) };
	links[1] = (struct view_link){ STR("Corrections proposées par les lecteurs"), follow_link(a, s.id, "suggestions") };
	v.links = (struct view_links){ links, 2 };
	return follow_send(r, w, &v);
}
