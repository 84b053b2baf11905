// Reading over in a browser: the whole dialogue by the keyboard alone, without JavaScript, on a small screen; axe, width and night on
// each page. Its accounts and its sheet are put in the database, and taken out at the end.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { picture } from './picture.mjs';

const top = join(dirname(fileURLToPath(import.meta.url)), '../..');
const sql = text => execFileSync(join(top, 'tools/cluster.sh'), ['psql', join(process.env.VAR, 'postgresql'), '-XqAt', '-d', 'catalyse', '-v', 'ON_ERROR_STOP=1', '-c', text],
	{ env: { ...process.env, PGOPTIONS: '-c search_path=private,catalyse,public' } }).toString().trim();
const session = id => `lecture-${id}-${'0'.repeat(30)}`;
const sheet = 990490, author = 9491, reviewer = 9492, outsider = 'C'.repeat(42) + 'A';
const digest = text => createHash('sha256').update(text).digest('hex');

function clean() {
	sql(`delete from work where sheet_id = ${sheet}; delete from token where sheet_id = ${sheet}; delete from mail_outbox where account_id in (${author}, ${reviewer});
		delete from session where account_id in (${author}, ${reviewer}); delete from account_role where account_id in (${author}, ${reviewer});
		update account set state = 'supprime', email = null where id in (${author}, ${reviewer})`);
}
function prepare() {
	clean();
	for (const [id, name] of [[author, 'Autrice'], [reviewer, 'Animatrice de l’Est']])
		sql(`insert into contributor (id, name) values (${id}, '${name}') on conflict (id) do nothing;
			insert into account (id, email, state, confirmed_at) values (${id}, 'lecture${id}@essai.example', 'actif', now())
			on conflict (id) do update set email = excluded.email, state = 'actif', confirmed_at = now();
			insert into session (hash, account_id, second_factor, expires_at) values ('${digest(session(id))}', ${id}, true, now() + interval '1 day')`);
	sql(`insert into account_role (account_id, role, territory_id) select ${reviewer}, 'animateur', id from territory where type = 'region' and code = '04';
		insert into work (sheet_id, created_by, saved_by, content) select ${sheet}, ${author}, ${author}, jsonb_build_object('type', 'exemple',
			'titre', 'À Saint-Benoît, un atelier de réparation', 'chapo', 'Des voisins réparent ensemble ce qui peut l’être.', 'territoires', '["commune:97410"]'::jsonb,
			'termes', jsonb_build_array('theme:' || (select code from term where scheme = 'theme' and merged_into is null and valid_to is null and origin = 'ours' order by position limit 1)),
			'source', jsonb_build_object('libelle', 'Notre récit', 'annee', 2024), 'sections', jsonb_build_object('contexte', 'Un quartier, un samedi par mois.',
			'acteurs', 'Les voisins et la régie travaillent ensemble de longue date.'));
		insert into work_author values (${sheet}, ${author}, 'auteur')`);
}

export async function reviewTests({ open, audit, ok, base, dir }) {
	prepare();
	const as = async (id, options) => {
		const o = await open(options);
		if (id) await o.context.addCookies([{ name: 'session', value: session(id), url: base }]);
		return o;
	};
	const look = async (name, path, id) => {
		for (const [width, dark] of [[320, false], [390, true], [1280, false]]) {
			const { context, page, seen } = await as(id, { width, dark });
			const label = `${name} à ${width}${dark ? ', nuit' : ''}`;
			const answer = await page.goto(base + path);
			ok(answer.status() === 200, `${label} : répond`, answer.status());
			for (const d of await page.locator('main details').all()) await d.evaluate(e => { e.open = true; });
			const v = await audit(page);
			ok(v.length === 0, `${label} : axe-core, 0 violation`, JSON.stringify(v, null, 1));
			const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
			ok(wide <= 0, `${label} : pas de défilement horizontal`, `${wide} px`);
			ok(seen.csp.length + seen.third.length + seen.errors.length === 0, `${label} : rien d’anormal`, JSON.stringify(seen));
			ok(await page.locator('h1').count() === 1, `${label} : un h1`);
			ok(await page.evaluate(() => new Set([...document.querySelectorAll('[id]')].map(e => e.id)).size === document.querySelectorAll('[id]').length), `${label} : pas deux fois le même repère`);
			await page.reload();
			await picture(page, `${dir}/${name}-${width}${dark ? '-nuit' : ''}.png`);
			await context.close();
		}
	};
	// By the keyboard alone: a summary opened, a field typed in, a button pressed.
	const press = async (page, locator, key = 'Enter') => { await locator.focus(); await page.keyboard.press(key); };
	const send = async (page, locator) => { await locator.focus(); await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]); };
	const type = async (page, locator, text) => { await locator.focus(); await page.keyboard.type(text); };
	const path = `/fiches/${sheet}/relecture`;

	const a = await as(author, { width: 390, js: false }), r = await as(reviewer, { width: 390, js: false });
	await a.page.goto(base + path);
	await press(a.page, a.page.locator('summary', { hasText: 'Envoyer à la relecture' }));
	await send(a.page, a.page.locator('button', { hasText: 'Envoyer à la relecture' }));
	ok(/fait=soumettre/.test(a.page.url()), 'clavier, sans script : soumise', `${a.page.url()} ${await a.page.locator('main').innerText()}`);
	await look('relecture-file', '/moderation', reviewer);
	await r.page.goto(base + '/moderation');
	await send(r.page, r.page.locator('.attend', { hasText: 'atelier de réparation' }).locator('button'));
	await r.page.goto(base + path);
	ok(await r.page.locator('.trajet [aria-current=step]').innerText() === 'En relecture', 'clavier : prise en relecture');
	await look('relecture-relecteur', path, reviewer);
	const field = r.page.locator('.lu', { hasText: 'de longue date' });
	await press(r.page, field.locator('summary'));
	await type(r.page, field.locator('textarea').first(), 'travaillent ensemble de longue date');
	await type(r.page, field.locator('textarea').last(), 'D’où le savons-nous ?');
	await send(r.page, field.locator('button'));
	ok(await r.page.locator('.ancre mark').innerText() === 'travaillent ensemble de longue date', 'clavier : un commentaire sur les mots cités');
	const grid = r.page.locator('.grille > li').first();
	await press(r.page, grid.locator('input[value=oui]'), 'Space');
	await send(r.page, r.page.locator('button', { hasText: 'Enregistrer la grille' }));
	ok(await r.page.locator('.grille > li').first().locator('input[value=oui]').isChecked(), 'clavier : la grille est enregistrée');
	await press(r.page, r.page.locator('summary', { hasText: 'Demander des changements' }));
	await send(r.page, r.page.locator('button', { hasText: 'Envoyer mes demandes' }));
	ok(await r.page.locator('[role=alert]').count() === 1, 'sans raison : dit en haut de la page');
	ok(await r.page.locator('details[open] button', { hasText: 'Envoyer mes demandes' }).count() === 1, 'et le formulaire est resté ouvert');
	await type(r.page, r.page.locator('details[open] textarea[name=motif]').first(), 'Merci. Un point avant de la publier.');
	await send(r.page, r.page.locator('button', { hasText: 'Envoyer mes demandes' }));
	ok(/fait=demander/.test(r.page.url()), 'clavier : les changements sont demandés', r.page.url());
	await look('relecture-auteur', path, author);
	await a.page.goto(base + path);
	ok(/À vous de jouer, avant le/.test(await a.page.locator('.etat').innerText()), 'c’est à l’autrice de jouer');
	const fix = await a.page.locator('a', { hasText: 'Modifier ce champ' }).getAttribute('href');
	await a.page.goto(base + fix);
	ok(await a.page.locator(fix.slice(fix.indexOf('#'))).count() === 1, 'le commentaire mène au champ', fix);
	await a.page.goto(base + path);
	await press(a.page, a.page.locator('.ancre summary', { hasText: 'Répondre' }));
	await type(a.page, a.page.locator('.ancre textarea'), 'C’est dans le récit de 2024.');
	await send(a.page, a.page.locator('.ancre button'));
	ok(/récit de 2024/.test(await a.page.locator('.ancre .repliques').innerText()), 'clavier : répondu sous le commentaire');

	// A reader from outside, by a link.
	sql(`insert into token (hash, purpose, sheet_id, expires_at) values ('${digest(outsider)}', 'relecture', ${sheet}, now() + interval '1 day');
		insert into review_invitation (sheet_id, name, token_hash, invited_by) values (${sheet}, 'Une lectrice', '${digest(outsider)}', ${reviewer})`);
	await look('relecture-exterieure', `/lien/${outsider}`, 0);
	const o = await as(0, { width: 390, js: false });
	await o.page.goto(`${base}/lien/${outsider}`);
	await type(o.page, o.page.locator('textarea[name=message]'), 'Rien à redire sur les faits.');
	await send(o.page, o.page.locator('button', { hasText: 'Envoyer mon avis' }));
	ok(await o.page.locator('[role=status]', { hasText: 'Merci' }).count() === 1, 'clavier : un avis sans compte');
	const cookies = await o.context.cookies();
	ok(cookies.every(c => c.name === 'frais' && c.expires - Date.now() / 1000 <= 60), 'et sans cookie, que celui de la minute qui suit', cookies.map(c => c.name).join());
	await look('relecture-delais', '/delais', 0);
	for (const x of [a, r, o]) await x.context.close();
	clean();
}
