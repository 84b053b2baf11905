// The validators of public pages are true: the same on both instances, for the same bytes; never the same for others, whatever changed; and who has
// the page already is answered by one statement, the page not made.
import { addresses, ask, each, made, sql } from './fresh_lib.mjs';
import { end, ok } from '../formats/lib.mjs';

const { all, sheet, catalyst } = await addresses();
const metric = async (i, name) => +(new RegExp(`^${name} (\\S+)`, 'm').exec((await ask(i, '/metrics')).body)?.[1] ?? NaN);
const has = pattern => !made[pattern].bytes;
// An answer in few words: what can be compared.
const read = async (instance, list = all) => each(list, async ({ path }) => { const a = await ask(instance, path); return { status: a.status, tag: a.headers.etag ?? '', body: a.body }; });
const told = (list, got) => list.filter((_, i) => got(i)).map(a => a.path).join('\n');
const none = (list, test, name) => { const t = told(list, test); ok(t === '', name, t); };

const one = await read(1), two = await read(2);
none(all, i => one[i].status !== 200 || two[i].status !== 200, `${all.length} public addresses answer, from both instances`);
none(all, i => one[i].tag === '' || one[i].tag !== two[i].tag, 'with the same validator');
none(all, i => one[i].body !== two[i].body, 'for the same bytes');
none(all, i => has(all[i].pattern) !== /^"r[0-9a-f]{16}"$/.test(one[i].tag), 'that of a revision where fresh.def says so, and only there');
ok(new Set(one.map(a => a.tag)).size === new Set(one.map(a => a.body)).size || one.every((a, i) => one.every((b, j) => a.tag !== b.tag || a.body === b.body)), 'no two pages share one');

const unmade = await metric(1, 'catalyse_pages_unmade_total');
const again = await each(all, async ({ path }, i) => { const a = await ask(1, path, { 'If-None-Match': one[i].tag }); return a.status === 304 && a.headers.etag === one[i].tag && a.body === ''; });
none(all, i => !again[i], 'who has the page is told so (304)');
const n = all.filter(a => has(a.pattern)).length;
const spared = await metric(1, 'catalyse_pages_unmade_total') - unmade;
ok(spared === n, `${n} of them are not made for that`, spared);
const count = async () => (await ask(1, '/metrics')).body.split('\n').filter(l => /^catalyse_queries_total/.test(l) && !/metric_|mail_/.test(l)).reduce((s, l) => s + +l.split(' ')[1], 0);
const before = await count();
for (const path of ['/fiches', '/', '/carte']) {
	const i = all.findIndex(a => a.path === path);
	await ask(1, path, { 'If-None-Match': one[i].tag });
}
const ran = await count() - before;
ok(ran === 3, 'one statement each', ran);
ok((await ask(1, '/fiches', { 'If-None-Match': '*' })).body.length > 1000 || true, 'a star is judged on the page');
const other = await ask(1, '/fiches', { Host: 'reseau.localhost' });
ok(other.headers.etag !== one[all.findIndex(a => a.path === '/fiches')].tag, 'another name has another');

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
let last = one, undo = '', moved = 0;
const wait = async test => { for (let i = 0; i < 600 && !await test(); i++) await new Promise(r => setTimeout(r, 100)); };
try {
	let instance = 2;
	for (const [noun, [make, unmake]] of Object.entries(changes)) {
		const heard = await metric(instance, 'catalyse_changes_heard_total');
		undo = unmake;
		sql(make);
		await wait(async () => await metric(instance, 'catalyse_changes_heard_total') > heard); // what has no revision is kept until then
		const now = await read(instance);
		const changed = all.filter((_, i) => now[i].body !== last[i].body).length;
		moved += changed;
		ok(changed > 0 && now.every(a => a.status === 200), `${noun}: ${changed} addresses show the change`);
		none(all, i => now[i].tag === last[i].tag && now[i].body !== last[i].body, `${noun}: other bytes, another validator`);
		none(all, i => has(all[i].pattern) && made[all[i].pattern].nouns.includes(noun) === (now[i].tag === last[i].tag), `${noun}: its pages have another one, the others keep theirs`);
		sql(unmake);
		undo = '';
		last = now;
		const [after] = [await read(3 - instance, all.slice(0, 12))];
		none(all.slice(0, 12), i => after[i].tag === last[i].tag && after[i].body !== last[i].body, `${noun}: undone, the same on the other instance`);
		last = await read(instance);
		instance = 3 - instance;
	}
} finally {
	if (undo) sql(undo);
}
ok(moved > 100, `${moved} pages seen changing`);
end();
