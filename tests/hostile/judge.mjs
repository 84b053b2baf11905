// What judges a page: Chromium's own parser, with nothing of the page run. A page may hold the elements and attributes that the
// templates and the sources write, and no other; nothing that runs, nothing fetched from elsewhere, and never the mark of a payload.
import { readFileSync, readdirSync } from 'node:fs';
import { launch } from '../browser/chromium.mjs';

const top = new URL('../../', import.meta.url).pathname;
export const MARK = '"\'><q7z>'; // an element of its own: where it is found as one, a text was not escaped

// element -> its attributes, as they are written by us
function written() {
	const pairs = new Map();
	const files = [...readdirSync(`${top}web/templates`).map(f => `${top}web/templates/${f}`), ...readdirSync(`${top}src`, { withFileTypes: true }).filter(d => d.isDirectory()).map(d => d.name).flatMap(d => readdirSync(`${top}src/${d}`).filter(f => /\.[ch]$/.test(f)).map(f => `${top}src/${d}/${f}`))];
	for (const f of files) {
		const text = readFileSync(f, 'utf8').replace(/\\"/g, '"').replace(/"\s*\n\s*"/g, '').replace(/\{\{[^}]*\}\}/g, '');
		for (const m of text.matchAll(/<([a-zA-Z][a-zA-Z0-9]*)((?:[^<>"]|"[^"]*")*)/g)) {
			const names = pairs.get(m[1].toLowerCase()) ?? new Set();
			for (const a of m[2].replace(/"[^"]*"/g, '').matchAll(/([a-zA-Z][\w:-]*)/g)) names.add(a[1].toLowerCase());
			pairs.set(m[1].toLowerCase(), names);
		}
	}
	// Markdown, by cmark-gfm; what the parser adds by itself.
	for (const [tag, ...names] of [['html'], ['head'], ['body'], ['tbody'], ['p'], ['em'], ['strong'], ['del'], ['code'], ['pre'], ['blockquote'], ['ul'], ['ol', 'start'], ['li'], ['a', 'href', 'rel', 'title'], ['hr'], ['br'], ['g', 'data-chiffre'], ['pattern', 'width', 'height', 'patternunits', 'patterntransform', 'href'], ['table'], ['thead'], ['tr'], ['th', 'align'], ['td', 'align'], ['h3'], ['h4'], ['h5'], ['h6']])
		pairs.set(tag, new Set([...(pairs.get(tag) ?? []), ...names]));
	return [...pairs].map(([tag, names]) => [tag, [...names]]);
}

export async function open() {
	const browser = await launch();
	const page = await (await browser.newContext()).newPage(); // about:blank: no policy in the way of the parser
	await page.evaluate(([pairs, home]) => {
		const known = new Map(pairs.map(([tag, names]) => [tag, new Set(names)]));
		const runs = /^[\u0000-\u0020]*(javascript|data:text|vbscript):/i, fetches = ['src', 'srcset', 'poster', 'background', 'data', 'action', 'formaction', 'xlink:href', 'ping', 'manifest'];
		window.look = (text, letter) => {
			const d = new DOMParser().parseFromString(text, 'text/html'), found = [];
			for (const e of d.querySelectorAll('*')) {
				const tag = e.tagName.toLowerCase(), names = known.get(tag);
				if (!names) { found.push(`<${tag}>`); continue; }
				if (tag === 'script' && !/^\/actifs\//.test(e.getAttribute('src') ?? '') && e.type !== 'application/ld+json') found.push('script');
				if (tag === 'meta' && /refresh/i.test(e.getAttribute('http-equiv') ?? '')) found.push('meta refresh');
				if (tag === 'base' && e.hasAttribute('href')) found.push('base href');
				for (const a of e.attributes) {
					const value = a.value.replace(/[\t\r\n]/g, '');
					if (!names.has(a.name.toLowerCase())) found.push(`${tag} ${a.name}`);
					if (/^on/i.test(a.name) || a.name === 'srcdoc' || (a.name === 'style' && (!letter || /url|expression|import|@/i.test(value)))) found.push(`${tag} ${a.name}`);
					if ((a.name === 'href' || fetches.includes(a.name)) && runs.test(value)) found.push(`${tag} ${a.name}=${a.value.slice(0, 60)}`);
					const out = /^(https?:)?[\/\\]{2}/i.test(value.trim()) && !value.startsWith(home);
					if (out && (fetches.includes(a.name) || (a.name === 'href' && ['link', 'use', 'image'].includes(tag) && !/^(canonical|alternate|license)$/.test(e.rel ?? '')))) found.push(`${tag} fetches ${a.value.slice(0, 60)}`);
				}
			}
			for (const s of d.querySelectorAll('script[type="application/ld+json"]')) try { JSON.parse(s.textContent); } catch { found.push('ld+json'); }
			return found;
		};
	}, [written(), process.env.BASE]);
	// Returns for each text what it should not hold; a letter has its styles in its elements, as programs that read mail want them.
	const judge = (texts, letter = false) => page.evaluate(([all, asLetter]) => all.map(t => window.look(t, asLetter)), [texts, letter]);
	return { browser, judge };
}
