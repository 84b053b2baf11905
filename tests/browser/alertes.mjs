// A list followed by mail, from its link to the end, in a browser; and each page of it looked at.
import { execFileSync } from 'node:child_process';
const top = process.env.top_srcdir ?? '.';
const sql = text => execFileSync(`${top}/tools/cluster.sh`, ['psql', `${process.env.VAR}/postgresql`, '-XqAt', '-d', 'catalyse', '-c', text], { encoding: 'utf8' }).trim();
const who = `navigatrice-${process.pid}@ailleurs.example`;
const mailed = subject => sql(`select body_text from private.mail_outbox where recipient = '${who}' and subject like '${subject}%' order by id desc limit 1`).match(/http:\/\/\S+/)?.[0];

export async function alertTests({ open, audit, ok, base, dir }) {
	sql("delete from private.attempt where kind = 'alerte'");
	const looked = async (name, path, width, dark, status = 200) => {
		const { context, page, seen } = await open({ width, dark });
		const label = `${name} à ${width}${dark ? ', nuit' : ''}`;
		const answer = await page.goto(path.startsWith('http') ? path : base + path);
		ok(answer.status() === status, `${label} : répond`, answer.status());
		const v = await audit(page);
		ok(v.length === 0, `${label} : axe-core, 0 violation`, JSON.stringify(v, null, 1));
		const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
		ok(wide <= 0, `${label} : pas de défilement horizontal`, `${wide} px`);
		ok(seen.csp.length + seen.third.length === 0 && seen.errors.filter(e => !/40[04]/.test(e)).length === 0, `${label} : rien d’anormal`, JSON.stringify(seen));
		await page.screenshot({ path: `${dir}/alertes-${name}-${width}${dark ? '-nuit' : ''}.png`, fullPage: true });
		await context.close();
	};
	try {
		for (const [name, path] of Object.entries({ accueil: '/alertes', suivre: '/alertes?requete=/fiches%3Ftype%3Dmethode%26territoire%3Dregion:04', sans: '/alertes?requete=/fiches%3Fq%3Dzinzolin' }))
			for (const width of name === 'sans' ? [390] : [390, 1280])
				await looked(name, path, width, false);

		// Without JavaScript, on a phone: from the list to the confirmation.
		const { context, page } = await open({ js: false, width: 390 });
		await page.goto(`${base}/fiches?type=methode&territoire=region:04`);
		await Promise.all([page.waitForNavigation(), page.locator('a', { hasText: 'Être prévenu' }).first().click()]);
		ok(/Méthodes, La Réunion/.test(await page.locator('main').innerText()), 'sans JavaScript : la liste est dite en mots');
		await page.locator('button[value=suivre]').click();
		ok(await page.locator('.message.err a[href="#f-courriel"]').count() === 1, 'sans adresse : la faute est dite, et y mène');
		await page.locator('#f-courriel').fill(who);
		await page.waitForTimeout(2100);
		await Promise.all([page.waitForNavigation(), page.locator('button[value=suivre]').click()]);
		ok(/Encore un geste/.test(await page.locator('[role=status]').first().innerText()), 'un courriel est annoncé');
		const confirm = mailed('Votre alerte, à confirmer');
		await looked('confirmer', confirm, 390, false);
		await page.goto(confirm);
		await Promise.all([page.waitForNavigation(), page.locator('button[value=confirmer]').click()]);
		ok(/C’est fait/.test(await page.locator('[role=status]').first().innerText()), 'un bouton confirme');
		const manage = page.url().replace(/\?.*/, '');
		for (const [width, dark] of [[390, false], [1280, true]])
			await looked('gerer', manage, width, dark);

		// By the keyboard alone.
		await page.goto(manage);
		await page.locator('button[value=pauser]').focus();
		await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
		ok(/en pause/.test(await page.locator('.suivis').innerText()), 'clavier : une alerte est en pause');
		await page.locator('button[value=oublier]').focus();
		await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
		ok(/votre adresse est effacée/.test(await page.locator('[role=status]').first().innerText()), 'clavier : tout est effacé');
		ok(sql(`select count(*) from private.follower where email = '${who}'`) === '0', 'et l’adresse n’est plus nulle part');
		await looked('plus-rien', manage, 390, false, 404);
		await context.close();
	} finally {
		sql(`select private.follower_forget(id) from private.follower where email = '${who}'`);
	}
}
