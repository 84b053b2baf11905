// A property: whatever is asked of a list, every format holds the same ids, in the same order, and the same total; and of what a harvester may
// ask, the sets of OAI-PMH hold the same again.
// SEED=n sees the same questions again; CASES=n asks more.
import { address, base, draw, end, get, harvest, ok, readers } from './lib.mjs';

const seed = +(process.env.SEED ?? 20261124);
const cases = +(process.env.CASES ?? 200);
console.log(`# seed ${seed}, ${cases} questions, ${Object.keys(readers).length} formats, ${base}`);
const { random, pick, several: drawn } = draw(seed);
const some = (p, make) => random() < p ? make() : [];
const pair = (name, value) => `${name}=${encodeURIComponent(value)}`;
const several = (name, list) => drawn(list).map(x => pair(name, x));

const words = ['alliance', 'tiers-lieu', 'association', 'entreprise', 'atelier', 'partenariat territoire', 'réunion', '"projet de territoire"', 'zzz', "l'eau", 'évaluer -carte'];
const values = {};
for (const path of ['/fiches', '/catalyseurs']) {
	const facets = JSON.parse((await get(address(path, 'json', ''))).text).facettes;
	values[path] = Object.fromEntries(Object.entries(facets).map(([k, v]) => [k, v.map(x => x.valeur)]));
	values[path].territoire = [...(values[path].territoire ?? []), 'departement:974', 'departement:67', 'commune:97410', 'epci:249740077', 'region:53', 'pays:FR'];
}
const question = path => {
	const v = values[path], q = [];
	for (const name of ['type', 'theme', 'odd', 'pratique', 'parcours', 'profil', 'dispositif', 'espace', 'preuve', 'territoire'])
		if (v[name]?.length) q.push(...some(name === 'territoire' ? .3 : .16, () => several(name, v[name])));
	q.push(...some(.2, () => [pair('q', pick(words))]));
	if (path === '/fiches') {
		q.push(...some(.1, () => [pair('maturite', 1 + Math.floor(random() * 4))]));
		q.push(...some(.1, () => [pair('modifie_depuis', pick(['2020-01-01', '2026-11-01']))]));
		q.push(...some(.1, () => [pair('verifie_depuis', pick(['2020-01-01', '2026-06-01']))]));
	}
	q.push(...some(.15, () => [pair('lat', (random() * 8 + 43).toFixed(4)), pair('lon', (random() * 10 - 2).toFixed(4)), pair('rayon', 20 + Math.floor(random() * 180))]));
	q.push(...some(.08, () => [pair('bbox', pick(['-5,42,8.3,51.1', '54,-22,57,-20', '2,48,3,49', '-10,40,-9,41']))]));
	q.push(...some(.05, () => [pair('apres', pick([0, 7, 100]))]));
	q.push(...some(.3, () => [pair('tri', pick(['pertinence', 'proximite', 'recent', 'verifie']))]));
	q.push(...some(.4, () => [pair('taille', pick([1, 3, 7, 50, 100]))]));
	q.push(...some(.3, () => [pair('page', 1 + Math.floor(random() * 4))]));
	return q.join('&');
};

const wrong = [];
let items = 0, empty = 0;
const ask = async (path, query) => {
	const seen = {};
	for (const format of Object.keys(readers)) {
		const a = await get(address(path, format, query));
		try {
			if (a.status !== 200) throw new Error(`status ${a.status}`);
			seen[format] = JSON.stringify(readers[format](a));
		} catch (e) {
			seen[format] = String(e.message);
		}
	}
	if (Object.values(seen).some(s => s !== seen.json || s[0] !== '{')) wrong.push(`${path}?${query}\n` + Object.entries(seen).map(([f, s]) => `  ${f} ${s.slice(0, 100)}`).join('\n'));
	else items += JSON.parse(seen.json).ids.length, empty += seen.json.includes('"ids":[]');
};
const questions = Array.from({ length: cases }, (_, i) => { const path = i % 3 === 2 ? '/catalyseurs' : '/fiches'; return [path, question(path)]; });
const asked = [...questions];
await Promise.all(Array.from({ length: 4 }, async () => { for (let q; (q = questions.pop());) await ask(...q); }));
ok(wrong.length === 0, `${cases} questions: the same ids, order and total in ${Object.keys(readers).join(', ')}`, wrong.slice(0, 4).join('\n'));
ok(items > cases && empty < cases * .8, `they were worth asking: ${items} items, ${empty} empty answers`);

// OAI-PMH: each set of ListSets is the list of that filter; then combinations.
const order = list => [...list].sort((a, b) => a - b);
const walk = async query => {
	const all = [];
	let total;
	for (let url = address('/fiches', 'json', `${query}${query && '&'}apres=0&taille=100`); url;) {
		const d = JSON.parse((await get(url)).text);
		total = d.total;
		all.push(...d.elements.map(e => e.id));
		url = d.liens.next?.slice(base.length);
	}
	return { total, ids: all };
};
const specs = [...(await get('/oai?verb=ListSets')).text.matchAll(/<setSpec>([^<]+)</g)].map(m => m[1]);
const named = spec => /^(type|theme|odd|pratique|parcours|profil|dispositif|preuve|maturite):/.test(spec) ? spec.replace(':', '=') : `territoire=${spec}`;
const sets = { '': await harvest('') }, differ = [];
const compare = async (query, ids) => {
	const list = await walk(query), got = order(ids);
	if (String(order(list.ids)) !== String(got) || list.total !== got.length) differ.push(`/fiches?${query}: ${list.total} sheets ${order(list.ids)}, OAI ${got.length} ${got}`);
};
const left = [...specs];
await Promise.all(Array.from({ length: 4 }, async () => { for (let s; (s = left.pop());) await compare(named(s), sets[named(s)] = await harvest(s)); }));
const full = specs.filter(s => sets[named(s)].length).length;
ok(differ.length === 0 && specs.length > 100 && full > 20, `${specs.length} sets of OAI-PMH, ${full} of them not empty: each is its list`, differ.slice(0, 4).join('\n'));
// Sets joined by points are a list with several filters: the parts of the questions that have sets, then as many combinations of what sheets have.
const spec = Object.fromEntries(specs.map(s => [named(s), s]));
const parts = new Set(asked.filter(([path]) => path === '/fiches').map(([, q]) => q.split('&').map(decodeURIComponent).filter(x => x in spec).join('&')).filter(Boolean));
const met = specs.filter(s => sets[named(s)].length).map(named), names = [...new Set(met.map(x => x.split('=')[0]))];
for (let i = 0; i < cases; i++) {
	const filters = new Set([pick(names), pick(names), ...some(.4, () => [pick(names)])]);
	parts.add([...filters].flatMap(name => drawn(met.filter(x => x.startsWith(name + '=')))).join('&'));
}
let found = 0, joined = 0;
const rest = [...parts];
await Promise.all(Array.from({ length: 4 }, async () => {
	for (let query; (query = rest.pop());) {
		const asks = query.split('&'), ids = await harvest(asks.map(x => spec[x]).join('.'));
		await compare(query, ids);
		found += ids.length > 0;
		joined += asks.length > 1;
	}
}));
ok(differ.length === 0 && joined > cases / 2 && found > cases / 5, `${parts.size} combinations, ${joined} of several filters, ${found} of them not empty: the set of OAI-PMH is the list`, differ.slice(0, 4).join('\n'));

// A walk by the next links finds everything once, in every format: by pages, and by the cursor.
const next = {
	json: a => JSON.parse(a.text).liens.next,
	geojson: a => JSON.parse(a.text).links.find(l => l.rel === 'next')?.href,
	csv: a => /<([^>]*)>; rel="next"/.exec(a.headers.link)?.[1],
	atom: a => /<link rel="next" href="([^"]*)"/.exec(a.text)?.[1].replaceAll('&amp;', '&'),
	jsonld: a => /<([^>]*)>; rel="next"/.exec(a.headers.link)?.[1],
};
for (const [how, format, find] of ['taille=9', 'apres=0&taille=20'].flatMap(how => Object.entries(next).map(x => [how, ...x]))) {
	const all = [];
	let total = 0, pages = 0;
	for (let url = `${base}/fiches.${format}?${how}`; url && pages < 100; pages++) {
		const a = await get(url.slice(base.length));
		const page = readers[format](a);
		total = page.total;
		all.push(...page.ids);
		url = find(a);
	}
	ok(all.length === total && new Set(all).size === total && total > 9, `${format}, ${how}: ${pages} pages by the next links, ${total} sheets, each once`, `${all.length} ids`);
}
end();
