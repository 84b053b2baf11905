/*
 * /courriels/desabonner: the link that ends a kind of mail. Looking at it changes nothing (readers of mail and their guards follow
 * links); its one button does, and so does the POST that a mail program makes by itself (RFC 8058), from anywhere and without a
 * session: the token of the address is the proof.
 */
#include "crypt/token.h"
#include "gen/tpl.h"
#include "model/mail.h"
#include "page/page.h"

enum err
page_unsubscribe(struct req *r, struct resp *w)
{
	struct arena *a = r->arena;
	struct str token = req_param(r, "jeton");
	struct mail_kind_off kind = { .label = STR_NONE };
	char sum[TOKEN_SUM + 1];
	enum err e = ERR_NOT_FOUND;

	if (!r->write)
		return err_note(ERR_DB_DOWN, "no read-write connection is set");
	if (token_sum(token, sum))
		e = mail_unsubscribe(r->write, a, str_of(sum), r->method == METHOD_POST, &kind);
	if (e && e != ERR_NOT_FOUND)
		return e;
	struct view_unsubscribe v = { .crumbs = crumbs(a, 1, &(struct view_link){ STR("Courriels"), { NULL, 0 } }) };
	if (e == ERR_NOT_FOUND) {
		w->status = 404;
		v.title = STR("Ce lien n’est plus bon");
		v.lead = STR("Il est incomplet, ou il a plus d’un an. Celui d’un courriel plus récent servira.");
		v.more = STR("Avec un compte, les courriels se règlent aussi dans votre espace.");
	} else if (kind.off) {
		v.title = STR("C’est fait");
		v.lead = arena_fmt(a, "Vous ne recevrez plus les courriels « %.*s ».", (int)kind.label.n, kind.label.p);
		v.more = STR("Les autres courriels ne changent pas. Avec un compte, tout se règle dans votre espace, et ce choix s’y reprend.");
	} else {
		v.title = STR("Ne plus recevoir ces courriels ?");
		v.lead = arena_fmt(a, "Il s’agit des courriels « %.*s ».", (int)kind.label.n, kind.label.p);
		v.action = link_fmt(a, "/courriels/desabonner?jeton=%.*s", (int)token.n, token.p);
		v.more = STR("Rien ne change tant que vous n’appuyez pas sur ce bouton. Ceux que vous demandez vous-même, pour un mot de passe par exemple, "
		             "arriveront toujours.");
	}
	struct buf main;
	buf_init(&main, a, 4096);
	tpl_unsubscribe(&main, &v);
	struct view_layout layout = { .title = v.title, .noindex = true, .head_search = true };
	return page_send(r, w, &layout, &main);
}
