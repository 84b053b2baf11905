// What the tests of freshness share: an instance asked directly (FastCGI), the base, and an address for each public route in each of its formats.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import net from 'node:net';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const top = join(dirname(fileURLToPath(import.meta.url)), '../..');
export const base = process.env.BASE, dir = process.env.VAR;
const sock = readFileSync(join(dir, 'sockets'), 'utf8').trim();
const host = new URL(base).host;

export const sql = text => execFileSync(join(top, 'tools/cluster.sh'), ['psql', join(dir, 'postgresql'), '-d', 'catalyse', '-XqAt', '-v', 'ON_ERROR_STOP=1', '-c',
	'set search_path to private, catalyse, public', '-c', text], { encoding: 'utf8', maxBuffer: 1 << 26, stdio: ['ignore', 'pipe', 'inherit'] }).trim();

const record = (type, body) => {
	const head = Buffer.from([1, type, 0, 1, body.length >> 8, body.length & 255, 0, 0]);
	return Buffer.concat([head, body]);
};
const length = n => n < 128 ? Buffer.from([n]) : Buffer.from([n >> 24 | 128, n >> 16 & 255, n >> 8 & 255, n & 255]);

// GET path on instance 1 or 2, as nginx asks: { status, headers, body }.
export const ask = (instance, path, headers = {}) => new Promise((resolve, reject) => {
	const [document, query = ''] = path.split('?');
	const env = { REQUEST_METHOD: 'GET', REQUEST_URI: path, DOCUMENT_URI: decodeURI(document), QUERY_STRING: query, SERVER_PROTOCOL: 'HTTP/1.1', REMOTE_ADDR: '127.0.0.1',
		REQUEST_SCHEME: 'http', HTTP_HOST: host };
	for (const [k, v] of Object.entries(headers)) env['HTTP_' + k.toUpperCase().replaceAll('-', '_')] = v;
	const pairs = Buffer.concat(Object.entries(env).flatMap(([k, v]) => {
		const a = Buffer.from(k), b = Buffer.from(v);
		return [length(a.length), length(b.length), a, b];
	}));
	const parts = [];
	const s = net.connect(join(sock, `${instance}.sock`), () => s.write(Buffer.concat([
		record(1, Buffer.from([0, 1, 0, 0, 0, 0, 0, 0])), record(4, pairs), record(4, Buffer.alloc(0)), record(5, Buffer.alloc(0))])));
	s.setTimeout(20000, () => s.destroy(new Error(`${path}: no answer`)));
	s.on('data', d => parts.push(d));
	s.on('error', reject);
	s.on('close', () => {
		const all = Buffer.concat(parts), out = [];
		for (let i = 0; i + 8 <= all.length;) {
			const n = all.readUInt16BE(i + 4), pad = all[i + 6];
			if (all[i + 1] === 6) out.push(all.subarray(i + 8, i + 8 + n));
			i += 8 + n + pad;
		}
		const text = Buffer.concat(out), end = text.indexOf('\r\n\r\n');
		if (end < 0) return reject(new Error(`${path}: an answer without an end`));
		const got = {};
		for (const line of text.subarray(0, end).toString().split('\r\n')) {
			const i = line.indexOf(':'), name = line.slice(0, i).toLowerCase();
			if (!(name in got)) got[name] = line.slice(i + 1).trim();
		}
		resolve({ status: +(got.status ?? '200').slice(0, 3), headers: got, body: text.subarray(end + 4).toString('utf8') });
	});
});
// A busy machine may be too slow for an answer, or for its revision: asked again then, for a minute.
export const patient = async (work, good) => {
	let got;
	for (let i = 0; i < 120; i++) {
		got = await work();
		if (good(got)) break;
		await new Promise(r => setTimeout(r, 500));
	}
	return got;
};
// Several at a time, answers in order.
export const each = async (list, work, lanes = 6) => {
	const got = new Array(list.length);
	let next = 0;
	await Promise.all(Array.from({ length: lanes }, async () => {
		for (let i; (i = next++) < list.length;) got[i] = await work(list[i], i);
	}));
	return got;
};

// fresh.def: pattern -> { nouns, day, clock } or { bytes: why }
export const made = {};
for (const [, kind, pattern, rest] of readFileSync(join(top, 'src/app/fresh.def'), 'utf8').matchAll(/^(MADE_OF|MADE_OF_AND_DAY|MADE_OF_AND_CLOCK|BY_BYTES)\("([^"]+)", (.*)\)$/gm))
	made[pattern] = kind === 'BY_BYTES' ? { bytes: rest } : { nouns: [...rest.matchAll(/OF\((\w+)\)/g)].map(m => m[1]), day: kind !== 'MADE_OF', clock: kind === 'MADE_OF_AND_CLOCK' };

// Routes that everybody reads and that are kept for everybody, with their formats.
const suffixes = { F_HTML: '', F_JSON: '.json', F_GEOJSON: '.geojson', F_CSV: '.csv', F_ATOM: '.atom', F_ICS: '.ics', F_JSONLD: '.jsonld' };
export const routes = [...readFileSync(join(top, 'src/app/routes.def'), 'utf8')
	.matchAll(/^ROUTE\(GET, "([^"]+)", \w+, PUBLIC, (CACHE_\w+), \w+, ([A-Z_| ]+),/gm)]
	.filter(([, , cache]) => cache !== 'CACHE_NONE')
	.map(([, pattern, cache, formats]) => ({ pattern, cache,
		formats: formats.replace('F_LIST', 'F_HTML | F_JSON | F_GEOJSON | F_CSV | F_ATOM | F_JSONLD').split(' | ') }));

// [{ pattern, path }]: one address or more for each, in each format.
export const addresses = async () => {
	const list = async path => { const d = JSON.parse((await ask(1, path)).body); return d.elements; };
	const at = uri => new URL(uri, base).pathname;
	const sheets = await list('/fiches.json?taille=3'), catalysts = await list('/catalyseurs.json?taille=2'), schemes = await list('/vocabulaires.json');
	const ways = await list('/parcours.json'), events = await list('/evenements.json'), questions = await list('/observatoire.json'), themes = await list('/thematiques.json');
	const sheet = sheets[0], catalyst = catalysts[0];
	const piece = sql(`select '/fiches/' || sheet_id || '/pieces/' || id || '-x' from attachment where published_at is not null limit 1`);
	const real = {
		'/': ['/'],
		'/espaces/{code}/{fichier}': [/\/espaces\/[\w-]+\/\w+\.css/.exec((await ask(1, '/', { Host: 'reseau.localhost' })).body)?.[0]].filter(Boolean),
		'/recherche': ['/recherche?q=alliance'],
		'/recherche/suggest': ['/recherche/suggest?q=alli'],
		'/fiches': ['/fiches', '/fiches?territoire=commune:97410', '/fiches?q=forum', '/fiches?espace=reseau'],
		'/fiches/{slug_id}': [at(sheet.uri)],
		'/fiches/{id}/historique': [`/fiches/${sheet.id}/historique`],
		'/fiches/{id}/{version}': [`/fiches/${sheet.id}/v1`],
		'/fiches/{id}/essaimage': [`/fiches/${sheet.id}/essaimage`],
		'/fiches/{id}/pieces/{piece}': piece ? [piece] : [],
		'/catalyseurs': ['/catalyseurs', '/catalyseurs?territoire=commune:97410'],
		'/catalyseurs/{slug_id}': [at(catalyst.uri)],
		'/catalyseurs/{id}/historique': [`/catalyseurs/${catalyst.id}/historique`],
		'/carte': ['/carte', '/carte?quoi=catalyseurs'],
		'/territoires/suggest': ['/territoires/suggest?q=saint'],
		'/territoires/contours/{maille}': ['/territoires/contours/regions'],
		'/territoires/{type}/{code_slug}': ['/territoires/region/84-auvergne-rhone-alpes', '/territoires/commune/97416-saint-pierre'],
		'/vocabulaires/{schema}': [at(schemes[0].uri)],
		'/boussole/chemin': ['/boussole/chemin?qui=commune&but=comprendre&territoire=commune:97424'],
		'/parcours/{slug}': [at(ways[0].uri)],
		'/sitemaps/{partie}': [/\/sitemaps\/[\w.-]+/.exec((await ask(1, '/sitemap.xml')).body)?.[0]].filter(Boolean),
		'/imprimer': [`/imprimer?fiche=${sheet.id}`],
		'/integrer/fiches/{slug_id}': [`/integrer${at(sheet.uri)}`],
		'/integrer/catalyseurs/{slug_id}': [`/integrer${at(catalyst.uri)}`],
		'/integrer/evenements/{adresse}': [`/integrer${at(events[0].uri)}`],
		'/integrer/listes': [`/integrer/listes?f=${sheet.id}`],
		'/integrer/oembed': [`/integrer/oembed?url=${encodeURIComponent(sheet.uri)}`],
		'/evenements/{adresse}': [at(events[0].uri), at(events.at(-1).uri)],
		'/evenements/{adresse}/inscription': [`${at(events[0].uri)}/inscription`],
		'/observatoire/{indicateur}': [at(questions[0].uri)],
		'/observatoire/comparer': ['/observatoire/comparer?a=region:24&b=pays:FR'],
		'/thematiques/{slug}': [at(themes[0].url), `${at(themes[0].url)}?territoire=commune:97410`],
		'/comprendre/{pratique}': ['/comprendre/dialogue-territorial'],
		'/listes': [`/listes?f=${sheet.id}&c=${catalyst.id}&u=/fiches`],
		'/_fragment/ici': ['/_fragment/ici?territoire=commune:97410'],
	};
	const chosen = { '/_fragment/boussole': { Cookie: 'territoire=commune%3A97410' } }; // without a choice it is nobody else's
	const all = [];
	for (const { pattern, formats } of routes)
		for (const path of real[pattern] ?? (pattern.includes('{') ? [] : [pattern])) {
			const plain = formats.filter(f => f in suffixes);
			if (pattern === '/' || /\.\w+$/.test(path.split('?')[0]) || plain.length < 2) { all.push({ pattern, path, key: path, headers: chosen[pattern] ?? {} }); continue; }
			for (const f of plain) {
				const [stem, query] = path.split('?');
				all.push({ pattern, path: stem + suffixes[f] + (query ? `?${query}` : ''), key: path, headers: {} });
			}
		}
	return { all, sheet, catalyst, without: routes.filter(r => !all.some(a => a.pattern === r.pattern)).map(r => r.pattern) };
};
