// The whole way of a sheet, three times: with a script on a screen, without any, by the keyboard alone on a telephone. Somebody signs up,
// confirms from the mail, writes a snapshot and joins a picture, mends two faults, answers the animateur of the place who asks for a change,
// is published and found within five seconds, receives a correction from a reader, accepts it, and compares both versions. Every page met
// is judged. Nobody types an address: each comes in by the home page or by a link of a mail, and follows what is shown. Nothing stays
// public: the animateur withdraws each sheet at the end.
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { signIn } from './sign.mjs';
import { picture } from './picture.mjs';

const base = process.env.BASE, maildir = `${process.env.VAR}/mail/new`;
const PLACE = '/territoires/commune/97410-saint-benoit', SECRET = 'girafe mandoline pavé tisane';
const PICTURE = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
const form = act => `form:has(input[name=act][value=${act}])`, act = name => `${form(name)} button[type=submit]`;
const pause = ms => new Promise(r => setTimeout(r, ms));

// Asks until the answer is true, or the time is over: [the answer, milliseconds since `from`].
async function until(ask, ms, from = Date.now()) {
	for (;;) {
		const answer = await ask();
		if (answer || Date.now() - from > ms) return [answer, Date.now() - from];
		await pause(250);
	}
}
// The last letter to an address whose text has a link like `path`: that link.
async function mailed(to, path) {
	const read = f => readFileSync(f, 'latin1').replace(/=\r?\n/g, '').replace(/=([0-9A-F]{2})/g, (_, x) => String.fromCharCode(parseInt(x, 16)));
	const [link] = await until(() => {
		const files = readdirSync(maildir).map(f => `${maildir}/${f}`).sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs);
		for (const f of files.slice(0, 60)) {
			const text = read(f);
			const found = text.includes(`X-RcptTo: ${to}`) && text.match(new RegExp(`${base}${path}`));
			if (found) return found[0];
		}
		return null;
	}, 15000);
	return link;
}
// One anonymous visitor, by nginx.
const read = async path => {
	const r = await fetch(base + path, { redirect: 'manual' }).catch(() => null);
	return { status: r?.status ?? 0, text: await r?.text() ?? '' };
};

// Two ways to act on a page. By the pointer, as Playwright does.
const pointer = page => ({
	fill: (what, text) => page.fill(what, text),
	check: what => page.locator(what).first().check(),
	follow: what => page.click(what),
	open: async what => { if (!await page.locator(what).evaluate(d => d.open)) await page.click(`${what} > summary`); },
	press: what => Promise.all([page.waitForNavigation(), page.click(what)]),
	file: (what, file) => page.setInputFiles(what, file),
});
// By the keyboard: what is wanted is reached by Tab, forwards or backwards, and each stop on the way is looked at.
const keyboard = (page, stops) => {
	const key = k => page.keyboard.press(k);
	const look = what => page.evaluate(what => {
		const e = document.activeElement, wanted = document.querySelector(what);
		if (!wanted) return { lost: true };
		const here = e === wanted || (wanted.type === 'radio' && e.type === 'radio' && e.name === wanted.name && e.form === wanted.form);
		if (!e || e === document.body) return { here, top: true };
		const b = [...e.getClientRects(), ...[...e.children].map(c => c.getBoundingClientRect())].find(r => r.width > 0 && r.height > 0), s = getComputedStyle(e), l = e.closest('label');
		const x = b && b.left + Math.min(b.width / 2, 40), y = b && b.top + Math.min(b.height / 2, 30);
		const over = b && document.elementFromPoint(x, y), shown = b && b.width > 0 && b.height > 0 && over && (e === over || e.contains(over) || over.contains(e) || l?.contains(over));
		const drawn = s.outlineStyle !== 'none' || s.boxShadow !== 'none' || (l && getComputedStyle(l).outlineStyle !== 'none');
		return { here, back: Boolean(wanted.compareDocumentPosition(e) & Node.DOCUMENT_POSITION_FOLLOWING), fault: shown && drawn ? null
			: `${location.pathname} ${e.outerHTML.slice(0, 110)} ${drawn ? `caché par ${over?.outerHTML.slice(0, 80)}` : 'sans contour'} ${JSON.stringify(b)}` };
	}, what);
	const reach = async what => {
		let at = await look(what);
		for (let i = 0; i < 120 && !at.here && !at.lost; i++) {
			// As one does: from the top of a page, straight to its content.
			if (at.top && await page.locator('main').locator(what).count()) {
				await key('Tab');
				await key('Enter');
			}
			await key(at.back ? 'Shift+Tab' : 'Tab');
			at = await look(what);
			stops.n++;
			if (at.fault) stops.faults.push(at.fault);
		}
		if (!at.here) throw new Error(`au clavier, ${what} ne s’atteint pas sur ${page.url()}`);
	};
	return {
		fill: async (what, text) => { await reach(what); await key('Control+A'); await page.keyboard.insertText(text); },
		check: async what => {
			await reach(what);
			if (await page.locator(what).first().getAttribute('type') !== 'radio') { if (!await page.locator(what).first().isChecked()) await key('Space'); return; }
			await key('Space');
			for (let i = 0; i < 12 && !await page.isChecked(what); i++) await key('ArrowDown');
		},
		follow: async what => { await reach(what); await key('Enter'); },
		open: async what => { if (!await page.locator(what).evaluate(d => d.open)) { await reach(`${what} > summary`); await key('Enter'); } },
		press: async what => { await reach(what); await Promise.all([page.waitForNavigation(), key('Enter')]); },
		file: async (what, file) => { await reach(what); const [chooser] = await Promise.all([page.waitForEvent('filechooser'), key('Space')]); await chooser.setFiles(file); },
	};
};

async function once({ open, audit, ok, dir }, how, options, cookies) {
	const mark = Date.now().toString(36), title = `Essai du parcours ${mark}, ${how}`, me = `parcours-${mark}@essai.example`, reader = `lecteur-${mark}@essai.example`;
	const from = `198.18.${1 + Math.floor(Math.random() * 250)}.${1 + Math.floor(Math.random() * 250)}`;
	const met = new Set(), stops = { n: 0, faults: [] }, opened = [];
	const enter = async (cookies = []) => {
		const o = await open({ ...options, from });
		o.page.setDefaultTimeout(15000);
		o.page.on('filechooser', () => {}); // asked for from the start: Chromium is told in its own time
		await o.context.addCookies(cookies);
		await o.page.addInitScript(() => addEventListener('securitypolicyviolation', e => console.error(`Content Security Policy ${e.violatedDirective} ${e.blockedURI}`)));
		opened.push(o);
		return { ...o, hand: options.keys ? keyboard(o.page, stops) : pointer(o.page) };
	};
	// What every page is judged on, once a page.
	const judge = async ({ page }, name) => {
		if (met.has(name)) return;
		met.add(name);
		const v = await audited(page), wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
		ok(v.length === 0, `${how}, ${name} : axe-core, 0 violation`, JSON.stringify(v, null, 1));
		ok(wide <= 0, `${how}, ${name} : pas de défilement horizontal`, `${wide} px`);
		await picture(page, `${dir}/parcours-${name}-${how.replace(/\W+/g, '-')}.png`);
	};
	// Axe is a script: a page that may run none is judged as the same bytes in another tab, where only Axe runs.
	let glass = null;
	const audited = async page => {
		if (options.js !== false) return audit(page);
		const body = await page.content();
		if (!glass) opened.push(glass = await open({ ...options, js: true, from }));
		await glass.page.unrouteAll();
		await glass.page.route('**/*', route => route.request().resourceType() === 'document' ? route.fulfill({ contentType: 'text/html; charset=utf-8', body })
			: route.request().resourceType() === 'script' ? route.abort() : route.continue());
		await glass.page.goto(page.url());
		return audit(glass.page);
	};
	const says = async ({ page }, text, name) => {
		const t = await page.locator('main').innerText();
		ok(t.includes(text), `${how} : ${name}`, `${page.url()}\n${t.slice(0, 700)}`);
	};
	// From any page: to one's own space, to a sheet by its title. A narrow screen has them in its menu, and behind a glass.
	const space = async ({ page, hand }) => {
		if (await page.locator('.tete-espace').isVisible()) return hand.press('.tete-espace');
		await hand.open('header details.menu');
		return hand.press('header details.menu a[href="/mon-espace"]');
	};
	const seek = async ({ page, hand }, title, id) => {
		const own = 'main form[action="/recherche"]'; // the home page's, or that of the search itself
		if (await page.locator('#q-tete').isVisible()) {
			await hand.fill('#q-tete', title);
			await hand.press('header form[role=search] button[type=submit]');
		} else {
			if (!await page.locator(own).count()) await hand.press('.loupe-mobile');
			await hand.fill(`${own} [name=q]`, title);
			await hand.press(`${own} button[type=submit]`);
		}
		await hand.press(`main a[href$="-${id}"]`);
	};
	// The desk of a sheet that waits, through the queue.
	const desk = async (who, id) => {
		await space(who);
		await who.hand.press('main a[href="/moderation"]');
		await who.hand.press(`main a[href="/fiches/${id}/relecture"]`);
	};
	// What answers faster than somebody types is taken for a program.
	const unhurried = async ({ page }) => pause(3000 - await page.evaluate(() => performance.now()));

	// Signing up: one presses « Proposer une fiche », and comes back to its form from the mail.
	const author = await enter();
	await author.page.goto(base);
	await author.hand.press('main a[href="/contribuer"], footer a[href="/contribuer"]');
	await judge(author, 'contribuer');
	await author.hand.press('main a.bouton[href="/contribuer/fiche"]');
	await author.hand.press('main a[href^="/inscription"]');
	await judge(author, 'inscription');
	await author.hand.fill('[name=nom]', 'Parcours');
	await author.hand.fill('[name=courriel]', me);
	await author.hand.fill('[name=mot_de_passe]', SECRET);
	await author.hand.check('[name=charte]');
	await unhurried(author);
	await author.hand.press('main form button[type=submit]');
	await says(author, 'Regardez vos courriels', 'la suite est dans le courriel');
	await judge(author, 'inscription-faite');
	await author.page.goto(await mailed(me, '/inscription/confirmer\\?jeton=[\\w-]+') ?? `${base}/sans-lien`);
	await judge(author, 'inscription-confirmer');
	await author.hand.press('main form button[type=submit]');
	ok(author.page.url().startsWith(`${base}/contribuer/fiche`), `${how} : le compte est ouvert, et l’on revient où l’on allait`, author.page.url());
	await judge(author, 'fiche');

	// A snapshot, kept as a draft; a picture; two faults, mended from the links of their list.
	await author.hand.check('[name=type][value=exemple]');
	await author.hand.fill('[name=titre]', title);
	await author.hand.fill('[name=chapo]', `${'Un résumé trop long. '.repeat(16)}`);
	await author.hand.fill('[name=territoire]', 'commune Saint-Benoît (974)');
	await author.hand.check('[name=theme]');
	await author.hand.press('.fin-form button[value=enregistrer]');
	const id = Number(author.page.url().match(/\/fiches\/(\d+)\//)?.[1]);
	ok(id > 0, `${how} : gardée en brouillon`, author.page.url());
	await author.hand.press('main a[href$="/travail/pieces"]');
	await author.hand.file('[name=fichier]', { name: 'plan.png', mimeType: 'image/png', buffer: PICTURE });
	await author.hand.fill('form[enctype] [name=alt]', 'Le plan du lieu');
	await author.hand.press('button[value=ajouter]');
	ok(await author.page.locator('.pieces li').count() === 1, `${how} : l’image est jointe`, await author.page.locator('main').innerText());
	await judge(author, 'pieces');
	await author.hand.press('main a[href$="/modifier"]');
	await author.hand.press('button[value=envoyer]');
	ok(await author.page.locator('#fautes li').count() === 2, `${how} : deux fautes, dites d’un coup`, await author.page.locator('main').innerText().then(t => t.slice(0, 700)));
	ok(await author.page.inputValue('[name=titre]') === title, `${how} : rien de ce qui était écrit n’est perdu`);
	await judge(author, 'fiche-fautes');
	await author.hand.follow('#fautes a[href="#f-chapo"]');
	await author.hand.fill('[name=chapo]', `Ce que le marché d’essai ${mark} a changé.`);
	await author.hand.fill('[name=source]', 'Le bilan de l’année, consulté sur place');
	await author.hand.press('button[value=envoyer]');
	await says(author, 'C’est envoyé', 'envoyée à la relecture');
	await judge(author, 'travail');
	ok((await read(`/fiches/${id}`)).status === 404, `${how} : elle n’est pas publique`);

	// Whoever looks after the place takes it from the mail's page, and asks for something.
	const reviewer = await enter(cookies);
	await reviewer.page.goto(base);
	await space(reviewer);
	await judge(reviewer, 'espace-animateur');
	await reviewer.hand.press('main a[href="/moderation"]');
	await judge(reviewer, 'moderation');
	await reviewer.hand.press(`main a[href="/fiches/${id}/relecture"]`);
	await judge(reviewer, 'relecture-a-prendre');
	await reviewer.hand.press(act('prendre'));
	await reviewer.hand.open('#demander');
	await reviewer.hand.fill('#demander [name=motif]', 'Dites aussi combien de personnes sont venues.');
	await judge(reviewer, 'relecture-demander');
	await reviewer.hand.press(act('demander'));

	// The author answers, changes the text, sends it again.
	const asked = await mailed(me, `/(?:fiches/${id}/relecture|lien/[\\w-]+)`);
	ok(asked, `${how} : la demande arrive par courriel`);
	await space(author);
	await says(author, title, '« Mon espace » dit ce qui attend');
	await judge(author, 'mon-espace');
	await author.page.goto(asked ?? `${base}/sans-lien`);
	await says(author, 'Dites aussi combien de personnes sont venues.', 'la demande se lit');
	await judge(author, 'relecture-auteur');
	await space(author);
	await author.hand.press(`main a[href="/fiches/${id}/relecture"]`);
	await author.hand.fill(`${form('message')} [name=message]`, 'Vingt personnes, comptées à l’entrée.');
	await author.hand.press(act('message'));
	await says(author, 'Vingt personnes, comptées à l’entrée.', 'la réponse est dans le fil');
	await author.hand.press('main a[href$="/modifier"]');
	await author.hand.fill('[name=chapo]', `Ce que le marché d’essai ${mark} a changé pour vingt personnes.`);
	await author.hand.press('button[value=envoyer]');
	await says(author, 'C’est envoyé', 'renvoyée');

	// Published: found everywhere within five seconds, by anybody.
	const publish = async () => {
		await desk(reviewer, id);
		if (await reviewer.page.locator(act('prendre')).count()) await reviewer.hand.press(act('prendre'));
		await reviewer.hand.open('#publier');
		const at = Date.now();
		await reviewer.hand.press(act('publier'));
		return at;
	};
	const at = await publish();
	const places = [['la recherche', `/recherche?q=${encodeURIComponent(title)}`], ['le fil des fiches', '/fiches.atom?tri=recent'], ['la page du territoire', PLACE],
		['le fil du territoire', '/fiches.atom?territoire=commune:97410&tri=recent']];
	const found = await Promise.all(places.map(([, path]) => until(async () => new RegExp(`/fiches/[a-z0-9-]*-${id}\\b`).test((await read(path)).text), 5000, at)));
	found.forEach(([there, ms], i) => ok(there && ms <= 5000, `${how} : en ligne, dans ${places[i][0]}`, `${ms} ms`));
	await judge(reviewer, 'relecture-publiee');

	// A reader corrects it: a link by mail, and the authors decide.
	const visitor = await enter();
	await visitor.page.goto(base);
	await seek(visitor, title, id);
	ok(await visitor.page.locator('h1').innerText() === title, `${how} : la fiche se lit`, visitor.page.url());
	ok(await visitor.page.locator(`main a[href^="/fiches/${id}/pieces/"], main img[src^="/fiches/${id}/pieces/"]`).count() > 0, `${how} : avec son image`);
	await says(visitor, 'Parcours', 'au nom de qui l’a écrite');
	await judge(visitor, 'fiche-publique');
	await visitor.hand.press(`main a[href="/fiches/${id}/suggerer"]`);
	await judge(visitor, 'suggerer');
	await visitor.hand.press('main a[href$="champ=chapo"]');
	const better = `Ce que le marché d’essai ${mark} a changé pour vingt-deux personnes.`;
	await visitor.hand.fill('[name=texte]', better);
	await visitor.hand.fill('[name=courriel]', reader);
	await unhurried(visitor);
	await judge(visitor, 'suggerer-champ');
	await visitor.hand.press('button[value=envoyer]');
	await visitor.page.goto(await mailed(reader, `/fiches/${id}/suggerer/confirmer\\?lien=[\\w-]+`) ?? `${base}/sans-lien`);
	await judge(visitor, 'suggerer-confirmer');
	await visitor.hand.press('button[value=envoyer]');
	await says(visitor, 'Merci', 'la correction est envoyée');
	const proposed = await mailed(me, `/fiches/${id}/suggestions/\\d+\\?lien=[\\w-]+`);
	ok(proposed, `${how} : elle arrive aux auteurs par courriel`);
	await author.page.goto(proposed ?? `${base}/sans-lien`);
	await judge(author, 'suggestion');
	await author.hand.press('button[value=accepter]');
	await says(author, 'C’est accepté', 'l’auteur l’accepte');
	const again = await publish();
	const [second] = await until(async () => (await read(`/fiches/${id}/v2`)).status === 200, 5000, again);
	ok(second, `${how} : la version 2 est en ligne`);
	await until(async () => (await read(`/fiches/${id}/historique`)).text.includes('v1..v2'), 5000, again);
	await seek(visitor, title, id);
	await visitor.hand.press(`main a[href^="/fiches/${id}/historique"]`);
	await judge(visitor, 'historique');
	await visitor.hand.press('main a[href$="v1..v2"]');
	ok((await visitor.page.locator('main ins').allInnerTexts()).some(t => t.includes('deux')), `${how} : v1..v2 montre ce qui change`,
		await visitor.page.locator('main').innerText());
	await judge(visitor, 'v1-v2');

	// Taken out: what remains says why.
	await seek(reviewer, title, id);
	await reviewer.hand.press(`main a[href^="/fiches/${id}/historique"]`);
	await reviewer.hand.press(`main a[href="/fiches/${id}/relecture"]`);
	await reviewer.hand.open('#retirer');
	await reviewer.hand.fill('#retirer [name=motif]', 'elle servait à un essai');
	await reviewer.hand.press(act('retirer'));
	const [gone] = await until(async () => (await read(`/fiches/${id}`)).status === 410, 5000);
	ok(gone, `${how} : retirée, 410`);

	for (const o of opened) {
		ok(o.seen.csp.length === 0, `${how} : 0 violation de la CSP`, o.seen.csp.join('\n'));
		ok(o.seen.third.length === 0, `${how} : 0 demande à un tiers`, o.seen.third.join('\n'));
		ok(o.seen.errors.filter(e => !/\b(422|400)\b|ERR_FAILED/.test(e)).length === 0, `${how} : 0 erreur de script`, o.seen.errors.join('\n'));
		await o.context.close();
	}
	if (options.keys) ok(stops.n > 100 && stops.faults.length === 0, `${how} : ${stops.n} arrêts, tous visibles`, [...new Set(stops.faults)].join('\n'));
}

export async function journeyTests(tools) {
	const { ok, open } = tools;
	const { context, page } = await open();
	const signed = await signIn(page, 'animateur@demo.example');
	ok(signed, 'parcours : l’animateur est connecté', page.url());
	const cookies = await context.cookies();
	await context.close();
	for (const [how, options] of [['avec script', { width: 1280 }], ['sans script', { width: 1280, js: false }], ['au clavier', { width: 390, keys: true }]])
		await once(tools, how, options, cookies).catch(e => ok(false, `${how} : jusqu’au bout`, e.stack));
}
