// The browser ring: Debian's Chromium on the real site. Prints TAP; pictures of the pages go to VAR/captures (CAPTURES=1: of all of them).
//   node run.mjs [site|people|FILE...]     a half of it, or the files named (map space); all of it without a word
import { readFileSync, mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { launch } from './chromium.mjs';

const base = process.env.BASE, dir = `${process.env.VAR}/captures`;
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
let n = 0, failed = 0, visitor = 0;
const ok = (good, name, detail) => {
	console.log(`${good ? 'ok' : 'not ok'} ${++n} - ${name}`);
	if (!good) { failed++; if (detail) console.log(String(detail).slice(0, 900).replace(/^/gm, '#   ')); }
};
mkdirSync(dir, { recursive: true });

const browser = await launch();

// A page that remembers what it must not do. Axe is run in the page's isolated context, so the site's CSP stays on.
async function open(options = {}) {
	const context = await browser.newContext({ viewport: { width: options.width ?? 1280, height: 900 }, locale: 'fr-FR',
		javaScriptEnabled: options.js !== false, colorScheme: options.dark ? 'dark' : 'light',
		// Somebody else each time, in one town of La Réunion: what one visitor may send in a minute is not what all of them may.
		extraHTTPHeaders: { 'X-Forwarded-For': options.from ?? `165.169.1.${visitor = visitor % 250 + 1}` } });
	const page = await context.newPage(), seen = { third: [], csp: [], errors: [] };
	page.on('request', r => { if (!r.url().startsWith(base) && !r.url().startsWith('data:')) seen.third.push(r.url()); });
	page.on('console', m => { if (/Content Security Policy|Trusted Type/i.test(m.text())) seen.csp.push(m.text()); else if (m.type() === 'error') seen.errors.push(m.text()); });
	page.on('pageerror', e => seen.errors.push(e.message));
	return { context, page, seen };
}
async function audit(page) {
	const session = await page.context().newCDPSession(page);
	const { frameTree } = await session.send('Page.getFrameTree');
	const { executionContextId } = await session.send('Page.createIsolatedWorld', { frameId: frameTree.frame.id, worldName: 'axe' });
	await session.send('Runtime.evaluate', { expression: axe, contextId: executionContextId });
	const { result, exceptionDetails } = await session.send('Runtime.evaluate', { contextId: executionContextId, awaitPromise: true, returnByValue: true,
		// What is folded is looked at too: axe passes over a closed <details>, the filters that a wide screen shows open included.
		expression: `(() => { const folded = [...document.querySelectorAll('main details:not([open])')]; for (const d of folded) d.open = true;
			return axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })
			.finally(() => { for (const d of folded) d.open = false; })
			.then(r => JSON.stringify(r.violations.map(v => ({ id: v.id, help: v.help, nodes: v.nodes.slice(0, 3).map(x => x.html.slice(0, 160) + ' | ' + (x.failureSummary || '').slice(0, 160)) })))); })()` });
	await session.detach();
	if (exceptionDetails) return [{ id: 'axe', help: exceptionDetails.exception?.description ?? exceptionDetails.text }];
	return JSON.parse(result.value);
}

// What everybody sees, and what needs an account. Files are run in this order, and in each every function whose name ends in Tests, by name.
const parts = {
	site: ['pages', 'reference', 'map', 'observatoire', 'agenda', 'alertes', 'parcours', 'needs', 'diapositives', 'boussole', 'espaces', 'atelier', 'reseau'],
	people: ['accounts', 'versions', 'write', 'review', 'follow', 'administration', 'journey', 'space'],
};
const asked = process.argv.slice(2);
const files = asked.length ? asked.flatMap(x => parts[x] ?? x) : Object.values(parts).flat();
for (const file of files) {
	const begun = Date.now();
	for (const [name, run] of Object.entries(await import(`./${file}.mjs`))) if (name.endsWith('Tests')) await run({ open, audit, ok, base, dir });
	console.log(`# ${file}: ${Math.round((Date.now() - begun) / 1000)} s`);
}
await browser.close();
console.log(`1..${n}`);
if (failed) console.log(`# ${failed} failed of ${n}`);
process.exit(failed ? 1 : 0);
