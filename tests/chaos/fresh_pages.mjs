// The validators of public pages are true: the same on both instances, for the same bytes; never the same for others, whatever changed; and who has
// the page already is answered by one statement, the page not made. SHORT=1: each address in one of its formats.
import { addresses, ask, each, made, patient, sql } from './fresh_lib.mjs';
import { end, ok } from '../formats/lib.mjs';

const found = await addresses(), { sheet, catalyst } = found;
const all = !process.env.SHORT ? found.all : [...found.all.reduce((m, a) => m.set(a.key, [...m.get(a.key) ?? [], a]), new Map()).values()]
	.map((formats, i) => formats[i % formats.length]);
const metric = async (i, name) => +(new RegExp(`^${name} (\\S+)`, 'm').exec((await ask(i, '/metrics')).body)?.[1] ?? NaN);
const has = pattern => !made[pattern].bytes;
// An answer in few words: what can be compared.
const read = async (instance, list = all) => each(list, async ({ path, pattern, headers }) => {
	const a = await patient(() => ask(instance, path, headers), a => a.status !== 503 && (!has(pattern) || a.status !== 200 || /^"r/.test(a.headers.etag)));
	return { status: a.status, tag: a.headers.etag ?? '', body: a.body };
});
const told = (list, got) => list.filter((_, i) => got(i)).map(a => a.path).join('\n');
const none = (list, test, name) => { const t = told(list, test); ok(t === '', name, t); };

const one = await read(1), two = await read(2);
none(all, i => one[i].status !== 200 || two[i].status !== 200, `${all.length} public addresses answer, from both instances`);
none(all, i => one[i].tag === '' || one[i].tag !== two[i].tag, 'with the same validator');
none(all, i => one[i].body !== two[i].body, 'for the same bytes');
none(all, i => has(all[i].pattern) !== /^"r[0-9a-f]{16}"$/.test(one[i].tag), 'that of a revision where fresh.def says so, and only there');
ok(new Set(one.map(a => a.tag)).size === new Set(one.map(a => a.body)).size || one.every((a, i) => one.every((b, j) => a.tag !== b.tag || a.body === b.body)), 'no two pages share one');

const unmade = await metric(1, 'catalyse_pages_unmade_total');
const again = await each(all, async ({ path, headers }, i) => { const a = await ask(1, path, { ...headers, 'If-None-Match': one[i].tag }); return a.status === 304 && a.headers.etag === one[i].tag && a.body === ''; });
none(all, i => !again[i], 'who has the page is told so (304)');
const n = all.filter(a => has(a.pattern)).length;
const spared = await metric(1, 'catalyse_pages_unmade_total') - unmade;
ok(spared === n, `${n} of them are not made for that`, spared);
const count = async () => (await ask(1, '/metrics')).body.split('\n').filter(l => /^catalyse_queries_total/.test(l) && !/metric_|mail_/.test(l)).reduce((s, l) => s + +l.split(' ')[1], 0);
const before = await count();
const some = all.filter(a => has(a.pattern)).slice(0, 3);
for (const a of some) await ask(1, a.path, { 'If-None-Match': one[all.indexOf(a)].tag });
const ran = await count() - before;
ok(ran <= 3, 'one statement each at most: none for a second where no change is heard', ran);
const sofar = await metric(1, 'catalyse_pages_unmade_total');
const stars = [await ask(1, '/fiches', { 'If-None-Match': '*' }), await ask(1, '/fiches/inconnue-999999999', { 'If-None-Match': '*' })];
ok(`${stars.map(a => a.status)} ${await metric(1, 'catalyse_pages_unmade_total') - sofar}` === '304,404 0', 'a star is judged on the page itself', stars.map(a => a.status));
ok((await ask(1, '/fiches', { Host: 'reseau.localhost' })).headers.etag !== (await ask(1, '/fiches')).headers.etag, 'another name has another');
ok((await ask(1, '/fiches.json')).headers['x-accel-expires']?.startsWith('@'), 'kept for the second it is');
const signed = await ask(1, '/mon-espace', { Cookie: 'session=x', 'If-None-Match': '*' }), form = await ask(1, '/connexion');
ok(/no-store/.test(signed.headers['cache-control']) && /no-store/.test(form.headers['cache-control']) && !signed.headers.etag && !form.headers.etag, 'what is of one person is kept by nobody');

// noun -> a change that shows, and its undoing.
const swap = (table, column, where) => [`update ${table} set ${column} = ${column} || '§' where ${where}`, `update ${table} set ${column} = left(${column}, -1) where ${where} and ${column} like '%§'`];
const changes = {
	fiche: swap('sheet_source', 'label', `sheet_id = ${sheet.id}`),
	catalyseur: swap('catalyst', 'summary', `id = ${catalyst.id}`),
	structure: swap('structure', 'name', `id in (select structure_id from sheet where structure_id is not null union select structure_id from catalyst)`),
	territoire: swap('territory', 'name', `type in ('region', 'pays') or code in ('97410', '97416')`),
	espace: swap('espace_link', 'label', 'true'),
	vocabulaire: swap('term', 'label', `scheme in ('theme', 'pratique')`),
	evenement: swap('event', 'title', 'true'),
	parcours: swap('parcours', 'title', 'true'),
	indicateur: swap('indicator', 'question', 'true'),
	page: swap('resource', 'title', 'true'),
};
let last = one, undo = '', moved = 0, instance = 2;
const wait = async test => { for (let i = 0; i < 600 && !await test(); i++) await new Promise(r => setTimeout(r, 100)); };
const revisions = () => Object.fromEntries(sql('select noun, bit_xor(token) from revision group by noun').split('\n').map(l => l.split('|')));
// Written, and heard by both before either is read: of these very milliseconds nothing is said.
const write = async text => {
	const heard = i => metric(i, 'catalyse_changes_heard_total'), before = [await heard(1), await heard(2)];
	sql(text);
	for (const i of [1, 2]) await wait(async () => await heard(i) > before[i - 1]);
};
let was = revisions();
try {
	for (const [noun, [make, unmake]] of Object.entries(changes)) {
		undo = unmake;
		await write(make);
		const now = await read(instance), is = revisions();
		const differs = pattern => has(pattern) && made[pattern].nouns.some(n => was[n] !== is[n]);
		const changed = all.filter((_, i) => now[i].body !== last[i].body).length;
		moved += changed;
		ok(changed > 0 && is[noun] !== was[noun] && now.every(a => a.status === 200), `${noun}: ${changed} addresses show the change`);
		none(all, i => now[i].tag === last[i].tag && now[i].body !== last[i].body, `${noun}: other bytes, another validator`);
		none(all, i => has(all[i].pattern) && differs(all[i].pattern) !== (now[i].tag !== last[i].tag), `${noun}: its pages have another one, the others keep theirs`);
		await write(unmake);
		undo = '';
		[last, was, instance] = [now, is, 3 - instance];
	}
} finally {
	if (undo) sql(undo);
}
// The clock of the agenda: a page changes of itself when a registration closes, and not before.
const [id, address] = sql(`select id, address from event where date_known = 'jour' order by id limit 1`).split('|'), event = { id }, at = `/evenements/${address}`;
const was_until = sql(`select coalesce(registration_until::text, '') from event where id = ${event.id}`);
try {
	const close = Date.now() + 4000;
	sql(`update event set registration_until = to_timestamp(${close} / 1000.0) where id = ${event.id}`);
	await wait(async () => (await ask(1, at)).headers.etag === (await ask(2, at)).headers.etag);
	const first = (await ask(1, at)).headers.etag, read_at = Date.now();
	let early = 0, next = first;
	while (next === first && Date.now() < close + 60000) {
		const sent = Date.now();
		next = (await ask(2, at)).headers.etag;
		if (next !== first && Date.now() < close - 50) early++;
		if (next === first && sent > close + 50) early++;
	}
	ok(read_at > close || (early === 0 && next !== first), 'a page of the agenda changes when a registration closes, neither before nor after', `${early} times`);
	ok((await ask(1, at)).headers.etag === (await ask(2, at)).headers.etag, 'on both instances');
} finally {
	sql(`update event set registration_until = nullif('${was_until}', '')::timestamptz where id = ${event.id}`);
}
ok(moved > 100, `${moved} pages seen changing`);
end();
