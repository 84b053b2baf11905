// JSON-LD of every kind of page, expanded by jsonld in safe mode: nothing dropped, nothing fetched.
import jsonld from 'jsonld';
import { base, end, get, ok } from './lib.mjs';

const documentLoader = url => { throw new Error(`would fetch ${url}`); };
const S = 'https://schema.org/', K = 'http://www.w3.org/2004/02/skos/core#', D = 'http://www.w3.org/ns/dcat#';
const first = async (query, key = 'uri') => JSON.parse((await get(query)).text).elements[0]?.[key].slice(base.length);
const kinds = {};
for (const [kind, type] of [['methode', 'HowTo'], ['exemple', 'Article'], ['donnee', 'Article'], ['outil', 'LearningResource'], ['competence', 'LearningResource']]) {
	const uri = await first(`/fiches.json?type=${kind}&taille=1`);
	if (uri) kinds[uri + '.jsonld'] = [S + type, S + 'ItemPage', S + 'BreadcrumbList'];
}
Object.assign(kinds, {
	'/fiches.jsonld': [S + 'CollectionPage', S + 'ItemList', S + 'HowTo'],
	'/fiches.jsonld?q=zzzzzz': [S + 'CollectionPage', S + 'ItemList'],
	'/catalyseurs.jsonld': [S + 'ItemList', S + 'GeoCoordinates'],
	[await first('/catalyseurs.json?territoire=commune:97410&taille=1') + '.jsonld']: [S + 'ProfilePage', S + 'PropertyValue', S + 'AdministrativeArea'],
	'/territoires/commune/97410-saint-benoit.jsonld': [S + 'AdministrativeArea', S + 'PropertyValue', S + 'GeoCoordinates'],
	'/territoires/region/53-bretagne.jsonld': [S + 'AdministrativeArea', S + 'Country'],
	'/territoires.jsonld': [S + 'CollectionPage', S + 'ItemList', S + 'AdministrativeArea', S + 'PropertyValue'],
	'/territoires.jsonld?q=saint-benoit': [S + 'ItemList', S + 'AdministrativeArea'],
	'/vocabulaires.jsonld': [K + 'ConceptScheme'],
	'/vocabulaires/odd.jsonld': [K + 'ConceptScheme', K + 'Concept'],
	'/vocabulaires/theme.jsonld': [K + 'Concept'],
	'/evenements.jsonld': [S + 'CollectionPage', S + 'ItemList', S + 'Event', S + 'EventSeries', S + 'VirtualLocation'],
	[await first('/evenements.json?taille=1') + '.jsonld']: [S + 'ItemPage', S + 'Event'],
	'/parcours.jsonld': [S + 'CollectionPage', S + 'ItemList', S + 'Course', S + 'Organization'],
	[await first('/parcours.json') + '.jsonld']: [S + 'ItemPage', S + 'Course', S + 'CourseInstance', S + 'LearningResource'],
	'/thematiques.jsonld': [S + 'CollectionPage', S + 'DefinedTermSet', S + 'DefinedTerm'],
	[await first('/thematiques.json', 'url') + '.jsonld']: [S + 'CollectionPage', S + 'DefinedTerm', S + 'CreativeWork'],
	'/observatoire.jsonld': [S + 'CollectionPage', S + 'Dataset', S + 'DataDownload'],
	[await first('/observatoire.json') + '.jsonld']: [S + 'ItemPage', S + 'Dataset', S + 'DataDownload'],
	'/catalogue.jsonld': [D + 'Catalog', D + 'Dataset', D + 'Distribution', 'http://spdx.org/rdf/terms#Checksum'],
});
const types = node => [].concat(node['@type'] ?? [], ...Object.values(node).filter(v => Array.isArray(v)).map(v => v.filter(x => x && typeof x === 'object').flatMap(types)));
const read = async (path, headers) => {
	const a = await get(path, headers);
	return jsonld.expand(JSON.parse(a.text), { documentLoader, safe: true, base: base + path });
};
for (const [path, wanted] of Object.entries(kinds)) {
	try {
		const graph = await read(path), seen = new Set(graph.flatMap(types));
		ok(wanted.every(t => seen.has(t)), `${path}: ${graph.length} things, ${wanted.map(t => t.split(/[/#]/).pop()).join(', ')}`, `only ${[...seen]}`);
	} catch (e) {
		ok(false, path, `${e.message} ${JSON.stringify(e.details ?? '')}`);
	}
}
for (const list of ['/parcours', '/territoires']) {
	const items = (await read(`${list}.jsonld`)).find(x => x['@type']?.includes(S + 'ItemList'))[S + 'itemListElement'];
	const urls = items.map(i => i[S + 'item'][0][S + 'url']?.[0]['@id'] ?? null), { elements } = JSON.parse((await get(`${list}.json`)).text);
	ok(urls.length && JSON.stringify(urls) === JSON.stringify(elements.map(e => e.uri ?? null)), `${list}: the same ${urls.length} in JSON and in JSON-LD`, urls);
	const page = await get(list);
	ok(page.text.includes(`<link rel="alternate" type="application/ld+json"`) && page.headers.link?.includes(`${list}.jsonld>; rel="alternate"`), `${list} names its .jsonld`, page.headers.link);
}
{
	const graph = await read('/', { accept: 'application/ld+json' }), site = graph.find(x => x['@type']?.includes(S + 'WebSite'));
	const action = site?.[S + 'potentialAction']?.[0];
	ok(action?.['@type'][0] === S + 'SearchAction' && /recherche\?q=\{q\}/.test(JSON.stringify(action)), 'the home: a WebSite and its SearchAction', JSON.stringify(graph));
	const odd = await read('/vocabulaires/odd.jsonld');
	ok([...Array(17).keys()].every(i => odd.some(c => c[K + 'exactMatch']?.[0]['@id'] === `http://metadata.un.org/sdg/${i + 1}`)), 'the seventeen goals are joined to those of the United Nations');
	const ours = await read('/vocabulaires/theme.jsonld');
	ok(ours.every(c => /Proposition/.test(c[K + 'editorialNote']?.[0]['@value'])), 'a term of ours says so');
	ok(odd.every(c => !c[K + 'editorialNote'] && c['http://purl.org/dc/terms/source']), 'the others name their source');
	const sheet = (await read(Object.keys(kinds)[0])).find(x => x['@type'].includes(S + 'HowTo'));
	ok(sheet[S + 'license'][0]['@id'].startsWith('https://creativecommons.org/') && sheet[S + 'step'].length > 1
		&& /^\d{4}-.*Z$/.test(sheet[S + 'dateModified'][0]['@value']) && sheet[S + 'about'].every(t => t['@type'][0] === S + 'DefinedTerm'),
	'a method: its licence is a link, its steps, its date, its terms', JSON.stringify(sheet).slice(0, 600));
}
end();
