// Every letter that left meanwhile, and one more of each kind with hostile words, as it arrives in the Maildir: Python's own parser finds the
// header fields that are ours, each once, the recipient of the queue, a text that says what the HTML says; Chromium finds nothing that runs.
//   node letters.mjs put FOLDER SQL...     they are queued
//   node letters.mjs read FOLDER SQL...    they are read: BASE, VAR in the environment. Prints TAP.
import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { payloads } from './payloads.mjs';
import { open } from './judge.mjs';

const [verb, folder, ...psql] = process.argv.slice(2), top = new URL('../../', import.meta.url).pathname;
let n = 0, failed = 0;
const ok = (good, name, detail) => {
	console.log(`${good ? 'ok' : 'not ok'} ${++n} - ${name}`);
	if (!good) { failed++; if (detail) console.log(String(detail).slice(0, 3000).replace(/^/gm, '#   ')); }
};
const sql = text => execFileSync(psql[0], [...psql.slice(1), '-v', 'ON_ERROR_STOP=1'], { input: `set search_path to private, catalyse, public;\n${text}`, maxBuffer: 1 << 27 }).toString().trim();
const quoted = s => `'${s.replace(/'/g, "''").replace(/\\/g, '\\\\')}'`;
const esc = s => s.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');

if (verb === 'put') {
	// What the schema refuses of a hostile text as a subject is refused, and the rest leaves.
	const kinds = sql('select kind from mail_kind order by kind').split('\n');
	const put = [];
	for (let i = 0; i < payloads.length; i++) {
		const p = payloads[i].replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, ' '), kind = kinds[i % kinds.length];
		put.push(`begin perform mail_put('h${i}@hostile.example', null, '${kind}', left(E${quoted(p)}, 200), E${quoted(p)} || E'\\n', '<p>' || E${quoted(esc(p))} || '</p>'); exception when others then n := n + 1; end;`);
	}
	const refused = Number(sql(`do $do$ declare n int := 0; begin ${put.join('\n')} perform set_config('essai.n', n::text, false); end $do$;\nselect current_setting('essai.n')`));
	writeFileSync(`${folder}/put`, `${kinds.length} ${refused}`);
	process.exit(0);
}
const [kinds, refused] = readFileSync(`${folder}/put`, 'utf8').split(' ').map(Number);
ok(refused < payloads.length / 4, `a letter for each of ${payloads.length} hostile texts, of each of ${kinds} kinds; ${refused} are no subject and were refused`);
const waits = Date.now() + 60000;
let left;
do {
	left = Number(sql("select count(*) from mail_outbox where recipient like '%@hostile.example' and state in ('attente', 'envoi') and not digest and not_before <= now()"));
	if (left) await new Promise(r => setTimeout(r, 200));
} while (left && Date.now() < waits);
ok(left === 0, 'they all left', `${left} wait`);
writeFileSync(`${folder}/sent`, sql("select id || '.' || message_key || '|' || recipient || '|' || translate(encode(convert_to(subject, 'UTF8'), 'base64'), E'\\n', '') from mail_outbox where recipient like '%@hostile.example' and state = 'envoyee' order by id desc limit 800") + '\n');
const sent = readFileSync(`${folder}/sent`, 'utf8').split('\n').filter(Boolean).length;
const faults = execFileSync('/usr/bin/python3', [`${top}tests/hostile/read.py`, 'mail', `${process.env.VAR}/mail`, `${folder}/sent`, `${folder}/letters.json`], { maxBuffer: 1 << 26 }).toString().trim();
ok(faults === '', `${sent} letters: the fields of ours and no other, to whom the queue says, the text says what the HTML says`, faults);
const { browser, judge } = await open(), wrong = [], pages = JSON.parse(readFileSync(`${folder}/letters.json`, 'utf8'));
for (let i = 0; i < pages.length; i += 100) (await judge(pages.slice(i, i + 100).map(x => x[1]), true)).forEach((x, k) => { if (x.length) wrong.push(`${pages[i + k][0]}: ${x.slice(0, 4).join(', ')}`); });
ok(pages.length > 0 && wrong.length === 0, `${pages.length} of them in HTML: nothing that runs, nothing fetched`, wrong.slice(0, 20).join('\n'));
const { VAR } = process.env, logs = [...readdirSync(`${VAR}/log`).filter(x => /^(catalysed-\d|courriel)\.log$/.test(x)).map(x => `${VAR}/log/${x}`), `${VAR}/nginx/nginx-acces.log`];
const said = execFileSync('/usr/bin/python3', [`${top}tests/hostile/read.py`, 'logs', ...logs], { maxBuffer: 1 << 26 }).toString().trim();
ok(logs.length >= 3 && said === '', `${logs.length} logs: an object a line, and nothing of what was typed`, said);
await browser.close();
console.log(`1..${n}`);
process.exit(failed ? 1 : 0);
