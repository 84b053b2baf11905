// Writers that send sheets while servers die: node writes.mjs BASE TOKEN LOG SECONDS
// Four writers each send a new sheet under a new key, again and again under that key until they are answered; now and then one key is sent ten
// times at once. Every answer is written to LOG, a line a submission: key, status, number, digest of the body. Ends when STOP appears.
import { createHash, randomUUID } from 'node:crypto';
import { appendFileSync, existsSync } from 'node:fs';
import { request, Agent } from 'node:http';

const [base, token, log] = process.argv.slice(2), url = new URL('/fiches', base), agent = new Agent({ keepAlive: true, maxSockets: 64 });
const sum = s => createHash('sha256').update(s).digest('hex').slice(0, 16);
let sent = 0, again = 0;

function post(key, body) {
	return new Promise(resolve => {
		const r = request(url, { method: 'POST', agent, timeout: 15000, headers: { 'Content-Type': 'application/json', Accept: 'application/json',
			Authorization: `Bearer ${token}`, 'Idempotency-Key': key, 'Content-Length': Buffer.byteLength(body) } }, a => {
			let text = '';
			a.on('data', d => { text += d; });
			a.on('end', () => resolve({ status: a.statusCode, text }));
			a.on('error', () => resolve({ status: 0, text: '' }));
		});
		r.on('timeout', () => r.destroy());
		r.on('error', () => resolve({ status: 0, text: '' }));
		r.end(body);
	});
}
const pause = ms => new Promise(r => setTimeout(r, ms));
async function until(key, body) { // the same submission, until it is taken: 0, 409 and 5xx are to be sent again
	for (;;) {
		const a = await post(key, body);
		if (a.status && a.status !== 409 && a.status !== 429 && a.status < 500) return a;
		again++;
		await pause(50 + Math.random() * 150);
	}
}
const note = (key, a) => appendFileSync(log, `${key} ${a.status} ${JSON.parse(a.text).id ?? 0} ${sum(a.text)}\n`);
async function writer(n) {
	for (let i = 0; !existsSync(`${log}.stop`); i++) {
		const key = randomUUID(), body = JSON.stringify({ type: 'exemple', titre: `Envoi ${n} ${i}`, chapo: key });
		const many = i % 10 === 9 ? 10 : 1;
		const answers = await Promise.all(Array.from({ length: many }, () => until(key, body)));
		for (const a of answers) note(key, a);
		sent += many;
	}
}
await Promise.all([1, 2, 3, 4].map(writer));
console.log(`${sent} answered, ${again} sent again`);
process.exit(0);
