// The map in a browser: without JavaScript, by the keyboard alone, on paper, moving, at night; its weight as transferred.
import { picture } from './picture.mjs';

const PAGE_MAX = 150_000, MOVING_MAX = 300_000; // bytes on the wire: HTML, CSS, fonts, scripts, images, data

export async function mapTests({ open, audit, ok, base, dir }) {
	const list = async (url) => (await (await fetch(base + url)).json()).elements.map(e => e.id);
	const drawn = page => page.$$eval('.plan:not([hidden]) a[data-ids]', l => l.filter(a => a.getClientRects().length).map(a => a.dataset.ids.split(' ').map(Number)));
	// How many are named beside the drawing: "Partout en France (12)".
	const aside = page => page.$$eval('.hors-carte b', l => l.reduce((n, b) => n + Number(/\((\d+)\)$/.exec(b.textContent)[1]), 0));
	const live = page => page.$$eval('.pt-vif', l => l.flatMap(b => b.dataset.ids.split(' ').map(Number)));

	// Axe and the width, where run.mjs does not look: a région, an overseas commune, nothing; by day and by night.
	for (const [name, path] of Object.entries({ 'carte-region': '/carte?territoire=region:84', 'carte-commune': '/carte?quoi=fiches&territoire=commune:97410', 'carte-mots': '/carte?quoi=fiches&q=forum+ouvert', 'carte-vide': '/carte?q=zzzzzz' })) {
		for (const [width, dark] of [[390, false], [1280, true]]) {
			const { context, page, seen } = await open({ width, dark });
			const label = `${name} à ${width}${dark ? ', nuit' : ''}`;
			await page.goto(base + path);
			const v = await audit(page);
			ok(v.length === 0, `${label} : axe-core, 0 violation`, JSON.stringify(v, null, 1));
			const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
			ok(wide <= 0, `${label} : pas de défilement horizontal`, `${wide} px`);
			ok(seen.csp.length + seen.third.length + seen.errors.length === 0, `${label} : rien d’anormal`, JSON.stringify(seen));
			await picture(page, `${dir}/${name}-${width}${dark ? '-nuit' : ''}.png`);
			await context.close();
		}
	}

	// Without JavaScript, at both widths: the list, the dots, the same items, links that answer.
	for (const width of [390, 1280]) {
		const { context, page } = await open({ js: false, width });
		await page.goto(base + '/carte?quoi=fiches');
		const rows = await page.$$eval('.rangs > li', l => l.map(e => Number(e.id.slice(1))));
		ok(rows.length > 20 && String(rows) === String(await list('/carte.json?quoi=fiches')), `carte sans JavaScript à ${width} : toute la liste`);
		const dots = await drawn(page);
		const beside = await aside(page), on = new Set(dots.flat());
		ok(dots.length > 3 && [...on].every(id => rows.includes(id)) && on.size + beside === rows.length,
			`carte sans JavaScript à ${width} : ${dots.length} points, tous de la liste ; avec ${beside} nommés à côté, toute la liste`, `${on.size} + ${beside}, ${rows.length}`);
		const order = dots.map(d => rows.indexOf(d[0]));
		ok(order.every((n, i) => i === 0 || n >= order[i - 1]), `carte sans JavaScript à ${width} : dans l’ordre de la liste`, order);
		const small = await page.$$eval('.plan text', l => l.filter(t => t.getClientRects().length && t.textContent.trim()).map(t => t.getBoundingClientRect().height).filter(h => h < 11));
		ok(small.length === 0, `carte sans JavaScript à ${width} : aucun texte sous 11 px`, small);
		ok(await page.locator('[data-carte-ouvrir]').isHidden(), `carte sans JavaScript à ${width} : pas de bouton mort`);
		await context.close();
	}

	// The keyboard alone: from the list to the dots, each seen, named, in order; one leads on.
	for (const [width, js, plan] of [[1280, true, '.plan-large'], [390, false, '.plan-tel']]) {
		const { context, page } = await open({ width, js });
		const label = `carte au clavier à ${width}${js ? '' : ', sans JavaScript'}`;
		await page.goto(base + '/carte');
		await page.locator('.planche-tete').evaluate(e => { e.tabIndex = -1; e.focus(); });
		const stops = [];
		for (let i = 0; i < 60; i++) {
			await page.keyboard.press('Tab');
			const at = await page.evaluate(() => {
				const e = document.activeElement;
				return e?.dataset.ids === undefined ? null : { ids: e.dataset.ids, name: e.querySelector('title')?.textContent, seen: getComputedStyle(e).outlineStyle !== 'none' };
			});
			if (at) stops.push(at); else if (stops.length) break;
		}
		const wanted = await page.$$eval(`${plan} a`, l => l.map(a => a.dataset.ids));
		ok(stops.length > 5 && String(stops.map(s => s.ids)) === String(wanted), `${label} : ${stops.length} points, dans l’ordre`, JSON.stringify(stops.slice(0, 4)));
		ok(stops.every(s => s.seen && /[a-zé]{3}/i.test(s.name)), `${label} : chacun se voit et dit son nom`);
		await page.locator(`${plan} a:has(.pt-n)`).first().focus();
		await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
		ok(/territoire=/.test(page.url()) && await page.locator('.rangs > li').count() > 0, `${label} : un point de plusieurs rapproche`, page.url());
		await context.close();
	}

	// The map that moves: only when asked, by keyboard, under the same policy; its weight; the way back.
	// Where nothing is asked to move by itself, it goes at once: every place is gone to, and the dots seen are all that have one.
	for (const [width, dark, path, calm] of [[1280, false, '/carte', true], [390, true, '/carte?territoire=region:84'], [1280, false, '/carte?quoi=fiches', true]]) {
		const { context, page, seen } = await open({ width, dark });
		const label = `carte à déplacer à ${width}${dark ? ', nuit' : ''}${path.includes('fiches') ? ', fiches' : ''}`;
		if (calm) await page.emulateMedia({ reducedMotion: 'reduce' });
		await page.addInitScript(() => addEventListener('securitypolicyviolation', e => console.error('Content Security Policy ' + e.violatedDirective + ' ' + e.blockedURI)));
		const wire = await context.newCDPSession(page);
		let bytes = 0;
		await wire.send('Network.enable');
		await wire.send('Network.setCacheDisabled', { cacheDisabled: true });
		wire.on('Network.loadingFinished', e => { bytes += e.encodedDataLength; });
		await page.goto(base + path, { waitUntil: 'networkidle' });
		const first = bytes, asked = [];
		page.on('request', r => asked.push(r.url()));
		ok(first < PAGE_MAX, `${label} : la page pèse ${first} octets, moins de ${PAGE_MAX}`);
		await page.locator('[data-carte-ouvrir]').focus();
		await page.keyboard.press('Enter');
		await page.waitForSelector('.pt-vif');
		await page.waitForLoadState('networkidle');
		ok(asked.length > 3 && bytes < MOVING_MAX, `${label} : ${bytes} octets avec elle, moins de ${MOVING_MAX}`);
		const all = await list(path.replace('/carte', '/carte.json')), ids = new Set(await live(page)), beside = await aside(page);
		ok(ids.size > 3 && [...ids].every(id => all.includes(id)), `${label} : ${ids.size} éléments, tous de la liste`);
		for (const place of calm ? (await page.$$eval('.carte-outils option', l => l.map(o => o.value))).slice(1) : []) {
			await page.locator('.carte-outils select').selectOption(place);
			(await live(page)).forEach(id => ids.add(id));
		}
		ok(ids.size + beside === all.length && new Set(all).size === all.length, `${label} : avec ${beside} nommés à côté, toute la liste`, `${ids.size} + ${beside}, ${all.length}`);
		if (path.includes('fiches')) { // its weight and what it holds; the rest is as above
			await context.close();
			continue;
		}
		if (calm) await page.locator('.carte-outils select').selectOption('');
		const v = await audit(page);
		ok(v.length === 0, `${label} : axe-core, 0 violation`, JSON.stringify(v, null, 1));
		await picture(page, `${dir}/carte-vive-${width}${dark ? '-nuit' : ''}.png`);
		const before = await page.locator('.leaflet-map-pane').getAttribute('style');
		await page.locator('.carte-vive').focus();
		await page.keyboard.press('ArrowRight');
		await page.waitForFunction(old => document.querySelector('.leaflet-map-pane').getAttribute('style') !== old, before);
		ok(true, `${label} : les flèches la déplacent`);
		const dot = page.locator('.pt-vif.seul').first();
		const name = await dot.getAttribute('data-nom');
		await dot.focus();
		await page.keyboard.press('Enter');
		const link = page.locator('.leaflet-popup a').first();
		ok(await link.innerText() === name && /^\/(fiches|catalyseurs)\//.test(await link.getAttribute('href')), `${label} : une bulle avec un vrai lien`, name);
		ok(await page.evaluate(() => document.activeElement.matches('.leaflet-popup a')), `${label} : le clavier y est`);
		await page.keyboard.press('Escape');
		ok(await page.evaluate(n => document.activeElement.dataset.nom === n, name), `${label} : Échap rend le clavier au point`);
		await page.getByRole('button', { name: 'Revenir à la carte dessinée' }).click();
		ok(await page.locator('.plan:visible').count() === 1 && await page.locator('.carte-vive').count() === 0, `${label} : la carte dessinée revient`);
		ok(seen.csp.length === 0, `${label} : 0 violation de la CSP`, seen.csp.join('\n'));
		ok(seen.third.length === 0, `${label} : 0 demande à un tiers`, seen.third.join('\n'));
		ok(seen.errors.length === 0, `${label} : 0 erreur de script`, seen.errors.join('\n'));
		await context.close();
	}

	// Elsewhere its script is not even asked for; on paper the drawing is printed.
	{
		const { context, page } = await open();
		const asked = [];
		page.on('request', r => asked.push(r.url()));
		await page.goto(base + '/fiches');
		ok(!asked.some(u => /leaflet|js\/carte/.test(u)), 'la carte à déplacer ne pèse rien ailleurs', asked.join('\n'));
		await page.goto(base + '/carte');
		await page.emulateMedia({ media: 'print' });
		ok(await page.locator('.plan:visible').count() === 1 && await page.locator('.planches').isHidden(), 'sur papier : la carte, sans les menus');
		await picture(page, `${dir}/carte-papier.png`);
		await context.close();
	}
}
