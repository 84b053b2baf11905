/* /fiches/{id}/travail/pieces: the files of a sheet being written. */
#include "gen/tpl.h"
#include "model/attachment.h"
#include "page/write.h"
#include "web/actor.h"
#include "web/body.h"

static struct url
link_files(struct arena *a, int64_t id, const char *done)
{
	return link_fmt(a, "/fiches/%lld/travail/pieces%s%s", (long long)id, *done ? "?fait=" : "", done);
}

static struct str
size_of(struct arena *a, const struct attachment *x)
{
	struct str weight = x->size >= 1000000 ? arena_fmt(a, "%.1f Mo", (double)x->size / 1e6) : arena_fmt(a, "%lld ko", (long long)(x->size / 1000 + 1));

	for (size_t i = 0; i < weight.n; i++)
		if (weight.p[i] == '.')
			((char *)(uintptr_t)weight.p)[i] = ',';
	return x->width ? arena_fmt(a, "%.*s, %d × %d points", (int)weight.n, weight.p, x->width, x->height) : weight;
}

static enum err
show(struct req *r, struct resp *w, const struct work *k, int status)
{
	struct arena *a = r->arena;
	struct attachments list;
	enum err e = attachment_list(r->write, a, actor_of(r)->id, k->id, &list);

	if (e)
		return e;
	struct view_file *p = arena_array(a, struct view_file, list.n + 1);
	for (size_t i = 0; i < list.n; i++) {
		const struct attachment *x = &list.p[i];
		p[i] = (struct view_file){ .id = arena_fmt(a, "%lld", (long long)x->id),
			                   .label = x->label,
			                   .alt = x->alt,
			                   .size = size_of(a, x),
			                   .image = x->width > 0,
			                   .state = x->leaving ? STR("Retirée à la prochaine version") : x->public ? STR("En ligne") : STR("En ligne à la prochaine version"),
			                   .url = link_fmt(a, "/fiches/%lld/travail/pieces/%lld-%.*s-%.*s", (long long)k->id, (long long)x->id,
			                                   x->small_hash.n ? (int)x->small_hash.n : (int)x->hash.n, x->small_hash.n ? x->small_hash.p : x->hash.p,
			                                   (int)x->name.n, x->name.p),
			                   .removable = k->may_write && !x->leaving };
	}
	struct view_form_field *f = arena_array(a, struct view_form_field, 3);
	f[0] = form_field(r, PARAMS_FILES, "fichier", STR_NONE, "PDF, ODT, DOCX, PNG, JPEG ou WebP, 10 Mo au plus. Les images perdent leurs données cachées (lieu, appareil).");
	f[0].accept = STR(".pdf,.odt,.docx,.png,.jpg,.jpeg,.webp");
	f[1] = form_field(r, PARAMS_FILES, "libelle", STR_NONE, "Comme « Le plan de la salle ». Sinon, le nom du fichier.");
	f[2] = form_field(r, PARAMS_FILES, "alt", STR_NONE, "Pour qui ne la voit pas : en une phrase, ce que montre l’image.");
	struct view_link trail[] = { { STR("Contribuer"), link_fmt(a, "/contribuer") },
		                     { k->content.title.n ? k->content.title : STR("Une fiche sans titre"), link_fmt(a, "/fiches/%lld/modifier", (long long)k->id) },
		                     { STR("Pièces jointes"), { NULL, 0 } } };
	static const char *const said[][2] = { { "ajoutee", "C’est ajouté. La pièce paraîtra avec la prochaine version de la fiche." }, { "retiree", "C’est retiré." },
		                               { "decrite", "C’est corrigé." } };
	struct view_files v = { .crumbs = crumbs(a, 3, trail), .hidden = form_hidden(r, false), .action = link_files(a, k->id, ""), .files = { p, list.n },
		                .fields = { f, 3 }, .writable = k->may_write, .back = link_fmt(a, "/fiches/%lld/modifier", (long long)k->id) };
	for (size_t i = 0; i < sizeof(said) / sizeof(*said); i++)
		if (str_eq(req_param(r, "fait"), str_of(said[i][0])))
			v.done = str_of(said[i][1]);
	v.faults = form_faults(r);
	struct buf main;
	buf_init(&main, a, 16384);
	tpl_pieces(&main, &v);
	struct view_layout layout = { .title = STR("Pièces jointes"), .noindex = true, .head_search = true };
	w->status = status;
	w->cache = CACHE_NONE;
	return page_send(r, w, &layout, &main);
}

/* What a change of files may answer: a sentence on the form, or an error page. */
static enum err
answered(struct req *r, struct resp *w, const struct work *k, enum err e, const char *field, struct str reason, const char *done)
{
	if (e == ERR_NONE) {
		struct url to = link_files(r->arena, k->id, done);
		resp_redirect(w, 303, (struct str){ to.p, to.n });
		return ERR_NONE;
	}
	if ((e == ERR_BAD_INPUT || e == ERR_CONFLICT) && reason.n) {
		form_fault(r, field, "%.*s", (int)reason.n, reason.p);
		err_clear();
		return show(r, w, k, e == ERR_CONFLICT ? 409 : 422);
	}
	return e;
}

static enum err
add(struct req *r, struct resp *w, const struct work *k)
{
	struct media m;
	struct str reason = STR_NONE;
	int64_t id;

	if (r->nfiles == 0) {
		form_fault(r, "fichier", "Choisissez un fichier à joindre.");
		return show(r, w, k, 422);
	}
	enum err e = media_check(r->arena, r->files[0].filename, r->files[0].bytes, &m);
	if (e == ERR_BAD_INPUT)
		return answered(r, w, k, e, "fichier", m.reason, "");
	if (e)
		return e;
	if (m.whole.width && req_param(r, "alt").n == 0) {
		form_fault(r, "alt", "Décrivez en une phrase ce que montre l’image, puis choisissez-la à nouveau : le navigateur ne la garde pas.");
		return show(r, w, k, 422);
	}
	e = attachment_add(r->write, r->arena, actor_of(r)->id, k->id, &m, req_param(r, "libelle"), req_param(r, "alt"), &id, &reason);
	return answered(r, w, k, e, "fichier", reason, "ajoutee");
}

static int64_t
number_of(struct str s)
{
	int64_t n = 0;

	for (size_t i = 0; i < s.n && i < 10; i++)
		n = n * 10 + (s.p[i] - '0');
	return n;
}

enum err
page_work_files(struct req *r, struct resp *w)
{
	struct arena *a = r->arena;
	struct work k;
	struct str reason = STR_NONE, action = req_param(r, "action");
	int64_t id = write_number(r), actor = actor_of(r)->id, piece = number_of(req_param(r, "piece"));
	enum err e = id ? work_find(r->write, a, actor, id, &k) : ERR_NOT_FOUND;

	if (e)
		return e;
	if (r->method != METHOD_POST)
		return show(r, w, &k, 200);
	if (r->refused)
		return show(r, w, &k, 400);
	if (!k.may_write)
		return ERR_FORBIDDEN;
	if (str_eq(action, STR("retirer")) && piece) {
		e = attachment_remove(r->write, a, actor, piece, &reason);
		return answered(r, w, &k, e, "fichier", reason, "retiree");
	}
	if (str_eq(action, STR("decrire")) && piece) {
		e = attachment_describe(r->write, a, actor, piece, req_param(r, "libelle"), req_param(r, "alt"), &reason);
		return answered(r, w, &k, e, "fichier", reason, "decrite");
	}
	return add(r, w, &k);
}

/* "3-0badcafe-plan.png", of a sheet that only some may see. */
enum err
page_work_file(struct req *r, struct resp *w)
{
	struct str piece = r->vars[1];
	const char *dash = piece.n ? memchr(piece.p, '-', piece.n) : NULL;
	size_t n = dash ? (size_t)(dash - piece.p) : 0;
	struct attachment_file f;
	int64_t id = write_number(r);

	for (size_t i = 0; i < n; i++)
		if (piece.p[i] < '0' || piece.p[i] > '9')
			return ERR_NOT_FOUND;
	if (!id || n == 0 || n > 9 || piece.n < n + 9)
		return ERR_NOT_FOUND;
	enum err e = attachment_find(r->write, r->arena, actor_of(r)->id, id, number_of((struct str){ piece.p, n }), (struct str){ piece.p + n + 1, 8 }, &f);
	if (e)
		return e;
	w->content_type = f.type;
	w->cache = CACHE_NONE;
	resp_header(w, "Content-Disposition", arena_fmt(r->arena, "%s; filename=\"%.*s\"", media_is_image(f.type) ? "inline" : "attachment", (int)f.name.n, f.name.p));
	resp_bytes(w, f.bytes);
	return ERR_NONE;
}
