// Parcours in a browser: read at three lengths, ticked with and without an account, without a script, on paper; composed by the keyboard.
import { execFileSync } from 'node:child_process';
import { signIn } from './sign.mjs';
import { picture } from './picture.mjs';
const top = process.env.top_srcdir ?? '.';
const sql = text => execFileSync(`${top}/tools/cluster.sh`, ['psql', `${process.env.VAR}/postgresql`, '-XqAt', '-d', 'catalyse', '-c', text], { encoding: 'utf8' }).trim();

export async function parcoursTests({ open, audit, ok, base, dir }) {
	const way = '/parcours/evaluer-essaimer', mine = `/mon-espace${way}`;
	const looked = async (page, seen, name) => {
		const v = await audit(page);
		ok(v.length === 0, `${name} : axe-core, 0 violation`, JSON.stringify(v, null, 1));
		const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
		ok(wide <= 0, `${name} : pas de défilement horizontal`, `${wide} px`);
		ok(seen.csp.length + seen.third.length + seen.errors.length === 0, `${name} : rien d’anormal`, JSON.stringify(seen));
		await picture(page, `${dir}/${name.replace(/\W+/g, '-')}.png`);
	};
	const press = (page, locator) => Promise.all([page.waitForNavigation(), locator.click()]);

	for (const [name, path] of Object.entries({ 'parcours, liste': '/parcours', 'parcours, douze heures': `${way}?duree=12` }))
		for (const [width, dark] of [[390, false], [1280, true]]) {
			const { context, page, seen } = await open({ width, dark });
			await page.goto(base + path);
			await looked(page, seen, `${name} à ${width}${dark ? ', nuit' : ''}`);
			await context.close();
		}

	// Without a script: whole, and without ticks.
	{
		const { context, page } = await open({ js: false, width: 390 });
		await page.goto(base + way);
		ok(await page.locator('.etape-fait').count() === 0 && await page.locator('.parcours-etape').count() > 4, 'sans script : les étapes, sans case');
		ok(/Garder ma progression/.test(await page.locator('.progres button').innerText()), 'sans script : le bouton mène au compte');
		await press(page, page.locator('.parcours-durees a', { hasText: '12 heures' }));
		ok(await page.locator('.parcours-etape').count() > 15, 'sans script : douze heures par un lien');
		const answer = page.locator('.choix-etape details').first();
		await answer.locator('summary').click();
		ok(await answer.locator('p').isVisible(), 'sans script : une réponse s’ouvre, et dit pourquoi');
		await page.emulateMedia({ media: 'print' });
		ok(await page.locator('.place-ecrire').first().evaluate(e => e.offsetHeight > 40) && await page.locator('.parcours-reponses').isVisible() && !await page.locator('.parcours-durees').isVisible(),
			'sur papier : de la place pour écrire, les réponses après');
		await context.close();
	}

	// Ticks of this browser; then of an account.
	sql("delete from private.parcours_progress where account_id = (select id from private.account where email = 'contributeur@demo.example')");
	const { context, page, seen } = await open({});
	const asked = [];
	page.on('request', r => asked.push(r.url()));
	await page.goto(base + way);
	const boxes = page.locator('.etape-fait input');
	ok(await boxes.count() === await page.locator('.parcours-etape').count(), 'une case à chaque étape');
	asked.length = 0;
	await boxes.nth(0).focus();
	await page.keyboard.press('Space');
	await boxes.nth(2).check();
	ok(asked.length === 0, 'cocher n’envoie rien', asked.join(' '));
	await page.reload();
	ok(await boxes.nth(0).isChecked() && await boxes.nth(2).isChecked() && !await boxes.nth(1).isChecked(), 'les cases sont restées');
	ok(/2 étapes sur 7/.test(await page.locator('.progres-dit').innerText()), 'et sont comptées', await page.locator('.progres-dit').innerText());
	ok(/Sept angles/.test(await page.locator('.progres').innerText()), 'la suite est proposée');
	await looked(page, seen, 'parcours, coché à 1280');
	await press(page, page.locator('.progres form button'));
	ok(/\/connexion/.test(page.url()), 'sans compte : on propose de se connecter', page.url());
	seen.errors.length = 0; // the browser tells of the 401 that led there
	const led = new URL(page.url()).searchParams.get('retour');
	ok(await signIn(page, 'contributeur@demo.example'), 'une contributrice se connecte');
	await page.goto(base + led);
	ok(page.url().startsWith(base + mine), 'puis les cases sont là', page.url());
	ok(await page.locator('input[name=etapes]:checked').count() === 2, 'celles du navigateur');
	await looked(page, seen, 'parcours, dans mon compte à 1280');
	await press(page, page.locator('button[value=enregistrer]'));
	ok(/C’est gardé dans votre compte/.test(await page.locator('.message[role=status]').first().innerText()), 'un bouton les garde');
	await page.goto(base + way);
	await boxes.nth(4).check();
	await page.locator('.progres form button').click();
	await page.locator('.progres a', { hasText: 'Le voir' }).waitFor();
	ok(sql("select count(*) from private.parcours_progress g join private.account a on a.id = g.account_id where a.email = 'contributeur@demo.example'") === '3', 'connecté : d’un geste, sans quitter la page');
	await page.evaluate(() => localStorage.clear());
	await page.goto(base + mine);
	await page.goto(base + way);
	ok(await page.locator('.parcours-etape.faite').count() === 3, 'ce que le compte garde revient dans le navigateur');
	await page.locator('.progres .lien-bouton').click();
	ok(await page.locator('.parcours-etape.faite').count() === 0 && await page.evaluate(() => Object.keys(localStorage).filter(k => k.startsWith('catalyse-parcours')).length) === 0, 'et s’en efface');
	await context.close();

	// Composing, without a script, at 390 px, the buttons pressed by the keyboard. The audit has a script: it looks from beside.
	const c = await open({ js: false, width: 390 }), beside = await open({ width: 390 });
	const title = `Essai du navigateur ${Date.now().toString(36)}`, go = async locator => { await locator.focus(); await Promise.all([c.page.waitForNavigation(), c.page.keyboard.press('Enter')]); };
	try {
		ok(await signIn(c.page, 'contributeur@demo.example') && await signIn(beside.page, 'contributeur@demo.example'), 'composer : on se connecte');
		await c.page.goto(`${base}/contribuer/parcours`);
		await c.page.locator('#f-titre').fill(title);
		await go(c.page.locator('.parcours-commencer button'));
		await c.page.locator('#f-resume').fill('Ce qui m’a servi, dans cet ordre.');
		await go(c.page.locator('button[value=texte]'));
		ok(await c.page.locator('#f-resume').inputValue() === 'Ce qui m’a servi, dans cet ordre.', 'composer : un bouton garde ce qui est écrit');
		await c.page.locator('#f-etapes_1_titre').fill('Pour commencer');
		await c.page.locator('#f-etapes_1_minutes').fill('10');
		await c.page.locator('#f-etapes_1_texte').fill('Prenez une feuille.');
		await c.page.locator('#f-q').fill('carte des acteurs');
		await go(c.page.locator('#f-q'));
		ok(await c.page.locator('.parcours-trouvees li').count() > 0, 'composer : Entrée cherche des fiches');
		const draft = c.page.url();
		for (const [name, path] of Object.entries({ composer: draft, 'tel qu’il paraîtra': `${draft.split('?')[0]}?apercu=1`, 'les miens': `${base}/contribuer/parcours` }))
			for (const width of [390, 1280]) {
				await beside.page.setViewportSize({ width, height: 900 });
				await beside.page.goto(path);
				await looked(beside.page, beside.seen, `parcours, ${name} à ${width}`);
			}
		await go(c.page.locator('.parcours-trouvees button').first());
		await go(c.page.locator('button[value=monter-2]'));
		ok(await c.page.locator('#f-etapes_2_titre').inputValue() === 'Pour commencer', 'composer : une étape monte, l’autre descend');
		await go(c.page.locator('button[value=question]'));
		await go(c.page.locator('button[value=soumettre]'));
		ok(await c.page.locator('.message.err a[href="#f-etapes_3_titre"]').count() === 1 && await c.page.locator('#f-etapes_2_texte').inputValue() === 'Prenez une feuille.',
			'composer : ce qui manque est dit, rien n’est perdu');
		await picture(c.page, `${dir}/parcours-fautes-390.png`);
		await go(c.page.locator('button[value=oter-3]'));
		await go(c.page.locator('button[value=soumettre]'));
		ok(/C’est envoyé/.test(await c.page.locator('.message[role=status]').first().innerText()), 'composer : envoyé');
	} finally {
		sql(`delete from private.parcours_work where content->>'titre' = '${title}'`);
		await beside.context.close();
		await c.context.close();
	}
}
