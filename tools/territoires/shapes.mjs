// shapes: outlines as they are, and SVG paths ready to draw, with borders shared by neighbours after simplification.
import { createRequire } from 'node:module';
import path from 'node:path';
import fs from 'node:fs';

// topojson's files are plain scripts; they are laid out so that they find each other.
export function loadTopojson(dirs, cache) {
	const home = path.join(cache, 'topojson');
	for (const [name, dir] of Object.entries(dirs)) {
		const to = path.join(home, 'node_modules', name);
		fs.mkdirSync(to, { recursive: true });
		fs.copyFileSync(path.join(dir, 'package/dist', `${name}.js`), path.join(to, 'index.js'));
	}
	const require = createRequire(path.join(home, 'x.js'));
	return { ...require('topojson-client'), ...require('topojson-server'), ...require('topojson-simplify') };
}

// Lambert-93 (EPSG:2154) on GRS80, metres.
const R = Math.PI / 180, A = 6378137, E = Math.sqrt(0.00669438002290);
const iso = f => Math.log(Math.tan(Math.PI / 4 + f / 2) * ((1 - E * Math.sin(f)) / (1 + E * Math.sin(f))) ** (E / 2));
const gn = f => A / Math.sqrt(1 - (E * Math.sin(f)) ** 2);
const F1 = 44 * R, F2 = 49 * R, F0 = 46.5 * R;
const N = Math.log(gn(F2) * Math.cos(F2) / (gn(F1) * Math.cos(F1))) / (iso(F1) - iso(F2));
const C = gn(F1) * Math.cos(F1) / N * Math.exp(N * iso(F1)), Y0 = 6600000 + C * Math.exp(-N * iso(F0));
export const lambert93 = ([lon, lat]) => {
	const r = C * Math.exp(-N * iso(lat * R)), g = N * (lon - 3) * R;
	return [700000 + r * Math.sin(g), Y0 - r * Math.cos(g)];
};

const polygons = g => (g.type === 'Polygon' ? [g.coordinates] : g.coordinates);
const area = ring => Math.abs(ring.reduce((s, p, i) => { const q = ring[(i + 1) % ring.length]; return s + p[0] * q[1] - q[0] * p[1]; }, 0) / 2);

// The frame that holds planar points in a box of 1000: x = (X - x0) * scale, y = (Y - y0) * scale, y down.
export function frameOf(points) {
	let x0 = Infinity, y0 = Infinity, x1 = -Infinity, y1 = -Infinity;
	for (const [x, y] of points) { x0 = Math.min(x0, x); y0 = Math.min(y0, y); x1 = Math.max(x1, x); y1 = Math.max(y1, y); }
	const scale = 1000 / Math.max(x1 - x0, y1 - y0), pad = v => (1000 / scale - v) / 2;
	return { x0: x0 - pad(x1 - x0), y0: y0 - pad(y1 - y0), scale };
}

// An SVG path in whole units, relative; rings that collapse are dropped, except the largest.
export function svgPath(geometry, place) {
	const rings = polygons(geometry).flatMap(p => p.map(r => r.map(place)));
	rings.sort((a, b) => area(b) - area(a));
	let d = '';
	rings.forEach((ring, i) => {
		const pts = [];
		for (const p of ring) { const q = p.map(Math.round), l = pts.at(-1); if (!l || l[0] !== q[0] || l[1] !== q[1]) pts.push(q); }
		if (pts.length > 1 && pts[0][0] === pts.at(-1)[0] && pts[0][1] === pts.at(-1)[1]) pts.pop();
		if (pts.length < 3 && i > 0) return;
		let [x, y] = pts[0];
		d += `M${x} ${y}l` + pts.slice(1).map(q => { const s = `${q[0] - x} ${q[1] - y}`; [x, y] = q; return s; }).join(' ') + 'z';
	});
	return d.replace(/ -/g, '-');
}

// Centroid of the largest ring.
export function centre(geometry, place) {
	const ring = polygons(geometry).map(p => p[0].map(place)).sort((a, b) => area(b) - area(a))[0];
	let s = 0, x = 0, y = 0;
	for (let i = 0; i + 1 < ring.length; i++) {
		const [a, b] = ring[i], [c, d] = ring[i + 1], k = a * d - c * b;
		s += k; x += (a + c) * k; y += (b + d) * k;
	}
	return [x / (3 * s), y / (3 * s)].map(v => Math.round(v * 10) / 10);
}

// Four tints, no two neighbours alike: most constrained first, going back when stuck.
export function fourColours(neighbours) {
	const tint = new Array(neighbours.length).fill(0);
	const used = i => new Set(neighbours[i].map(j => tint[j]).filter(Boolean));
	const step = left => {
		if (!left) return true;
		let pick = -1, bestScore = -1;
		tint.forEach((t, i) => { const s = t ? -1 : used(i).size * 100 + neighbours[i].length; if (s > bestScore) { bestScore = s; pick = i; } });
		const u = used(pick);
		const order = [1, 2, 3, 4].filter(c => !u.has(c)).sort((a, b) => tint.filter(t => t === a).length - tint.filter(t => t === b).length);
		for (const c of order) { tint[pick] = c; if (step(left - 1)) return true; }
		tint[pick] = 0;
		return false;
	};
	if (!step(neighbours.length)) throw new Error('la carte ne se colorie pas en quatre teintes');
	return tint;
}

export const allPoints = g => polygons(g).flat(2);
