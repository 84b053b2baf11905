// Accounts in a browser: from the form to the link of the mail, by keyboard alone; each page at 390 and 1280 px, by axe, without script too.
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { signIn } from './sign.mjs';
import { picture } from './picture.mjs';

const base = process.env.BASE, maildir = `${process.env.VAR}/mail/new`;
const pause = ms => new Promise(r => setTimeout(r, ms));

// The link of the last mail sent to an address.
async function mailedLink(to, path) {
	for (let i = 0; i < 100; i++, await pause(200)) {
		const files = readdirSync(maildir).map(f => `${maildir}/${f}`).sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs);
		for (const f of files.slice(0, 20)) {
			const text = readFileSync(f, 'latin1');
			if (!text.includes(`X-RcptTo: ${to}`)) continue;
			const link = text.replace(/=\r?\n/g, '').replace(/=3D/g, '=').match(new RegExp(`${base}${path}\\?jeton=[\\w-]+`));
			if (link) return link[0];
		}
	}
	return null;
}

export async function accountTests({ ok, open, audit }) {
	for (const js of [true, false]) {
		const { context, page, seen } = await open({ width: 390, js });
		const me = `navigateur-${Date.now()}@essai.example`, word = 'girafe mandoline pavé tisane', how = js ? 'clavier' : 'clavier, sans script';
		await page.goto(`${base}/inscription`);
		await page.waitForTimeout(2100);
		// By keyboard: from the first field on, as the page orders them.
		await page.focus('#f-nom');
		await page.keyboard.type('Navigatrice');
		for (const text of [me, word]) { await page.keyboard.press('Tab'); await page.keyboard.type(text); }
		await page.keyboard.press('Tab');
		await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
		ok(await page.locator('#fautes a').count() === 1, `${how} : sans la charte, une faute est dite`);
		ok(await page.inputValue('#f-courriel') === me, `${how} : ce qui était écrit y est`);
		const faults = js ? await audit(page) : [];
		ok(faults.length === 0, `${how} : axe-core, une inscription à corriger`, JSON.stringify(faults, null, 1));
		await page.fill('#f-mot_de_passe', word);
		await page.focus('input[name=charte]');
		await page.keyboard.press('Space');
		await page.waitForTimeout(2100);
		await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
		ok((await page.locator('h1').innerText()).includes('Regardez vos courriels'), `${how} : la suite est dans le courriel`, page.url());
		const link = await mailedLink(me, '/inscription/confirmer');
		ok(link, `${how} : le courriel est arrivé`);
		await page.goto(link ?? base);
		await page.focus('main button[type=submit]');
		await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
		ok(page.url().startsWith(`${base}/mon-espace`), `${how} : le compte est ouvert`, page.url());
		await page.goto(`${base}/compte`);
		ok(await page.inputValue('#f-nom') === 'Navigatrice', `${how} : c’est le sien`);
		await Promise.all([page.waitForNavigation(), page.click('.sortie button')]);
		ok(page.url() === `${base}/connexion?fait=deconnexion` && (await context.cookies()).length === 0, `${how} : sorti, sans cookie`, page.url());
		ok(seen.csp.length === 0 && seen.errors.filter(e => !/422/.test(e)).length === 0, `${how} : 0 erreur`, JSON.stringify(seen));
		await context.close();
	}
	for (const width of [390, 1280]) {
		for (const dark of width === 390 ? [false, true] : [false]) {
			const { context, page, seen } = await open({ width, dark });
			const look = async (name, path) => {
				if (path) await page.goto(base + path);
				const v = await audit(page);
				ok(v.length === 0, `${name} à ${width}${dark ? ', nuit' : ''} : axe-core, 0 violation`, JSON.stringify(v, null, 1));
				const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
				ok(wide <= 0, `${name} à ${width} : pas de défilement horizontal`, `${wide} px`);
				await picture(page, `${process.env.VAR}/captures/${name}-${width}${dark ? '-nuit' : ''}.png`);
			};
			for (const [name, path] of Object.entries({ connexion: '/connexion', inscription: '/inscription', oubli: '/mot-de-passe', perdu: '/mot-de-passe/choisir?jeton=x' }))
				await look(name, path);
			ok(await signIn(page, 'contributeur@demo.example'), `on se connecte à ${width}`);
			await look('compte', '/compte');
			await look('facteur', '/connexion/second-facteur');
			ok(seen.csp.length === 0 && seen.third.length === 0, `comptes à ${width} : 0 violation de la CSP, 0 tiers`, JSON.stringify(seen));
			await context.close();
		}
	}
}
