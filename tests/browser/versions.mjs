// The versions of a sheet in a browser: one, two compared, all, and a sheet withdrawn. The sheets are those tests/http/90-versions.sh leaves.
import { picture } from './picture.mjs';

export async function versionTests({ open, audit, ok, base, dir }) {
	const pages = { version: '/fiches/900001/v1', ecarts: '/fiches/900001/v1..v3', historique: '/fiches/900001/historique', retiree: '/fiches/900002' };
	for (const [name, path] of Object.entries(pages)) {
		for (const [width, dark] of [[320, false], [390, true], [1280, false]]) {
			const { context, page, seen } = await open({ width, dark });
			const label = `${name} à ${width}${dark ? ', nuit' : ''}`;
			const answer = await page.goto(base + path);
			ok(answer.status() === (name === 'retiree' ? 410 : 200), `${label} : répond`, answer.status());
			const v = await audit(page);
			ok(v.length === 0, `${label} : axe-core, 0 violation`, JSON.stringify(v, null, 1));
			const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
			ok(wide <= 0, `${label} : pas de défilement horizontal`, `${wide} px`);
			ok(seen.csp.length + seen.third.length + seen.errors.filter(e => !/410/.test(e)).length === 0, `${label} : rien d’anormal`, JSON.stringify(seen));
			ok(await page.locator('h1').count() === 1, `${label} : un h1`);
			await picture(page, `${dir}/${name}-${width}${dark ? '-nuit' : ''}.png`);
			await context.close();
		}
	}
	// What leaves and what comes differ by more than their colour; on paper too.
	const { context, page } = await open({ js: false });
	await page.goto(base + pages.ecarts);
	for (const media of ['screen', 'print']) {
		await page.emulateMedia({ media });
		const lines = await page.evaluate(() => ['del', 'ins'].map(t => getComputedStyle(document.querySelector(`.change ${t}`)).textDecorationLine));
		ok(lines.join() === 'line-through,underline', `écarts, ${media} : barré et souligné`, lines.join());
	}
	await page.emulateMedia({ media: 'screen' });
	// By the keyboard: from a version to the history, to a comparison, back to the version.
	await page.goto(base + pages.version);
	await page.locator('.ancienne-liens a', { hasText: 'historique' }).focus();
	await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
	ok(page.url().endsWith('/historique'), 'clavier : d’une version à l’historique', page.url());
	await page.locator('a', { hasText: 'Comparer à v1' }).focus();
	await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
	ok(page.url().endsWith('/v1..v2'), 'clavier : de l’historique à une comparaison', page.url());
	await page.locator('a', { hasText: 'Version 1' }).first().focus();
	await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
	ok(page.url() === base + pages.version, 'clavier : et à la version', page.url());
	await page.locator('.ancienne-empreinte summary').focus();
	await page.keyboard.press('Enter');
	ok(/^[0-9a-f]{64}$/.test(await page.locator('code.empreinte').innerText()), 'clavier : l’empreinte s’ouvre');
	await context.close();
}
