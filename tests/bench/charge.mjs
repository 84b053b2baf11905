// charge.mjs: replays a journal of questions over kept connections and says how long each kind of them took.
//   node charge.mjs BASE JOURNAL CLIENTS SECONDS [WARMUP_SECONDS]
// JOURNAL: "kind<TAB>path" a line, as generer writes it. Prints one line a kind, tab-separated: kind, answers, median, p95 and
// greatest in ms, then faults (other statuses than 200 and 303, lost connections). Never slower answers than the server's: a client
// asks its next question when the last byte of the answer before has come.
import { readFileSync } from 'node:fs';
import http from 'node:http';

const [base, journal, clients, seconds, warmup = '3'] = process.argv.slice(2);
if (!seconds) {
	console.error('usage: charge.mjs BASE JOURNAL CLIENTS SECONDS [WARMUP_SECONDS]');
	process.exit(2);
}
const lines = readFileSync(journal, 'utf8').trimEnd().split('\n').map((l) => l.split('\t'));
const agent = new http.Agent({ keepAlive: true, maxSockets: Number(clients) });
const { hostname, port } = new URL(base);
const begun = performance.now();
const measured = begun + Number(warmup) * 1000;
const end = measured + Number(seconds) * 1000;
const took = {};
let next = 0;

const ask = (path) => new Promise((resolve) => {
	const r = http.get({ hostname, port, path, agent }, (answer) => {
		answer.on('data', () => {});
		answer.on('end', () => resolve(answer.statusCode));
	});
	r.on('error', () => resolve(0));
});
async function client() {
	while (performance.now() < end) {
		const [kind, path] = lines[next++ % lines.length];
		const from = performance.now();
		const status = await ask(path);
		if (from < measured) continue;
		const t = (took[kind] ??= { ms: [], faults: 0 });
		t.ms.push(performance.now() - from);
		if (status !== 200 && status !== 303) { // a question that is a place: its list has another address
			t.faults++;
			if (t.faults <= 3) console.error(`${status} ${path}`);
		}
	}
}
await Promise.all(Array.from({ length: Number(clients) }, client));
agent.destroy();
for (const kind of Object.keys(took).sort()) {
	const ms = took[kind].ms.sort((a, b) => a - b);
	const at = (p) => ms[Math.min(ms.length - 1, Math.floor(ms.length * p))].toFixed(1);
	console.log([kind, ms.length, at(0.5), at(0.95), ms.at(-1).toFixed(1), took[kind].faults].join('\t'));
}
