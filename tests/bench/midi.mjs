// midi.mjs: visitors who all come at one o'clock: each over a connection of its own, from an address of its own, asking its next page when the
// last byte of the one before has come. Each registers once, with the form it has just been given.
//   node midi.mjs BASE VISITORS SECONDS KIND=PATH... [--register PATH]
// One line a kind, tab-separated: kind, answers, answers a second, median, p95 and greatest in ms, faults (other statuses, lost connections).
import http from 'node:http';

const args = process.argv.slice(2), at = args.indexOf('--register');
const register = at < 0 ? null : args.splice(at, 2)[1];
const [base, visitors, seconds, ...kinds] = args;
if (!kinds.length) {
	console.error('usage: midi.mjs BASE VISITORS SECONDS KIND=PATH... [--register PATH]');
	process.exit(2);
}
const pages = kinds.map(k => [k.slice(0, k.indexOf('=')), k.slice(k.indexOf('=') + 1)]);
const { hostname, port } = new URL(base);
const browser = 'Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0'; // who says nothing is held to twenty pages a second
const took = {};
const ask = (agent, from, path, body) => new Promise(resolve => {
	const headers = { 'User-Agent': browser, 'X-Forwarded-For': from, 'Sec-Fetch-Site': 'same-origin' };
	if (body) Object.assign(headers, { 'Content-Type': 'application/x-www-form-urlencoded', 'Content-Length': Buffer.byteLength(body) });
	const r = http.request({ hostname, port, path, agent, headers, method: body ? 'POST' : 'GET' }, answer => {
		const parts = [];
		answer.on('data', d => parts.push(d));
		answer.on('end', () => resolve([answer.statusCode, parts]));
	});
	r.on('error', () => resolve([0, []]));
	r.end(body);
});
const begun = performance.now(), end = begun + Number(seconds) * 1000;
async function visitor(n) {
	const agent = new http.Agent({ keepAlive: true, maxSockets: 1 }), from = `198.18.${n >> 8}.${n & 255}`;
	const timed = async (kind, good, path, body) => {
		const start = performance.now(), [status, parts] = await ask(agent, from, path, body);
		const t = (took[kind] ??= { ms: [], faults: 0 });
		t.ms.push(performance.now() - start);
		if (status !== good && ++t.faults <= 3) console.error(`${status} ${path}`);
		return parts;
	};
	let asked = !register;
	for (let i = n; performance.now() < end; i++) {
		const [kind, path] = pages[i % pages.length], parts = await timed(kind, 200, path);
		if (asked || path !== register) continue;
		asked = true;
		const token = Buffer.concat(parts).toString('latin1').match(/name="jeton" value="([^"]*)"/)?.[1] ?? '';
		await timed('envoi', 303, register, new URLSearchParams({ jeton: token, nom: `Visiteuse ${n}`, courriel: `midi-${n}@essai.example`, facon: 'distance' }).toString());
	}
	agent.destroy();
}
await Promise.all(Array.from({ length: Number(visitors) }, (_, n) => visitor(n)));
const lasted = (performance.now() - begun) / 1000;
for (const [kind, t] of Object.entries(took)) {
	const ms = t.ms.sort((a, b) => a - b), q = p => ms[Math.min(ms.length - 1, Math.floor(ms.length * p))].toFixed(1);
	console.log([kind, ms.length, (ms.length / lasted).toFixed(0), q(0.5), q(0.95), ms.at(-1).toFixed(1), t.faults].join('\t'));
}
