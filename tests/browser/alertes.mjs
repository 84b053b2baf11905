// A list followed by mail, from its link to the end, in a browser; and each page of it looked at.
import { execFileSync } from 'node:child_process';
import { picture } from './picture.mjs';
const top = process.env.top_srcdir ?? '.';
const sql = text => execFileSync(`${top}/tools/cluster.sh`, ['psql', `${process.env.VAR}/postgresql`, '-XqAt', '-d', 'catalyse', '-c', text], { encoding: 'utf8' }).trim();
const who = `navigatrice-${process.pid}@ailleurs.example`;
const mailed = subject => sql(`select body_text from private.mail_outbox where recipient = '${who}' and subject like '${subject}%' order by id desc limit 1`).match(/http:\/\/\S+/)?.[0];

// Things kept: by a script in the browser, without a script in an address, with an account in a list; and the builder of frames.
export async function shelfTests({ open, audit, ok, base, dir }) {
	const [a, b] = (await (await fetch(`${base}/fiches.json?taille=2&tri=recent`)).json()).elements.map(x => x.id);
	const catalyst = (await (await fetch(`${base}/catalyseurs.json?taille=1`)).json()).elements[0].id;
	const looked = async (name, path, width, dark) => {
		const { context, page, seen } = await open({ width, dark });
		const label = `${name} à ${width}${dark ? ', nuit' : ''}`;
		const answer = await page.goto(base + path);
		ok(answer.status() === 200, `${label} : répond`, answer.status());
		const v = await audit(page);
		ok(v.length === 0, `${label} : axe-core, 0 violation`, JSON.stringify(v, null, 1));
		const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
		ok(wide <= 0, `${label} : pas de défilement horizontal`, `${wide} px`);
		ok(seen.csp.length + seen.third.length + seen.errors.length === 0, `${label} : rien d’anormal`, JSON.stringify(seen));
		await picture(page, `${dir}/listes-${name}-${width}${dark ? '-nuit' : ''}.png`);
		await context.close();
	};
	for (const [name, path, width, dark] of [['accueil', '/listes', 390], ['adresse', `/listes?f=${a},${b}&c=${catalyst}`, 390], ['adresse', `/listes?f=${a},${b}&c=${catalyst}`, 1280, true],
		['ajouter', `/listes/ajouter?fiche=${a}`, 390], ['integrer', '/integrer', 390], ['integrer', '/integrer?quoi=catalyseurs&territoire=Saint-Beno%C3%AEt+(974)&compact=1', 1280],
		['cadre', `/integrer/listes?f=${a},${b}&c=${catalyst}`, 390], ['cadre-rdv', '/integrer/evenements?periode=passes', 390]])
		await looked(name, path, width, dark);

	const { context, page } = await open({ width: 390 });
	await page.goto(`${base}/fiches/${a}`);
	ok(await page.evaluate(() => localStorage.length) === 0, 'rien n’est gardé sans un geste');
	await page.locator('a.garder').focus();
	await page.keyboard.press('Space');
	ok(/gardé/.test(await page.locator('a.garder').innerText()), 'clavier : une fiche est gardée dans ce navigateur');
	await page.goto(`${base}/catalyseurs/${catalyst}`);
	await page.locator('a.garder').click();
	await Promise.all([page.waitForNavigation(), page.locator('a', { hasText: 'Voir ma liste (2)' }).click()]);
	ok(page.url() === `${base}/listes?f=${a}&c=${catalyst}`, 'la liste est une adresse', page.url());
	ok(await page.locator('.gardees > li').count() === 2, 'dessinée par le serveur');
	await page.goto(`${base}/listes`);
	ok(await page.locator('[data-gardees]').isVisible() && /2 pages/.test(await page.locator('[data-gardees]').innerText()), '/listes dit ce que ce navigateur garde');
	await page.locator('[data-gardees-oublier]').click();
	ok(await page.evaluate(() => localStorage.length) === 0, 'et l’oublie');
	await context.close();

	const plain = await open({ js: false, width: 1280 });
	await plain.page.goto(`${base}/fiches/${a}`);
	await Promise.all([plain.page.waitForNavigation(), plain.page.locator('a.garder').click()]);
	await Promise.all([plain.page.waitForNavigation(), plain.page.locator('a', { hasText: 'Ouvrir une liste' }).click()]);
	await plain.page.locator('#plus').fill(String(b));
	await Promise.all([plain.page.waitForNavigation(), plain.page.locator('#plus').press('Enter')]);
	ok(plain.page.url() === `${base}/listes?f=${a},${b}`, 'sans JavaScript : une liste se complète par les numéros', plain.page.url());
	await plain.context.close();
}

export async function alertTests({ open, audit, ok, base, dir }) {
	sql("delete from private.attempt where kind = 'alerte'");
	const looked = async (name, path, width, dark, status = 200) => {
		const { context, page, seen } = await open({ width, dark });
		const label = `${name} à ${width}${dark ? ', nuit' : ''}`;
		const answer = await page.goto(path.startsWith('http') ? path : base + path);
		ok(answer.status() === status, `${label} : répond`, answer.status());
		const v = await audit(page);
		ok(v.length === 0, `${label} : axe-core, 0 violation`, JSON.stringify(v, null, 1));
		const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
		ok(wide <= 0, `${label} : pas de défilement horizontal`, `${wide} px`);
		ok(seen.csp.length + seen.third.length === 0 && seen.errors.filter(e => !/40[04]/.test(e)).length === 0, `${label} : rien d’anormal`, JSON.stringify(seen));
		await picture(page, `${dir}/alertes-${name}-${width}${dark ? '-nuit' : ''}.png`);
		await context.close();
	};
	try {
		for (const [name, path] of Object.entries({ accueil: '/alertes', suivre: '/alertes?requete=/fiches%3Ftype%3Dmethode%26territoire%3Dregion:04', sans: '/alertes?requete=/fiches%3Fq%3Dzinzolin' }))
			for (const width of name === 'sans' ? [390] : [390, 1280])
				await looked(name, path, width, false);

		// Without JavaScript, on a phone: from the list to the confirmation.
		const { context, page } = await open({ js: false, width: 390 });
		await page.goto(`${base}/fiches?type=methode&territoire=region:04`);
		await Promise.all([page.waitForNavigation(), page.locator('a', { hasText: 'Être prévenu' }).first().click()]);
		ok(/Méthodes, La Réunion/.test(await page.locator('main').innerText()), 'sans JavaScript : la liste est dite en mots');
		await page.locator('button[value=suivre]').click();
		ok(await page.locator('.message.err a[href="#f-courriel"]').count() === 1, 'sans adresse : la faute est dite, et y mène');
		await page.locator('#f-courriel').fill(who);
		await page.waitForTimeout(2100);
		await Promise.all([page.waitForNavigation(), page.locator('button[value=suivre]').click()]);
		ok(/Encore un geste/.test(await page.locator('[role=status]').first().innerText()), 'un courriel est annoncé');
		const confirm = mailed('Votre alerte, à confirmer');
		await looked('confirmer', confirm, 390, false);
		await page.goto(confirm);
		await Promise.all([page.waitForNavigation(), page.locator('button[value=confirmer]').click()]);
		ok(/C’est fait/.test(await page.locator('[role=status]').first().innerText()), 'un bouton confirme');
		const manage = page.url().replace(/\?.*/, '');
		for (const [width, dark] of [[390, false], [1280, true]])
			await looked('gerer', manage, width, dark);

		// By the keyboard alone.
		await page.goto(manage);
		await page.locator('button[value=pauser]').focus();
		await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
		ok(/en pause/.test(await page.locator('.suivis').innerText()), 'clavier : une alerte est en pause');
		await page.locator('button[value=oublier]').focus();
		await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
		ok(/votre adresse est effacée/.test(await page.locator('[role=status]').first().innerText()), 'clavier : tout est effacé');
		ok(sql(`select count(*) from private.follower where email = '${who}'`) === '0', 'et l’adresse n’est plus nulle part');
		await looked('plus-rien', manage, 390, false, 404);
		await context.close();
	} finally {
		sql(`select private.follower_forget(id) from private.follower where email = '${who}'`);
	}
}
