// The public pages: each answers, passes axe, scrolls one way, asks nothing of anybody and keeps nothing; keyboard alone, without JavaScript.
import { picture } from './picture.mjs';

export async function pageTests({ open, audit, ok, base, dir }) {
	const first = await (await fetch(`${base}/fiches.json?type=methode&taille=1`)).json().catch(() => null);
	const sheet = first?.elements?.[0] ? `/fiches/${first.elements[0].id}` : '/fiches/1';
	const pages = { accueil: '/', fiches: '/fiches', fiche: sheet, territoire: '/territoires/commune/97410-saint-benoit',
		catalyseurs: '/catalyseurs?territoire=commune:97410', carte: '/carte', recherche: '/recherche?q=saint-beno%C3%AEt+associations', introuvable: '/n-existe-pas' };

	for (const [name, path] of Object.entries(pages)) {
		for (const width of [390, 1280]) {
			for (const dark of width === 390 ? [false, true] : [false]) {
				const { context, page, seen } = await open({ width, dark });
				const label = `${name} à ${width}${dark ? ', nuit' : ''}`;
				await page.addInitScript(() => addEventListener('securitypolicyviolation', e => console.error('Content Security Policy ' + e.violatedDirective + ' ' + e.blockedURI)));
				const answer = await page.goto(base + path, { waitUntil: 'load' });
				ok(answer.status() === (name === 'introuvable' ? 404 : 200), `${label} : répond`, answer.status());
				const v = await audit(page);
				ok(v.length === 0, `${label} : axe-core, 0 violation`, JSON.stringify(v, null, 1));
				const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
				ok(wide <= 0, `${label} : pas de défilement horizontal`, `${wide} px`);
				ok((await context.cookies()).length === 0, `${label} : 0 cookie`);
				ok(await page.evaluate(() => localStorage.length + sessionStorage.length) === 0, `${label} : rien de gardé dans le navigateur`);
				ok(seen.third.length === 0, `${label} : 0 demande à un tiers`, seen.third.join('\n'));
				ok(seen.csp.length === 0, `${label} : 0 violation de la CSP`, seen.csp.join('\n'));
				ok(seen.errors.filter(e => !/404/.test(e)).length === 0, `${label} : 0 erreur de script`, seen.errors.join('\n'));
				ok((await page.title()).length > 3 && await page.locator('h1').count() === 1, `${label} : un titre, un h1`);
				if (!dark) await page.screenshot({ path: `${dir}/${name}-${width}.png`, fullPage: true }); // reference.mjs shows them
				else await picture(page, `${dir}/${name}-${width}-nuit.png`);
				await context.close();
			}
		}
	}
	for (const width of [320, 768]) {
		const { context, page } = await open({ width });
		for (const path of Object.values(pages)) {
			await page.goto(base + path);
			const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
			ok(wide <= 0, `${path} à ${width} : pas de défilement horizontal`, `${wide} px`);
		}
		await context.close();
	}

	// Keyboard alone: the skip link, every stop visible, the search from the home page, a filter.
	{
		const { context, page } = await open();
		await page.goto(base + '/');
		await page.keyboard.press('Tab');
		const skip = await page.evaluate(() => ({ href: document.activeElement?.getAttribute('href'), box: document.activeElement?.getBoundingClientRect().toJSON() }));
		ok(/^#/.test(skip.href ?? ''), 'clavier : le premier arrêt est le lien d’évitement', JSON.stringify(skip));
		ok(skip.box && skip.box.top >= 0 && skip.box.height > 10, 'clavier : il se voit quand on y est', JSON.stringify(skip.box));
		await page.keyboard.press('Enter');
		ok(new URL(page.url()).hash === skip.href, 'clavier : il mène au contenu', page.url());
		await page.goto(base + '/');
		let invisible = 0, stops = 0, search = false;
		for (let i = 0; i < 60; i++) {
			await page.keyboard.press('Tab');
			const at = await page.evaluate(() => {
				const e = document.activeElement;
				if (!e || e === document.body) return null;
				const b = e.getBoundingClientRect(), s = getComputedStyle(e);
				return { name: e.getAttribute('name'), tag: e.tagName, seen: b.width > 0 && b.height > 0, outlined: s.outlineStyle !== 'none' || s.boxShadow !== 'none' };
			});
			if (!at) break;
			stops++;
			if (!at.seen || !at.outlined) invisible++;
			if (at.name === 'q') { search = true; break; }
		}
		ok(stops > 3 && invisible === 0, `clavier : ${stops} arrêts, tous visibles`, `${invisible} invisibles`);
		ok(search, 'clavier : la recherche est atteinte');
		if (search) {
			await page.keyboard.type('lieu');
			await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
			ok(/[?&]q=lieu/.test(page.url()), 'clavier : la recherche part', page.url());
		}
		// The box over everything: a combobox that arrows walk, Escape closes, and that sends what was typed when nothing is chosen.
		await page.goto(base + '/recherche');
		await page.locator('#q').fill('tiers');
		await page.locator('.propositions li').first().waitFor({ timeout: 5000 }).catch(() => {});
		ok(await page.locator('#q[role=combobox][aria-expanded=true]').count() === 1, 'suggestions : la liste s’ouvre');
		await page.locator('#q').focus();
		await page.keyboard.press('ArrowDown');
		const chosen = await page.locator('#q').getAttribute('aria-activedescendant');
		ok(chosen && await page.locator(`#${chosen}[aria-selected=true]`).count() === 1, 'suggestions : la flèche choisit', chosen);
		await page.keyboard.press('Escape');
		ok(await page.locator('.propositions:visible').count() === 0, 'suggestions : Échap ferme');
		await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
		ok(/[?&]q=tiers/.test(page.url()), 'suggestions : Entrée envoie ce qui est écrit', page.url());
		await page.goto(base + '/fiches');
		const box = page.locator('form input[type=checkbox]:visible, form select:visible').first();
		if (await box.count()) {
			await box.focus();
			await page.keyboard.press('Space');
			const submit = page.locator('form:has(input[type=checkbox]) button[type=submit]:visible, form:has(input[type=checkbox]) button:not([type]):visible').first();
			await submit.focus();
			await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
			ok(new URL(page.url()).search.length > 1, 'clavier : un filtre s’applique', page.url());
		} else ok(false, 'clavier : un filtre se trouve');
		await context.close();
	}
	{
		const { context, page } = await open({ width: 390 });
		await page.goto(base + '/');
		const menu = page.locator('header details > summary').first();
		ok(await menu.count() === 1, 'clavier : le menu du téléphone est un repli natif');
		if (await menu.count()) {
			await menu.focus();
			await page.keyboard.press('Enter');
			ok(await page.locator('header details[open] a:visible').count() > 3, 'clavier : il s’ouvre');
		}
		await context.close();
	}
	// Without JavaScript everything is there, and forms work.
	{
		const { context, page } = await open({ js: false });
		for (const [name, path] of Object.entries(pages)) {
			await page.goto(base + path);
			ok((await page.locator('main').innerText()).length > 80, `sans JavaScript : ${name} se lit`);
		}
		await page.goto(base + '/recherche?q=lieu');
		ok(await page.locator('main a').count() > 0, 'sans JavaScript : la recherche répond');
		await context.close();
	}
	// From elsewhere: the question, never a wrong place.
	{
		const { context, page } = await open({ from: '8.8.8.8' });
		await page.goto(base + '/');
		ok(!/Vous semblez être/.test(await page.innerText('body')), 'un visiteur inconnu n’est placé nulle part');
		await context.close();
	}
}

// Every page of the plan, and those that lead nowhere from it, by axe on a phone.
export async function everyPageTests({ open, audit, ok, base }) {
	const { context, page, seen } = await open({ width: 390 });
	await page.goto(`${base}/plan-du-site`);
	const paths = new Set(await page.$$eval('main a[href^="/"]', links => links.map(a => a.getAttribute('href'))));
	for (const path of ['/territoires', '/pres-de-moi?choisir=1', '/vocabulaires/odd', '/vocabulaires/pratique', '/imprimer?theme=education-jeunesse', '/integrer/fiches', '/integrer/catalyseurs',
		'/integrer/evenements', '/contribuer/sans-compte', '/mot-de-passe', '/inscription', '/connexion', '/lien/rien', '/fiches/2/suggerer', '/fiches/2/signaler', '/fiches/2/adopter', '/listes?f=2'])
		paths.add(path);
	for (const path of paths) {
		const answer = await page.goto(base + path);
		const v = await audit(page);
		ok(v.length === 0, `${path} : axe-core, 0 violation`, JSON.stringify(v, null, 1));
		ok(answer.status() < 500 && await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth), `${path} : répond, et pas de défilement horizontal`, answer.status());
	}
	ok(seen.csp.length === 0, 'toutes les pages du plan : 0 violation de la CSP', seen.csp.join('\n'));
	await context.close();
}
