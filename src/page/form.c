/* Forms: fields from the schema of their route, errors beside what was typed, what was sent given back. See page.h. */
#include "gen/tpl.h"
#include "page/page.h"

#include "base/log.h"
#include "crypt/token.h"
#include "web/actor.h"

#include <stdarg.h>
#include <stdio.h>

static const struct param_def *
def_find(const struct param_def *schema, const char *name)
{
	for (const struct param_def *d = schema; d && d->name; d++) {
		size_t n = strcspn(d->name, "*");
		if (d->name[n] ? strncmp(name, d->name, n) == 0 : strcmp(name, d->name) == 0)
			return d;
	}
	return NULL;
}

static const struct param_def *
def_of(const struct param_def *schema, const char *name)
{
	const struct param_def *d = def_find(schema, name);
	if (!d)
		die("a form has no field \"%s\"", name);
	return d;
}

static bool
sent(const struct req *r)
{
	return r->method == METHOD_POST || r->method == METHOD_PUT;
}

struct view_form_field
form_field(struct req *r, const struct param_def *schema, const char *name, struct str value, const char *help)
{
	const struct param_def *d = def_of(schema, name);
	struct view_form_field f = { .name = arena_str(r->arena, str_of(name)),
		                .id = arena_fmt(r->arena, "f-%s", name),
		                .label = str_of(d->label),
		                .help = help ? str_of(help) : STR_NONE,
		                .value = sent(r) && d->kind != PARAM_PASSWORD ? req_typed(r, name) : value,
		                .type = STR("text"),
		                .rows = 6 };

	for (size_t i = 0; i < r->nnotices && f.error.n == 0; i++)
		if (str_eq(r->notices[i].field, f.name))
			f.error = r->notices[i].message;
	switch (d->kind) {
	case PARAM_LINES:
		f.lines = true;
		f.max = (int)d->max;
		break;
	case PARAM_FILE:
		f.file = true;
		break;
	case PARAM_EMAIL:
		f.type = STR("email");
		f.autocomplete = STR("email");
		f.line = true;
		break;
	case PARAM_PASSWORD:
		f.type = STR("password");
		f.line = true;
		break;
	case PARAM_WEB:
		f.type = STR("url");
		f.line = true;
		break;
	case PARAM_DATE:
		f.type = STR("date");
		f.line = true;
		break;
	default:
		f.line = true;
	}
	f.described = arena_fmt(r->arena, "%.*s%s%s%.*s%s", f.help.n ? (int)f.id.n : 0, f.id.p, f.help.n ? "-a" : "",
	                        f.help.n && f.error.n ? " " : "", f.error.n ? (int)f.id.n : 0, f.id.p, f.error.n ? "-e" : "");
	return f;
}

static bool
holds(const struct str *values, size_t n, struct str value)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(values[i], value))
			return true;
	return false;
}

void
form_options(struct req *r, struct view_form_field *f, const struct view_form_option *options, size_t n, const struct str *chosen, size_t nchosen)
{
	struct view_form_option *p = arena_array(r->arena, struct view_form_option, n + 1);
	struct str *typed = arena_array(r->arena, struct str, r->ntyped + 1);
	size_t ntyped = 0;

	for (size_t i = 0; i < r->ntyped; i++)
		if (str_eq(r->typed[i].name, f->name))
			typed[ntyped++] = r->typed[i].value;
	if (sent(r))
		chosen = typed, nchosen = ntyped;
	for (size_t i = 0; i < n; i++) {
		p[i] = options[i];
		p[i].chosen = holds(chosen, nchosen, options[i].value);
		p[i].name = f->name;
		p[i].id = arena_fmt(r->arena, "%.*s-%zu", (int)f->id.n, f->id.p, i + 1);
	}
	f->options = (struct view_form_options){ p, n };
	f->line = f->lines = false;
	f->group = f->choices || f->checks;
}

void
form_fault(struct req *r, const char *field, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	char text[1000];
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	req_notice(r, arena_str(r->arena, str_of(field)), STR("valeur"), arena_str(r->arena, str_of(text)));
}

struct view_faults
form_faults(struct req *r)
{
	static const char *const words[] = { "", "Un point à corriger", "Deux points à corriger", "Trois points à corriger", "Quatre points à corriger",
		                             "Cinq points à corriger", "Six points à corriger" };
	struct view_fault *p = arena_array(r->arena, struct view_fault, r->nnotices + 1);
	size_t n = 0;

	for (size_t i = 0; i < r->nnotices; i++) {
		const struct notice *x = &r->notices[i];
		if (str_eq(x->code, STR("inconnu")) || str_eq(x->code, STR("ignore")))
			continue;
		bool whole = str_eq(x->field, STR("corps")) || str_eq(x->field, STR("formulaire"));
		p[n++] = (struct view_fault){ x->message, whole ? (struct url){ NULL, 0 } : link_fmt(r->arena, "#f-%.*s", (int)x->field.n, x->field.p) };
	}
	r->nnotices = 0; /* they are in the form itself */
	struct str title = n < sizeof(words) / sizeof(*words) ? str_of(words[n]) : arena_fmt(r->arena, "%zu points à corriger", n);
	return (struct view_faults){ title, n, { p, n } };
}

struct view_hidden
form_hidden(struct req *r, bool creates)
{
	struct view_hidden h = { .token = actor_form_token(r) };

	if (creates) {
		struct str again = req_typed(r, "cle");
		struct token t;
		token_make(&t);
		h.key = sent(r) && again.n >= 8 && again.n <= 200 ? again : arena_str(r->arena, str_of(t.text));
	}
	return h;
}

/* What must not be sent back in a page. */
static bool
is_secret(const struct req *r, struct str name)
{
	for (const struct param_def *d = r->route->params; d && d->name; d++)
		if (d->kind == PARAM_PASSWORD && str_eq(name, str_of(d->name)))
			return true;
	return str_eq(name, STR("jeton")) || str_eq(name, STR("connexion_courriel")) || str_eq(name, STR("connexion_code")) || str_eq(name, STR("connexion_mot_de_passe"));
}

static bool
asks_secret(const struct req *r)
{
	for (const struct param_def *d = r->route->params; d && d->name; d++)
		if (d->kind == PARAM_PASSWORD)
			return true;
	return false;
}

/* Why what was sent could not be taken, and what can be done. */
static void
resume_words(const struct req *r, enum err e, struct view_resume *v)
{
	static const char kept[] = "Rien n’est perdu : ce que vous avez écrit est dans cette page.";

	switch (e) {
	case ERR_SECOND_FACTOR:
		v->title = STR("Il manque votre second facteur");
		v->lead = arena_fmt(r->arena, "%s Donnez le code de votre application, et l’envoi reprend.", kept);
		v->button = STR("Se connecter et envoyer");
		return;
	case ERR_UNAUTHENTICATED:
		v->title = STR("Votre session a pris fin");
		v->lead = arena_fmt(r->arena, "%s Connectez-vous ici, et l’envoi reprend.", kept);
		v->button = STR("Se connecter et envoyer");
		return;
	case ERR_STALE_FORM:
		v->title = STR("Ce formulaire était ouvert depuis trop longtemps");
		v->lead = arena_fmt(r->arena, "%s Il suffit de l’envoyer à nouveau.", kept);
		v->button = STR("Envoyer à nouveau");
		return;
	default:
		break;
	}
	bool away = db_read_only() || e == ERR_DB_DOWN;
	v->title = away ? STR("Rien ne peut être enregistré pour le moment") : STR("Le site est très demandé à cet instant");
	if (asks_secret(r)) { /* a password is not given back */
		v->lead = away ? STR("Le site est en lecture seule, le temps d’une réparation : on ne peut ni se connecter, ni créer un compte, ni changer de mot de passe. "
		                     "Tout le reste se lit. Réessayez dans quelques minutes.")
		               : STR("Réessayez dans un instant.");
		return;
	}
	v->lead = arena_fmt(r->arena, "%s%s %s", away ? "Le site est en lecture seule, le temps d’une réparation. " : "", kept,
	                    r->nfiles ? "Gardez-la ouverte et envoyez-la à nouveau dans un instant ; un fichier sera à joindre encore."
	                              : "Gardez-la ouverte et envoyez-la à nouveau dans un instant.");
	v->button = STR("Envoyer à nouveau");
}

void
page_resume(struct req *r, struct resp *w, enum err e)
{
	struct arena *a = r->arena;
	struct view_form_pair *kept = arena_array(a, struct view_form_pair, r->ntyped + 1), *shown = arena_array(a, struct view_form_pair, r->ntyped + 1);
	size_t n = 0, m = 0;
	bool ended = e == ERR_UNAUTHENTICATED, half = e == ERR_SECOND_FACTOR;

	for (size_t i = 0; i < r->ntyped; i++) {
		if (is_secret(r, r->typed[i].name))
			continue;
		kept[n++] = (struct view_form_pair){ r->typed[i].name, r->typed[i].value };
		const struct param_def *d = def_find(r->route->params, arena_cstr(a, r->typed[i].name));
		if (r->typed[i].value.n > 40 && !str_eq(r->typed[i].name, STR("cle")))
			shown[m++] = (struct view_form_pair){ d && d->label ? str_of(d->label) : r->typed[i].name, r->typed[i].value };
	}
	struct view_resume v = { .action = link_here(r), .token = actor_form_token(r), .kept = { kept, n }, .shown = { shown, m } };
	resume_words(r, e, &v);
	if (v.token.n == 0)
		v.token = req_typed(r, "jeton");
	if (ended) {
		struct view_form_field *f = arena_array(a, struct view_form_field, 2);
		f[0] = (struct view_form_field){ .name = STR("connexion_courriel"), .id = STR("f-connexion_courriel"), .label = STR("Courriel"), .type = STR("email"),
			                    .autocomplete = STR("username"), .line = true, .required = true, .value = req_typed(r, "connexion_courriel") };
		f[1] = (struct view_form_field){ .name = STR("connexion_mot_de_passe"), .id = STR("f-connexion_mot_de_passe"), .label = STR("Mot de passe"),
			                    .type = STR("password"), .autocomplete = STR("current-password"), .line = true, .required = true };
		for (size_t i = 0; i < r->nnotices; i++)
			if (str_eq(r->notices[i].field, f[0].name))
				f[0].error = r->notices[i].message;
		v.fields = (struct view_form_fields){ f, 2 };
	}
	if (half) {
		struct view_form_field *f = arena_new_of(a, struct view_form_field);
		*f = (struct view_form_field){ .name = STR("connexion_code"), .id = STR("f-connexion_code"), .label = STR("Votre code"), .type = STR("text"),
			                  .help = STR("Les six chiffres de votre application, ou un code de secours."), .described = STR("f-connexion_code-a"),
			                  .autocomplete = STR("one-time-code"), .line = true, .required = true };
		for (size_t i = 0; i < r->nnotices; i++)
			if (str_eq(r->notices[i].field, f->name))
				f->error = r->notices[i].message;
		v.fields = (struct view_form_fields){ f, 1 };
	}
	r->nnotices = 0;
	struct buf main;
	buf_init(&main, a, 16384);
	tpl_resume(&main, &v);
	struct view_layout layout = { .title = v.title, .noindex = true, .broken = true, .head_search = true };
	if (page_send(r, w, &layout, &main) != ERR_NONE)
		return;
	w->cache = CACHE_NONE;
}
