// Writing a sheet in a browser: saved by itself, found again after the session, two depths, by the keyboard on a telephone, without a script.
// By contributeur@demo.example; what it writes is named « Essai du navigateur » and taken away at the end.
import { readFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { picture } from './picture.mjs';

const WORDS = 'Essai du navigateur';

export async function writeTests({ open, audit, ok, base, dir }) {
	const password = readFileSync(`${process.env.VAR}/demo-password`, 'utf8').trim();
	const sql = (text) => execFileSync(`${process.env.top_srcdir}/tools/cluster.sh`, ['psql', `${process.env.VAR}/postgresql`, '-XqAt', '-d', 'catalyse',
		'-c', `set search_path to catalyse, private, public; ${text}`], { encoding: 'utf8' }).trim();
	const clean = () => sql(`delete from attachment x using work w where w.sheet_id = x.sheet_id and w.content->>'titre' like '${WORDS}%';
		delete from token where sheet_id in (select sheet_id from work where content->>'titre' like '${WORDS}%');
		delete from mail_outbox where subject like '%${WORDS}%'; delete from work where content->>'titre' like '${WORDS}%'`);
	const signIn = async (page, back) => {
		await page.goto(`${base}/connexion?retour=${encodeURIComponent(back)}`);
		await page.fill('[name=courriel]', 'contributeur@demo.example');
		await page.fill('[name=mot_de_passe]', password);
		await Promise.all([page.waitForNavigation(), page.press('[name=mot_de_passe]', 'Enter')]);
	};
	const last = () => sql(`select sheet_id from work where content->>'titre' like '${WORDS}%' order by sheet_id desc limit 1`);
	const kept = (page) => page.evaluate(() => Object.keys(localStorage).filter(k => k.startsWith('catalyse-fiche')).length);
	const saved = (page) => page.waitForFunction(() => /^Enregistré à \d+ h \d\d$/.test(document.getElementById('etat-envoi').textContent), null, { timeout: 15000 });
	clean();

	// With a script, on a screen.
	{
		const { context, page, seen } = await open();
		await signIn(page, '/contribuer/fiche');
		ok(page.url().endsWith('/contribuer/fiche'), 'écrire : après la connexion, le formulaire', page.url());
		await page.fill('[name=titre]', `${WORDS}, premier`);
		ok(await page.waitForFunction(() => Object.keys(localStorage).length === 1, null, { timeout: 5000 }).then(() => true, () => false), 'écrire : gardé aussitôt dans le navigateur');
		ok(await saved(page).then(() => true, () => false), 'écrire : enregistré tout seul, et dit', await page.locator('#etat-envoi').innerText());
		ok(/\/fiches\/\d+\/modifier/.test(page.url()), 'écrire : l’adresse est celle de la fiche', page.url());
		ok(await kept(page) === 0, 'écrire : plus rien dans le navigateur une fois enregistré');
		const id = last();
		await page.fill('[name=chapo]', 'é'.repeat(335));
		ok(await page.locator('.compte').first().innerText() === '335 caractères sur 300', 'écrire : les caractères se comptent', await page.locator('.compte').first().innerText());
		await page.locator('[name=territoire]').pressSequentially('Saint-Benoît 974', { delay: 20 });
		await page.waitForSelector('[role=option]');
		await page.keyboard.press('ArrowDown');
		await page.keyboard.press('Enter');
		ok(/^Saint-Benoît \(974\)/.test(await page.inputValue('[name=territoire]')), 'écrire : un lieu proposé entre dans le champ', await page.inputValue('[name=territoire]'));
		await page.waitForTimeout(3200);
		await saved(page);
		await Promise.all([page.waitForNavigation(), page.click('button[value=envoyer]')]);
		ok(await page.locator('#fautes h2').innerText() === 'Quatre points à corriger', 'écrire : tout ce qui manque, d’un coup', await page.locator('#fautes').innerText());
		ok(await page.evaluate(() => document.activeElement.id) === 'fautes', 'écrire : le résumé des fautes a le focus');
		let v = await audit(page);
		ok(v.length === 0, 'écrire, avec des fautes : axe-core, 0 violation', JSON.stringify(v, null, 1));
		await picture(page, `${dir}/ecrire-fautes.png`);
		for (const href of await page.locator('#fautes a').evaluateAll(a => a.map(x => x.getAttribute('href'))))
			ok(await page.locator(href).count() === 1, `écrire : ${href} mène à un champ`);

		// The session ends while one writes; nothing is lost.
		await page.fill('[name=chapo]', 'Un texte écrit après la fin de la session.');
		const cookies = await context.cookies();
		await context.clearCookies();
		ok(await page.waitForFunction(() => /session a pris fin/.test(document.getElementById('etat-envoi').textContent), null, { timeout: 15000 }).then(() => true, () => false),
			'écrire : la fin de la session est dite', await page.locator('#etat-envoi').innerText());
		ok(await kept(page) === 1, 'écrire : le texte reste dans le navigateur');
		await signIn(page, `/fiches/${id}/modifier?profondeur=apercu`);
		ok(await page.locator('.retrouve').count() === 1, 'écrire : revenu, on le retrouve');
		await page.getByRole('button', { name: 'Le reprendre' }).click();
		ok(await page.inputValue('[name=chapo]') === 'Un texte écrit après la fin de la session.', 'écrire : et on le reprend');
		await saved(page);
		ok(sql(`select content->>'chapo' from work where sheet_id = ${id}`) === 'Un texte écrit après la fin de la session.', 'écrire : il est enregistré');
		ok(await kept(page) === 0 && cookies.length > 0, 'écrire : et plus gardé');

		// Nothing can be written for a while: kept here, said, and sent by itself once it can.
		const closed = `**/fiches/${id}/brouillon`;
		await page.route(closed, r => r.fulfill({ status: 503, contentType: 'application/problem+json', headers: { 'Retry-After': '2' }, body: '{"status":503}' }));
		await page.fill('[name=chapo]', 'Écrit pendant que le site est en lecture seule.');
		ok(await page.waitForFunction(() => /gardé dans ce navigateur, et l’envoi reprendra/.test(document.getElementById('etat-envoi').textContent), null, { timeout: 15000 }).then(() => true, () => false),
			'lecture seule : il est dit que le texte est gardé', await page.locator('#etat-envoi').innerText());
		ok(await kept(page) === 1, 'lecture seule : il l’est');
		await page.unroute(closed);
		await saved(page);
		ok(sql(`select content->>'chapo' from work where sheet_id = ${id}`) === 'Écrit pendant que le site est en lecture seule.' && await kept(page) === 0,
			'lecture seule : l’envoi reprend de lui-même');

		// Somebody else saves meanwhile.
		sql(`update work set content = content || '{"chapo": "Le texte d’une autre."}', rev = rev + 1 where sheet_id = ${id}`);
		await page.fill('[name=chapo]', 'Mon texte à moi.');
		ok(await page.waitForFunction(() => /Quelqu’un d’autre/.test(document.getElementById('etat-envoi').textContent), null, { timeout: 15000 }).then(() => true, () => false),
			'conflit : il est dit');
		await Promise.all([page.waitForNavigation(), page.getByRole('button', { name: 'Garder en brouillon' }).click()]);
		ok(await page.inputValue('[name=chapo]') === 'Mon texte à moi.' && (await page.locator('.deux-textes').innerText()).includes('Le texte d’une autre.'), 'conflit : les deux textes sont là');
		v = await audit(page);
		ok(v.length === 0, 'conflit : axe-core, 0 violation', JSON.stringify(v, null, 1));
		await picture(page, `${dir}/ecrire-conflit.png`);
		await page.check('[name=type][value=methode]');
		await page.check('[name=theme] >> nth=0');
		await page.fill('[name=source]', 'https://exemple.example/rapport');
		await Promise.all([page.waitForNavigation(), page.click('button[value=complete]')]);
		ok(await page.inputValue('[name=chapo]') === 'Mon texte à moi.', 'conflit : réglé, le texte choisi est enregistré');

		// The whole form: a toolbar, a preview.
		ok(await page.locator('[name=sections_pieges]').count() === 1, 'fiche complète : les rubriques de sa sorte');
		await page.fill('[name=sections_pieges]', 'Aller vite.');
		await page.locator('[name=sections_pieges]').selectText();
		const bar = page.locator('[aria-controls=f-sections_pieges]');
		await bar.getByRole('button', { name: 'Gras' }).click();
		ok(await page.inputValue('[name=sections_pieges]') === '**Aller vite.**', 'Markdown : gras', await page.inputValue('[name=sections_pieges]'));
		await bar.getByRole('button', { name: 'Aperçu' }).click();
		ok(await page.locator('.apercu-champ strong').first().innerText().catch(() => '') === 'Aller vite.', 'Markdown : un aperçu dans la page');
		await page.fill('[name=sections_etapes_1_titre]', 'Se réunir');
		await page.waitForTimeout(3200);
		await saved(page);
		v = await audit(page);
		ok(v.length === 0, 'fiche complète : axe-core, 0 violation', JSON.stringify(v, null, 1));
		const [tab] = await Promise.all([context.waitForEvent('page'), page.getByRole('button', { name: /^Aperçu dans un autre onglet/ }).click()]);
		await tab.waitForLoadState();
		ok(await tab.locator('.etapes h3').first().innerText() === 'Se réunir', 'aperçu : toute la fiche, dans un autre onglet');
		await tab.close();
		await Promise.all([page.waitForNavigation(), page.click('button[value=envoyer]')]);
		ok(/\/travail$/.test(page.url()), 'écrire : envoyée en relecture', page.url() + await page.locator('main').innerText().then(t => t.slice(0, 400)));
		ok(await kept(page) === 0, 'écrire : rien ne reste dans le navigateur');
		ok(seen.csp.length + seen.third.length === 0, 'écrire : 0 violation de la CSP, 0 tiers', JSON.stringify(seen));
		await context.close();
	}

	// Every page, light and dark, from 320 to 1280.
	{
		const id = last();
		const pages = { contribuer: '/contribuer', 'sans-compte': '/contribuer/sans-compte', nouvelle: '/contribuer/fiche?profondeur=complete&type=donnee', travail: `/fiches/${id}/travail`,
			pieces: `/fiches/${id}/travail/pieces`, auteurs: `/fiches/${id}/auteurs`, attente: `/fiches/${id}/modifier` };
		for (const [width, dark] of [[320, false], [390, true], [1280, false]]) {
			const { context, page, seen } = await open({ width, dark });
			await signIn(page, '/contribuer');
			for (const [name, path] of Object.entries(pages)) {
				const label = `${name} à ${width}${dark ? ', nuit' : ''}`;
				const answer = await page.goto(base + path);
				ok(answer.status() === 200, `${label} : répond`, answer.status());
				const v = await audit(page);
				ok(v.length === 0, `${label} : axe-core, 0 violation`, JSON.stringify(v, null, 1));
				const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
				ok(wide <= 0, `${label} : pas de défilement horizontal`, `${wide} px`);
				await picture(page, `${dir}/ecrire-${name}-${width}${dark ? '-nuit' : ''}.png`);
			}
			ok(seen.csp.length + seen.third.length + seen.errors.length === 0, `écrire à ${width} : rien d’anormal`, JSON.stringify(seen));
			await context.close();
		}
	}

	// By the keyboard alone, on a telephone; then without a script.
	for (const js of [true, false]) {
		const { context, page } = await open({ width: 390, js });
		const how = js ? 'clavier, 390' : 'sans script, clavier, 390';
		await signIn(page, '/contribuer/fiche');
		// Tab until a control is reached: no pointer, no jump.
		const reach = async (what) => {
			for (let i = 0; i < 60; i++) {
				await page.keyboard.press('Tab');
				if (await page.evaluate((s) => document.activeElement.matches(s), what)) return true;
			}
			return false;
		};
		const reached = [];
		reached.push(await reach('[name=type]'));
		await page.keyboard.press('Space');
		reached.push(await reach('[name=titre]'));
		await page.keyboard.type(`${WORDS}, ${how}`);
		reached.push(await reach('[name=chapo]'));
		await page.keyboard.type('Un résumé tapé au clavier.');
		reached.push(await reach('[name=territoire]'));
		await page.keyboard.type('région Bretagne');
		reached.push(await reach('[name=theme]'));
		await page.keyboard.press('Space');
		reached.push(await reach('button[value=envoyer]'));
		ok(reached.every(Boolean), `${how} : chaque champ s’atteint`, reached.join());
		await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
		ok((await page.locator('#fautes').innerText()).includes('Dites d’où cela vient'), `${how} : la source manque, et c’est dit`, await page.locator('main').innerText().then(t => t.slice(0, 300)));
		await page.locator('#fautes a').first().focus();
		await page.keyboard.press('Enter');
		if (!await page.evaluate(() => document.activeElement.name === 'source')) await page.keyboard.press('Tab');
		ok(await page.evaluate(() => document.activeElement.name) === 'source', `${how} : le lien mène au champ`);
		await page.keyboard.type('Un rapport que l’on retrouve');
		ok(await reach('button[value=envoyer]'), `${how} : le bouton s’atteint`);
		await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
		ok(/\/travail(\?fait=envoye)?$/.test(page.url()), `${how} : envoyée`, page.url());
		ok((await page.locator('main').innerText()).includes('Bretagne'), `${how} : avec son territoire`);
		if (!js) { /* taken back, completed with one more step, a picture joined */
			const id = last();
			await page.goto(`${base}/fiches/${id}/modifier`);
			await Promise.all([page.waitForNavigation(), page.click('button[value=reprendre]')]);
			await page.goto(`${base}/fiches/${id}/modifier?profondeur=complete`);
			await page.fill('[name=sections_etapes_3_titre]', 'La troisième').catch(() => {});
			await Promise.all([page.waitForNavigation(), page.click('button[value=etape]')]);
			ok(await page.inputValue('[name=sections_etapes_1_titre]') === 'La troisième', 'sans script : une étape s’ajoute', page.url());
			await page.goto(`${base}/fiches/${id}/travail/pieces`);
			await page.setInputFiles('[name=fichier]', { name: 'plan.png', mimeType: 'image/png',
				buffer: Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64') });
			await page.fill('[name=alt]', 'Un point');
			await Promise.all([page.waitForNavigation(), page.click('button[value=ajouter]')]);
			ok(await page.locator('.pieces li').count() === 1, 'sans script : une image se joint');
		}
		await context.close();
	}

	// A new sheet is typed, the session ends, another sheet is saved first: what was typed is still there. And a title that is already somebody's.
	{
		const { context, page } = await open();
		const id = last(), there = (start) => page.evaluate((s) => Object.keys(localStorage).filter(k => k.startsWith(s)).length, `catalyse-fiche:${start}`);
		const keeps = (start) => page.waitForFunction((s) => Object.keys(localStorage).some(k => k.startsWith(s)), `catalyse-fiche:${start}`, { timeout: 20000 }).then(() => true, () => false);
		await signIn(page, '/contribuer/fiche');
		await context.clearCookies();
		await page.fill('[name=titre]', `${WORDS}, jamais envoyé`);
		ok(await keeps('nouvelle:'), 'deux textes : le premier est gardé');
		await signIn(page, `/fiches/${id}/modifier?profondeur=apercu`);
		await page.fill('[name=chapo]', 'L’autre fiche, enregistrée d’abord.');
		await Promise.all([page.waitForNavigation(), page.getByRole('button', { name: 'Garder en brouillon' }).click()]);
		ok(sql(`select content->>'chapo' from work where sheet_id = ${id}`) === 'L’autre fiche, enregistrée d’abord.' && await there(`${id}:`) === 0,
			'deux textes : le second est enregistré, et n’est plus gardé', page.url());
		ok(await there('nouvelle:') === 1, 'deux textes : le premier l’est toujours');
		await page.goto(`${base}/contribuer/fiche`);
		await page.getByRole('button', { name: 'Le reprendre' }).click();
		ok(await page.inputValue('[name=titre]') === `${WORDS}, jamais envoyé`, 'deux textes : et on le reprend', await page.inputValue('[name=titre]'));
		await Promise.all([page.waitForNavigation(), page.getByRole('button', { name: 'Garder en brouillon' }).click()]);
		ok(await there('') === 0 && sql(`select count(*) from work where content->>'titre' = '${WORDS}, jamais envoyé'`) === '1', 'deux textes : enregistré à son tour, plus rien n’est gardé');

		await page.route('**/fiches', r => r.abort()); // this one is not to be saved
		await page.goto(`${base}/contribuer/fiche`);
		const [number, title] = sql(`select id, title from sheet where state = 'publiee' and length(title) between 20 and 200 order by id limit 1`).split('|');
		await page.fill('[name=titre]', title);
		ok(await page.locator(`#semblables a[href$="-${number}"]`).waitFor({ timeout: 20000 }).then(() => true, () => false), 'un titre déjà pris : la fiche qui l’a est proposée',
			title + await page.locator('#semblables').innerText());
		await page.fill('[name=titre]', 'Xylophones zébrés');
		ok(await page.waitForFunction(() => !document.querySelector('#semblables a'), null, { timeout: 20000 }).then(() => true, () => false), 'un titre qui ne ressemble à rien : rien n’est proposé');
		await context.close();
	}
	clean();
}
