// The Observatoire in a browser: each drawing and its table say the same, by day, at night, in grey, on paper, to a screen reader, without a script.
import { picture } from './picture.mjs';

const PAGE_MAX = 150_000; // bytes on the wire

// What a block draws and what its table tells, read from the page as it is.
const blocks = page => page.$$eval('.bloc-g', all => all.map(b => {
	const clean = t => (t ?? '').replace(/\s+/gu, ' ').trim();
	const marks = [...b.querySelectorAll('svg.graphe [data-chiffre], .grand-n [data-chiffre]')].map(g => ({ id: g.dataset.chiffre,
		text: clean(g.matches('b') ? g.textContent : g.querySelector('.val, .val-r')?.textContent), width: g.querySelector('.barre')?.getAttribute('width') ?? null }));
	const rows = [...b.querySelectorAll('tbody tr')].map(r => ({ id: r.dataset.chiffre ?? null, value: clean(r.querySelector('.fort')?.firstChild?.textContent), none: !!r.querySelector('.sans-g'),
		source: clean(r.querySelector('td:last-child')?.textContent), year: clean(r.querySelector('.num + td')?.textContent) }));
	const svg = b.querySelector('svg.graphe');
	return { id: b.id, kind: svg?.classList[1] ?? 'seul', marks, rows, hatched: b.querySelectorAll('.reg-c.sans').length,
		title: clean(svg?.querySelector('title')?.textContent), desc: clean(svg?.querySelector('desc')?.textContent), role: svg?.getAttribute('role'),
		labelled: (svg?.getAttribute('aria-labelledby') ?? '').split(' ').every(i => !i || document.getElementById(i)) };
}));

const PAGES = { observatoire: '/observatoire', 'observatoire-paires': '/observatoire/detenir-une-partie-des-leviers', 'observatoire-carte': '/observatoire/rapports-regionaux',
	'observatoire-suite': '/observatoire/poles-territoriaux', 'observatoire-barres': '/observatoire/formes-de-cooperation', 'observatoire-seul': '/observatoire/nombre-de-partenariats',
	'observatoire-comparer': '/observatoire/comparer?a=region:76&b=region:24', 'observatoire-territoire': '/territoires/region/24-centre-val-de-loire' };

export async function observatoryTests({ open, audit, ok, base, dir }) {
	const kinds = new Set();
	for (const [name, path] of Object.entries(PAGES)) {
		for (const [width, dark] of name === 'observatoire-barres' || name === 'observatoire-seul' ? [[390, false]] : [[390, true], [1280, false]]) {
			const { context, page, seen } = await open({ width, dark });
			const label = `${name} à ${width}${dark ? ', nuit' : ''}`;
			await page.goto(base + path, { waitUntil: 'load' });
			const v = await audit(page);
			ok(v.length === 0, `${label} : axe-core, 0 violation`, JSON.stringify(v, null, 1));
			const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
			ok(wide <= 0, `${label} : pas de défilement horizontal`, `${wide} px`);
			ok(seen.csp.length + seen.third.length + seen.errors.length === 0, `${label} : rien d’anormal`, JSON.stringify(seen));
			const out = await page.$$eval('svg.graphe', all => all.flatMap(s => { const f = s.closest('figure').getBoundingClientRect();
				return [...s.querySelectorAll('text')].filter(t => getComputedStyle(t).display !== 'none').map(t => t.getBoundingClientRect()).filter(r => r.right > document.documentElement.clientWidth + 1 || r.left < f.left - 2 || r.height < 10).map(r => `${r.left}-${r.right} ${r.height}`); }));
			ok(out.length === 0, `${label} : aucun mot du dessin hors de la page, ni sous 10 px`, out.join('\n'));
			await picture(page, `${dir}/${name}-${width}${dark ? '-nuit' : ''}.png`);
			await context.close();
		}
	}

	// Without a script: the table equals the drawing, and a screen reader is told both.
	for (const [name, path] of Object.entries(PAGES)) {
		const { context, page } = await open({ js: false, width: 390 });
		const sizes = [];
		page.on('requestfinished', r => sizes.push(r.sizes().then(s => s.responseBodySize, () => 0)));
		await page.goto(base + path, { waitUntil: 'load' });
		const all = await blocks(page);
		ok(all.length > 0, `${name} : au moins un dessin ou un chiffre`);
		for (const b of all) {
			kinds.add(b.kind);
			const told = b.rows.filter(r => r.id), ids = a => [...new Set(a.map(x => x.id))].sort().join(' ');
			ok(ids(b.marks) === ids(told), `${name} #${b.id} : le tableau a les mêmes chiffres que le dessin`, JSON.stringify([ids(b.marks), ids(told)]));
			const apart = b.marks.filter(m => m.text && !(b.kind === 'g-regions' && /^\d{4}$/.test(m.text)) && !told.some(r => r.id === m.id && (r.value === m.text || r.value.startsWith(m.text + ' '))));
			ok(apart.length === 0, `${name} #${b.id} : les mêmes valeurs`, JSON.stringify([apart, told.map(r => r.value)]));
			const off = b.kind === 'g-barres' ? b.marks.filter(m => /%$/.test(m.text) && Math.abs(parseFloat(m.width) - parseFloat(m.text.replace(',', '.'))) > .01) : [];
			ok(off.length === 0, `${name} #${b.id} : la longueur des barres est la valeur`, JSON.stringify(off));
			ok(told.every(r => r.source.length > 2 && r.year.length > 3), `${name} #${b.id} : chaque ligne dit son année, ou qu’elle n’est pas précisée, et sa source`, JSON.stringify(told));
			ok(b.kind === 'seul' || (b.role === 'img' && b.labelled && b.title.length > 5 && told.every(r => b.desc.includes(r.value))), `${name} #${b.id} : le dessin se dit, valeur par valeur`, JSON.stringify([b.title, b.desc]));
			if (b.kind === 'g-regions')
				ok(b.hatched > 0 && b.hatched === b.rows.filter(r => r.none).length, `${name} #${b.id} : ce qui n’est pas publié est hachuré, et dit`, JSON.stringify([b.hatched, b.rows.filter(r => r.none).length]));
		}
		await page.waitForLoadState('networkidle');
		const bytes = (await Promise.all(sizes)).reduce((a, b) => a + b, 0);
		ok(bytes > 10_000 && bytes <= PAGE_MAX, `${name} : ${bytes} octets, ${PAGE_MAX} au plus`);
		await context.close();
	}
	ok(['g-barres', 'g-paires', 'g-suite', 'g-regions', 'seul'].every(k => kinds.has(k)), 'les cinq façons de dire un chiffre sont essayées', [...kinds].join(' '));

	// In grey and for eyes that see no colour: what two places draw differs by its shape; pictures are kept to be looked at.
	for (const type of ['achromatopsia', 'deuteranopia']) {
		for (const name of ['observatoire-paires', 'observatoire-carte']) {
			const { context, page } = await open({ width: 1280 });
			await page.goto(base + PAGES[name]);
			const session = await page.context().newCDPSession(page);
			await session.send('Emulation.setEmulatedVisionDeficiency', { type });
			await picture(page, `${dir}/${name}-${type}.png`);
			await context.close();
		}
	}
	for (const name of ['observatoire-paires', 'observatoire-carte', 'observatoire-suite']) {
		const { context, page } = await open({ width: 794 });
		await page.goto(base + PAGES[name]);
		await page.emulateMedia({ media: 'print' });
		const session = await page.context().newCDPSession(page);
		await session.send('Emulation.setEmulatedVisionDeficiency', { type: 'achromatopsia' });
		ok(await page.locator('svg.graphe').first().isVisible() && await page.locator('.tableau-g').first().isVisible(), `${name} sur papier : le dessin et le tableau`);
		await picture(page, `${dir}/${name}-papier.png`);
		await context.close();
	}
	{
		const { context, page } = await open();
		await page.goto(base + PAGES['observatoire-paires']);
		ok(await page.locator('svg.graphe circle.rond').count() > 0 && await page.locator('svg.graphe path.losange').count() > 0, 'deux territoires : un rond et un losange, pas deux couleurs');
		await context.close();
	}

	// By the keyboard, without a script: two places are chosen and compared.
	{
		const { context, page } = await open({ js: false });
		await page.goto(base + '/observatoire/comparer');
		await page.locator('#lieu-a').focus();
		await page.keyboard.type('Centre');
		await page.keyboard.press('Tab');
		ok(await page.evaluate(() => document.activeElement.id) === 'lieu-b', 'comparer au clavier : d’un champ à l’autre');
		await page.keyboard.type('France');
		await page.keyboard.press('Tab');
		await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
		ok(/a=region%3A24|a=region:24/.test(page.url()) && await page.locator('svg.g-paires').count() > 0, 'comparer au clavier : deux territoires côte à côte', page.url());
		await context.close();
	}
}
