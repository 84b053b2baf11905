// crawl.mjs: robots that go through the site map while people read: node crawl.mjs BASE SECONDS PATHS PEOPLE [ROBOT:CONNECTIONS:limited|free[:FROM[:COUNT]]]...
// PATHS: a file of paths, a line each. People have an address each, read a page among a few, and pause 200 ms on average. A robot asks for the paths
// in turn (COUNT of them from line FROM, again and again) over its connections: a free one without a pause, from an address that nginx does not count; a limited one, from one that
// it does, pauses 50 ms after each answer, whatever it is, and one time in ten asks for what robots.txt closes.
// One line each, tab-separated: who, answers, a second, pages, kept by nginx, 429, 403, faults, then median, p95 and greatest of the pages in ms.
import http from 'node:http';
import { readFileSync } from 'node:fs';

const [base, seconds, file, people, ...robots] = process.argv.slice(2);
if (!people) {
	console.error('usage: crawl.mjs BASE SECONDS PATHS PEOPLE [ROBOT:CONNECTIONS:limited|free[:FROM[:COUNT]]]...');
	process.exit(2);
}
const AGENTS = {
	people: 'Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0',
	engine: 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)',
	ai: 'Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.2; +https://openai.com/gptbot)',
	positions: 'Mozilla/5.0 (compatible; AhrefsBot/7.0; +http://ahrefs.com/robot/)',
	unknown: 'Mozilla/5.0 (compatible; CuriousBot/0.1)',
};
const paths = readFileSync(file, 'utf8').split('\n').filter(Boolean), sheets = paths.filter(p => /^\/fiches\/./.test(p));
const read = ['/', '/fiches', '/catalyseurs', '/fiches?type=exemple', ...sheets.slice(0, 20)], closed = '/fiches?type=exemple&page=2';
const { hostname, port } = new URL(base);
const seen = {};
const pause = ms => new Promise(r => setTimeout(r, ms));
function ask(who, agent, from, path) {
	const s = (seen[who] ??= { answers: 0, kept: 0, many: 0, closed: 0, faults: 0, ms: [] }), start = performance.now();
	return new Promise(resolve => {
		const headers = { 'User-Agent': AGENTS[who], Accept: 'text/html,*/*;q=0.8', 'Accept-Encoding': 'gzip', ...from ? { 'X-Forwarded-For': from } : {} };
		const done = (status, kept) => {
			s.answers++;
			if (status === 200) {
				s.ms.push(performance.now() - start);
				s.kept += kept;
			} else if (status === 429) s.many++;
			else if (status === 403) s.closed++;
			else if (++s.faults <= 3) console.error(`${who}: ${status} ${path}`);
			resolve();
		};
		http.get({ hostname, port, path, agent, headers }, a => {
			a.resume();
			a.on('end', () => done(a.statusCode, /^(HIT|REVALIDATED|STALE|UPDATING)$/.test(a.headers['x-cache-status'] ?? '')));
			a.on('error', () => done(0));
		}).on('error', () => done(0));
	});
}
const begun = performance.now(), end = begun + Number(seconds) * 1000;
async function person(n) {
	const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
	for (let i = n; performance.now() < end; i++) {
		await pause(Math.random() * 400);
		await ask('people', agent, `198.18.${n >> 8}.${n & 255}`, read[i * 7 % read.length]);
	}
	agent.destroy();
}
function robot(spec, n) {
	const [who, connections, how, from = 0, count = paths.length] = spec.split(':'), free = how === 'free', agent = new http.Agent({ keepAlive: true, maxSockets: Number(connections) });
	let next = 0;
	const walk = async () => {
		for (let i = 1; performance.now() < end; i++) {
			await ask(who, agent, free ? null : `198.19.0.${n + 1}`, !free && i % 10 === 0 ? closed : paths[(Number(from) + next++ % Number(count)) % paths.length]);
			if (!free) await pause(50);
		}
	};
	return Promise.all(Array.from({ length: Number(connections) }, walk)).then(() => agent.destroy());
}
await Promise.all([...Array.from({ length: Number(people) }, (_, n) => person(n)), ...robots.map(robot)]);
const lasted = (performance.now() - begun) / 1000;
for (const [who, s] of Object.entries(seen)) {
	const ms = s.ms.sort((a, b) => a - b), q = p => (ms[Math.min(ms.length - 1, Math.floor(ms.length * p))] ?? 0).toFixed(1);
	console.log([who, s.answers, (s.answers / lasted).toFixed(0), ms.length, s.kept, s.many, s.closed, s.faults, q(0.5), q(0.95), q(1)].join('\t'));
}
process.exit(0);
