// A property: a facet's count is the total of the list it leads to: that value in place of the facet's own, the other filters and the
// words kept: of every value of some lists, zeros included, and of a few of the others. And a walk by cursor gives everything once.
// SEED=n asks the same again, whatever comes back first; CASES=n asks more.
import { address, base, draw, end, get, ok, readers } from './lib.mjs';

const seed = +(process.env.SEED ?? 20261124), cases = +(process.env.CASES ?? 200), checked = 2, lanes = 6, whole = 10; // one list in ten is checked whole
console.log(`# seed ${seed}, ${cases} lists, ${checked} counts of each, of one in ${whole} all, ${base}`);
const json = async (path, pairs) => {
	const a = await get(address(path, 'json', query(pairs)));
	if (a.status !== 200) throw new Error(`${a.status} for ${path}?${query(pairs)}: ${a.text.slice(0, 300)}`);
	return JSON.parse(a.text);
};
const query = pairs => pairs.map(([k, v]) => `${k}=${encodeURIComponent(v)}`).join('&');
const words = ['alliance', 'tiers-lieu', 'association', 'entreprise', 'atelier', 'partenariat territoire', 'réunion', '"projet de territoire"', 'zzz', 'évaluer -carte', 'allience', 'tierslieux', 'jardin partagé quartier', 'convention pluriannuelle entreprise', 'entreprise charte', 'gouvernance partagée'];
const places = ['departement:974', 'departement:67', 'departement:69', 'commune:97410', 'commune:69123', 'epci:249740077', 'region:53', 'region:04', 'collectivite:975', 'pays:FR'];

const facets = {};
for (const path of ['/fiches', '/catalyseurs']) {
	const d = await json(path, []);
	facets[path] = Object.fromEntries(Object.entries(d.facettes).map(([k, v]) => [k, v.map(x => x.valeur)]));
	facets[path].territoire.push(...places);
}
const wanted = { '/fiches': ['type', 'preuve', 'territoire', 'theme', 'odd', 'pratique', 'parcours', 'profil', 'dispositif', 'maturite', 'espace'],
	'/catalyseurs': ['territoire', 'theme', 'odd', 'pratique'] };
for (const path of Object.keys(wanted))
	ok(wanted[path].every(f => facets[path][f]?.length > 2), `${path} counts ${wanted[path].join(', ')}`, JSON.stringify(facets[path]).slice(0, 300));
ok(facets['/fiches'].type.length === 5 && facets['/fiches'].preuve.length === 5 && facets['/fiches'].odd.length === 17 &&
	facets['/fiches'].maturite.length === 4, 'values that count for nothing are listed');

const question = (path, { random, pick, several }) => {
	const q = [];
	for (const name of wanted[path])
		if (random() < (name === 'territoire' ? .45 : path === '/fiches' ? .15 : .25)) q.push(...several(facets[path][name]).map(v => [name, v]));
	if (random() < .3) q.push(['q', pick(words)]);
	if (random() < .1) q.push(['lat', (random() * 8 + 43).toFixed(4)], ['lon', (random() * 10 - 2).toFixed(4)], ['rayon', 20 + Math.floor(random() * 180)]);
	if (random() < .1) q.push(['bbox', pick(['55,-22,56,-20', '-5,42,8,51', '2,45,7,49.5'])]);
	if (path === '/fiches' && random() < .1) q.push(['verifie_depuis', '2026-06-01']);
	return q;
};

const wrong = [], seen = new Set();
let counts = 0, above = 0;
let replaced = 0;
const ask = async (path, q, { random }, every) => {
	const d = await json(path, q), instead = d.recherche?.a_la_place; // nothing as asked: other words were put in place
	const all = Object.entries(d.facettes).flatMap(([name, values]) => values.map(v => ({ name, ...v })));
	for (const v of all)
		if (v.actif !== q.some(([k, x]) => k === v.name && String(x) === v.valeur)) wrong.push(`${path}?${query(q)}: ${v.name}=${v.valeur} actif ${v.actif}`);
	for (const [k, x] of q)
		if (wanted[path].includes(k) && !all.some(v => v.name === k && v.valeur === String(x))) wrong.push(`${path}?${query(q)}: ${k}=${x} is not listed`);
	// Those that count for something tell more; among the others, some.
	const some = all.filter(v => every || v.nombre > 0 || random() < .1), sample = [];
	while (some.length && (every || sample.length < checked)) sample.push(some.splice(Math.floor(random() * some.length), 1)[0]);
	if (instead) replaced++;
	for (const v of sample) {
		const to = [...q.filter(([k]) => k !== v.name), [v.name, v.valeur], ['taille', 1]];
		const answer = await json(path, to), total = answer.total;
		if (answer.recherche?.a_la_place !== instead) wrong.push(`${path}?${query(q)}\n  is for ${instead ?? 'the words'}, ${path}?${query(to)} for ${answer.recherche?.a_la_place ?? 'the words'}`);
		counts++;
		above += total > 0;
		seen.add(path + v.name);
		if (total !== v.nombre) wrong.push(`${path}?${query(q)}\n  says ${v.nombre} for ${v.name}=${v.valeur}; there are ${total} in ${path}?${query(to)}`);
	}
};
const questions = Array.from({ length: cases }, (_, i) => {
	const path = i % 3 === 2 ? '/catalyseurs' : '/fiches', drawn = draw(seed + 7919 * i); // its own: lanes do not wait for each other
	return [path, question(path, drawn), drawn, i % whole === 0];
});
const walked = questions.slice(0, 24), read = questions.slice(0, 30);
const run = async (list, work) => {
	const left = [...list];
	await Promise.all(Array.from({ length: lanes }, async () => { for (let x; (x = left.pop());) await work(...x); }));
};
await run(questions, ask);
ok(wrong.length === 0, `${cases} lists: ${counts} counts are the totals of the lists they lead to`, wrong.slice(0, 5).join('\n'));
ok(above > counts / 5 && Object.entries(wanted).every(([p, f]) => f.every(n => seen.has(p + n))), `they were worth checking: ${above} above zero, every facet, ${replaced} lists of other words`,
	[...seen].join(' '));

// The page says the same counts as the data; a région of one département is one line.
const pages = [];
await run(read, async (path, q) => {
	const d = await json(path, q), html = (await get(address(path, 'html', query(q)))).text;
	const said = new Map([...html.matchAll(/<input type="checkbox" name="([a-z]+)" value="([^"]+)"[^>]*>.*?<b>(\d+)/g)].map(m => [m[1] + '=' + m[2], +m[3]]));
	for (const [name, values] of Object.entries(d.facettes))
		for (const v of values)
			if (said.has(`${name}=${v.valeur}`) ? said.get(`${name}=${v.valeur}`) !== v.nombre : !values.some(x => x.parent === v.valeur && x.libelle === v.libelle)) pages.push(`${path}?${query(q)}: ${name}=${v.valeur} ${v.nombre}, page ${said.get(`${name}=${v.valeur}`)}`);
	const boxes = [...html.matchAll(/<input type="checkbox" name="([a-z]+)" value="([^"]+)"/g)].map(m => m[1] + '=' + m[2]);
	if (new Set(boxes).size !== boxes.length) pages.push(`${path}?${query(q)}: a value twice`);
	if (said.size < 20) pages.push(`${path}?${query(q)}: ${said.size} values`);
	if (readers.html({ text: html }).total !== d.total) pages.push(`${path}?${query(q)}: total`);
});
ok(pages.length === 0, `${read.length} pages say the counts of the data`, pages.slice(0, 5).join('\n'));

// Whole walks: by cursor, each once, in the order of ids, whatever the order asked for.
const lost = [];
await run([['/fiches', []], ['/catalyseurs', []], ...walked], async (path, q) => {
	const ids = [];
	let total, url = address(path, 'json', query([...q, ['taille', 7], ['tri', 'recent'], ['apres', '']])), steps = 0;
	for (; url && steps < 200; steps++) {
		const d = JSON.parse((await get(url)).text);
		total = d.total;
		if (steps === 0 && !d.avertissements.some(a => a.champ === 'tri' && a.code === 'ignore')) lost.push(`${url}: nothing said of tri`);
		if (d.liens.prev || d.liens.last) lost.push(`${url}: prev or last`);
		ids.push(...d.elements.map(e => e.id));
		url = d.liens.next?.slice(base.length);
	}
	if (ids.length !== total || ids.some((x, i) => i && x <= ids[i - 1]) || steps !== Math.max(1, Math.ceil(total / 7))) lost.push(`${path}?${query(q)}: ${ids.length} of ${total} in ${steps} steps`);
});
ok(lost.length === 0, `${walked.length + 2} walks by cursor give every item once, and no empty page`, lost.slice(0, 5).join('\n'));
end();
