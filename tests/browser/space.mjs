// One's own space in a browser: empty, then with a structure declared, somebody invited who answers, and left; all that is held taken away;
// the account gone. With script at 1280 px, without at 390; each page by axe at both widths, night too.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { signIn } from './sign.mjs';
import { picture } from './picture.mjs';

const base = process.env.BASE, dir = process.env.VAR, build = process.env.top_builddir ?? '.', source = process.env.top_srcdir ?? '.';
const catalyse = (args, input) => execFileSync(`${build}/catalyse`, [...args, '--config', `${dir}/catalyse.conf`], { input, stdio: ['pipe', 'pipe', 'ignore'] }).toString();
const sql = text => execFileSync(`${source}/tools/cluster.sh`, ['psql', `${dir}/postgresql`, '-XqAt', '-d', 'catalyse', '-c', text]).toString().trim();
const word = 'girafe mandoline pavé tisane';

export async function spaceTests({ ok, open, audit }) {
	const stamp = Date.now();
	async function person(name, options) {
		const email = `${name}-${stamp}@essai.example`;
		catalyse(['account', 'create', email, '--name', `${name} Essai`, '--password-file', '-'], `${word}\n`);
		const { context, page, seen } = await open(options);
		await signIn(page, email, { password: word });
		return { context, page, seen, email };
	}
	const press = (page, name) => Promise.all([page.waitForNavigation(), page.locator('main').getByRole('button', { name, exact: true }).click()]);

	for (const js of [true, false]) {
		const how = js ? 'à 1280' : 'à 390, sans script', width = js ? 1280 : 390;
		const anne = await person(`anne${js ? 1 : 0}`, { width, js }), bruno = await person(`bruno${js ? 1 : 0}`, { width, js });
		let page = anne.page;
		await page.goto(`${base}/mon-espace`);
		ok((await page.locator('main').innerText()).includes('Vous n’avez encore rien écrit'), `${how} : un espace vide dit quoi faire`);
		ok(await page.locator('main a.bouton:not(.second)').count() === 1, `${how} : un seul bouton principal`);
		await page.getByRole('link', { name: 'Créer ou rejoindre une structure' }).click();
		await page.fill('#q-structure', `Essai navigateur ${stamp}`);
		await press(page, 'Chercher');
		ok(await page.inputValue('#f-nom') === `Essai navigateur ${stamp}`, `${how} : ce que l’on cherchait est déjà dans le formulaire`);
		await page.fill('#f-siren', '123456789');
		await press(page, 'Déclarer cette structure');
		ok(await page.locator('#f-siren-e').count() === 1, `${how} : un SIREN faux est dit à sa place`);
		await page.fill('#f-siren', '');
		await page.fill('#f-lieu', 'commune:97410');
		await press(page, 'Déclarer cette structure');
		ok((await page.locator('h1').innerText()).includes(`Essai navigateur ${stamp}`), `${how} : la structure est déclarée`, page.url());
		const here = page.url().replace(/\?.*/, '');
		await page.fill('#f-courriel', bruno.email);
		await press(page, 'Inviter');
		ok((await page.locator('main .message[role=status]').innerText()).includes('C’est envoyé'), `${how} : l’invitation est partie`);

		page = bruno.page;
		await page.goto(`${base}/mon-espace`);
		ok(await page.locator('.attentes li').count() === 1, `${how} : elle attend la personne dans son espace`);
		await page.locator('.attentes a').first().click();
		await press(page, 'Accepter');
		ok((await page.locator('main').innerText()).includes('Vous en êtes membre'), `${how} : elle accepte`, page.url());

		page = anne.page;
		await page.goto(here);
		await press(page, 'Quitter cette structure');
		ok((await page.locator('#fautes, .message.err').first().innerText()).includes('nommez d’abord'), `${how} : la dernière responsable ne part pas ainsi`);
		await Promise.all([page.waitForNavigation(), page.getByRole('button', { name: /Nommer responsable/ }).click()]);
		await press(page, 'Quitter cette structure');
		ok(page.url().startsWith(`${base}/mon-espace`) && (await page.locator('main .message[role=status]').innerText()).includes('Vous n’êtes plus'), `${how} : puis elle part`, page.url());

		await page.goto(`${base}/compte/export`);
		const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Tout, en un fichier JSON' }).click()]);
		const held = JSON.parse(readFileSync(await file.path(), 'utf8'));
		ok(file.suggestedFilename() === 'catalyse-mes-donnees.json' && held.compte.courriel === anne.email, `${how} : tout ce qui est gardé, en un clic`, Object.keys(held).join(' '));

		await page.goto(`${base}/compte/supprimer`);
		await page.fill('#f-mot_de_passe', word);
		await press(page, 'Supprimer mon compte');
		ok(await page.locator('#fautes a[href="#f-accord"]').count() === 1, `${how} : il faut le vouloir`);
		const v = js ? await audit(page) : [];
		ok(v.length === 0, `${how} : axe-core, une suppression à confirmer`, JSON.stringify(v, null, 1));
		await page.check('input[name=accord]');
		await page.fill('#f-mot_de_passe', word);
		await press(page, 'Supprimer mon compte');
		ok((await page.locator('main .message[role=status]').innerText()).includes('Votre compte est supprimé'), `${how} : le compte n’est plus là`, page.url());
		await page.goto(`${base}/mon-espace`);
		ok(page.url().includes('/connexion'), `${how} : ni la session`);
		ok(anne.seen.csp.length + anne.seen.third.length + bruno.seen.csp.length + bruno.seen.third.length === 0, `${how} : rien d’un tiers`, JSON.stringify([anne.seen, bruno.seen]));
		await anne.context.close();

		if (js) {
			const state = await bruno.context.storageState();
			for (const [wide, dark] of [[390, true], [1280, false]]) {
				const { context, page: p, seen } = await open({ width: wide, dark });
				await context.addCookies(state.cookies);
				for (const path of ['/mon-espace', '/compte/export', '/compte/supprimer', '/structures/nouvelle?q=reseau', here.slice(base.length), '/structures/2']) {
					const label = `${path.replace(/\d+$/, 'N')} à ${wide}${dark ? ', nuit' : ''}`;
					const answer = await p.goto(base + path);
					const faults = await audit(p);
					ok(answer.status() === 200 && faults.length === 0, `${label} : axe-core, 0 violation`, JSON.stringify(faults, null, 1));
					ok(await p.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth), `${label} : rien ne dépasse`);
					if (!dark) await picture(p, `${dir}/captures/espace${path.replace(/[^a-z]+/g, '-')}${wide}.png`);
				}
				ok(seen.errors.length + seen.csp.length === 0, `${wide}${dark ? ', nuit' : ''} : aucune erreur dans la console`, JSON.stringify(seen));
				await context.close();
			}
		}
		await bruno.context.close();
		catalyse(['account', 'erase', bruno.email]);
		sql(`delete from catalyse.structure where name = 'Essai navigateur ${stamp}'`);
	}
}
