// /openapi.json: Spectral has nothing to say of it, every route is in it and nothing else, and what the server really sends fits it.
import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Ajv from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { end, get, ok } from './lib.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const answer = await get('/openapi.json');
ok(answer.status === 200 && answer.headers['content-type'] === 'application/json', '/openapi.json answers');
const api = JSON.parse(answer.text);

const tmp = mkdtempSync(join(tmpdir(), 'openapi-'));
writeFileSync(join(tmp, 'openapi.json'), answer.text);
writeFileSync(join(tmp, 'rules.yaml'), 'extends: ["spectral:oas"]\n');
const [bad, said] = await new Promise(done => execFile(join(here, 'node_modules/.bin/spectral'),
	['lint', '--quiet', '--fail-severity=hint', '-r', join(tmp, 'rules.yaml'), join(tmp, 'openapi.json')],
	(e, out, err) => done([e, out + err])));
rmSync(tmp, { recursive: true });
ok(!bad, 'Spectral: not even a hint', said);

const table = readFileSync(join(here, '../../src/app/routes.def'), 'utf8');
const routes = [...table.matchAll(/^ROUTE\((GET|POST|PUT), "([^"]+)"/gm)].map(m => `${m[1].toLowerCase()} ${m[2]}`).sort();
const told = Object.entries(api.paths).flatMap(([path, item]) => Object.keys(item).map(method => `${method} ${path}`)).sort();
ok(routes.length > 20 && routes.join() === told.join(), `the ${routes.length} routes are described, and no other`,
	[...routes.filter(r => !told.includes(r)), ...told.filter(r => !routes.includes(r))].join('\n'));

const ajv = new Ajv({ strict: false, allErrors: true });
formats(ajv);
ajv.addSchema({ $id: 'api', components: api.components });
const fits = (schema, value) => {
	const check = ajv.compile(JSON.parse(JSON.stringify(schema).replaceAll('"#/components', '"api#/components')));
	return check(value) ? '' : ajv.errorsText(check.errors, { separator: '\n' });
};

// Addresses that really exist, for the paths with a variable.
const list = async path => JSON.parse((await get(path)).text).elements;
const path = uri => new URL(uri).pathname;
const sheets = await list('/fiches.json?taille=100'), catalysts = await list('/catalyseurs.json?taille=100');
const territories = await list('/territoires.json?q=saint'), schemes = await list('/vocabulaires.json'), ways = await list('/parcours.json'), questions = await list('/observatoire.json');
const real = {
	'/recherche': ['/recherche?q=alliance', '/recherche?q=qwxz'],
	'/fiches': ['/fiches', '/fiches?territoire=commune:97410', '/fiches?q=forum&taille=3', '/fiches?inconnu=1'],
	'/evenements/{adresse}': (await list('/evenements.json')).map(e => path(e.uri)),
	'/fiches/{slug_id}': sheets.map(s => path(s.uri)),
	'/fiches/{id}/historique': sheets.slice(0, 10).map(s => `/fiches/${s.id}/historique`),
	'/fiches/{id}/essaimage': sheets.slice(0, 10).map(s => `/fiches/${s.id}/essaimage`),
	'/boussole/chemin': ['/boussole/chemin', '/boussole/chemin?qui=commune&but=comprendre&territoire=commune:97424'],
	'/fiches/{id}/{version}': sheets.slice(0, 10).map(s => `/fiches/${s.id}/v1`),
	'/catalyseurs': ['/catalyseurs', '/catalyseurs?territoire=commune:97410'],
	'/catalyseurs/{slug_id}': catalysts.map(c => path(c.uri)),
	'/catalyseurs/{id}/historique': catalysts.slice(0, 10).map(c => `/catalyseurs/${c.id}/historique`),
	'/territoires': ['/territoires', '/territoires?q=saint'],
	'/territoires/suggest': ['/territoires/suggest?q=saint'],
	'/territoires/{type}/{code_slug}': territories.filter(t => t.uri).map(t => path(t.uri)).concat('/territoires/region/84-auvergne-rhone-alpes'),
	'/integrer/oembed': [`/integrer/oembed?url=${encodeURIComponent(sheets[0].uri)}`],
	'/observatoire': ['/observatoire', '/observatoire?territoire=region:76', '/observatoire?territoire=departement:974'],
	'/observatoire/comparer': ['/observatoire/comparer', '/observatoire/comparer?a=region:24&b=pays:FR'],
	'/observatoire/{indicateur}': questions.map(q => path(q.uri)),
	'/listes': ['/listes', `/listes?f=${sheets[0].id},999999&c=${catalysts[0].id}&u=/fiches`],
	'/parcours': ['/parcours', '/parcours?page=2'],
	'/parcours/{slug}': ways.flatMap(w => [path(w.uri), `${path(w.uri)}?duree=12`]),
	'/thematiques/{slug}': (await list('/thematiques.json')).flatMap(t => [path(t.url), `${path(t.url)}?territoire=commune:97410`]),
	'/besoins': ['/besoins', '/besoins?territoire=commune:97410&theme=sante-bien-etre'],
	'/comprendre/{pratique}': ['/comprendre/dialogue-territorial', '/comprendre/gestion-d-un-lieu'],
	'/vocabulaires/{schema}': schemes.map(s => path(s.uri)),
};
// What asks who one is has its own tests.
const open = new Set([...table.matchAll(/^ROUTE\(GET, "([^"]+)", \w+, (?:PUBLIC|HOST|HARVESTER),/gm)].map(m => m[1]));
for (const [pattern, item] of Object.entries(api.paths)) {
	if (!open.has(pattern) || ['/listes/{code}', '/atelier/{code}'].includes(pattern)) continue; // links that are secrets: a list is the same object as /listes, a session has its own test
	const schema = item.get?.responses['200'].content['application/json']?.schema;
	if (!schema) continue;
	if (pattern.includes('{') && !real[pattern]) {
		ok(false, `${pattern}: an address to try`, 'add one to tests/formats/openapi.mjs');
		continue;
	}
	const faults = [];
	for (const url of real[pattern] ?? [pattern]) {
		const got = await get(url, { Accept: 'application/json' });
		if (got.status !== 200) faults.push(`${url}: ${got.status}`);
		else {
			const why = fits(schema, JSON.parse(got.text));
			if (why) faults.push(`${url}: ${why}`);
		}
	}
	ok(faults.length === 0, `${pattern}: ${(real[pattern] ?? [1]).length} real answers fit`, faults.join('\n'));
}
for (const url of ['/fiches.json?page=0', '/fiches/rien-999999.json', '/territoires/commune/99999.json', '/rien.json']) {
	const got = await get(url);
	const why = fits({ $ref: '#/components/schemas/Erreur' }, JSON.parse(got.text));
	ok(got.status >= 400 && got.headers['content-type'] === 'application/problem+json' && !why, `${url}: an error as described`, why);
}
const moves = (where) => Object.keys(api.paths).filter(where).sort().join(' ');
const moved = {};
for (const url of ['/fiches', '/catalyseurs', '/recherche', '/evenements', '/territoires'])
	moved[url] = (await get(`${url}.json?q=97470`)).status === 303;
ok(moves(p => moved[p]) === moves(p => api.paths[p].get?.responses['303']), 'the lists that move to the place that is asked, and no others, say 303',
	`${moves(p => moved[p])}; said: ${moves(p => api.paths[p].get?.responses['303'])}`);
// The schemas are not so loose that anything fits.
const one = JSON.parse((await get(path(sheets[0].uri) + '.json')).text);
delete one.titre;
ok(fits({ $ref: '#/components/schemas/Fiche' }, one) !== '', 'a sheet without a title would not fit');
end();
