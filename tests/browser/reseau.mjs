// The network in a browser: a catalyst's page, a message written to it, its change by its structure; at 1280 px with script, at 390 without;
// each page by axe at both widths.
import { execFileSync } from 'node:child_process';
import { signIn } from './sign.mjs';

const base = process.env.BASE, dir = process.env.VAR, build = process.env.top_builddir ?? '.', source = process.env.top_srcdir ?? '.';
const sql = text => execFileSync(`${source}/tools/cluster.sh`, ['psql', `${dir}/postgresql`, '-XqAt', '-d', 'catalyse', '-c', text]).toString().trim();
const word = 'girafe mandoline pavé tisane';

export async function networkTests({ ok, open, audit }) {
	const stamp = Date.now(), email = `ruche-${stamp}@essai.example`;
	execFileSync(`${build}/catalyse`, ['account', 'create', email, '--name', 'Ruche Essai', '--password-file', '-', '--config', `${dir}/catalyse.conf`], { input: `${word}\n`, stdio: ['pipe', 'ignore', 'ignore'] });
	const id = sql(`begin; set local search_path to private, catalyse, public;
		with s as (insert into structure (ref, name, kind, origin, source_label) values ('essai-${stamp}', 'Ruche ${stamp}', 'association', 'source', 'Un essai') returning id),
		m as (insert into structure_member (structure_id, account_id, role, state) select s.id, a.id, 'responsable', 'active' from s, account a where a.email = '${email}')
		insert into catalyst (ref, slug, name, kind, structure_id, territory_id, seat_precision, origin, source_label)
		select 'essai-${stamp}', 'essai-${stamp}', 'Ruche ${stamp}', 'membre', s.id, t.id, 'commune', 'source', 'Un essai' from s, territory t where t.type = 'commune' and t.code = '97410' returning id;
		commit`);
	async function clean(page, label, js) {
		if (js) {
			const v = await audit(page);
			ok(v.length === 0, `${label} : axe-core, 0 violation`, JSON.stringify(v, null, 1));
			await page.setViewportSize({ width: 390, height: 900 });
			const phone = await audit(page);
			ok(phone.length === 0, `${label}, au téléphone : axe-core, 0 violation`, JSON.stringify(phone, null, 1));
			ok(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth) <= 0, `${label}, au téléphone : pas de défilement horizontal`);
			await page.setViewportSize({ width: 1280, height: 900 });
		}
		ok(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth) <= 0, `${label} : pas de défilement horizontal`, await page.evaluate(() => [...document.querySelectorAll('main *')].filter(x => x.getBoundingClientRect().right > innerWidth).slice(0, 5).map(x => x.tagName + '.' + x.className.toString()).join(' | ')));
	}
	const press = (page, name) => Promise.all([page.waitForNavigation(), page.locator('main').getByRole('button', { name, exact: true }).click()]);
	try {
		for (const js of [true, false]) {
			const how = js ? 'à 1280' : 'à 390, sans script', width = js ? 1280 : 390;
			const { context, page } = await open({ width, js });
			await page.goto(`${base}/catalyseurs/essai-${stamp}-${id}`);
			ok(await page.locator('.pratique').count() === 4 && await page.locator('.pratique li').count() === 16, `${how} : quatre pratiques, seize activités`);
			await clean(page, `${how} : un catalyseur`, js);
			await page.getByRole('link', { name: 'Lui écrire' }).click();
			await page.fill('#f-nom', 'Jo');
			await page.fill('#f-objet', 'Un essai');
			await page.fill('#f-message', 'Bonjour, un essai.');
			await press(page, 'Recevoir le lien et envoyer');
			ok(await page.locator('#f-courriel-e').count() === 1 && await page.inputValue('#f-message') === 'Bonjour, un essai.', `${how} : une adresse manque, le texte reste`);
			await clean(page, `${how} : écrire à un catalyseur`, js);
			await page.fill('#f-courriel', `jo-${stamp}@ailleurs.example`);
			await page.waitForTimeout(2100);
			await press(page, 'Recevoir le lien et envoyer');
			ok((await page.locator('.message[role=status]').innerText()).includes('Encore un geste'), `${how} : un lien confirme d’abord`);
			await page.goto(`${base}/reseau`);
			await clean(page, `${how} : le réseau`, js);
			await signIn(page, email, { password: word });
			await page.goto(`${base}/catalyseurs/${id}/modifier`);
			await clean(page, `${how} : modifier un catalyseur`, js);
			await page.fill('#f-resume', `Nous relions, ${width}.`);
			await page.locator('input[name=activites]').first().check();
			await Promise.all([page.waitForNavigation(), page.locator('button[value=modifier]').click()]);
			ok((await page.locator('.message[role=status]').innerText()).includes('C’est envoyé'), `${how} : le premier changement attend d’être lu`, page.url());
			await page.goto(`${base}/reseau/rejoindre`);
			await clean(page, `${how} : rejoindre le réseau`, js);
			await context.close();
		}
	} finally {
		sql(`begin; set local search_path to private, catalyse, public; delete from mail_outbox where kind = 'reseau'; delete from token where data::text like '%${stamp}%';
			delete from catalyst where ref = 'essai-${stamp}'; delete from structure where ref = 'essai-${stamp}'; delete from account where email = '${email}'; commit`);
	}
}
