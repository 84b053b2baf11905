// What the tests of formats share: TAP, answers over kept connections, and readers of our formats that are not ours.
import http from 'node:http';

export const base = process.env.BASE;
let n = 0, failed = 0;
export const ok = (good, name, detail) => {
	console.log(`${good ? 'ok' : 'not ok'} ${++n} - ${name}`);
	if (good) return;
	failed++;
	if (detail) console.log(String(detail).slice(0, 900).replace(/^/gm, '#   '));
};
export const end = () => {
	console.log(`1..${n}`);
	if (failed) console.log(`# ${failed} failed of ${n}`);
	process.exit(failed ? 1 : 0);
};

const agent = new http.Agent({ keepAlive: true, maxSockets: 8 });
export const get = (path, headers = {}) => new Promise((resolve, reject) => {
	http.get(base + path, { agent, headers }, answer => {
		const parts = [];
		answer.on('data', d => parts.push(d));
		answer.on('end', () => resolve({ status: answer.statusCode, headers: answer.headers, text: Buffer.concat(parts).toString('utf8') }));
	}).on('error', reject);
});

// RFC 4180 with semicolons.
export function csv(text) {
	const rows = [];
	let row = [], cell = '', quoted = false;
	for (let i = 0; i < text.length; i++) {
		const c = text[i];
		if (quoted) {
			if (c !== '"') cell += c;
			else if (text[i + 1] === '"') { cell += '"'; i++; }
			else quoted = false;
		} else if (c === '"' && cell === '') quoted = true;
		else if (c === ';') { row.push(cell); cell = ''; }
		else if (c === '\n') { row.push(cell.replace(/\r$/, '')); rows.push(row); row = []; cell = ''; }
		else cell += c;
	}
	if (quoted || cell !== '' || row.length) throw new Error('a table that does not end with a whole row');
	const [head, ...rest] = rows;
	return rest.map(r => {
		if (r.length !== head.length) throw new Error(`${r.length} cells under ${head.length} titles: ${r}`);
		return Object.fromEntries(head.map((h, i) => [h, r[i]]));
	});
}

const ids = (text, pattern) => [...text.matchAll(pattern)].map(m => +m[1]);
const last = uri => +/(\d+)$/.exec(uri)[1];

// Each gives { total, ids } of one page of a list, in order.
export const readers = {
	json: a => { const d = JSON.parse(a.text); return { total: d.total, ids: d.elements.map(e => e.id) }; },
	geojson: a => {
		const d = JSON.parse(a.text);
		if (d.type !== 'FeatureCollection' || d.numberReturned !== d.features.length) throw new Error('numberReturned');
		return { total: d.numberMatched, ids: d.features.map(f => last(f.id)) };
	},
	csv: a => ({ total: +a.headers['x-total'], ids: csv(a.text).map(r => +r.id) }),
	atom: a => ({ total: +/<opensearch:totalResults>(\d+)</.exec(a.text)[1], ids: ids(a.text.replace(/^[^]*?<entry>|$/, '<entry>'), /<id>tag:[^<]*\/(\d+)<\/id>/g) }),
	jsonld: a => {
		const list = JSON.parse(a.text)['@graph'].find(x => x['@type'] === 'ItemList');
		return { total: list.numberOfItems, ids: list.itemListElement.map(e => last(e.item['@id'])) };
	},
	html: a => {
		const total = /<p class="total">([^<]*)</.exec(a.text)[1];
		// Rows only, and not those of the nearest elsewhere, which answer another question.
		const rows = a.text.replace(/<section class="groupe"[^>]*aria-labelledby="proches"[^]*?<\/section>/g, '');
		return { total: /^aucun/.test(total) ? 0 : +total.replace(/[^0-9]/g, ''), ids: ids(rows, /<h3><a href="\/(?:fiches|catalyseurs)\/[^"]*-(\d+)"/g) };
	},
};
// The live sheets of an OAI set, or all of them, by the headers of every page of a harvest.
export const harvest = async set => {
	const got = [];
	for (let query = `metadataPrefix=oai_dc${set ? `&set=${set}` : ''}`; query;) {
		const { text } = await get(`/oai?verb=ListIdentifiers&${query}`);
		const fault = /<error code="(\w+)"/.exec(text)?.[1];
		if (fault && fault !== 'noRecordsMatch') throw new Error(`OAI, ${query}: ${fault}`);
		got.push(...ids(text, /<header>\n<identifier>[^<]*\/(\d+)<\/identifier>/g)); // a withdrawal says so in its header
		const token = /<resumptionToken[^>]*>([^<]+)</.exec(text)?.[1];
		query = token && `resumptionToken=${encodeURIComponent(token)}`;
	}
	return got;
};
export const address = (path, format, query) => path + (format === 'html' ? '' : '.' + format) + (query ? '?' + query : '');

// Numbers that the same seed gives again (mulberry32), and what is drawn with them.
export const draw = seed => {
	const random = () => {
		seed = seed + 0x6D2B79F5 | 0;
		let t = Math.imul(seed ^ seed >>> 15, 1 | seed);
		t = t + Math.imul(t ^ t >>> 7, 61 | t) ^ t;
		return ((t ^ t >>> 14) >>> 0) / 4294967296;
	};
	const pick = list => list[Math.floor(random() * list.length)];
	const several = list => { const v = [pick(list)]; while (random() < .35) v.push(pick(list)); return [...new Set(v)]; };
	return { random, pick, several };
};
