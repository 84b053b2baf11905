/*
 * /atelier/{code}/hors-ligne: one HTML file, opened from a disk, that keeps what is written and saves it as the file that
 * /ateliers/{id} brings back. It is a download, never a page of this site: its script and style are its own, and it asks for nothing.
 */
#include "page/workshop.h"
#include "text/json_out.h"

static const char head[] =
	"<!DOCTYPE html>\n<html lang=\"fr\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n<title>Atelier hors ligne</title>\n<style>\n"
	":root{color-scheme:light dark;font:1.0625rem/1.5 system-ui,sans-serif}\n"
	"body{max-width:42rem;margin:0 auto;padding:1rem}\n"
	"h1{font-size:1.75rem;line-height:1.15}\nlabel{display:block;font-weight:650;margin-top:1rem}\n"
	"input,textarea,select{width:100%;box-sizing:border-box;padding:.6rem;font:inherit;border:1.5px solid #55636a;border-radius:6px}\n"
	"button{margin-top:1rem;padding:.7rem 1.1rem;font:650 1rem system-ui,sans-serif;border:2px solid #17252a;border-radius:6px;background:#ffd02e;color:#17252a;cursor:pointer}\n"
	"button.second{background:none;color:inherit;border-color:currentColor}\n"
	"li{margin:.6rem 0;padding-bottom:.6rem;border-bottom:1px solid #93a19d;overflow-wrap:anywhere}\nsmall{color:inherit}\n.dit{font-weight:650}\n"
	"@media print{form,button{display:none}}\n</style>\n</head>\n<body>\n<h1 id=\"titre-atelier\"></h1>\n<p id=\"consigne\"></p>\n";
static const char form[] =
	"<p>Ce formulaire fonctionne sans réseau. Ce que vous écrivez reste dans ce navigateur, jusqu’à ce que vous l’enregistriez dans un fichier et le donniez à la personne qui anime.</p>\n"
	"<form id=\"f\">\n<label for=\"titre\">En une phrase</label><input id=\"titre\" maxlength=\"200\" required>\n"
	"<label for=\"chapo\">En quelques mots (300 caractères)</label><textarea id=\"chapo\" rows=\"4\" maxlength=\"300\"></textarea>\n"
	"<label for=\"type\">Quelle sorte de contribution ?</label><select id=\"type\"><option value=\"exemple\">Exemple</option><option value=\"methode\">Méthode</option><option value=\"donnee\">Donnée</option>"
	"<option value=\"outil\">Outil</option><option value=\"competence\">Compétence</option></select>\n"
	"<label for=\"nom\">Votre nom (facultatif)</label><input id=\"nom\" maxlength=\"80\" autocomplete=\"off\">\n"
	"<label for=\"courriel\">Votre courriel (facultatif), pour recevoir le lien qui vous rendra ce texte</label><input id=\"courriel\" type=\"email\" maxlength=\"254\" autocomplete=\"off\">\n"
	"<button type=\"submit\">Garder</button>\n</form>\n<p class=\"dit\" id=\"dit\" role=\"status\"></p>\n<h2>Gardé ici</h2>\n<ol id=\"liste\"></ol>\n"
	"<button type=\"button\" id=\"fichier\">Enregistrer dans un fichier</button>\n<noscript><p>Ce formulaire a besoin de JavaScript pour garder ce que vous écrivez.</p></noscript>\n<script>\n'use strict';\nconst atelier = ";
static const char script[] =
	";\nconst $ = id => document.getElementById(id), place = 'atelier-' + atelier.code;\n"
	"let notes = [];\ntry { notes = JSON.parse(localStorage.getItem(place)) || []; } catch { notes = []; }\n"
	"const secret = n => btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(n)))).replace(/\\+/g, '-').replace(/\\//g, '_').replace(/=+$/, '');\n"
	"function show() {\n  $('liste').replaceChildren(...notes.map(n => {\n    const li = document.createElement('li'), b = document.createElement('b'), p = document.createElement('div'), s = document.createElement('small');\n"
	"    b.textContent = n.titre; p.textContent = n.chapo; s.textContent = 'Votre lien, une fois le fichier rapporté : ' + atelier.adresse + '/reprendre/' + n.jeton;\n    li.append(b, p, s); return li; }));\n}\n"
	"$('titre-atelier').textContent = atelier.titre;\n$('consigne').textContent = atelier.consigne;\n"
	"$('f').addEventListener('submit', e => {\n  e.preventDefault();\n  const titre = $('titre').value.trim();\n  if (titre.length < 3) { $('dit').textContent = 'Écrivez une phrase.'; return; }\n"
	"  notes.push({ cle: secret(18), jeton: secret(32), nom: $('nom').value.trim(), type: $('type').value, titre, chapo: $('chapo').value.trim(), courriel: $('courriel').value.trim() });\n"
	"  try { localStorage.setItem(place, JSON.stringify(notes)); $('dit').textContent = 'C’est gardé.'; } catch { $('dit').textContent = 'C’est gardé tant que cette page reste ouverte : enregistrez le fichier.'; }\n"
	"  $('titre').value = $('chapo').value = ''; show(); $('titre').focus();\n});\n"
	"$('fichier').addEventListener('click', () => {\n  const a = document.createElement('a');\n  a.href = URL.createObjectURL(new Blob([JSON.stringify({ atelier: atelier.code, notes }, null, 1)], { type: 'application/json' }));\n"
	"  a.download = place + '.json'; a.click(); $('dit').textContent = notes.length + (notes.length > 1 ? ' contributions enregistrées' : ' contribution enregistrée') + '. Donnez ce fichier à la personne qui anime.';\n});\nshow();\n</script>\n</body>\n</html>\n";

/* JSON inside a script: no "</script>", no "<!--". */
static void
put_safe(struct buf *b, struct str json)
{
	for (size_t i = 0; i < json.n; i++) {
		if (json.p[i] == '<')
			buf_lit(b, "\\u003c");
		else
			buf_char(b, json.p[i]);
	}
}

enum err
page_workshop_offline(struct req *r, struct resp *w)
{
	struct arena *a = r->arena;
	struct workshop s;
	struct buf said;
	enum err e = workshop_find(r->write, a, r->vars[0], &s);

	if (e)
		return e;
	buf_init(&said, a, 1024);
	struct json_out j = json_out(&said);
	json_begin_object(&j);
	json_key(&j, "code"), json_str(&j, s.code);
	json_key(&j, "titre"), json_str(&j, s.title);
	json_key(&j, "consigne"), json_str(&j, s.prompt);
	json_key(&j, "adresse"), json_str(&j, arena_fmt(a, "%.*s/atelier/%.*s", (int)r->base.n, r->base.p, (int)s.code.n, s.code.p));
	json_end(&j);
	buf_put(&w->body, str_of(head));
	buf_put(&w->body, str_of(form));
	put_safe(&w->body, buf_str(&said));
	buf_put(&w->body, str_of(script));
	w->cache = CACHE_NONE;
	w->content_type = STR("text/html; charset=utf-8");
	resp_header(w, "Content-Disposition", arena_fmt(a, "attachment; filename=\"atelier-%.*s.html\"", (int)s.code.n, s.code.p));
	return ERR_NONE;
}
