// The needs of territories and the pages that explain, looked at by night and on a phone, used without JavaScript, printed.
import { execFileSync } from 'node:child_process';
import { picture } from './picture.mjs';
const top = process.env.top_srcdir ?? '.';
const sql = text => execFileSync(`${top}/tools/cluster.sh`, ['psql', `${process.env.VAR}/postgresql`, '-XqAt', '-d', 'catalyse', '-c', text], { encoding: 'utf8' }).trim();

export async function needsTests({ open, audit, ok, base, dir }) {
	const word = `zqb${[...String(process.pid)].map(d => 'abcdefghij'[d]).join('')}bqz`;
	sql(`insert into catalyse_private.search_miss (day, about, subject, place, outcome, n) select current_date - d, 'words', '${word}', 'departement:974', 'none', 9 from generate_series(1, 2) d`);
	try {
		const pages = { thematiques: '/thematiques', thematique: '/thematiques/education-jeunesse', 'thematique-ici': '/thematiques/sante-bien-etre?territoire=commune:97410',
			besoins: '/besoins?territoire=departement:974', 'besoins-vides': '/besoins?territoire=departement:48', comprendre: '/comprendre', pratique: '/comprendre/gestion-d-un-lieu', ressources: '/ressources' };
		const looks = { thematique: [[390, true]], 'besoins-vides': [[390, false]], comprendre: [[390, false], [1280, true]], besoins: [[390, true], [1280, false]] };
		for (const [name, path] of Object.entries(pages))
			for (const [width, dark] of looks[name] ?? [[390, false], [1280, false]]) {
				const { context, page, seen } = await open({ width, dark });
				const label = `${name} à ${width}${dark ? ', nuit' : ''}`;
				const answer = await page.goto(base + path);
				ok(answer.status() === 200, `${label} : répond`, answer.status());
				const v = await audit(page);
				ok(v.length === 0, `${label} : axe-core, 0 violation`, JSON.stringify(v, null, 1));
				const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
				ok(wide <= 0, `${label} : pas de défilement horizontal`, `${wide} px`);
				ok(seen.csp.length + seen.third.length + seen.errors.length === 0 && (await context.cookies()).length === 0, `${label} : rien d’anormal, 0 cookie`, JSON.stringify(seen));
				await picture(page, `${dir}/besoins-${name}-${width}${dark ? '-nuit' : ''}.png`);
				await context.close();
			}

		// Without JavaScript: a territory by its postal code, then back to the whole country.
		const { context, page } = await open({ js: false, width: 390 });
		await page.goto(`${base}/thematiques/education-jeunesse`);
		await page.locator('#lieu').fill('97470');
		await Promise.all([page.waitForNavigation(), page.locator('.demande-lieu button').click()]);
		ok(new URL(page.url()).search === '?territoire=commune:97410', 'thématique : un code postal mène au territoire', page.url());
		ok(/Saint-Benoît en chiffres/.test(await page.innerText('main')), 'thématique : ses chiffres');
		await Promise.all([page.waitForNavigation(), page.locator('.demande-choisi a', { hasText: 'toute la France' }).click()]);
		ok(new URL(page.url()).search === '', 'thématique : et retour à toute la France', page.url());
		// A need: what it is, a sheet begun with its words once signed in, a notice asked for.
		await page.goto(`${base}/besoins`);
		await page.locator('#lieu').fill('974');
		await page.locator('#theme').selectOption('');
		await Promise.all([page.waitForNavigation(), page.locator('.demande-lieu button').click()]);
		const need = page.locator('.besoin', { hasText: word });
		ok(/au moins 15 fois/.test(await need.innerText()), 'besoins : ce qui est cherché, et combien de fois au moins', await need.innerText());
		ok((await need.locator('a', { hasText: 'Je sais' }).getAttribute('href')).includes('territoires=departement%3A974'), 'besoins : une fiche commence avec le lieu');
		await Promise.all([page.waitForNavigation(), need.locator('a', { hasText: 'Prévenez-moi' }).click()]);
		ok(/\/alertes\?/.test(page.url()) && await page.locator('input[name=courriel]').count() > 0, 'besoins : une alerte se demande', page.url());
		await context.close();

		// On paper, the page that explains keeps its roads and loses its menus.
		const paper = await open();
		await paper.page.goto(`${base}/comprendre`);
		await paper.page.emulateMedia({ media: 'print' });
		ok(await paper.page.locator('.plan-page').isHidden() && await paper.page.locator('.ingenieries').isVisible(), 'comprendre : sur papier, le texte sans les menus');
		const weight = await paper.page.evaluate(() => performance.getEntriesByType('resource').concat(performance.getEntriesByType('navigation')).reduce((n, e) => n + e.encodedBodySize, 0));
		ok(weight < 150 * 1024, 'comprendre : moins de 150 ko', weight);
		await paper.context.close();
	} finally {
		sql(`delete from catalyse_private.search_miss where subject = '${word}'`);
	}
}
