/* /administration/journal: decisions, searched; in JSON, and as a table for a spreadsheet. */
#include "model/journal.h"
#include "page/admin.h"
#include "text/csv.h"
#include "text/json_out.h"
#include "web/accept.h"

#include <stdio.h>

enum { TABLE_MOST = 10000, TABLE_BYTES = 5 << 18 }; /* of a table: lines, and bytes of their words, so that a request's memory holds it twice */

static const struct {
	const char *code, *says;
} words[] = {
	{ "importer", "importe" }, { "publier", "publie" }, { "soumettre", "envoie à la relecture" }, { "prendre", "prend en relecture" }, { "rendre", "laisse à d’autres" },
	{ "demander", "demande des changements" }, { "refuser", "refuse" }, { "contester", "demande un nouvel examen" }, { "reprendre", "reprend le brouillon" },
	{ "modifier", "modifie" }, { "abandonner", "abandonne ses changements" }, { "verifier", "confirme que c’est exact" }, { "signaler", "signale à vérifier" },
	{ "archiver", "archive" }, { "retirer", "retire" }, { "retablir", "rétablit" }, { "fusionner", "fusionne" },
	{ "terme_ajoute", "ajoute le terme" }, { "terme_change", "change le terme" }, { "terme_deplace", "déplace le terme" }, { "terme_remplace", "remplace le terme" },
	{ "terme_supprime", "supprime le terme" }, { "theme_objectifs", "change les objectifs de" }, { "ressource_ajoutee", "ajoute la ressource" },
	{ "ressource_changee", "change la ressource" }, { "texte_change", "change le texte" }, { "espace_ajoute", "ouvre l’espace" }, { "espace_change", "change l’espace" }, { "espace_placer", "place une fiche dans" },
	{ "espace_retirer", "retire une fiche de" }, { "espace_monter", "monte une fiche dans" }, { "espace_descendre", "descend une fiche dans" },
	{ "rendez_vous_ajoute", "annonce le rendez-vous" }, { "rendez_vous_change", "change le rendez-vous" }, { "rendez_vous_annule", "annule le rendez-vous" },
	{ "rendez_vous_reporte", "reporte le rendez-vous" }, { "rendez_vous_retabli", "rétablit le rendez-vous" }, { "rendez_vous_supprime", "supprime le rendez-vous" },
	{ "rendez_vous_lie", "complète le rendez-vous" }, { "rendez_vous_delie", "retire quelque chose du rendez-vous" }, { "serie_changee", "change la série" },
	{ "serie_supprimee", "supprime la série" },
	{ "espace_defaut", "fait l’espace par défaut de" }, { "espace_regle", "change la règle de" }, { "espace_logo_mis", "met une image à" },
	{ "espace_logo_ote", "ôte l’image de" }, { "espace_lien_ajouter", "ajoute un lien à" }, { "espace_lien_changer", "change un lien de" },
	{ "espace_lien_monter", "monte un lien de" }, { "espace_lien_descendre", "descend un lien de" }, { "espace_lien_retirer", "retire un lien de" },
	{ "espace_bloc_ajouter", "ajoute un bloc à" }, { "espace_bloc_changer", "change un bloc de" }, { "espace_bloc_monter", "monte un bloc de" },
	{ "espace_bloc_descendre", "descend un bloc de" }, { "espace_bloc_retirer", "retire un bloc de" }, { "espace_texte_adapter", "adapte une fiche dans" },
	{ "espace_texte_garder", "garde une adaptation dans" }, { "espace_texte_reprendre", "reprend le texte commun dans" },
	{ "role_donne", "donne un rôle à" }, { "role_retire", "retire un rôle à" }, { "compte_cree", "ouvre le compte" }, { "compte_suspendu", "suspend le compte" },
	{ "compte_rendu", "rétablit le compte" }, { "mot_de_passe_change", "change le mot de passe de" }, { "sessions_fermees", "ferme les sessions de" },
	{ "chiffres_importes", "importe des chiffres" }, { "chiffre_retire", "retire un chiffre de" }, { "indicateur_cache", "cache la question" }, { "indicateur_montre", "montre la question" },
	{ "parcours_commence", "commence le parcours" }, { "parcours_soumis", "envoie à la relecture" }, { "parcours_repris", "reprend" }, { "parcours_rouvert", "modifie" },
	{ "parcours_publie", "publie" }, { "parcours_refuse", "renvoie avec une raison" }, { "parcours_retire", "retire" }, { "parcours_retabli", "remet en ligne" },
	{ "second_facteur_mis", "met en place son second facteur" }, { "second_facteur_ote", "ôte son second facteur" }, { "code_de_secours", "entre par un code de secours" },
};

/* A word of the journal as it reads; one that this table does not know is shown as it is. */
static struct str
word_of(struct arena *a, struct str code)
{
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (str_eq(code, str_of(words[i].code)))
			return str_of(words[i].says);
	char *z = arena_cstr(a, code);
	for (char *p = z; *p; p++)
		*p = *p == '_' ? ' ' : *p;
	return str_of(z);
}

/* What stands between a word and its object: "à", "de" and "dans" go straight on. */
static const char *
joint(struct str word)
{
	static const char *const ends[] = { " à", " de", " dans" };

	for (size_t i = 0; i < 3; i++) {
		struct str end = str_of(ends[i]);
		if (word.n > end.n && memcmp(word.p + word.n - end.n, end.p, end.n) == 0)
			return " ";
	}
	return " : ";
}

static struct view_form_field
list_field(struct req *r, const char *name, const struct str *values, size_t n, bool worded)
{
	struct arena *a = r->arena;
	struct view_form_option *o = arena_array(a, struct view_form_option, n + 1);
	struct view_form_field f = form_field(r, PARAMS_ADMIN_JOURNAL, name, STR_NONE, NULL);
	struct str chosen = req_param(r, name);

	o[0].label = STR("Tous");
	for (size_t i = 0; i < n; i++)
		o[i + 1] = (struct view_form_option){ .value = values[i], .label = worded ? word_of(a, values[i]) : values[i] };
	f.select = true;
	form_options(r, &f, o, n + 1, &chosen, 1);
	return f;
}

static struct url
object_url(struct arena *a, const struct journal_line *l)
{
	if (!l->object_id || !l->object_name.n)
		return (struct url){ NULL, 0 };
	if (str_eq(l->object, STR("fiche")))
		return link_fmt(a, "/fiches/%lld", (long long)l->object_id);
	if (str_eq(l->object, STR("terme")))
		return link_fmt(a, "/administration/termes/%lld", (long long)l->object_id);
	if (str_eq(l->object, STR("compte")))
		return link_fmt(a, "/administration/comptes/%lld", (long long)l->object_id);
	return (struct url){ NULL, 0 };
}

static struct url
before_url(struct req *r, const char *path, int64_t before)
{
	return link_list(r, str_of(path), (struct param){ STR("verifier"), STR_NONE }, (struct param){ STR("avant"), arena_fmt(r->arena, "%lld", (long long)before) });
}

/* How many of the lines make a table of a bearable size: one at least, the rest by its Link. */
static size_t
fitting(const struct journal_lines *l, size_t n)
{
	size_t bytes = 0, i = 0;

	for (; i < n && (i == 0 || bytes < TABLE_BYTES); i++)
		bytes += 120 + l->p[i].name.n + l->p[i].object_name.n + l->p[i].reason.n + l->p[i].detail.n;
	return i;
}

static void
send_csv(struct req *r, struct resp *w, const struct journal_lines *l)
{
	struct csv_out o = { .b = &w->body, .separator = ';' };
	static const char *const names[] = { "ligne", "date", "personne_numero", "personne", "action", "objet", "objet_numero", "objet_nom", "motif", "detail", "scellee" };

	buf_init(&w->body, r->arena, 65536 + 2 * TABLE_BYTES);
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		csv_cell(&o, str_of(names[i]));
	csv_end_row(&o);
	for (size_t i = 0; i < l->n; i++) {
		const struct journal_line *x = &l->p[i];
		csv_cell_int(&o, x->id);
		csv_cell(&o, x->at);
		csv_cell(&o, x->actor ? arena_fmt(r->arena, "%lld", (long long)x->actor) : STR_NONE);
		csv_cell(&o, x->name);
		csv_cell(&o, x->action);
		csv_cell(&o, x->object);
		csv_cell(&o, x->object_id ? arena_fmt(r->arena, "%lld", (long long)x->object_id) : STR_NONE);
		csv_cell(&o, x->object_name);
		csv_cell(&o, x->reason);
		csv_cell(&o, x->detail);
		csv_cell(&o, x->sealed ? STR("oui") : STR("non"));
		csv_end_row(&o);
	}
	w->content_type = str_of(format_type(FORMAT_CSV));
	resp_header(w, "Content-Disposition", STR("attachment; filename=\"journal.csv\""));
}

static void
send_json(struct req *r, struct resp *w, const struct journal_lines *l, size_t shown)
{
	buf_init(&w->body, r->arena, 32768);
	struct json_out j = json_out(&w->body);

	json_begin_object(&j);
	json_key(&j, "suite"), json_str_or_null(&j, l->n > shown ? arena_fmt(r->arena, "%lld", (long long)l->p[shown - 1].id) : STR_NONE);
	json_key(&j, "elements"), json_begin_array(&j);
	for (size_t i = 0; i < shown; i++) {
		const struct journal_line *x = &l->p[i];
		json_begin_object(&j);
		json_key(&j, "ligne"), json_int(&j, x->id);
		json_key(&j, "date"), json_str(&j, x->at);
		json_key(&j, "personne");
		if (x->actor)
			json_int(&j, x->actor);
		else
			json_null(&j);
		json_key(&j, "nom"), json_str_or_null(&j, x->name);
		json_key(&j, "action"), json_str(&j, x->action);
		json_key(&j, "objet"), json_str(&j, x->object);
		json_key(&j, "numero");
		if (x->object_id)
			json_int(&j, x->object_id);
		else
			json_null(&j);
		json_key(&j, "motif"), json_str(&j, x->reason);
		json_key(&j, "detail"), json_raw(&j, x->detail);
		json_key(&j, "scellee"), json_bool(&j, x->sealed);
		json_end(&j);
	}
	json_end(&j);
	json_end(&j);
	w->content_type = str_of(format_type(FORMAT_JSON));
}

static enum err
verify(struct req *r, struct view_admin *v)
{
	int64_t broken, lines;
	enum err e = journal_whole(r->write, r->arena, &broken, &lines);

	if (e)
		return e;
	struct str n = words_number(r->arena, lines);
	if (broken)
		v->warn = arena_fmt(r->arena, "Le journal n’est pas intact : le sceau de la ligne %lld ne tient pas. Prévenez l’exploitant du site, et gardez-en une copie.", (long long)broken);
	else
		v->done = arena_fmt(r->arena, "Le journal est intact : les sceaux de ses %.*s lignes tiennent tous, de la première à la dernière.", (int)n.n, n.p);
	return ERR_NONE;
}

enum err
page_admin_journal(struct req *r, struct resp *w)
{
	struct arena *a = r->arena;
	struct journal_query q = { .object = req_param(r, "objet"), .person = req_param(r, "personne"), .action = req_param(r, "action"), .since = req_param(r, "depuis"),
		                   .until = req_param(r, "jusqu"), .number = admin_int(r, "numero"), .before = admin_int(r, "avant"),
		                   .most = r->format == FORMAT_CSV ? TABLE_MOST + 1 : ADMIN_PAGE + 1 };
	struct journal_lines l;
	struct journal_words known;
	enum err e = journal_list(r->write, a, &q, &l);

	if (e)
		return e;
	size_t shown = l.n < (size_t)q.most ? l.n : (size_t)q.most - 1;
	if (r->format == FORMAT_CSV || r->format == FORMAT_JSON) {
		bool csv = r->format == FORMAT_CSV;
		if (csv)
			shown = fitting(&l, shown);
		if (l.n > shown) {
			struct url next = before_url(r, csv ? "/administration/journal.csv" : "/administration/journal.json", l.p[shown - 1].id);
			resp_link(w, (struct str){ next.p, next.n }, "next", STR_NONE);
		}
		if (csv)
			send_csv(r, w, &(struct journal_lines){ l.p, shown });
		else
			send_json(r, w, &l, shown);
		return ERR_NONE;
	}
	if ((e = journal_words(r->write, a, &known)))
		return e;
	struct view_admin v = admin_view(r, "/administration/journal", STR("Journal"),
	                                 "Chaque décision, par qui, quand et pourquoi. Une ligne écrite ne change plus : chacune est scellée sur la précédente.", false);
	if (req_param(r, "verifier").n && (e = verify(r, &v)))
		return e;
	struct view_form_field f[] = { list_field(r, "objet", known.objects, known.nobjects, false), form_field(r, PARAMS_ADMIN_JOURNAL, "numero", req_param(r, "numero"), NULL),
		                       form_field(r, PARAMS_ADMIN_JOURNAL, "personne", q.person, NULL), list_field(r, "action", known.actions, known.nactions, true),
		                       form_field(r, PARAMS_ADMIN_JOURNAL, "depuis", q.since, NULL), form_field(r, PARAMS_ADMIN_JOURNAL, "jusqu", q.until, NULL) };
	f[1].type = STR("number");
	v.search = admin_form(r, "chercher", STR_NONE, link_fmt(a, "/administration/journal"), 6, f, STR("Chercher"), NULL);
	v.caption = STR("Lignes du journal, les dernières d’abord");
	v.empty = STR("Aucune ligne ne répond à cette recherche.");
	v.heads = admin_heads(a, 5, (struct view_admin_head[]){ { STR("Quand"), false }, { STR("Qui"), false }, { STR("Quoi"), false }, { STR("Motif"), false }, { STR("Ligne"), true } });
	struct view_admin_row *rows = arena_array(a, struct view_admin_row, shown + 1);
	for (size_t i = 0; i < shown; i++) {
		const struct journal_line *x = &l.p[i];
		struct str word = word_of(a, x->action), number = x->object_id ? arena_fmt(a, "n° %lld", (long long)x->object_id) : STR_NONE;
		struct view_admin_cell who = admin_text(x->actor ? x->name.n ? x->name : STR("contributeur supprimé") : STR("la plateforme")), what = { 0 }, line = admin_number(a, x->id);
		if (x->actor)
			who.url = link_fmt(a, "/administration/comptes/%lld", (long long)x->actor);
		what = admin_link(arena_fmt(a, "%.*s%s%.*s", (int)word.n, word.p, x->object_name.n || number.n ? joint(word) : "", (int)(x->object_name.n ? x->object_name.n : number.n),
		                            x->object_name.n ? x->object_name.p : number.p),
		                  object_url(a, x));
		what.note = arena_fmt(a, "%.*s%s%.*s%s%.*s", (int)x->object.n, x->object.p, number.n ? " " : "", (int)number.n, number.p, x->detail.n > 2 ? " · " : "",
		                      (int)(x->detail.n > 2 ? x->detail.n : 0), x->detail.p);
		if (!x->sealed)
			line.note = STR("sans sceau");
		rows[i] = admin_row(a, &v.heads, admin_text(admin_when(a, x->at)), 4, (struct view_admin_cell[]){ who, what, admin_text(x->reason), line });
	}
	v.rows = (struct view_admin_rows){ rows, shown };
	if (l.n > shown || q.before) {
		v.paging.label = STR("Cinquante lignes par page");
		if (q.before)
			v.paging.prev = link_list(r, STR("/administration/journal"), (struct param){ STR("avant"), STR_NONE }, (struct param){ STR_NONE, STR_NONE });
		if (l.n > shown)
			v.paging.next = before_url(r, "/administration/journal", l.p[shown - 1].id);
		v.paging.nofollow = true;
	}
	struct view_link more[] = { { STR("Vérifier que le journal est intact"), link_fmt(a, "/administration/journal?verifier=1") },
		                    { STR("Ces lignes pour un tableur (CSV)"), link_list(r, STR("/administration/journal.csv"), (struct param){ STR("verifier"), STR_NONE }, (struct param){ STR_NONE, STR_NONE }) } };
	v.links = (struct view_links){ more, 2 };
	return admin_send(r, w, &v);
}
