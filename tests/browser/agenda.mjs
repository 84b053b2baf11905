// Webinars and meetings in a browser: each page looked at; registered by keyboard, without a script, from the list to the way out.
import { execFileSync } from 'node:child_process';
import { picture } from './picture.mjs';
const top = process.env.top_srcdir ?? '.';
const sql = text => execFileSync(`${top}/tools/cluster.sh`, ['psql', `${process.env.VAR}/postgresql`, '-XqAt', '-d', 'catalyse', '-c', `set search_path to private, catalyse, public`, '-c', text], { encoding: 'utf8' }).trim();
const who = `navigateur-${process.pid}@rendezvous.example`, secret = 'essainavigateurrendezvousessainavigateurrdvA';
const mailed = (path) => sql(`select body_text from mail_outbox where recipient = '${who}' order by id desc limit 1`).split(/\s+/).find(x => x.includes(path));

export async function agendaTests({ open, audit, ok, base, dir }) {
	const clean = () => sql(`delete from event where ref = 'navigateur-79'; delete from mail_outbox where recipient = '${who}'; delete from attempt where kind = 'rendez_vous';
		delete from token where purpose like 'rendez_vous%'; begin; set local session_replication_role = replica;
		delete from session where account_id in (select id from account where email = '${who}'); delete from account_role where account_id in (select id from account where email = '${who}');
		delete from account where email = '${who}'; commit`);
	const looked = async (name, path, width, dark = false, cookies = []) => {
		const { context, page, seen } = await open({ width, dark });
		await context.addCookies(cookies);
		const label = `agenda, ${name} à ${width}${dark ? ', nuit' : ''}`, answer = await page.goto(path.startsWith('http') ? path : base + path);
		ok(answer.status() === 200, `${label} : répond`, answer.status());
		const v = await audit(page);
		ok(v.length === 0, `${label} : axe-core, 0 violation`, JSON.stringify(v, null, 1));
		const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
		ok(wide <= 0, `${label} : pas de défilement horizontal`, `${wide} px`);
		ok(seen.csp.length + seen.third.length + seen.errors.length === 0, `${label} : rien d’anormal`, JSON.stringify(seen));
		await picture(page, `${dir}/agenda-${name}-${width}${dark ? '-nuit' : ''}.png`);
		await context.close();
	};
	clean();
	try {
		const id = sql(`with e as (insert into event (ref, slug, title, summary, starts_on, starts_at, ends_at, mode, place, status, registration, origin)
			values ('navigateur-79', 'navigateur-79', 'Un midi pour relier', 'Un essai.', current_date + 9, (current_date + 9 + time '13:00') at time zone 'Europe/Paris',
				(current_date + 9 + time '14:00') at time zone 'Europe/Paris', 'mixte', 'Salle des voisins', 'confirme', 'ouverte', 'ours') returning id),
			s as (insert into event_seat (event_id, mode, capacity) select id, 'site', 1 from e union all select id, 'distance', null from e) select id from e`);
		const here = `/evenements/${sql(`select address from event where id = ${id}`)}`;
		sql(`with c as (insert into contributor (name) values ('Éditrice du navigateur') returning id), a as (insert into account (id, email, state, confirmed_at, totp) select id, '${who}', 'actif', now(), 'scelle' from c returning id),
			r as (insert into account_role (account_id, role, espace_id) select a.id, 'editeur', (select e.id from espace e order by e.position, e.id limit 1) from a)
			insert into session (hash, account_id, second_factor, expires_at) select encode(sha256('${secret.slice(-43)}'::bytea), 'hex'), id, true, now() + interval '1 hour' from a`);
		const cookies = [{ name: 'session', value: secret.slice(-43), url: base }];
		for (const [width, dark] of [[390, false], [1280, true]]) {
			await looked('liste', '/evenements', width, dark);
			await looked('rendez-vous', here, width, dark);
		}
		await looked('sans-date', '/evenements/2015-1re-rencontre-annuelle-du-reseau', 390);
		for (const width of [390, 1280])
			await looked('inscription', `${here}/inscription`, width);
		await looked('regie', '/administration/agenda', 1280, false, cookies);
		await looked('regie-un', `/administration/agenda/${id}`, 390, false, cookies);
		await looked('series', '/administration/agenda/series', 390, false, cookies);

		// Without a script, by keyboard.
		const { context, page } = await open({ js: false, width: 390 });
		await page.goto(`${base}/evenements`);
		await page.getByRole('link', { name: 'Un midi pour relier', exact: true }).focus();
		await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
		ok(/13\sh\sà\sParis/.test(await page.innerText('main')) && /à La Réunion/.test(await page.innerText('main')), 'agenda : l’heure de Paris et celle de La Réunion');
		await page.getByRole('link', { name: 'S’inscrire', exact: true }).focus();
		await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
		await Promise.all([page.waitForNavigation(), page.getByRole('button', { name: 'Recevoir le lien' }).click()]);
		ok(await page.locator('#fautes li').count() === 3, 'agenda : trois fautes, dites et liées', await page.innerText('main'));
		await page.fill('#f-nom', 'Camille Essai');
		await page.fill('#f-courriel', who);
		await page.getByLabel('Sur place').check();
		await page.locator('button:has-text("Recevoir le lien")').focus();
		await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
		ok(/Encore un geste/.test(await page.locator('[role=status]').first().innerText()), 'agenda : un courriel est annoncé');
		const confirm = mailed('/inscription/confirmer');
		await looked('confirmer', confirm, 390);
		await page.goto(confirm);
		await Promise.all([page.waitForNavigation(), page.getByRole('button', { name: 'Confirmer mon inscription' }).click()]);
		ok(/votre place est gardée/.test(await page.locator('[role=status]').first().innerText()), 'agenda : un bouton confirme');
		await looked('gens', `/administration/agenda/${id}/inscrits`, 390, false, cookies);
		await page.goto(mailed('/inscription/annuler'));
		await page.getByRole('button', { name: 'Me désinscrire' }).focus();
		await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
		ok(/vous n’êtes plus sur la liste/.test(await page.locator('[role=status]').first().innerText()), 'agenda : un clic désinscrit');
		await context.close();
	} finally {
		clean();
	}
}
