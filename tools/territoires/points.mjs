// points: where each commune is. A ladder of sources, best first; every answer is checked against the box of its département.
//   a one row of france-cities-js   b several rows: GeoNames by name, near them   c several rows: their median
//   d mean of the delegated communes, by their rows, else GeoNames   e GeoNames by name   f overseas row by name   g same postcode, else the EPCI's mean
import fs from 'node:fs';
import { norm } from './names.mjs';

const COUNTRY = { 971: 'GP', 972: 'MQ', 973: 'GF', 974: 'RE', 976: 'YT', 975: 'PM', 977: 'BL', 978: 'MF', 984: 'TF', 986: 'WF', 987: 'PF', 988: 'NC' };
export const BOX_COM = { // lon min, lat min, lon max, lat max
	975: [-56.6, 46.7, -56.0, 47.2], 977: [-62.97, 17.85, -62.77, 17.99], 978: [-63.17, 18.0, -62.96, 18.14], 984: [39, -80, 142, -11],
	986: [-178.4, -14.5, -176, -13], 987: [-155, -28, -134, -7.8], 988: [158, -23, 169, -18], 989: [-109.4, 10.1, -109, 10.5],
};
const BY_HAND = { 98612: [-178.1583, -14.2702], 98809: [167.4833, -22.6167], 98817: [166.5833, -22.2833] };
const MARGIN = 0.35; // degrees: islands that the outlines leave out

export const inBox = ([x, y], b, m = 0) => x >= b[0] - m && x <= b[2] + m && y >= b[1] - m && y <= b[3] + m;
export function km([ax, ay], [bx, by]) {
	const r = Math.PI / 180, h = Math.sin((by - ay) * r / 2) ** 2 + Math.cos(ay * r) * Math.cos(by * r) * Math.sin((bx - ax) * r / 2) ** 2;
	return 12742 * Math.asin(Math.sqrt(Math.min(1, h)));
}
const mean = l => [l.reduce((a, p) => a + p[0], 0) / l.length, l.reduce((a, p) => a + p[1], 0) / l.length];
const mid = v => { v.sort((a, b) => a - b); const i = v.length >> 1; return v.length % 2 ? v[i] : (v[i - 1] + v[i]) / 2; };
const median = l => [mid(l.map(p => p[0])), mid(l.map(p => p[1]))];

// GeoNames' cities of the French countries, from their protobuf: name, country, population and coordinates are enough.
export function readGeonames(file) {
	const b = fs.readFileSync(file), wanted = new Set(['FR', ...Object.values(COUNTRY)]), byName = new Map();
	let pos = 0, lat = 0, lon = 0;
	const varint = () => { let v = 0, m = 1, c; do { c = b[pos++]; v += (c & 127) * m; m *= 128; } while (c > 127); return v; };
	const signed = () => { const v = varint(); return v % 2 ? -(v + 1) / 2 : v / 2; };
	while (pos < b.length) {
		const end = varint() + pos, c = { pop: 0 };
		while (pos < end) {
			const key = varint(), field = key >> 3, wire = key & 7;
			if (wire === 2) { const n = varint(); if (field === 2) c.name = b.toString('utf8', pos, pos + n); if (field === 3) c.country = b.toString('utf8', pos, pos + n); pos += n; }
			else if (field === 10) lon += signed();
			else if (field === 11) lat += signed();
			else if (field === 9) c.pop = varint();
			else varint();
		}
		if (!wanted.has(c.country)) continue;
		c.at = [lon / 1e5, lat / 1e5];
		const k = c.country + ' ' + norm(c.name);
		byName.set(k, [...(byName.get(k) ?? []), c]);
	}
	return byName;
}

export function locateCommunes({ communes, all, epci, cities, geonames, boxes }) {
	const rows = new Map(), comRows = new Map();
	for (const r of cities) {
		const at = [r.gps_lng, r.gps_lat];
		if (!Number.isFinite(at[0]) || !Number.isFinite(at[1])) continue;
		const m = r.insee_code ? rows : comRows, k = r.insee_code ? r.insee_code : `${r.department_code} ${norm(r.name)}`;
		if (!m.has(k)) m.set(k, []);
		m.get(k).push(at);
	}
	const box = d => boxes[d] ?? BOX_COM[d];
	const fits = (p, d) => inBox(p, box(d), BOX_COM[d] ? 0 : MARGIN);
	const got = new Map(), put = (c, p, rung) => { if (!p || !fits(p, c.departement)) return false; got.set(c.code, { at: p, rung }); return true; };
	const names = c => geonames.get(`${COUNTRY[c.departement] ?? 'FR'} ${norm(c.nom)}`) ?? [];
	for (const c of communes) { const r = rows.get(c.code); if (r?.length === 1) put(c, r[0], 'a'); }
	const centre = {};
	for (const c of communes) if (got.has(c.code)) (centre[c.departement] ??= []).push(got.get(c.code).at);
	for (const d in centre) centre[d] = median(centre[d]);
	const reach = d => (d === '973' ? 300 : 140);
	const best = (l, near, limit) => l.filter(g => !near || km(g.at, near) < limit).sort((x, y) => y.pop - x.pop)[0]?.at;
	const rest = () => communes.filter(c => !got.has(c.code));
	for (const c of rest()) {
		const near = (rows.get(c.code) ?? []).filter(p => fits(p, c.departement) && (!centre[c.departement] || km(p, centre[c.departement]) < reach(c.departement)));
		if (!near.length) continue;
		if (put(c, best(names(c), median(near), 25), 'b')) continue;
		put(c, median(near), 'c');
	}
	const parts = new Map();
	for (const x of all) {
		if (x.type !== 'commune-deleguee') continue;
		const at = (rows.get(x.code) ?? []).filter(p => fits(p, x.departement));
		const p = at.length ? median(at) : best(names(x).filter(g => fits(g.at, x.departement)), centre[x.departement], reach(x.departement));
		if (p) parts.set(x.chefLieu, [...(parts.get(x.chefLieu) ?? []), p]);
	}
	for (const c of rest()) if (parts.has(c.code)) put(c, mean(parts.get(c.code)), 'd');
	for (const c of rest()) put(c, best(names(c).filter(g => fits(g.at, c.departement)), centre[c.departement], reach(c.departement)), 'e');
	for (const c of rest()) {
		if (BY_HAND[c.code]) { put(c, BY_HAND[c.code], 'manuel'); continue; }
		const r = (comRows.get(`${c.departement} ${norm(c.nom)}`) ?? []).filter(p => fits(p, c.departement));
		if (r.length) put(c, r[0], 'f');
	}
	const byPost = new Map(), group = new Map();
	for (const c of communes) if (got.has(c.code)) for (const p of c.codesPostaux ?? []) byPost.set(`${c.departement} ${p}`, [...(byPost.get(`${c.departement} ${p}`) ?? []), got.get(c.code).at]);
	for (const e of epci) for (const m of e.membres) group.set(m.code, e);
	for (const c of rest()) {
		const l = (c.codesPostaux ?? []).flatMap(p => byPost.get(`${c.departement} ${p}`) ?? []);
		const members = (group.get(c.code)?.membres ?? []).filter(m => got.has(m.code) && got.get(m.code).rung !== 'g').map(m => got.get(m.code).at);
		if (l.length && put(c, mean(l), 'g')) continue;
		if (members.length) put(c, mean(members), 'g');
	}
	return got;
}
