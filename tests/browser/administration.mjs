// Those in charge, in a browser: each page at 390 and 1280 px, by night too, by axe; a term added and a table sent without JavaScript.
import { execFileSync } from 'node:child_process';
import { signIn } from './sign.mjs';
import { picture } from './picture.mjs';
const top = process.env.top_srcdir ?? '.';
const sql = text => execFileSync(`${top}/tools/cluster.sh`, ['psql', `${process.env.VAR}/postgresql`, '-XqAt', '-d', 'catalyse', '-c', text], { encoding: 'utf8' }).trim();

export async function administrationTests({ open, audit, ok, base, dir }) {
	const { context, page } = await open({ js: false, width: 390 });
	await signIn(page, 'admin@demo.example');
	const cookies = await context.cookies();
	const term = sql("select min(id) from catalyse.term where scheme = 'theme'"), espace = sql('select code from catalyse.espace order by position, id limit 1'),
		resource = sql('select min(id) from catalyse.resource'), text = sql('select min(id) from catalyse.site_text'), me = sql("select id from private.account where email = 'admin@demo.example'");
	const pages = { ensemble: '', vocabulaires: '/vocabulaires', termes: '/vocabulaires/theme', terme: `/termes/${term}`, thematiques: '/thematiques', thematique: '/thematiques/education-jeunesse', ressources: '/ressources',
		ressource: `/ressources/${resource}`, textes: '/textes', texte: `/textes/${text}`, espaces: '/espaces', espace: `/espaces/${espace}`,
		import: '/import', roles: '/roles', comptes: '/comptes', compte: `/comptes/${me}`, journal: '/journal' };
	for (const [width, dark] of [[390, false], [1280, true]]) {
		const { context: other, page: p, seen } = await open({ width, dark });
		await other.addCookies(cookies);
		for (const [name, path] of Object.entries(pages)) {
			const label = `administration, ${name} à ${width}${dark ? ', nuit' : ''}`, answer = await p.goto(`${base}/administration${path}`);
			ok(answer.status() === 200, `${label} : répond`, answer.status());
			const v = await audit(p);
			ok(v.length === 0, `${label} : axe-core, 0 violation`, JSON.stringify(v, null, 1));
			const wide = await p.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
			ok(wide <= 0, `${label} : pas de défilement horizontal`, `${wide} px`);
			await picture(p, `${dir}/administration-${name}-${width}${dark ? '-nuit' : ''}.png`);
		}
		ok(seen.csp.length + seen.third.length + seen.errors.length === 0, `administration à ${width}${dark ? ', nuit' : ''} : rien d’anormal`, JSON.stringify(seen));
		await other.close();
	}
	try {
		await page.goto(`${base}/administration/vocabulaires/activite`);
		await page.fill('#f-couleur', 'rouge');
		await Promise.all([page.waitForNavigation(), page.click('button[value=ajouter]')]);
		ok(await page.locator('#fautes li').count() === 2, 'sans JavaScript : deux fautes, dites et liées');
		ok(await page.inputValue('#f-couleur') === 'rouge', 'ce qui était écrit y est');
		await page.fill('#f-libelle', 'Essai du navigateur');
		await page.fill('#f-couleur', '#1f5c86');
		await Promise.all([page.waitForNavigation(), page.click('button[value=ajouter]')]);
		ok(await page.locator('[role=status]').count() === 1 && (await page.innerText('.regie-table')).includes('Essai du navigateur'), 'le terme est ajouté, et la page le dit');
		await page.goto(`${base}/administration/import`);
		await page.setInputFiles('#f-fichier', { name: 'fiches.csv', mimeType: 'text/csv', buffer: Buffer.from('source_id;type;titre;chapo;territoire;teinte\n1;exemple;Essai;Une phrase.;974;bleu\n2;exemple;;Une phrase.;nulle-part;\n') });
		await page.fill('#f-source_nom', 'Essai du navigateur');
		await Promise.all([page.waitForNavigation(), page.locator('form[enctype] button').click()]);
		const report = await page.innerText('main');
		ok(/1 à ajouter/.test(report) && /1 refusée/.test(report) && /teinte/.test(report) && /nulle-part/.test(report), 'le rapport dit ce qui serait fait, la colonne inconnue et la ligne fausse', report.slice(0, 400));
		await Promise.all([page.waitForNavigation(), page.click('button[value=abandonner]')]);
		ok(sql("select count(*) from private.work where origin_key like 'essai-du-navigateur:%'") === '0', 'abandonné : rien n’est écrit');
	} finally {
		sql("delete from catalyse.term where code = 'essai-du-navigateur'");
		sql("delete from private.import_file where source = 'Essai du navigateur'");
	}
	await context.close();
}
