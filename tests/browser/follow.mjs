// What readers say of a sheet, in a browser: correcting it, reporting a problem, telling a trial; and the answer from the mail.
import { execFileSync } from 'node:child_process';
import { picture } from './picture.mjs';
const top = process.env.top_srcdir ?? '.';
const sql = text => execFileSync(`${top}/tools/cluster.sh`, ['psql', `${process.env.VAR}/postgresql`, '-XqAt', '-d', 'catalyse', '-c', text], { encoding: 'utf8' }).trim();
const mailed = (to, subject) => sql(`select body_text from private.mail_outbox where recipient = '${to}' and subject like '${subject}%' order by id desc limit 1`).match(/http:\/\/\S+/)?.[0];

export async function followTests({ open, audit, ok, base, dir }) {
	const ref = `essai-navigateur-${process.pid}`;
	const id = sql(`with s as (insert into catalyse.sheet (ref, type, slug, title, summary, state, origin, sections) values ('${ref}', 'exemple', '${ref}', 'Essai du navigateur',
		'Un jardin que cultivent dix voisins.', 'publiee', 'ours', '{"contexte": "Un terrain communal, en bas de la rue."}') returning id), t as (insert into catalyse.sheet_territory
		select s.id, t.id from s, catalyse.territory t where t.type = 'region' and t.code = '04'), v as (insert into private.adoption (sheet_id, territory_id, who, year, outcome, note, state)
		select s.id, t.id, 'Maison d’essai', 2025, 'partiel', 'Avec la moitié du terrain, et deux fois plus de monde.', 'publique' from s, catalyse.territory t
		where t.type = 'commune' and t.code = '97410') select id from s`);
	sql('delete from private.attempt');
	try {
		const looked = async (name, path, width, dark, status = 200) => {
			const { context, page, seen } = await open({ width, dark });
			const label = `${name} à ${width}${dark ? ', nuit' : ''}`;
			const answer = await page.goto(path.startsWith('http') ? path : base + path);
			ok(answer.status() === status, `${label} : répond`, answer.status());
			const v = await audit(page);
			ok(v.length === 0, `${label} : axe-core, 0 violation`, JSON.stringify(v, null, 1));
			const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
			ok(wide <= 0, `${label} : pas de défilement horizontal`, `${wide} px`);
			ok(seen.csp.length + seen.third.length + seen.errors.length === 0, `${label} : rien d’anormal`, JSON.stringify(seen));
			await picture(page, `${dir}/suivre-${name}-${width}${dark ? '-nuit' : ''}.png`);
			await context.close();
		};
		const pages = { fiche: `/fiches/${id}`, choisir: `/fiches/${id}/suggerer`, suggerer: `/fiches/${id}/suggerer?champ=contexte`, signaler: `/fiches/${id}/signaler`, adopter: `/fiches/${id}/adopter` };
		for (const [name, path] of Object.entries(pages))
			for (const [width, dark] of [[390, false], [1280, true]])
				await looked(name, path, width, dark);

		// A correction, from the sheet to its publication, without JavaScript, at 390 px.
		const { context, page } = await open({ js: false, width: 390 });
		await page.goto(`${base}/fiches/${id}`);
		await Promise.all([page.waitForNavigation(), page.locator('.actions a', { hasText: 'Proposer une correction' }).click()]);
		await Promise.all([page.waitForNavigation(), page.locator('a', { hasText: 'Résumé' }).first().click()]);
		ok(await page.locator('#f-texte').inputValue() === 'Un jardin que cultivent dix voisins.', 'sans JavaScript : le texte actuel est dans le champ');
		await page.locator('#f-texte').fill('Un jardin que cultivent trente voisins.');
		ok(await page.locator('#f-site_web').evaluate(e => e.getBoundingClientRect().right < 0), 'le champ des robots ne se voit pas');
		await Promise.all([page.waitForNavigation(), page.locator('button.bouton').click()]);
		ok(await page.locator('.message.err a[href="#f-courriel"], .message.err').count() > 0, 'sans adresse : la faute est dite');
		ok(await page.locator('#f-texte').inputValue() === 'Un jardin que cultivent trente voisins.', 'et le texte est resté');
		await page.locator('#f-courriel').fill('navigateur@ailleurs.example');
		await page.locator('#f-nom').fill('Sam');
		await page.waitForTimeout(2100);
		await Promise.all([page.waitForNavigation(), page.locator('button.bouton').click()]);
		ok(/Encore un geste/.test(await page.locator('[role=status]').first().innerText()), 'un courriel est annoncé');
		await page.goto(mailed('navigateur@ailleurs.example', 'Votre correction, à confirmer'));
		ok(await page.locator('ins').count() > 0 && await page.locator('del').count() > 0, 'le lien montre ce qui change');
		await Promise.all([page.waitForNavigation(), page.locator('button.bouton').click()]);
		const link = mailed('animateur@demo.example', 'Une correction proposée : Essai du navigateur');
		ok(/choix=accepter/.test(link ?? ''), 'la personne qui anime le territoire reçoit un lien', link);
		for (const width of [390, 1280])
			await looked('decider', link, width, false);
		await page.goto(link);
		await Promise.all([page.waitForNavigation(), page.locator('button[value=accepter]').click()]);
		ok(/nouvelle version/.test(await page.locator('[role=status]').first().innerText()), 'un bouton publie');
		await page.waitForTimeout(5000);
		await page.goto(`${base}/fiches/${id}/v1..v2`);
		ok(/Sam/.test(await page.locator('main').innerText()), 'v1..v2 dit de qui vient la correction');

		// A problem reported by the keyboard only.
		await page.goto(`${base}/fiches/${id}/signaler`);
		await page.waitForTimeout(2100);
		await page.locator('input[value=inexact]').focus();
		await page.keyboard.press('Space');
		await page.locator('#f-texte').focus();
		await page.keyboard.type('Ils sont trente-deux.');
		await page.locator('button.bouton').focus();
		await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
		ok(/Merci/.test(await page.locator('[role=status]').first().innerText()), 'clavier : un problème est signalé');
		await context.close();
	} finally {
		sql(`delete from private.adoption where sheet_id = ${id}; update catalyse.sheet set state = 'retiree', withdrawn_reason = 'essai terminé' where id = ${id}`);
	}
}
