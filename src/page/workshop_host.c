/* /ateliers, /ateliers/{id}: who hosts opens a session, gives its code, hides what should not be there, ends it, brings back what was written without a network. */
#include "crypt/token.h"
#include "page/admin.h"
#include "page/workshop.h"
#include "page/write.h"
#include "text/csv.h"
#include "text/json_out.h"
#include "web/body.h"

enum { HOST_ROWS = 300 };

static const struct {
	const char *code, *says;
} done_words[] = {
	{ "ouvert", "L’atelier est ouvert : donnez son code." },
	{ "ferme", "L’atelier est fini. Chacun garde son lien." },
	{ "rouvert", "L’atelier est rouvert pour deux heures." },
	{ "masque", "Cette contribution n’est plus au tableau." },
	{ "montre", "Cette contribution est de nouveau au tableau." },
};

static struct view_admin
frame(struct req *r, struct str title, const char *lead, bool under)
{
	struct arena *a = r->arena;
	struct view_link trail[] = { { STR("Mes ateliers"), under ? link_fmt(a, "/ateliers") : (struct url){ NULL, 0 } }, { title, { NULL, 0 } } };
	struct view_admin v = { .title = title, .lead = str_of(lead), .crumbs = crumbs(a, under ? 2 : 1, trail) };

	for (size_t i = 0; i < sizeof done_words / sizeof *done_words; i++)
		if (r->method != METHOD_POST && str_eq(req_param(r, "fait"), str_of(done_words[i].code)))
			v.done = str_of(done_words[i].says);
	return v;
}

static enum err
list_show(struct req *r, struct resp *w)
{
	struct arena *a = r->arena;
	struct view_admin v = frame(r, STR("Mes ateliers"), "Écrire à plusieurs, en même temps, sans compte : un code à donner, un tableau qui se remplit, et des brouillons que chacun reprend ensuite.", false);
	struct workshops l;
	enum err e = workshop_list(r->write, a, actor_of(r)->id, &l);

	if (e)
		return e;
	struct view_form_field f[4] = { form_field(r, PARAMS_WORKSHOPS, "titre", STR_NONE, "Ce que l’on lira en haut du tableau."),
		                        form_field(r, PARAMS_WORKSHOPS, "territoire", STR_NONE, "Une commune, un EPCI, un département, une région : les brouillons y seront rattachés."),
		                        form_field(r, PARAMS_WORKSHOPS, "consigne", STR_NONE, "Facultatif. Ce que vous demandez d’écrire, en deux phrases."),
		                        form_field(r, PARAMS_WORKSHOPS, "heures", STR("3"), "En heures, 72 au plus. Vous pourrez finir plus tôt.") };
	f[0].required = f[1].required = true;
	f[1].suggest = STR("territoires");
	f[2].rows = 3;
	struct view_admin_form form = admin_form(r, "ouvrir", STR("Ouvrir un atelier"), link_fmt(a, "/ateliers"), 4, f, STR("Ouvrir"), NULL);
	v.forms = admin_forms(a, 1, &form);
	v.caption = STR("Les ateliers que vous avez ouverts");
	v.count = words_count(a, (int64_t)l.n, "atelier", "ateliers");
	v.empty = STR("Aucun atelier encore.");
	v.heads = admin_heads(a, 5, (struct view_admin_head[]){ { STR("Atelier"), false }, { STR("Code"), false }, { STR("Territoire"), false }, { STR("Contributions"), true }, { STR("Reprises"), true } });
	struct view_admin_row *rows = arena_array(a, struct view_admin_row, l.n + 1);
	for (size_t i = 0; i < l.n; i++) {
		const struct workshop *x = &l.p[i];
		struct view_admin_cell first = admin_link(x->title, link_fmt(a, "/ateliers/%lld", (long long)x->id));
		first.note = x->open ? STR("ouvert") : admin_when(a, x->opened_at);
		rows[i] = admin_row(a, &v.heads, first, 4, (struct view_admin_cell[]){ admin_text(x->code), admin_text(x->place), admin_number(a, x->notes), admin_number(a, x->claimed) });
		rows[i].faded = !x->open;
	}
	v.rows = (struct view_admin_rows){ rows, l.n };
	return admin_send(r, w, &v);
}

enum err
page_workshops(struct req *r, struct resp *w)
{
	struct str title = req_param(r, "titre"), typed = req_param(r, "territoire"), place = STR_NONE;
	struct territory_refs choices = { 0 };
	struct workshop s;
	int64_t hours = admin_int(r, "heures");
	enum err e;

	if (r->method != METHOD_POST)
		return list_show(r, w);
	if (!title.n && !req_typed(r, "titre").n)
		form_fault(r, "titre", "Donnez un titre à cet atelier.");
	if (!typed.n)
		form_fault(r, "territoire", "Dites sur quel territoire : les brouillons y seront rattachés.");
	else if ((e = write_place_find(r, typed, &place, &choices)))
		return e;
	else if (!place.n)
		form_fault(r, "territoire", choices.n ? "Plusieurs territoires ont ce nom : ajoutez le numéro du département, « Saint-Benoît (974) »." : "Aucun territoire n’a ce nom.");
	if (r->refused || r->nnotices) {
		w->status = 422;
		return list_show(r, w);
	}
	if ((e = workshop_open(r->write, r->arena, actor_of(r)->id, title, req_param(r, "consigne"), place, hours ? hours : 3, &s)))
		return e;
	resp_redirect(w, 303, arena_fmt(r->arena, "/ateliers/%lld?fait=ouvert", (long long)s.id));
	return ERR_NONE;
}

static enum err
notes_csv(struct req *r, struct resp *w, const struct workshop *s, const struct workshop_notes *l)
{
	struct csv_out o = { .b = &w->body, .separator = ';' };
	static const char *const names[] = { "id", "ecrit_le", "type", "titre", "chapo", "nom", "reprise", "masquee", "hors_ligne" };

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		csv_cell(&o, str_of(names[i]));
	csv_end_row(&o);
	for (size_t i = l->n; i-- > 0;) {
		const struct workshop_note *n = &l->p[i];
		csv_cell_int(&o, n->id);
		csv_cell(&o, n->written_at);
		csv_cell(&o, n->type);
		csv_cell(&o, n->title);
		csv_cell(&o, n->summary);
		csv_cell(&o, n->name);
		csv_cell(&o, n->claimed ? STR("oui") : STR("non"));
		csv_cell(&o, n->hidden ? STR("oui") : STR("non"));
		csv_cell(&o, n->offline ? STR("oui") : STR("non"));
		csv_end_row(&o);
	}
	resp_header(w, "Content-Disposition", arena_fmt(r->arena, "attachment; filename=\"atelier-%.*s.csv\"", (int)s->code.n, s->code.p));
	return ERR_NONE;
}

static void
notes_json(struct resp *w, const struct workshop *s, const struct workshop_notes *l)
{
	struct json_out j = json_out(&w->body);

	json_begin_object(&j);
	json_key(&j, "code"), json_str(&j, s->code);
	json_key(&j, "titre"), json_str(&j, s->title);
	json_key(&j, "total"), json_int(&j, s->notes);
	json_key(&j, "reprises"), json_int(&j, s->claimed);
	json_key(&j, "contributions"), json_begin_array(&j);
	for (size_t i = l->n; i-- > 0;) {
		const struct workshop_note *n = &l->p[i];
		json_begin_object(&j);
		json_key(&j, "id"), json_int(&j, n->id);
		json_key(&j, "ecrit_le"), json_str(&j, n->written_at);
		json_key(&j, "type"), json_str(&j, n->type);
		json_key(&j, "titre"), json_str(&j, n->title);
		json_key(&j, "chapo"), json_str(&j, n->summary);
		json_key(&j, "nom"), json_str_or_null(&j, n->name);
		json_key(&j, "reprise"), json_bool(&j, n->claimed);
		json_key(&j, "masquee"), json_bool(&j, n->hidden);
		json_key(&j, "hors_ligne"), json_bool(&j, n->offline);
		json_end(&j);
	}
	json_end(&j);
	json_end(&j);
}

static enum err
host_show(struct req *r, struct resp *w, const struct workshop *s, struct str said)
{
	struct arena *a = r->arena;
	struct url here = link_fmt(a, "/ateliers/%lld", (long long)s->id);
	struct view_admin v = frame(r, s->title, "", true);
	struct workshop_notes l;
	enum err e = workshop_notes(r->write, a, s->id, 0, true, &l);

	if (e)
		return e;
	if (r->format == FORMAT_CSV)
		return notes_csv(r, w, s, &l);
	if (r->format == FORMAT_JSON) {
		notes_json(w, s, &l);
		return ERR_NONE;
	}
	if (said.n)
		v.done = said;
	struct str where = workshop_address(r, "/atelier");
	v.lead = s->open ? arena_fmt(a, "Les participants vont à %.*s et tapent %.*s. L’atelier finit à %.*s, heure de Paris.", (int)where.n, where.p, (int)s->code.n, s->code.p, (int)s->closes_hour.n, s->closes_hour.p)
	                 : STR("Cet atelier est fini.");
	struct view_form_field file = form_field(r, PARAMS_WORKSHOP_HOST, "fichier", STR_NONE, "Celui que le formulaire hors ligne a enregistré, 256 Kio au plus. Rapporté deux fois, il ne compte qu’une.");
	file.accept = STR(".json");
	struct view_admin_form forms[2] = { admin_form(r, "finir", s->open ? STR("Finir l’atelier") : STR("Rouvrir deux heures"), here, 0, NULL, s->open ? STR("Finir maintenant") : STR("Rouvrir"), s->open ? "fermer" : "rouvrir"),
		                            admin_form(r, "apporter", STR("Rapporter ce qui a été écrit sans réseau"), here, 1, &file, STR("Rapporter"), "apporter") };
	forms[0].second = true;
	forms[1].multipart = true;
	forms[1].second = true;
	v.after = admin_forms(a, 2, forms);
	v.caption = STR("Ce qui a été écrit");
	v.count = arena_fmt(a, "%lld contribution%s au tableau, %lld reprise%s", (long long)s->notes, s->notes > 1 ? "s" : "", (long long)s->claimed, s->claimed > 1 ? "s" : "");
	v.empty = STR("Rien encore.");
	v.heads = admin_heads(a, 4, (struct view_admin_head[]){ { STR("Contribution"), false }, { STR("Par"), false }, { STR("Reprise"), false }, { STR("Geste"), false } });
	size_t shown = l.n < HOST_ROWS ? l.n : HOST_ROWS; /* the last ones; the table to take away has them all */
	struct view_admin_row *rows = arena_array(a, struct view_admin_row, shown + 1);
	for (size_t i = 0; i < shown; i++) {
		const struct workshop_note *n = &l.p[i];
		struct view_admin_cell first = admin_text(n->title), by = admin_text(n->name.n ? n->name : STR("Anonyme")), act = { 0 };
		struct view_form_pair kept = { STR("contribution"), arena_fmt(a, "%lld", (long long)n->id) };
		first.note = n->summary;
		by.note = n->hour;
		act.buttons = admin_buttons(r, 1, &(struct view_admin_button){ .action = here, .label = n->hidden ? STR("Remettre au tableau") : STR("Ôter du tableau"),
		                                                                .said = arena_fmt(a, " : %.*s", (int)n->title.n, n->title.p), .value = n->hidden ? STR("montrer") : STR("masquer"), .kept = { &kept, 1 } });
		rows[i] = admin_row(a, &v.heads, first, 3, (struct view_admin_cell[]){ by, admin_text(n->claimed ? STR("oui, en brouillon") : STR("pas encore")), act });
		rows[i].faded = n->hidden;
	}
	v.rows = (struct view_admin_rows){ rows, shown };
	struct view_link *links = arena_array(a, struct view_link, 4);
	links[0] = (struct view_link){ STR("La page des participants"), link_fmt(a, "/atelier/%.*s", (int)s->code.n, s->code.p) };
	links[1] = (struct view_link){ STR("Le tableau, à projeter"), link_fmt(a, "/atelier/%.*s?vue=tableau", (int)s->code.n, s->code.p) };
	links[2] = (struct view_link){ STR("Le formulaire hors ligne"), link_fmt(a, "/atelier/%.*s/hors-ligne", (int)s->code.n, s->code.p) };
	links[3] = (struct view_link){ STR("Tout en CSV"), link_fmt(a, "/ateliers/%lld.csv", (long long)s->id) };
	v.links = (struct view_links){ links, 4 };
	return admin_send(r, w, &v);
}

/* What was written without a network: each is written as if now, under its own key and its own secret. */
static enum err
bring(struct req *r, struct resp *w, const struct workshop *s)
{
	struct arena *a = r->arena;
	const struct workshop_brought *p;
	size_t n, made = 0, known = 0;

	if (r->nfiles == 0 || r->files[0].bytes.n == 0) {
		form_fault(r, "fichier", "Choisissez le fichier que le formulaire hors ligne a enregistré.");
		w->status = 422;
		return host_show(r, w, s, STR_NONE);
	}
	const char *why = workshop_read(a, r->files[0].bytes, &p, &n);
	for (size_t i = 0; !why && i < n; i++) {
		char sum[TOKEN_SUM + 1];
		struct str outcome;
		int64_t id;
		if (!token_sum(p[i].secret, sum))
			continue;
		enum err e = workshop_write(r->write, a, s->code, p[i].key, p[i].name, &p[i].content, p[i].email, str_of(sum), true, &id, &outcome);
		if (!e && !outcome.n)
			e = workshop_mail(r, s, p[i].email, p[i].content.title, p[i].secret);
		if (e)
			return e;
		made += !outcome.n;
		known += str_eq(outcome, STR("deja"));
		if (str_eq(outcome, STR("ferme")))
			why = "Cet atelier est fini depuis plus de huit jours : il ne prend plus rien.";
		if (str_eq(outcome, STR("plein")))
			why = "Cet atelier a reçu deux mille contributions : il n’en prend plus.";
	}
	if (why) {
		form_fault(r, "fichier", "%s", why);
		w->status = 422;
		return host_show(r, w, s, STR_NONE);
	}
	struct workshop now;
	enum err e = workshop_by_id(r->write, a, s->id, &now);
	return e ? e : host_show(r, w, &now, arena_fmt(a, "%zu contribution%s rapportée%s, %zu déjà là.", made, made > 1 ? "s" : "", made > 1 ? "s" : "", known));
}

enum err
page_workshop_host(struct req *r, struct resp *w)
{
	struct str act = req_param(r, "act");
	struct workshop s;
	const char *done = NULL;
	enum err e = workshop_by_id(r->write, r->arena, write_number(r), &s);

	/* A session is of who opened it, and of those who administer. */
	if (!e && s.host_id != actor_of(r)->id && actor_of(r)->role < ROLE_ADMIN)
		e = err_note(ERR_NOT_FOUND, "somebody else's session");
	if (e)
		return e;
	if (r->method != METHOD_POST)
		return host_show(r, w, &s, STR_NONE);
	if (r->refused) {
		w->status = 422;
		return host_show(r, w, &s, STR_NONE);
	}
	if (str_eq(act, STR("apporter")))
		return bring(r, w, &s);
	if (str_eq(act, STR("fermer")) || str_eq(act, STR("rouvrir"))) {
		bool ends = str_eq(act, STR("fermer"));
		e = workshop_close(r->write, r->arena, s.id, ends ? 0 : 2, actor_of(r)->id);
		done = ends ? "ferme" : "rouvert";
	} else if (str_eq(act, STR("masquer")) || str_eq(act, STR("montrer"))) {
		bool hides = str_eq(act, STR("masquer"));
		e = workshop_hide(r->write, r->arena, s.id, admin_int(r, "contribution"), hides);
		done = hides ? "masque" : "montre";
	}
	if (e)
		return e;
	resp_redirect(w, 303, done ? arena_fmt(r->arena, "/ateliers/%lld?fait=%s", (long long)s.id, done) : arena_fmt(r->arena, "/ateliers/%lld", (long long)s.id));
	return ERR_NONE;
}
