// Writing together: an animateur opens a session in Chromium, somebody writes with and without JavaScript, the board fills itself, the file that
// works without a network keeps what is written and comes back.
import { readFileSync } from 'node:fs';
import { signIn } from './sign.mjs';
import { picture } from './picture.mjs';

export async function atelierTests({ open, audit, ok, base, dir }) {
	const host = await open();
	await signIn(host.page, 'animateur@demo.example');
	await host.page.goto(`${base}/ateliers`);
	await host.page.fill('#f-titre', 'Atelier en images');
	await host.page.fill('#f-territoire', 'Saint-Benoît (974)');
	await Promise.all([host.page.waitForNavigation(), host.page.click('form[action="/ateliers"] button.bouton')]);
	const board = await host.page.getAttribute('a[href*="vue=tableau"]', 'href').catch(() => null);
	ok(board, 'atelier : ouvert, avec son tableau', host.page.url());
	if (!board) { await host.context.close(); return; }
	const code = board.match(/atelier\/([a-z0-9]{6})/)[1];
	for (const width of [390, 1280]) {
		const { context, page, seen } = await open({ width });
		for (const [name, path] of [['porte', '/atelier'], ['ecrire', `/atelier/${code}`], ['tableau', board]]) {
			await page.goto(base + path);
			const v = await audit(page);
			ok(v.length === 0, `atelier, ${name} à ${width} : axe-core, 0 violation`, JSON.stringify(v, null, 1));
			ok(await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth), `atelier, ${name} à ${width} : pas de défilement horizontal`);
			await picture(page, `${dir}/atelier-${name}-${width}.png`);
		}
		ok(seen.csp.length === 0 && seen.errors.length === 0, `atelier à ${width} : ni CSP ni erreur`, seen.csp.concat(seen.errors).join('\n'));
		await context.close();
	}
	const wall = await open();
	await wall.page.goto(base + board);
	for (const js of [true, false]) {
		const { context, page } = await open({ js });
		await page.goto(`${base}/atelier/${code}`);
		await page.waitForTimeout(1700);
		await page.fill('#f-titre', js ? 'Un marché qui relie' : 'Sans aucun script');
		await page.fill('#f-chapo', 'Trois associations et une épicerie.');
		await Promise.all([page.waitForNavigation(), page.click('.atelier-form button[type=submit]')]);
		ok(/reprendre\//.test(page.url()), `atelier, ${js ? 'avec' : 'sans'} JavaScript : écrit, et un lien à garder`, page.url());
		const v = js ? await audit(page) : [];
		ok(v.length === 0, 'atelier, lien à garder : axe-core, 0 violation', JSON.stringify(v, null, 1));
		await context.close();
	}
	await wall.page.locator('.apport', { hasText: 'Sans aucun script' }).waitFor({ timeout: 9000 }).catch(() => {});
	ok(await wall.page.locator('.apport').count() === 2, 'atelier : le tableau s’est rempli tout seul', await wall.page.locator('#tableau').innerText());
	await picture(wall.page, `${dir}/atelier-mur.png`);
	await wall.context.close();

	// From a disk, with no network at all.
	const answer = await host.page.request.get(`${base}/atelier/${code}/hors-ligne`);
	const { context, page } = await open();
	await context.setOffline(true);
	await page.setContent(await answer.text());
	await page.fill('#titre', 'Depuis le car');
	await page.click('button[type=submit]');
	ok(/gardé/.test(await page.innerText('#dit')), 'atelier hors ligne : gardé', await page.innerText('body'));
	const [file] = await Promise.all([page.waitForEvent('download'), page.click('#fichier')]);
	const path = `${dir}/atelier-hors-ligne.json`;
	await file.saveAs(path);
	ok(JSON.parse(readFileSync(path, 'utf8')).notes.length === 1, 'atelier hors ligne : un fichier à rapporter');
	await context.close();
	await host.page.reload();
	await host.page.setInputFiles('input[type=file]', path);
	await Promise.all([host.page.waitForNavigation(), host.page.click('form:has(input[type=file]) button[type=submit]')]);
	ok(/1 contribution rapportée/.test(await host.page.innerText('main')), 'atelier hors ligne : rapporté', (await host.page.innerText('main')).slice(0, 300));
	const v = await audit(host.page);
	ok(v.length === 0, 'atelier, qui anime : axe-core, 0 violation', JSON.stringify(v, null, 1));
	await picture(host.page, `${dir}/atelier-anime-1280.png`);
	await host.context.close();
}
