// The compass by the keyboard and without JavaScript: five answers, none, a place typed; the sixteen activities; where a practice travelled.
import { execFileSync } from 'node:child_process';
import { picture } from './picture.mjs';
const top = process.env.top_srcdir ?? '.';
const sql = text => execFileSync(`${top}/tools/cluster.sh`, ['psql', `${process.env.VAR}/postgresql`, '-XqAt', '-d', 'catalyse', '-c', text], { encoding: 'utf8' }).trim();

export async function boussoleTests({ open, audit, ok, base, dir }) {
	const ref = `essai-boussole-${process.pid}`;
	const ids = sql(`begin; insert into catalyse.sheet (ref, type, slug, title, summary, state, origin, sections) select '${ref}-' || n, 'exemple', '${ref}-' || n, 'Essai de lignée ' || n, 'Un jardin.',
		'publiee', 'ours', '{"contexte": "Ici."}' from generate_series(1, 3) n;
		insert into catalyse.sheet_territory select s.id, t.id from catalyse.sheet s, catalyse.territory t where s.ref like '${ref}-%' and t.type = 'commune' and t.code = '97424';
		insert into catalyse.sheet_link select a.id, b.id, 'inspire' from catalyse.sheet a join catalyse.sheet b on b.ref = '${ref}-1' where a.ref in ('${ref}-2', '${ref}-3');
		insert into private.adoption (sheet_id, territory_id, who, year, outcome, note, state) select s.id, t.id, 'Maison d’essai', 2025, 'abandonne', 'Il a manqué une personne.', 'publique'
		from catalyse.sheet s, catalyse.territory t where s.ref = '${ref}-1' and t.type = 'commune' and t.code = '69123';
		commit; select id from catalyse.sheet where ref like '${ref}-%' order by ref`).split('\n').filter(Boolean);
	try {
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
			await picture(page, `${dir}/boussole-${name}-${width}${dark ? '-nuit' : ''}.png`);
			await context.close();
		};
		const pages = { questions: '/boussole', chemin: '/boussole/chemin?qui=commune&but=comprendre&moyens=peu&etape=debut&envie=histoires&territoire=commune:97424',
			pratiques: '/boussole/pratiques?a_mise_en_relations=souvent&a_fab_lab=parfois&territoire=commune:97410&voir=1', essaimage: `/fiches/${ids[1]}/essaimage` };
		for (const [name, path] of Object.entries(pages))
			for (const [width, dark] of [[390, false], [1280, false]])
				await looked(name, path, width, dark);
		await looked('chemin', pages.chemin, 1280, true);

		// By the keyboard only, without JavaScript: an official of a rural commune of La Réunion.
		const { context, page } = await open({ js: false, width: 390 });
		await page.goto(base + '/boussole');
		const answer = async (name, label) => { // arrows move in a group of buttons, as browsers do
			await page.locator(`#${name}-passer`).focus();
			for (let i = 0; i < 12 && !(await page.locator(`label:has(input[name=${name}]:checked)`).innerText()).includes(label); i++) await page.keyboard.press('ArrowDown');
			ok((await page.locator(`label:has(input[name=${name}]:checked)`).innerText()).includes(label), `clavier : ${label}`);
		};
		await answer('qui', 'Une commune');
		await answer('but', 'Savoir qui fait quoi');
		await answer('moyens', 'Quelques heures');
		await answer('etape', 'Je débute');
		await answer('envie', 'Lire ce que d’autres ont fait');
		await page.keyboard.press('Tab'); // the place, then the field
		await page.locator('#lieu').focus();
		await page.keyboard.type('Cilaos');
		await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
		ok(page.url().endsWith('/boussole/chemin?qui=commune&but=comprendre&moyens=peu&etape=debut&envie=histoires&territoire=commune:97424'), 'les réponses sont dans l’adresse', page.url());
		const mine = await page.locator('.itineraire h3').allInnerTexts();
		ok(mine.length === 7, 'sept étapes');
		ok(await page.locator('.itineraire>li').evaluateAll(l => l.every(x => x.querySelectorAll('.raisons li').length > 0)), 'chacune avec sa raison');
		ok(/dans le même département/.test(await page.locator('.itineraire').innerText()), 'ce qui vient de l’île est dit');
		ok(/Maison des associations de Saint-Benoît/.test(await page.locator('main').innerText()), 'qui relie ici');
		// Changed: an association of Lyon.
		await Promise.all([page.waitForNavigation(), page.locator('a', { hasText: 'Changer mes réponses' }).click()]);
		ok(await page.locator('#qui-commune').isChecked() && await page.locator('#lieu-choisi').isChecked(), 'les réponses données sont cochées');
		await page.locator('#qui-association').check();
		await page.locator('#but-allier').check();
		await page.locator('#lieu').fill('69123');
		await Promise.all([page.waitForNavigation(), page.locator('button', { hasText: 'Voir mon chemin' }).click()]);
		if (/lieu=/.test(page.url())) await Promise.all([page.waitForNavigation(), page.locator('main a', { hasText: 'Lyon (69)' }).first().click()]);
		const theirs = await page.locator('.itineraire h3').allInnerTexts();
		ok(/Lyon/.test(await page.locator('h1').innerText()), 'à Lyon', await page.locator('h1').innerText());
		ok(theirs.filter(t => mine.includes(t)).length <= 3, 'un autre chemin', theirs.join(' / '));
		// None of the five.
		await page.goto(base + '/boussole');
		await page.locator('button', { hasText: 'Voir mon chemin' }).focus();
		await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
		ok(await page.locator('.itineraire>li').count() === 7 && /Vous n’avez rien répondu/.test(await page.locator('main').innerText()), 'aucune réponse : un chemin quand même');

		// The sixteen activities.
		await page.goto(base + '/boussole/pratiques');
		await page.locator('#mise-en-relations-0').focus();
		await page.keyboard.press('ArrowDown');
		await page.keyboard.press('ArrowDown');
		await page.locator('#fab-lab-1').check();
		await Promise.all([page.waitForNavigation(), page.locator('button', { hasText: 'Voir mon profil' }).click()]);
		const table = await page.locator('.profil-table tbody tr:has(td)').evaluateAll(l => l.map(r => [r.querySelector('th').textContent, { 'pas encore': 0, parfois: 50, souvent: 100 }[r.querySelector('td').textContent.trim()]]));
		const drawn = await page.locator('.profil-dessin svg').evaluate(s => [...s.querySelectorAll('text:not(.tete-p)')].map((t, i) => [t.textContent, parseInt([...s.querySelectorAll('rect.b')][i].getAttribute('width'))]));
		ok(table.length === 16 && JSON.stringify(table) === JSON.stringify(drawn), 'le tableau et le dessin disent la même chose', JSON.stringify([table, drawn]));
		ok(table.filter(r => r[1] === 100).length === 1 && table.filter(r => r[1] === 50).length === 1, 'ce qui a été répondu');
		ok(await page.locator('.commencer .avec a').count() > 20, 'de quoi commencer le reste');

		// Where it travelled: the list, the drawing and the table agree.
		await page.goto(`${base}/fiches/${ids[1]}/essaimage`);
		ok(await page.locator('.lignee li').count() === 3 && await page.locator('.arbre-dessin circle').count() === 3, 'la liste et le dessin ont les mêmes fiches');
		ok(await page.locator('.lignee [aria-current]').innerText() === 'Essai de lignée 2', 'la fiche de la page est marquée');
		ok(/abandonné/.test(await page.locator('.essais-table').innerText()) && await page.locator('rect.es.abandonne[x]').count() === 1, 'un essai abandonné est dit, et dessiné');
		await page.goto(`${base}/fiches/${ids[0]}`);
		await Promise.all([page.waitForNavigation(), page.locator('a', { hasText: 'Son arbre et sa carte' }).click()]);
		ok(page.url().endsWith(`/fiches/${ids[0]}/essaimage`), 'la fiche y mène');
		await context.close();
	} finally {
		sql(`delete from private.adoption where sheet_id in (${ids}); delete from catalyse.sheet_link where sheet_id in (${ids}) or other_id in (${ids});
			update catalyse.sheet set state = 'retiree', withdrawn_reason = 'essai terminé' where id in (${ids})`);
	}
}
