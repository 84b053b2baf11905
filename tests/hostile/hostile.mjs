// Every hostile text in every field of a sheet, through the API, read over and published; then every way out is read as its readers read it.
//   node hostile.mjs AUTHOR_TOKEN REVIEWER_TOKEN OUT SECTIONS   (BASE and VAR in the environment; OUT: the numbers of the sheets made, one a line;
//   SECTIONS: those there are, as the base has them: [[type, key, shape]]; WHOLE=1: every page is opened, not one in four)
// HTML is parsed by Chromium: nothing in it may be a script, a handler or an address that runs; and each sheet's page is opened with a
// trap that must stay silent. Prints TAP.
import { appendFileSync, existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { payloads, clean } from './payloads.mjs';
import { launch } from '../browser/chromium.mjs';

const base = process.env.BASE, [author, reviewer, out, there] = process.argv.slice(2);
let n = 0, failed = 0;
const ok = (good, name, detail) => {
	console.log(`${good ? 'ok' : 'not ok'} ${++n} - ${name}`);
	if (!good) { failed++; if (detail) console.log(String(detail).slice(0, 1500).replace(/^/gm, '#   ')); }
};
const api = async (token, path, body) => {
	const a = await fetch(base + path, { method: 'POST', headers: { 'Content-Type': 'application/json', Accept: 'application/json', Authorization: `Bearer ${token}` }, body: JSON.stringify(body) });
	const text = await a.text();
	let json = null;
	try { json = JSON.parse(text); } catch { /* said by the caller */ }
	return { status: a.status, type: a.headers.get('content-type') ?? '', json, text };
};
const cut = (s, max) => [...s].slice(0, max).join('');
const sections = JSON.parse(there), types = [...new Set(sections.map(x => x[0]))];
const shapes = {
	texte: p => p,
	etapes: p => { const l = p.replace(/\n/g, ' '); return [{ titre: cut(l, 150), duree: cut(l, 60), texte: p, outils: p }]; },
	valeurs: p => { const l = p.replace(/\n/g, ' '); return [{ libelle: cut(l, 100), valeur: cut(l, 60), unite: cut(l, 30) }]; },
};
const whole = (type, p) => Object.fromEntries(sections.filter(x => x[0] === type).map(([, key, shape]) => [key, shapes[shape](p)]));
ok(types.length === 5 && sections.every(x => shapes[x[2]]), `${types.length} kinds of sheet, ${sections.length} sections, each of a shape that is typed here`, there);

// --- control characters are refused by name; an address that runs is no address
const bad = await api(author, '/fiches', { type: 'exemple', titre: 'a\u0001b', chapo: 'x' });
ok(bad.status === 400 && bad.type.startsWith('application/problem+json') && bad.json?.erreurs?.some(e => e.champ === 'titre'), 'a control character is refused, its field named', bad.text);

// --- written, read over, published
const ids = [], refused = [];
let next = 0;
async function writer() {
	for (;;) {
		const i = next++;
		if (i >= payloads.length) return;
		const p = clean(payloads[i]), type = types[i % types.length], line = p.replace(/[\r\n]/g, ' ');
		const made = await api(author, '/fiches', { type, titre: cut(`H${i} ${line}`, 200), chapo: cut(p, 300), territoires: ['commune:97410'], termes: ['theme:emploi-insertion'],
			source_libelle: cut(line, 200), source_editeur: cut(line, 150), source_annee: 2023, licence: 'CC-BY-SA-4.0', sections: whole(type, p) });
		const id = made.json?.id;
		if (made.status !== 201 || !id) { refused.push([i, 'écrite', made.status, made.text.slice(0, 200), payloads[i]]); continue; }
		appendFileSync(out, id + '\n');
		let done = true;
		for (const [token, act] of [[author, 'soumettre'], [reviewer, 'prendre'], [reviewer, 'publier']]) {
			const a = await api(token, `/fiches/${id}/actions`, { act, motif: cut(p, 1500) });
			if (a.status >= 300) { refused.push([i, act, a.status, a.text.slice(0, 300), payloads[i]]); done = false; break; }
		}
		if (done) ids.push([i, id]);
	}
}
writeFileSync(out, '');
await Promise.all([writer(), writer(), writer(), writer()]);
ok(refused.every(r => r[2] < 500 && r[2] >= 400), 'what is refused is refused calmly', refused.filter(r => r[2] >= 500).slice(0, 3).map(r => r.join(' | ')).join('\n'));
ok(ids.length >= 500, `${ids.length} sheets hold a hostile text in every field, ${refused.length} were refused`, refused.slice(0, 6).map(r => r.join(' | ')).join('\n'));

// --- read as pages
const browser = await launch();
const judge = await (await browser.newContext()).newPage(); // about:blank: no policy in the way of the parser
const sprung = [];
const look = html => judge.evaluate(text => {
	const d = new DOMParser().parseFromString(text, 'text/html'), found = [];
	for (const e of d.querySelectorAll('*')) {
		const tag = e.tagName.toLowerCase();
		if (tag === 'script' && !/^\/actifs\//.test(e.getAttribute('src') ?? '') && e.type !== 'application/ld+json') found.push('script');
		if (tag === 'base' && !e.hasAttribute('href')) continue; // a frame's own: where its links open
		if (['iframe', 'object', 'embed', 'base', 'style', 'frame', 'applet', 'template', 'math'].includes(tag) && !e.closest('[data-cadre]')) found.push(tag);
		if (tag === 'meta' && /refresh/i.test(e.getAttribute('http-equiv') ?? '')) found.push('meta refresh');
		for (const a of e.attributes) {
			if (/^on/i.test(a.name) || a.name === 'style' || a.name === 'srcdoc') found.push(`${tag} ${a.name}`);
			if (['href', 'src', 'action', 'formaction', 'xlink:href', 'data', 'background', 'poster'].includes(a.name) && /^[\u0000-\u0020]*(javascript|data:text|vbscript):/i.test(a.value.replace(/[\t\r\n]/g, ''))) found.push(`${tag} ${a.name}=${a.value.slice(0, 40)}`);
		}
	}
	for (const s of d.querySelectorAll('script[type="application/ld+json"]')) try { JSON.parse(s.textContent); } catch { found.push('ld+json'); }
	return found;
}, html);
const text = async path => (await fetch(base + path)).text();
const wrong = [];
const judged = async path => { const a = await fetch(base + path), f = await look(await a.text()); if (f.length || a.status >= 500) wrong.push(`${path} ${a.status}: ${f.slice(0, 4)}`); };
for (const [, id] of ids) await judged(`/fiches/${id}`);
ok(wrong.length === 0, 'no page of theirs holds anything that runs', wrong.slice(0, 5).join('\n'));
wrong.length = 0;
for (const [, id] of ids.slice(0, 100)) for (const p of ['v1', 'historique']) await judged(`/fiches/${id}/${p}`);
for (let page = 1; page <= Math.ceil(ids.length / 100); page++) for (const p of ['/fiches', '/integrer/fiches', '/carte']) await judged(`${p}?territoire=commune:97410&taille=100&page=${page}&quoi=fiches`);
await judged('/imprimer?' + ids.slice(0, 50).map(x => `fiche=${x[1]}`).join('&'));
await judged('/territoires/commune/97410-saint-benoit');
await judged('/');
ok(wrong.length === 0, 'nor their versions, histories, lists, frames, booklets, map, territory', wrong.slice(0, 5).join('\n'));
wrong.length = 0;
const asked = ['/recherche?q=', '/fiches?q=', '/pres-de-moi?territoire=', '/territoires?q=', '/n-existe-pas/'];
for (const [i, p] of payloads.entries()) await judged(asked[i % 5] + encodeURIComponent(cut(clean(p), 180)));
ok(wrong.length === 0, 'nor what a page says again of the words asked for', wrong.slice(0, 5).join('\n'));

// --- read as data
const every = `/fiches.${'X'}?territoire=commune:97410&taille=100`;
const faults = [];
for (let page = 1; page <= Math.ceil(ids.length / 100); page++) {
	for (const f of ['json', 'geojson', 'jsonld']) try { JSON.parse(await text(every.replace('X', f) + `&page=${page}`)); } catch (e) { faults.push(`${f} ${page}: ${e.message}`); }
	const csv = await text(every.replace('X', 'csv') + `&page=${page}`);
	let cell = '', quoted = false, cells = 0, width = 0, columns = 0;
	const end = () => { if (/^[=+\-@\t\r]/.test(cell) && !/^-?[0-9.,]+$/.test(cell)) faults.push(`csv: a cell begins with ${JSON.stringify(cell.slice(0, 20))}`); cell = ''; cells++; };
	for (let i = csv.charCodeAt(0) === 0xFEFF ? 1 : 0; i < csv.length; i++) {
		const c = csv[i];
		if (quoted) { if (c === '"' && csv[i + 1] === '"') { cell += '"'; i++; } else if (c === '"') quoted = false; else cell += c; }
		else if (c === '"' && cell === '') quoted = true;
		else if (c === ';') end();
		else if (c === '\n') { end(); columns ||= cells; if (cells !== columns) faults.push(`csv: ${cells} cells in a line of ${columns}`); cells = 0; width++; }
		else if (c !== '\r') cell += c;
	}
	if (quoted || width < 2) faults.push('csv: not whole');
	const atom = await text(every.replace('X', 'atom') + `&page=${page}`);
	try { execFileSync('xmllint', ['--noout', '-'], { input: atom, stdio: ['pipe', 'pipe', 'pipe'] }); } catch (e) { faults.push('atom: ' + e.stderr); }
}
const feed = await text(every.replace('X', 'atom'));
for (const m of feed.matchAll(/<(?:summary|content)[^>]*type="x?html"[^>]*>([\s\S]*?)<\/(?:summary|content)>/g)) {
	const f = await look(m[1].replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&quot;/g, '"').replace(/&amp;/g, '&'));
	if (f.length) faults.push(`atom html: ${f}`);
}
const oai = await text('/oai?verb=ListRecords&metadataPrefix=oai_dc');
try { execFileSync('xmllint', ['--noout', '-'], { input: oai, stdio: ['pipe', 'pipe', 'pipe'] }); } catch (e) { faults.push('oai: ' + e.stderr); }
for (const [, id] of ids.slice(0, 150)) for (const f of ['json', 'jsonld']) try { JSON.parse(await text(`/fiches/${id}.${f}`)); } catch (e) { faults.push(`${f} of ${id}: ${e.message}`); }
ok(faults.length === 0, 'JSON, GeoJSON, JSON-LD, CSV, Atom and OAI-PMH are whole, and no cell is a formula', faults.slice(0, 6).join('\n'));

// --- mail that went out meanwhile: what a title held is in no header of its own
const maildir = `${process.env.VAR}/mail`, letters = ['new', 'cur'].flatMap(d => existsSync(`${maildir}/${d}`) ? readdirSync(`${maildir}/${d}`).map(f => `${maildir}/${d}/${f}`) : []);
const headed = letters.map(f => readFileSync(f, 'latin1').split(/\r?\n\r?\n/)[0]).filter(h => /^(bcc|cc|set-cookie|location):/im.test(h) || (h.match(/^subject:/gim) ?? []).length !== 1);
ok(letters.length > 0 && headed.length === 0, `${letters.length} letters, no header of anybody's making`, headed[0]);

// --- opened as people do
const context = await browser.newContext({ viewport: { width: 390, height: 800 } }), page = await context.newPage();
await page.exposeFunction('trap', i => { sprung.push(i); });
page.on('dialog', d => { sprung.push('dialog'); d.dismiss(); });
const csp = [];
page.on('console', m => { if (/Content Security Policy/.test(m.text())) csp.push(m.text().slice(0, 160)); });
await page.route(/\.(css|woff2|svg|png|jpg|webp)$/, r => r.abort()); // what a page looks like is not the question
// Each was parsed above: of these too one in four is enough from day to day.
const some = process.env.WHOLE ? ids : ids.filter((_, i) => i % 4 === 0);
for (const [, id] of some) await page.goto(`${base}/fiches/${id}`, { waitUntil: 'domcontentloaded' });
await page.goto(`${base}/fiches?territoire=commune:97410&taille=100`);
await page.waitForTimeout(300);
ok(sprung.length === 0, `${some.length} pages of ${ids.length} opened${process.env.WHOLE ? '' : ', one in four (WHOLE=1: all)'}: the trap stayed silent`, sprung.slice(0, 10).join());
ok(csp.length === 0, 'and the policy had nothing to stop', csp.slice(0, 3).join('\n'));
await browser.close();
console.log(`1..${n}`);
process.exit(failed ? 1 : 0);
