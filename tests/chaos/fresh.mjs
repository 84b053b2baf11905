// What is written is seen: on the other instance and through nginx within a second, at once by who wrote it, within a minute where nothing is heard.
// And what nginx has kept is shown while PostgreSQL is away. SHORT=1: the minute is not waited for.
import { execFileSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { addresses, ask, dir, each, patient, sql, top } from './fresh_lib.mjs';
import { end, get, ok } from '../formats/lib.mjs';

const now = () => performance.now(), pause = ms => new Promise(r => setTimeout(r, ms));
const until = async (test, s = 60) => { const from = now(); while (now() - from < s * 1000) { if (await test()) return true; await pause(50); } return false; };
const metrics = async i => (await ask(i, '/metrics')).body;
const metric = async (i, name) => +(new RegExp(`^${name} (\\S+)`, 'm').exec(await metrics(i))?.[1] ?? NaN);
const logs = [1, 2].map(i => join(dir, `log/catalysed-${i}.log`)), from = logs.map(f => statSync(f).size);
const said = i => readFileSync(logs[i - 1], 'utf8').slice(from[i - 1]);
const cluster = what => execFileSync(join(top, 'tools/cluster.sh'), [what, join(dir, 'postgresql')], { stdio: ['ignore', 'ignore', 'inherit'] });

const { all, sheet } = await addresses();
const path = new URL(sheet.uri).pathname, here = '/_fragment/ici?territoire=commune:97410', place = { Cookie: 'territoire=commune%3A97410' };
let mark = 0;
const never = `/fiches?q=jamais${Date.now().toString(36)}`;
// A change that shows in a sheet, in the menu of every page, and in what says where the visitor is.
const write = () => { mark++; sql(`update sheet_source set label = rtrim(label, '§') || repeat('§', ${mark}) where sheet_id = ${sheet.id};
	update espace_link set label = rtrim(label, '§') || repeat('§', ${mark}); update territory set name = rtrim(name, '§') || repeat('§', ${mark}) where code = '97410' and type = 'commune'`); };
const undo = () => sql(`update sheet_source set label = rtrim(label, '§') where label like '%§'; update espace_link set label = rtrim(label, '§') where label like '%§';
	update territory set name = rtrim(name, '§') where name like '%§'`);
const shows = body => body.includes('§'.repeat(mark)) && !body.includes('§'.repeat(mark + 1));
const ways = {
	'a sheet on instance 1': () => ask(1, path), 'a sheet on instance 2': () => ask(2, path), 'a menu on instance 2': () => ask(2, '/charte'),
	'what is near, on instance 1': () => ask(1, here), 'what is near, on instance 2': () => ask(2, here),
	'a sheet through nginx': async () => { const a = await get(path); return { body: a.text }; },
	'a sheet as JSON through nginx': async () => { const a = await get(`${path}.json`); return { body: a.text }; },
	'what is near in the home page, through nginx': async () => { const a = await get('/', place); return { body: a.text }; },
};
// Asked again and again: whatever is asked a second after the change or later shows it.
const seen = async (name, way) => {
	const from = now();
	let first = Infinity, told = 0, late = 0;
	for (let sent; (sent = now() - from) < 1500 || first === Infinity && sent < 20000;) {
		const good = shows((await way()).body);
		if (good && first === Infinity) [first, told] = [sent, now() - from];
		if (!good && sent > 1020) late++; // nginx reads its clock a little late
		await pause(10);
	}
	ok(late === 0 && first < 1020, `${name}: seen by who asked ${Math.round(first)} ms after, answered at ${Math.round(told)} ms`, `${late} answers without it, a second and more after`);
};
const warm = () => Promise.all(Object.values(ways).flatMap(w => Array.from({ length: 12 }, w))); // every thread keeps what it keeps

try {
	ok(await metric(1, 'catalyse_listener_up') === 1 && await metric(2, 'catalyse_listener_up') === 1, 'both instances hear');
	await warm();
	const heard = await metric(1, 'catalyse_changes_heard_total'), count = () => +sql('select count(*) from revision'), tokens = count();
	write();
	const told = count() - tokens;
	await Promise.all(Object.entries(ways).map(([name, way]) => seen(name, way)));
	ok(told >= 3 && await metric(1, 'catalyse_changes_heard_total') - heard === told, `${told} nouns changed, as many were told`);

	// Who wrote: their next page is never older.
	const author = { Cookie: 'frais=0000000000000001; territoire=commune%3A97410' };
	let stale = [];
	for (let i = 0; i < 5; i++) {
		await warm();
		write();
		const got = await Promise.all([ask(1, here, author), ask(2, here, author), ask(1, path, author), ask(2, '/charte', author),
			get(path, author).then(a => ({ body: a.text })), get('/', author).then(a => ({ body: a.text }))]);
		got.forEach((a, k) => { if (!shows(a.body)) stale.push(`round ${i}, page ${k}`); });
	}
	ok(stale.length === 0, 'who wrote sees it at once, wherever they ask', stale.join('\n'));

	// Nothing is heard any more.
	await warm();
	const returns = await metric(2, 'catalyse_listener_returns_total');
	sql('alter role catalyse_ro connection limit 0');
	sql(`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'catalysed/ecoute'`);
	ok(await until(async () => await metric(1, 'catalyse_listener_up') === 0 && await metric(2, 'catalyse_listener_up') === 0), 'the listeners are cut, and the metric says so');
	ok(await until(() => [1, 2].every(i => /"level":"warn".*changes of the content are not heard/.test(said(i)))), 'and the log, as a warning');
	write();
	await Promise.all(['a sheet on instance 2', 'a menu on instance 2', 'a sheet through nginx'].map(name => seen(`${name}, nothing heard`, ways[name])));
	if (!process.env.SHORT) {
		const cut = now();
		for (const i of [1, 2]) {
			const good = await until(async () => (await Promise.all(Array.from({ length: 12 }, () => ask(i, here)))).every(a => shows(a.body)), 80);
			ok(good && now() - cut < 60500, `what is near, on instance ${i}: seen by every thread after ${Math.round((now() - cut) / 1000)} s, nothing heard`);
		}
		write();
	}
	sql('alter role catalyse_ro connection limit -1');
	ok(await until(async () => await metric(2, 'catalyse_listener_returns_total') > returns && await metric(1, 'catalyse_listener_up') === 1), 'they listen again');
	ok((await Promise.all([1, 2].flatMap(i => Array.from({ length: 12 }, () => ask(i, here))))).every(a => shows(a.body)), 'and all that was kept meanwhile is gone');
	ok([1, 2].every(i => /"level":"info".*changes of the content are heard again/.test(said(i))), 'the log says that they are back');
} finally {
	sql('alter role catalyse_ro connection limit -1');
	undo();
}

// Every public page, kept by nginx; then no PostgreSQL at all.
const through = async list => each(list, a => get(a.path, a.path === '/' ? {} : place), 4);
const pages = all.filter(a => !a.path.startsWith('/_fragment/')), before = await each(pages, a => patient(() => get(a.path, a.path === '/' ? {} : place), b => b.status !== 503), 4);
ok(before.every(a => a.status === 200), `${pages.length} pages are kept by nginx`);
cluster('stop');
try {
	await pause(1100); // nothing is of this second any more
	const lost = [];
	for (let round = 0; round < 2; round++)
		(await through(pages)).forEach((a, i) => { if (a.status !== 200 || a.text.length < before[i].text.length * 0.7) lost.push(`${pages[i].path}: ${a.status}, ${a.text.length} bytes of ${before[i].text.length}, ${a.headers['x-cache-status']}`); });
	ok(lost.length === 0, `without PostgreSQL they all answer, whole, ${pages.length} of ${pages.length}`, lost.join('\n'));
	const home = await get('/');
	ok(home.status === 200 && /<\/html>\s*$/.test(home.text) && !/<!--#|error occurred/.test(home.text), 'the home page is whole, without what is near');
	ok((await get('/', place)).text.includes('Vous avez choisi'), 'with it for who chose a place');
	const m = await metrics(1);
	ok(/^catalyse_db_up 0$/m.test(m) && /^catalyse_listener_up 0$/m.test(m), 'the metrics say that the base is away');
	ok((await get(never)).status === 503, 'what was never asked is refused for now');
} finally {
	cluster('start');
}
ok(await until(async () => await metric(1, 'catalyse_listener_up') === 1 && await metric(2, 'catalyse_listener_up') === 1), 'PostgreSQL is back, and heard');
ok(await until(async () => (await get(never)).status === 200), 'what was refused is answered');
ok([1, 2].every(i => /changes of the content are not heard/.test(said(i))), 'the log told of it');
const kept = [];
for (const p of ['/mon-espace', '/connexion', '/contribuer', '/pres-de-moi', '/compte', '/moderation', '/administration', '/alertes'])
	for (let i = 0; i < 2; i++) { const a = await get(p, { Cookie: 'session=abc' }); if (/HIT|STALE|REVALIDATED|EXPIRED|MISS/.test(a.headers['x-cache-status'] ?? '')) kept.push(p); }
ok(kept.length === 0, 'what is of one person is never in the cache', kept.join('\n'));
end();
