// Three names on one base, each its own home, by axe at 390 and 1280 px and by night; the pages that change one; a sheet adapted without JavaScript.
import { execFileSync } from 'node:child_process';
import { signIn } from './sign.mjs';
import { picture } from './picture.mjs';
const top = process.env.top_srcdir ?? '.';
const sql = text => execFileSync(`${top}/tools/cluster.sh`, ['psql', `${process.env.VAR}/postgresql`, '-XqAt', '-d', 'catalyse', '-c', text], { encoding: 'utf8' }).trim();

export async function espaceTests({ open, audit, ok, base, dir }) {
	const port = new URL(base).port, home = code => `http://${code}.localhost:${port}`;
	const look = async (p, label, name) => {
		const v = await audit(p);
		ok(v.length === 0, `${label} : axe-core, 0 violation`, JSON.stringify(v, null, 1));
		const wide = await p.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
		ok(wide <= 0, `${label} : pas de défilement horizontal`, `${wide} px`);
		await picture(p, `${dir}/${name}.png`);
	};
	const shown = {};
	for (const [width, dark] of [[390, false], [1280, true]]) {
		const { context, page, seen } = await open({ width, dark });
		for (const code of dark ? ['reseau'] : ['odd17', 'reseau', 'apprendre']) {
			const label = `espace ${code} à ${width}${dark ? ', nuit' : ''}`;
			let bytes = 0;
			const count = async r => { bytes += (await r.sizes().catch(() => ({ responseBodySize: 0 }))).responseBodySize; };
			page.on('requestfinished', count);
			const answer = await page.goto(`${home(code)}/`, { waitUntil: 'networkidle' });
			page.off('requestfinished', count);
			ok(answer.status() === 200, `${label} : répond`, answer.status());
			ok(bytes < 150000, `${label} : moins de 150 ko`, bytes);
			await look(page, label, `espace-${code}-${width}${dark ? '-nuit' : ''}`);
			const got = await page.evaluate(() => ({ title: document.title, h1: document.querySelector('h1').innerText, road: getComputedStyle(document.documentElement).getPropertyValue('--route').trim(),
				menu: [...document.querySelectorAll('.menu nav a')].map(a => a.getAttribute('href')) }));
			shown[code] = got;
			ok(got.menu.length <= 10, `${label} : un menu de téléphone court`, got.menu.join(' '));
			if (width === 390) {
				await page.click('.menu summary');
				ok(await page.locator('.menu nav a').first().isVisible(), `${label} : il s’ouvre`);
				await picture(page, `${dir}/espace-${code}-menu.png`);
			}
		}
		const third = seen.third.filter(u => !/^http:\/\/(odd17|reseau|apprendre)\.localhost:/.test(u));
		ok(seen.csp.length + third.length + seen.errors.length === 0, `à ${width}${dark ? ', nuit' : ''} : rien d’ailleurs, rien d’anormal`, JSON.stringify({ ...seen, third }));
		await context.close();
	}
	for (const what of ['title', 'h1', 'road']) ok(new Set(Object.values(shown).map(s => s[what])).size === 3, `trois espaces, trois fois ${what}`, JSON.stringify(shown));

	const { context, page } = await open({ js: false, width: 390 });
	await signIn(page, 'admin@demo.example');
	const cookies = await context.cookies();
	const id = sql("select min(x.sheet_id) from catalyse.espace_sheet x join catalyse.espace e on e.id = x.espace_id join catalyse.sheet s on s.id = x.sheet_id where e.code = 'reseau' and s.state = 'publiee'");
	const here = '/administration/espaces/reseau', pages = { apparence: '/apparence', menu: '/menu', portes: '/menu?zone=portes', accueil: '/accueil', textes: '/textes', texte: `/textes/${id}` };
	const slug = sql(`select slug from catalyse.sheet where id = ${id}`), summary = sql(`select summary from catalyse.sheet where id = ${id}`);
	try {
		await page.goto(`${base}${here}/textes/${id}`);
		await page.fill('#f-chapo', 'Un résumé pour les pairs du réseau.');
		await Promise.all([page.waitForNavigation(), page.click('section:has(#f-chapo) button[value=adapter]')]);
		ok((await page.innerText('[role=status]')).includes('enregistré'), 'sans JavaScript : un résumé adapté, et la page le dit');
		for (const [width, dark] of [[390, false], [1280, false]]) {
			const { context: other, page: p } = await open({ width, dark });
			await other.addCookies(cookies);
			for (const [name, path] of Object.entries(pages)) {
				const label = `espace, ${name} à ${width}${dark ? ', nuit' : ''}`, answer = await p.goto(`${base}${here}${path}`);
				ok(answer.status() === 200, `${label} : répond`, answer.status());
				await look(p, label, `regie-espace-${name}-${width}${dark ? '-nuit' : ''}`);
			}
			await p.goto(`${home('reseau')}/fiches/${slug}-${id}`);
			await look(p, `fiche adaptée à ${width}${dark ? ', nuit' : ''}`, `espace-fiche-${width}${dark ? '-nuit' : ''}`);
			if (width === 1280) {
				ok((await p.innerText('.chapo')).includes('pour les pairs'), 'la fiche se lit dans les mots de l’espace');
				await Promise.all([p.waitForNavigation(), p.click('.adapte-note a')]);
				ok((await p.innerText('.chapo')).replace(/\s/g, '') === summary.replace(/'/g, '’').replace(/\s/g, ''), 'et le texte commun est à un clic', await p.innerText('.chapo'));
			}
			await other.close();
		}
		await page.goto(`${base}${here}/textes/${id}`);
		await Promise.all([page.waitForNavigation(), page.click('section:has(#f-chapo) button[value=reprendre]')]);
		ok(sql(`select count(*) from catalyse.espace_adaptation where sheet_id = ${id}`) === '0', 'le texte commun est repris');
		await page.goto(`${base}${here}/apparence`);
		await page.fill('#f-couleur', '#123456');
		await Promise.all([page.waitForNavigation(), page.click('button[value=enregistrer]')]);
		ok((await page.innerText('#fautes')).includes('contraste'), 'une couleur illisible est refusée, en mots');
		ok(await page.inputValue('#f-couleur') === '#123456', 'ce qui était écrit y est');
	} finally {
		sql(`delete from catalyse.espace_adaptation where sheet_id = ${id}`);
	}
	await context.close();
}
