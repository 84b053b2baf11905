// What the pages of a route are made of, by their statements: the tables that a statement, its views and its functions name have nouns (their
// trigger says which), and fresh.def names at least those; what reads the clock is validated by its bytes, what reads the day says so.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { addresses, ask, made, patient, routes, sql, top } from './fresh_lib.mjs';
import { end, ok } from '../formats/lib.mjs';

// name -> text, of all that a statement may name.
const bodies = new Map(), tables = new Map();
for (const { name, text } of JSON.parse(sql(`select json_agg(x) from (
	select p.proname as name, coalesce(p.prosrc, '') || ' ' || coalesce(pg_get_function_sqlbody(p.oid), '') as text from pg_proc p where p.pronamespace in ('catalyse'::regnamespace, 'private'::regnamespace)
	union all select c.relname, pg_get_viewdef(c.oid) from pg_class c where c.relkind = 'v' and c.relnamespace in ('catalyse'::regnamespace, 'private'::regnamespace)) x`)))
	bodies.set(name, (bodies.get(name) ?? '') + ' ' + text);
for (const { name, nouns } of JSON.parse(sql(`select json_agg(x) from (select c.relname as name, coalesce((select json_agg(encode(t.tgargs, 'escape')) from pg_trigger t where t.tgrelid = c.oid
	and t.tgfoid = 'catalyse.revision_add()'::regprocedure), '[]') as nouns from pg_class c where c.relkind = 'r' and c.relnamespace in ('catalyse'::regnamespace, 'private'::regnamespace,
	to_regnamespace('catalyse_private'))) x`)))
	tables.set(name, nouns.map(n => n.replace(/\\.*/, '')));
const plain = text => text.replace(/--.*$/gm, '').replace(/'(?:[^']|'')*'/g, "''");
const closure = text => {
	const seen = new Set(), nouns = new Set(), unknown = new Set();
	let clock = false, day = false;
	const walk = t => {
		const p = plain(t).toLowerCase();
		clock ||= /\bnow\(\)|current_timestamp|clock_timestamp|localtimestamp|statement_timestamp/.test(p);
		day ||= /current_date/.test(p);
		for (const word of new Set(p.match(/[a-z_][a-z0-9_]*/g))) {
			if (seen.has(word)) continue;
			if (bodies.has(word)) { seen.add(word); walk(bodies.get(word)); }
			if (tables.has(word)) { seen.add(word); tables.get(word).length ? tables.get(word).forEach(n => nouns.add(n)) : unknown.add(word); }
		}
	};
	walk(text);
	return { nouns, clock, day, unknown };
};
const statements = new Map(readdirSync(join(top, 'sql/queries')).map(f => [f.replace('.sql', ''), closure(readFileSync(join(top, 'sql/queries', f), 'utf8'))]));

const counts = async () => new Map([...(await ask(1, '/metrics')).body.matchAll(/^catalyse_queries_total\{statement="(\w+)"\} (\d+)/gm)].map(m => [m[1], +m[2]]));
const { all, without } = await addresses();
const print = process.argv[2] === 'print';
const found = new Map();
const seen = new Set();
for (const { pattern, path, key } of all) {
	if (process.env.SHORT && seen.has(key)) continue; // in one of its formats
	seen.add(key);
	const before = await counts(), got = await patient(() => ask(1, path, { Cookie: 'frais=0' }), a => a.status !== 503), after = await counts(); // nothing kept: everything is read
	if (got.status !== 200) ok(false, `${path}: ${got.status}`, got.body);
	const f = found.get(pattern) ?? found.set(pattern, { nouns: new Set(), clock: new Set(), day: new Set(), unknown: new Set() }).get(pattern);
	for (const [name, n] of after) {
		if (n === (before.get(name) ?? 0) || ['revision_read', 'metric_replica', 'mail_status', 'live_writer'].includes(name)) continue;
		const c = statements.get(name);
		c.nouns.forEach(n => f.nouns.add(n));
		if (c.clock) f.clock.add(name);
		if (c.day) f.day.add(name);
		c.unknown.forEach(u => f.unknown.add(`${u} by ${name}`));
	}
}
if (print) {
	for (const { pattern } of routes) {
		const f = found.get(pattern);
		console.log(pattern, f ? `${[...f.nouns].join(' ')} | clock ${[...f.clock]} | day ${[...f.day]} | unknown ${[...f.unknown]}` : 'NONE');
	}
	process.exit(0);
}

// What is not shown by itself: rows that only go with others, or that migrations alone write.
const silent = ['attachment_blob', 'step', 'criterion'];
let missing = [], clock = [], day = [], unknown = [], rows = [];
for (const { pattern } of routes) if (!made[pattern]) rows.push(pattern);
for (const pattern of Object.keys(made)) if (!routes.some(r => r.pattern === pattern)) rows.push(`${pattern}: kept for nobody`);
ok(rows.length === 0 && routes.length > 50, `each of the ${routes.length} routes kept for all has its row in fresh.def, and no other`, rows.join('\n'));
for (const [pattern, f] of found) {
	const m = made[pattern];
	if (!m || m.bytes) continue;
	for (const n of f.nouns) if (!m.nouns.includes(n)) missing.push(`${pattern}: ${n}`);
	const other = [...f.clock].filter(s => !m.clock || !['event_list', 'event_find', 'event_moment'].includes(s)); // their clock is the agenda's
	if (other.length) clock.push(`${pattern}: ${other}`);
	if (f.day.size && !m.day) day.push(`${pattern}: ${[...f.day]}`);
	for (const u of f.unknown) if (!silent.includes(u.split(' ')[0])) unknown.push(`${pattern}: ${u}`);
}
ok(missing.length === 0, 'what a statement reads is among the nouns of its pages', missing.join('\n'));
ok(clock.length === 0, 'no page with a revision reads another clock than the agenda’s', clock.join('\n'));
ok(day.length === 0, 'a page that reads the day says so', day.join('\n'));
ok(unknown.length === 0, 'every table that a page with a revision reads has a noun', unknown.join('\n'));
ok(without.every(p => p === '/fiches/{id}/pieces/{piece}'), 'every route has an address to try', without.join('\n'));
end();
