// Writers that take sheets through their whole life while servers die: node writes.mjs BASE LOG READER_COOKIE TOKEN...
// Each writer, a token each, goes the same round again and again: a sheet is created, saved with the revision read, given a file, sent,
// taken by the reader (a session that has its second factor), spoken of, published, corrected by another writer, accepted, withdrawn.
// A step is sent again under its key until it is answered; every fifth round, and while there is LOG.tens, each step is sent ten times at once
// (ONCE: never). Every answer goes to LOG, a line an answer: step, key, status, sheet, digest of the answer, how long it took in ms, when it was
// there (ms since 1970). Ends, the round done, when LOG.stop appears.
import { createHash, randomUUID } from 'node:crypto';
import { appendFileSync, existsSync } from 'node:fs';
import { request, Agent } from 'node:http';

const [base, log, session, ...tokens] = process.argv.slice(2), agent = new Agent({ keepAlive: true, maxSockets: 96 });
const sum = s => createHash('sha256').update(s).digest('hex').slice(0, 16);
const PICTURE = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
let sent = 0, again = 0;

function ask(method, path, headers, body) {
	return new Promise(resolve => {
		const r = request(new URL(path, base), { method, agent, timeout: 15000, headers: { ...headers, 'Content-Length': Buffer.byteLength(body) } }, a => {
			let text = '';
			a.on('data', d => { text += d; });
			a.on('end', () => resolve({ status: a.statusCode, text, location: a.headers.location ?? '', later: a.headers['retry-after'] }));
			a.on('error', () => resolve({ status: 0, text: '' }));
		});
		r.on('timeout', () => r.destroy());
		r.on('error', () => resolve({ status: 0, text: '' }));
		r.end(body);
	});
}
const pause = ms => new Promise(r => setTimeout(r, ms));
async function until(...what) { // the same, until it is taken: nothing, 5xx, a key that is being answered are to be sent again
	for (;;) {
		const a = await ask(...what);
		if (a.status && a.status < 500 && !a.later) return a;
		again++;
		await pause(50 + Math.random() * 150);
	}
}
const bearer = token => ({ Authorization: `Bearer ${token}` }), reader = { Cookie: `session=${session}`, 'Sec-Fetch-Site': 'same-origin' };
// One step, under a key of its own: what was answered, the same to all who sent it.
async function step(name, many, id, who, method, path, type, body, more = {}) {
	const key = randomUUID(), headers = { ...who, 'Content-Type': type, Accept: type === 'application/json' ? type : 'text/html', 'Idempotency-Key': key, ...more };
	const begun = performance.now();
	const answers = await Promise.all(Array.from({ length: many }, () => until(method, path, headers, typeof body === 'function' ? body(key) : body)
		.then(a => Object.assign(a, { ms: performance.now() - begun, when: Date.now() }))));
	for (const a of answers) {
		const at = id || JSON.parse(a.status < 300 ? a.text : '{}').id || 0;
		appendFileSync(log, `${name} ${key} ${a.status} ${at} ${sum(a.text + a.location)} ${a.ms.toFixed(1)} ${a.when}\n`);
		if (a.status >= 400) throw new Error(`${name}: ${a.status} ${a.text.slice(0, 400)}`);
		sent++;
	}
	return { key, ...answers[0] };
}
const form = fields => new URLSearchParams(fields).toString();
const FORM = 'application/x-www-form-urlencoded', JSON_ = 'application/json';
async function read(path, who, accept) { // a page is read until it is there
	for (;;) {
		const a = await ask('GET', path, { ...who, Accept: accept }, '');
		if (a.status === 200) return a.text;
		again++;
		await pause(50 + Math.random() * 150);
	}
}
async function writer(n) {
	const me = bearer(tokens[n]), other = bearer(tokens[(n + 1) % tokens.length]);
	for (let i = 0; !existsSync(`${log}.stop`); i++) {
		const tens = () => (!process.env.ONCE && (i % 5 === 4 || existsSync(`${log}.tens`)) ? 10 : 1), act = (name, who, id, more = {}) => step(name, tens(), id, who, 'POST', `/fiches/${id}/actions`, JSON_, JSON.stringify({ act: name, ...more }));
		const text = key => ({ type: 'outil', titre: `Envoi ${n} ${i}`, chapo: key, territoires: ['commune:97410'], termes: ['theme:lien-social-inclusion'], source_libelle: 'Un récit' });
		const made = await step('creer', tens(), 0, me, 'POST', '/fiches', JSON_, key => JSON.stringify(text(key))), { id } = JSON.parse(made.text);
		const { rev } = JSON.parse(await read(`/fiches/${id}/brouillon`, me, JSON_));
		await step('garder', tens(), id, me, 'PUT', `/fiches/${id}/brouillon`, JSON_, key => JSON.stringify({ ...text(made.key), titre: `Envoi ${key}` }), { 'If-Match': `"${rev}"` });
		const part = (name, value) => `--limite\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
		await step('joindre', tens(), id, me, 'POST', `/fiches/${id}/travail/pieces`, 'multipart/form-data; boundary=limite', key => Buffer.concat([
			Buffer.from(`${part('action', 'ajouter')}${part('alt', 'Un plan')}${part('libelle', key)}`
				+ '--limite\r\nContent-Disposition: form-data; name="fichier"; filename="plan.png"\r\nContent-Type: image/png\r\n\r\n'), PICTURE, Buffer.from('\r\n--limite--\r\n')]));
		await act('soumettre', me, id);
		await act('prendre', reader, id);
		await step('message', tens(), id, me, 'POST', `/fiches/${id}/actions`, JSON_, key => JSON.stringify({ act: 'message', message: key }));
		await act('publier', reader, id);
		const page = await read(`/fiches/${id}/suggerer?champ=chapo`, other, 'text/html'), held = name => page.match(new RegExp(`name="${name}" value="([^"]*)"`))?.[1];
		await step('suggerer', tens(), id, other, 'POST', `/fiches/${id}/suggerer`, FORM, key => form({ champ: 'chapo', lu: held('lu'), version: held('version'), texte: `${made.key} bis`, pourquoi: key, choix: 'envoyer' }));
		await act('retirer', me, id, { motif: 'elle servait à un essai' });
	}
}
await Promise.all(tokens.map((_, n) => writer(n)));
console.log(`${sent} answered, ${again} sent again`);
process.exit(0);
