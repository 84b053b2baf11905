// Every way out, once every text of the database is a hostile one (poison.sql): each route is read, in each of its formats, by each kind of person,
// from its links on; what comes is read as its readers do. Prints TAP.
//   node outputs.mjs FACTS FOLDER SQL...   FACTS: what world.sql printed; FOLDER: for the files read by read.py; SQL...: as in forms.mjs
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { payloads, clean } from './payloads.mjs';
import { open } from './judge.mjs';

const base = process.env.BASE, [factsFile, folder, ...psql] = process.argv.slice(2), top = new URL('../../', import.meta.url).pathname;
const EACH = 3, FORMATS = 1, OPENED = 20; // addresses read of a route by each person; of which in every format
let n = 0, failed = 0;
const ok = (good, name, detail) => {
	console.log(`${good ? 'ok' : 'not ok'} ${++n} - ${name}`);
	if (!good) { failed++; if (detail) console.log(String(detail).slice(0, 6000).replace(/^/gm, '#   ')); }
};
const sql = text => execFileSync(psql[0], [...psql.slice(1), '-v', 'ON_ERROR_STOP=1'], { input: text, maxBuffer: 1 << 26 }).toString().trim();
const facts = Object.fromEntries(readFileSync(factsFile, 'utf8').split('\n').filter(Boolean).map(l => [l.slice(0, l.indexOf('=')), l.slice(l.indexOf('=') + 1)]));
const lists = { F_LIST: ['HTML', 'JSON', 'GEOJSON', 'CSV', 'ATOM', 'JSONLD'] };
const routes = [...readFileSync(`${top}src/app/routes.def`, 'utf8').matchAll(/^ROUTE\(GET, "([^"]+)", \w+, (\w+), \w+, PARAMS_(\w+), ([^"]+), "/gm)].map(m => ({
	pattern: m[1], role: m[2], schema: m[3], formats: m[4].split('|').flatMap(x => lists[x.trim()] ?? [x.trim().slice(2)]),
	regex: new RegExp('^' + m[1].replace(/[.]/g, '\\.').replace(/\{\w+\}/g, '[^/]+') + '$'), literal: (m[1].match(/\{/g) ?? []).length }));
const routeOf = path => routes.filter(r => r.regex.test(path)).sort((a, b) => a.literal - b.literal)[0];
const suffix = { JSON: '.json', GEOJSON: '.geojson', CSV: '.csv', ATOM: '.atom', JSONLD: '.jsonld', ICS: '.ics' };
// Routes where nothing a person wrote can be, or whose page needs what only one letter holds: why each.
const plain = {
	'/live': 'a word', '/ready': 'a word', '/robots.txt': 'ours', '/.well-known/security.txt': 'settings', '/accessibilite': 'ours', '/charte': 'ours', '/confidentialite': 'ours', '/mentions-legales': 'ours',
	'/territoires/contours/{maille}': 'outlines', '/metrics': 'numbers', '/metrics/{instance}': 'numbers', '/sitemap.xml': 'addresses', '/_fragment/ici': 'for nginx alone', '/_fragment/boussole': 'for nginx alone',
	'/espaces/{code}/{fichier}': 'colours', '/fiches/{id}/pieces/{piece}': 'bytes: 95-attachments.sh', '/mot-de-passe/choisir': 'an empty form', '/compte/adresse/confirmer': 'an empty form', '/courriels/desabonner': 'the name of a kind of letter', '/administration/indicateurs/import/{id}': 'what a table of figures is read as: only texts of ours and numbers come through',
};

const silent = { '/openapi.json': 'ours', '/catalogue.jsonld': 'ours', '/territoires/suggest': 'territories', '/fiches/{id}/travail/pieces/{piece}': 'bytes', '/recherche/suggest': 'what the index knows', '/fiches/doublons': 'what the index knows', '/sitemaps/{partie}': 'addresses', '/integrer/oembed': 'a title, once' };

// --- poison
const said = sql(`\\set texts '${JSON.stringify(payloads.map((p, i) => clean(p) + `"'><q7z>${i}`)).replace(/\\/g, '\\\\').replace(/'/g, "''")}'\n\\i ${top}tests/hostile/poison.sql`).split('\n');
ok(said.length >= 100, `${said.length} columns hold hostile texts, ${said.reduce((s, l) => s + Number(l.split('|')[1]), 0)} in all`, said.slice(0, 5).join('\n'));
if (existsSync(`${process.env.VAR}/nginx/cache`)) spawnSync('find', [`${process.env.VAR}/nginx/cache`, '-type', 'f', '-delete']);

// --- read
const people = [null, 'auteur', 'animateur', 'administrateur'], cookies = { null: '' };
for (const who of people.slice(1)) cookies[who] = `session=${facts[`session.${who}`]}`;
const bad = [], htmls = [], offline = [], hostile = new Map(), read = new Map(); // pattern -> answers 200, those of them with a payload
let files = 0, asked = 0;
const names = new Set('date server content-type content-length connection keep-alive vary etag last-modified cache-control expires link location content-disposition content-language transfer-encoding accept-ranges age allow retry-after www-authenticate set-cookie referrer-policy permissions-policy strict-transport-security x-content-type-options content-security-policy cross-origin-opener-policy cross-origin-resource-policy cross-origin-embedder-policy x-frame-options x-request-id x-robots-tag access-control-allow-origin access-control-expose-headers access-control-allow-methods content-encoding x-cache x-cache-status x-total'.split(' '));
async function get(who, path, headers = {}) {
	asked++;
	const a = await fetch(base + path, { redirect: 'manual', headers: { ...(cookies[who] ? { Cookie: cookies[who] } : {}), 'X-Forwarded-For': `198.18.${asked % 250}.${1 + (asked >> 8)}`, ...headers } });
	const text = await a.text(), type = a.headers.get('content-type') ?? '';
	if (a.status >= 500) bad.push(`${path} (${who}): ${a.status}`);
	for (const [k] of a.headers) if (!names.has(k)) bad.push(`${path}: a header ${k}`);
	for (const c of a.headers.getSetCookie()) if (!/^(session|territoire|frais|forme)=/.test(c)) bad.push(`${path}: a cookie ${c.slice(0, 60)}`);
	const to = a.headers.get('location');
	if (to && !/^\/(?![\/\\])/.test(to) && !to.startsWith(base + '/') && a.status < 400) bad.push(`${path}: leads to ${to.slice(0, 90)}`);
	if (text && a.headers.get('x-content-type-options') !== 'nosniff') bad.push(`${path}: no nosniff`);
	return { status: a.status, text, type, to };
}
function keep(path, a) {
	const bare = a.type.split(';')[0];
	const named = `${folder}/${String(++files).padStart(5, '0')}`;
	if (bare === 'text/html' && /hors-ligne/.test(path)) offline.push(a.text);
	else if (bare === 'text/html') htmls.push([path, a.text]);
	else if (/json/.test(bare)) {
		try { JSON.parse(a.text); } catch (e) { bad.push(`${path}: ${e.message}`); }
	} else if (bare === 'text/csv') writeFileSync(`${named}.csv`, a.text.startsWith('\ufeff') ? a.text : '\ufeff' + a.text);
	else if (/xml/.test(bare)) writeFileSync(`${named}.xml`, a.text);
	else if (bare === 'text/calendar') writeFileSync(`${named}.ics`, a.text);
	else if (!['text/css', 'text/plain', 'image/png', 'image/jpeg', 'image/webp', 'application/pdf', 'application/zip', 'image/svg+xml', 'application/octet-stream'].includes(bare)) bad.push(`${path}: a type ${a.type}`);
	return named;
}
const unhtml = s => s.replace(/&quot;/g, '"').replace(/&#39;/g, "'").replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&amp;/g, '&');
const letters = [...sql(`select string_agg(body_text, ' ' order by id desc) from (select id, body_text from private.mail_outbox where recipient like '%@hostile.example' and recipient !~ '^h[0-9]+@' order by id desc limit 2500) x`).matchAll(/https?:\/\/[^\/\s]+(\/[^\s]*)/g)].map(m => m[1]);
const f = facts, seeds = ['/', '/connexion', '/inscription', '/mot-de-passe', '/plan-du-site', '/donnees', '/openapi.json', '/integrer', '/integrer/fiches', '/integrer/catalyseurs', '/integrer/evenements', `/integrer/oembed?url=${encodeURIComponent(`${base}/fiches/${f.fiche}`)}`, '/oai?verb=ListRecords&metadataPrefix=oai_dc', '/oai?verb=ListSets', '/carte', '/carte?quoi=fiches', '/boussole',
	'/boussole/chemin?qui=elu', '/recherche?q=hostile', '/recherche/suggest?q=hos', '/fiches/doublons?titre=hostile', '/fiches?taille=100', '/catalyseurs?taille=100', '/evenements?taille=100', `/evenements/${f.adresse}`, `/evenements/${f.adresse}/inscription`, `/fiches/${f.fiche}`, `/integrer/fiches/${f.fiche}`, `/integrer/catalyseurs/hostile-${f.catalyseur}`, `/integrer/evenements/${f.adresse}`,
	`/imprimer?fiche=${f.fiche}`, `/fiches/${f.fiche}/historique`, `/fiches/${f.fiche}/v1`, `/fiches/${f.fiche}/essaimage`, `/catalyseurs/hostile-${f.catalyseur}`, `/catalyseurs/${f.catalyseur}/historique`, `/catalyseurs/${f.catalyseur}/contacter`, `/fiches/${f.fiche}/suggerer`, `/fiches/${f.fiche}/suggerer?champ=contexte`, `/fiches/${f.fiche}/signaler`, `/fiches/${f.fiche}/adopter`,
	`/listes?f=${f.fiche}&c=${f.catalyseur}`, `/integrer/listes?f=${f.fiche}`, `/listes/ajouter?fiche=${f.fiche}`, '/atelier', `/atelier/${f.code}`, `/atelier/${f.code}/hors-ligne`, `/listes/${f.liste_code}`, `/integrer/listes/${f.liste_code}`, '/besoins', '/ressources', '/comprendre', '/reseau', '/essaimage', '/alertes?requete=/fiches', '/catalogue.jsonld', ...(f.alertes ? [f.alertes] : []), '/territoires?q=saint', '/territoires/suggest?q=sai', '/pres-de-moi?q=saint', '/contribuer/sans-compte', '/territoires/departement/974-la-reunion', '/delais', '/sitemap.xml', ...letters];
const own = { auteur: ['/mon-espace', '/compte', '/compte/export', '/compte/supprimer', '/contribuer/fiche', '/mon-espace/listes', `/mon-espace/listes/${f.liste}`, `/fiches/${f.travail}/modifier`, `/fiches/${f.travail}/brouillon`, `/fiches/${f.travail}/travail`, `/fiches/${f.travail}/travail/pieces`, `/fiches/${f.travail}/auteurs`, `/fiches/${f.travail}/relecture`, `/fiches/${f.relue}/relecture`, `/fiches/${f.fiche}/suggestions`, `/fiches/${f.fiche}/suggestions/${f.suggestion}`, `/fiches/${f.fiche}/essais/${f.essai}`, `/fiches/${f.fiche}/confirmer`, `/structures/${f.structure}`, '/structures/nouvelle?q=hostile', `/contribuer/parcours/${f.chemin}`, '/contribuer/parcours', '/reseau/rejoindre', `/catalyseurs/${f.catalyseur}/modifier`, '/mon-espace/parcours', '/mon-espace/parcours/comprendre-son-territoire'],
	animateur: ['/moderation', `/fiches/${f.relue}/relecture`, `/fiches/${f.relue}/travail`, '/ateliers', `/ateliers/${f.atelier}`, '/moderation/parcours', `/moderation/parcours/${f.chemin}`, `/fiches/${f.fiche}/signalements`, `/fiches/${f.fiche}/signalements/${f.signalement}`, '/administration/reseau', `/administration/reseau/${f.demande}`],
	administrateur: ['/administration', '/administration/journal', '/administration/comptes', '/administration/comptes?q=hostile', `/administration/comptes/${f.compte}`, '/administration/roles', '/administration/vocabulaires/theme', `/administration/termes/${f.terme}`, '/administration/espaces/hostile', '/administration/espaces/hostile/menu', '/administration/espaces/hostile/accueil', '/administration/espaces/hostile/apparence', '/administration/espaces/hostile/textes', `/administration/espaces/hostile/textes/${f.fiche}`, '/administration/import', `/administration/import/${f.tableau}`, '/administration/indicateurs', '/administration/agenda', `/administration/agenda/${f.rendez_vous}`, `/administration/agenda/${f.rendez_vous}/inscrits`, '/administration/agenda/series', '/administration/boussole/q-qui', '/administration/textes', `/administration/textes/${f.texte}`, '/administration/ressources', `/administration/ressources/${f.ressource}`, '/administration/thematiques', '/administration/liens', `/moderation/parcours/${f.chemin}`, `/fiches/${f.relue}/relecture`] };
const formats = new Map();
async function walk(who) {
	const counts = new Map(), queue = [...new Set([...(own[who] ?? []), ...(who === 'auteur' ? letters : who ? [] : seeds)])], known = new Set(queue), sure = queue.length;
	const one = async (path, certain) => {
		const route = routeOf(path.split(/[?#]/)[0].replace(/(.)\/$/, '$1'));
		if (!route) return;
		const done = counts.get(route.pattern) ?? 0;
		if (done >= EACH && !certain) return;
		counts.set(route.pattern, done + 1);
		let a = await get(who, path);
		if ([301, 302, 303, 308].includes(a.status) && a.to?.startsWith('/')) { if (!known.has(a.to)) { known.add(a.to); queue.push(a.to); } return; }
		if (a.status !== 200 && a.status !== 410) { htmls.push([`${path} ${a.status}`, /html/.test(a.type) ? a.text : '']); return; }
		read.set(route.pattern, (read.get(route.pattern) ?? 0) + 1);
		if (/q7z/.test(a.text)) hostile.set(route.pattern, (hostile.get(route.pattern) ?? 0) + 1);
		const named = keep(path, a);
		if (/html|xml/.test(a.type)) for (const m of a.text.matchAll(/(?:href="|<loc>http:\/\/[^\/]+)(\/[^"#<]*)/g)) {
			const to = unhtml(m[1]);
			if (!known.has(to) && !/^\/(actifs|deconnexion)/.test(to)) { known.add(to); queue.push(to); }
		}
		if (done < FORMATS && route.pattern !== '/') {
			const [p, q] = path.split('?');
			for (const x of route.formats.filter(x => suffix[x] && !/\.\w+$/.test(p))) {
				a = await get(who, `${p}${suffix[x]}${q ? '?' + q : ''}`);
				if (a.status !== 200) { if (a.status >= 400 && a.status !== 404) bad.push(`${p}${suffix[x]}: ${a.status}`); continue; }
				if (!a.type.includes({ JSON: 'json', GEOJSON: 'geo+json', CSV: 'csv', ATOM: 'atom', JSONLD: 'ld+json', ICS: 'calendar' }[x])) bad.push(`${p}${suffix[x]}: ${a.type}`);
				if (/q7z/.test(a.text)) hostile.set(x, (hostile.get(x) ?? 0) + 1);
				formats.set(x, (formats.get(x) ?? 0) + 1);
				const file = keep(`${p}${suffix[x]}`, a);
				if (x === 'JSON') formats.set(`${p}?${q}`, a.text);
				if (x === 'CSV' && formats.has(`${p}?${q}`)) writeFileSync(`${file}.json`, formats.get(`${p}?${q}`));
			}
		}
	};
	for (let i = 0; i < queue.length && i < 4000;) {
		const part = queue.slice(i, i + 4);
		await Promise.all(part.map((p, k) => one(p, i + k < sure && !letters.includes(p))));
		i += part.length;
	}
}
await Promise.all([walk(null), walk('auteur'), walk('animateur').then(() => walk('administrateur'))]);
// An espace under its own name: its menu, its doors, its foot; what instances measure, to this machine alone.
for (const path of ['/', '/fiches', `/fiches/${f.fiche}`]) {
	let a = await get(null, path, { Host: 'hostile.localhost' });
	if (a.to) a = await get(null, a.to, { Host: 'hostile.localhost' });
	keep(`hostile.localhost${path}`, a);
}
const metrics = [await get(null, '/metrics/1', { 'X-Forwarded-For': '127.0.0.1' }), await get(null, '/metrics/2', { 'X-Forwarded-For': '127.0.0.1' })];
ok(metrics.every(m => m.status === 200 && m.text.split('\n').every(l => !l || /^# (HELP|TYPE) [a-z_]+ .*$/.test(l) || /^[a-z_]+(\{([a-z_]+="([^"\\]|\\.)*",?)*\})? [-+0-9.eE]+$|NaN$/.test(l)) && !/q7z|hostile\.example/.test(m.text)), 'what instances measure is numbers, and says nothing of anybody', metrics[0].text.split('\n').find(l => l && !/^# /.test(l) && !/ [-+0-9.eE]+$/.test(l)));

// --- what a request brings with it
const ascii = payloads.map(p => clean(p).replace(/[^\x20-\x7e]/g, ' ').trim()).filter(Boolean);
for (let i = 0; i < 60; i++) {
	const p = k => ascii[(i * 7 + k * 13) % ascii.length];
	const headers = { 'User-Agent': p(1), Referer: p(2), 'Accept-Language': p(3), 'X-Forwarded-For': i % 2 ? p(4) : '165.169.1.1', 'If-None-Match': p(5), 'X-Request-Id': p(6), 'Idempotency-Key': p(7), Authorization: i % 5 ? undefined : `Bearer ${p(8)}`, Cookie: `territoire=${i % 2 ? encodeURIComponent(p(9)) : p(9).replace(/[;,]/g, '')}; session=${encodeURIComponent(p(10))}; frais=${encodeURIComponent(p(11))}`, Accept: i % 7 ? 'text/html' : p(12), Range: p(13), Origin: p(14) };
	for (const k of Object.keys(headers)) if (headers[k] === undefined) delete headers[k];
	const path = ['/', '/pres-de-moi', '/connexion', '/fiches', '/rien-ici'][i % 5] + (i % 3 ? `?q=${encodeURIComponent(p(15))}&retour=${encodeURIComponent(p(16))}&territoire=${encodeURIComponent(p(17))}&${encodeURIComponent(p(18))}=x` : '');
	const a = await get(null, path, headers);
	if (/html/.test(a.type)) htmls.push([`headers ${i} ${path}`, a.text]);
}

// --- judged
const never = routes.filter(r => !read.has(r.pattern) && plain[r.pattern] === undefined).map(r => r.pattern);
ok(bad.length === 0, `${asked} answers: no fault of ours, no header nor cookie of anybody's making, nobody led elsewhere, JSON whole`, `${bad.length}\n${[...new Set(bad)].slice(0, 30).join('\n')}`);
ok(never.length === 0, `${read.size} routes were read, in ${[...formats].filter(x => typeof x[1] === 'number').length + 1} formats; the others have their reason`, never.join('\n'));
const empty = [...read.keys()].filter(r => !hostile.has(r) && plain[r] === undefined && !silent[r]);
ok(empty.length === 0, `${hostile.size} of them with a hostile text in what they answered`, empty.join('\n'));
console.log(`# formats: ${[...formats].filter(x => typeof x[1] === 'number').map(x => `${x[0]} ${x[1]} (${hostile.get(x[0]) ?? 0} hostile)`).join(', ')}`);
const faults = execFileSync('/usr/bin/python3', [`${top}tests/hostile/read.py`, folder], { maxBuffer: 1 << 26 }).toString().trim();
ok(faults === '', `${readdirSync(folder).filter(x => /\.(csv|ics|xml)$/.test(x)).length} tables, calendars and feeds: read by their own parsers, no formula, no property nor element of anybody's making`, faults);
const { browser, judge } = await open(), wrong = [];
const all = [...htmls.filter(h => h[1]), ...JSON.parse(readFileSync(`${folder}/fragments.json`, 'utf8'))];
for (let i = 0; i < all.length; i += 50) (await judge(all.slice(i, i + 50).map(x => x[1]))).forEach((x, k) => { if (x.length) wrong.push(`${all[i + k][0]}: ${x.slice(0, 4).join(', ')}`); });
ok(wrong.length === 0, `${all.length} pages and fragments: nothing but our own elements, nothing that runs`, `${wrong.length}\n${wrong.slice(0, 30).join('\n')}`);
// The form of a workshop in one file has a script of its own: it is opened, and it writes what it holds as text. Then pages as people open them.
const page = await (await browser.newContext({ viewport: { width: 390, height: 800 } })).newPage(), sprung = [], stopped = [];
await page.exposeFunction('trap', i => { sprung.push(i); });
page.on('dialog', d => { sprung.push('dialog'); d.dismiss(); });
page.on('console', m => { if (/Content Security Policy/.test(m.text())) stopped.push(m.text().slice(0, 160)); });
for (const [i, text] of offline.entries()) {
	writeFileSync(`${folder}/offline-${i}.html`, text);
	await page.goto(`file://${folder}/offline-${i}.html`, { waitUntil: 'load' });
	const inside = await page.evaluate(() => [document.scripts.length, document.querySelectorAll('q7z, img, svg, iframe, object, embed, link').length]);
	if (inside[0] !== 1 || inside[1] !== 0) sprung.push(`a file holds ${inside}`);
}
ok(offline.length > 0, `${offline.length} files for workshops without a network`);
for (const who of people) {
	await page.context().clearCookies();
	if (who) await page.context().addCookies([{ name: 'session', value: facts[`session.${who}`], url: base }]);
	const paths = [...(who ? own[who] : seeds.filter(p => !/\.|^\/(oai|integrer\/oembed)|suggest|hors-ligne|doublons|lien=|jeton=/.test(p)))].filter(p => !/brouillon/.test(p));
	for (const p of paths.slice(0, OPENED)) await page.goto(base + p, { waitUntil: 'domcontentloaded' });
}
await page.waitForTimeout(200);
ok(sprung.length === 0, 'opened by people of each kind: the trap stayed silent', sprung.slice(0, 10).join('\n'));
ok(stopped.length === 0, 'and the policy had nothing to stop', stopped.slice(0, 3).join('\n'));
await browser.close();
console.log(`1..${n}`);
process.exit(failed ? 1 : 0);
