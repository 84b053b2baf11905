/* /administration/espaces/{code}/apparence: colours that keep texts readable, a mark, an image. */
#include "page/admin_espace.h"
#include "text/colour.h"
#include "web/body.h"

enum { IMAGE_MAX = 512 * 1024 }; /* what every page of the espace carries is small */

#define INK "#17252a"
#define SECOND "#4a595d"
#define VISITED "#5d4480"

static const struct {
	const char *colour, *name;
	bool accent;
} texts[] = {
	{ INK, "le texte", true },
	{ SECOND, "le texte secondaire", false },
	{ VISITED, "les liens visités", false },
};

bool
admin_espace_colour(struct req *r, const char *field, struct str colour, bool accent)
{
	if (colour.n == 0)
		return true;
	if (!colour_valid(colour)) {
		form_fault(r, field, "Une couleur s’écrit avec un dièse et six chiffres ou lettres de a à f : #7fc4ee.");
		return false;
	}
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
		if (accent && !texts[i].accent)
			continue;
		/* Told rounded down: 4.49 is not 4.5. */
		int tenths = (int)(colour_contrast(colour, str_of(texts[i].colour)) * 10);
		if (tenths >= 45)
			continue;
		form_fault(r, field, "Sur cette couleur, %s n’a qu’un contraste de %d,%d ; il en faut 4,5 pour que tout le monde puisse le lire. Choisissez une couleur plus claire.",
		           texts[i].name, tenths / 10, tenths % 10);
		return false;
	}
	return true;
}

static enum err
show(struct req *r, struct resp *w, const struct espace *s)
{
	struct arena *a = r->arena;
	struct view_admin v = admin_espace_view(r, s, "apparence", "Apparence", "Trois couleurs et une marque. Une couleur sur laquelle un texte se lirait mal est refusée.");
	struct str here = admin_espace_path(a, s, "apparence");
	struct view_form_field f[4], file;
	struct view_form_option marks[] = { { .value = STR("lien"), .label = STR("Deux mondes, un lien") },
		                            { .value = STR("reseau"), .label = STR("Un réseau") },
		                            { .value = STR("chemin"), .label = STR("Un chemin par étapes") },
		                            { .value = STR("borne"), .label = STR("Une borne") } };

	f[0] = form_field(r, PARAMS_ADMIN_ESPACE_LOOK, "couleur", s->colour, "Le texte y est toujours en noir. Vide : le jaune du site.");
	f[1] = form_field(r, PARAMS_ADMIN_ESPACE_LOOK, "bande", s->band, "Celui de « Près de chez vous ». De jour seulement. Vide : celui du site.");
	f[2] = form_field(r, PARAMS_ADMIN_ESPACE_LOOK, "fond_pied", s->ground, "De jour seulement. Vide : celui du site.");
	f[3] = form_field(r, PARAMS_ADMIN_ESPACE_LOOK, "marque", s->mark, "Dessinée à côté de l’enseigne, aux couleurs de l’espace.");
	f[3].line = false;
	f[3].choices = f[3].group = true;
	struct str chosen = r->method == METHOD_POST && req_typed(r, "marque").n ? req_typed(r, "marque") : s->mark;
	form_options(r, &f[3], marks, sizeof(marks) / sizeof(*marks), &chosen, 1);
	file = form_field(r, PARAMS_ADMIN_ESPACE_LOOK, "fichier", STR_NONE, "PNG, JPEG ou WebP, à la place de la marque dessinée. Elle est montrée à 34 points de haut : 512 ko au plus.");
	file.accept = STR(".png,.jpg,.jpeg,.webp");
	if (s->may) {
		struct view_admin_form forms[3];
		size_t n = 0;
		forms[n++] = admin_form(r, "couleurs", STR("Couleurs et marque"), link_fmt(a, "%.*s", (int)here.n, here.p), 4, f, STR("Enregistrer"), "enregistrer");
		forms[n] = admin_form(r, "image", STR("Une image à vous"), link_fmt(a, "%.*s", (int)here.n, here.p), 1, &file, STR("Mettre cette image"), "image");
		forms[n].multipart = forms[n].second = true;
		n++;
		if (s->has_image) {
			forms[n] = admin_form(r, "oter", STR("Revenir à la marque dessinée"), link_fmt(a, "%.*s", (int)here.n, here.p), 0, NULL, STR("Ôter l’image"), "oter");
			forms[n++].second = true;
		}
		v.forms = admin_forms(a, n, forms);
	}
	return admin_send(r, w, &v);
}

static enum err
image_set(struct req *r, struct resp *w, const struct espace *s)
{
	struct media m;
	struct str why = STR_NONE;

	if (r->nfiles == 0) {
		form_fault(r, "fichier", "Choisissez une image.");
		w->status = 422;
		return show(r, w, s);
	}
	enum err e = media_check(r->arena, r->files[0].filename, r->files[0].bytes, &m);
	if (e && e != ERR_BAD_INPUT)
		return e;
	struct media_part part = e ? (struct media_part){ 0 } : m.small.bytes.n ? m.small : m.whole;
	if (e)
		form_fault(r, "fichier", "%.*s", (int)m.reason.n, m.reason.p);
	else if (!media_is_image(m.type))
		form_fault(r, "fichier", "Un document n’est pas une image : PNG, JPEG ou WebP.");
	else if (part.bytes.n > IMAGE_MAX)
		form_fault(r, "fichier", "Cette image pèse %zu ko : réduisez-la à 512 ko, chaque page la porte.", part.bytes.n / 1024);
	else {
		/* Scaled beside the whole, the small one keeps its proportions. */
		part.width = part.width ? part.width : m.whole.width;
		part.height = part.height ? part.height : m.whole.height;
		if ((e = espace_image_set(r->write, r->arena, actor_of(r)->id, s->id, &part, m.type, &why)))
			return e;
		if (admin_made(r, w, why, "fichier")) {
			admin_done(r, w, admin_espace_path(r->arena, s, "apparence"), "enregistre");
			return ERR_NONE;
		}
	}
	err_clear();
	w->status = 422;
	return show(r, w, s);
}

enum err
page_admin_espace_look(struct req *r, struct resp *w)
{
	struct espace s;
	struct str act = req_param(r, "act"), why = STR_NONE;
	enum err e = admin_espace_find(r, &s);

	if (e || r->method != METHOD_POST || r->refused)
		return e ? e : show(r, w, &s);
	if (str_eq(act, STR("image")))
		return image_set(r, w, &s);
	if (str_eq(act, STR("oter")))
		e = espace_image_set(r->write, r->arena, actor_of(r)->id, s.id, NULL, STR_NONE, &why);
	else {
		size_t before = r->nnotices;
		struct espace now = s;
		now.colour = req_param(r, "couleur");
		now.band = req_param(r, "bande");
		now.ground = req_param(r, "fond_pied");
		if (req_param(r, "marque").n)
			now.mark = req_param(r, "marque");
		if (act.n == 0)
			form_fault(r, "couleur", "Dites ce qu’il faut faire.");
		admin_espace_colour(r, "couleur", now.colour, true);
		admin_espace_colour(r, "bande", now.band, false);
		admin_espace_colour(r, "fond_pied", now.ground, false);
		if (r->nnotices > before) {
			w->status = 422;
			return show(r, w, &s);
		}
		e = espace_save(r->write, r->arena, actor_of(r)->id, &now, &why);
	}
	if (e)
		return e;
	if (!admin_made(r, w, why, "couleur"))
		return show(r, w, &s);
	admin_done(r, w, admin_espace_path(r->arena, &s, "apparence"), "enregistre");
	return ERR_NONE;
}
