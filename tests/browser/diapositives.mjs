// The slides of 8 June 2023, thing by thing: each is reached from the home by two clicks at most, and says what the slides say.
// The names below are those of the slides, not of our base: what disappears from the base fails here.
const parcours = 7, themes = 7;
const practices = {
	'dialogue-territorial': { name: 'Dialogue territorial', examples: ['Labo des partenariats d’Alsace', 'Fondation Break Poverty', 'Comité 21'] },
	'experimentations-collectives': { name: 'Expérimentations collectives', examples: ['Impact Jeunes', 'MicroVille 112', 'Silver Geek', 'Les Mureaux', 'Entrepreneuriat Humaniste'] },
	accompagnements: { name: 'Accompagnements', examples: ['Ronalpia', 'Villes au Carré', 'Fondation du Nord', 'RSE Nantes Métropole', 'Emergence'] },
	'gestion-d-un-lieu': { name: 'Gestion d’un lieu', examples: ['InfoLab du CRIJ', 'Cent Sept', 'Point Carré', 'Le Catalyseur', 'Maison des associations Pays d’Aix'] },
};
const plain = text => text.replace(/[\u00a0\u202f]/g, ' ').replace(/'/g, '’').replace(/\s+/g, ' ');

export async function slidesTests({ open, ok, base }) {
	const { context, page } = await open({ js: false });
	// The words that follow a link are those that one sees; a folded menu is no click of one's own.
	const links = async () => page.locator('a[href^="/"]:visible').evaluateAll(all => all.map(a => a.getAttribute('href').replace(/#.*/, '')).filter(h => h.length > 1));
	await page.goto(base + '/');
	const home = [...new Set(await links())];
	const known = new Map(); // what each page of the home leads to
	const click = async href => {
		await Promise.all([page.waitForNavigation(), page.locator(`a[href="${href}"]:visible, a[href^="${href}#"]:visible`).first().click()]);
		return plain(await page.locator('main').innerText());
	};
	// Goes there from the home, as one does; "" when two clicks do not suffice.
	const reach = async (wanted, through) => {
		await page.goto(base + '/');
		if (home.includes(wanted)) return click(wanted);
		for (const door of through) {
			if (!home.includes(door)) continue;
			if (!known.has(door)) {
				await click(door);
				known.set(door, await links());
				await page.goto(base + '/');
			}
			if (!known.get(door).includes(wanted)) continue;
			await click(door);
			return click(wanted);
		}
		return '';
	};
	// The same for many that one page leads to: it was reached by one click, its links are there to be clicked.
	const behind = async (door, wanted) => {
		if (!known.has(door)) {
			await reach(door, []);
			known.set(door, await links());
		}
		const shown = [...home, ...known.get(door)]; // the home may lead there by itself
		return Promise.all(wanted.map(async w => !shown.includes(w) ? '' : plain((await (await fetch(base + w)).text()).replace(/<[^>]*>/g, ' '))));
	};
	const data = async path => (await fetch(base + path)).json();
	const has = (text, words, name) => ok(words.every(w => text.includes(w)), name, `absent : ${words.filter(w => !text.includes(w)).join(', ')} | ${text.slice(0, 200)}`);

	// Five blocks of the platform.
	let text = await reach('/parcours', []);
	const ways = [...new Set((await links()).filter(h => /^\/parcours\/[a-z0-9-]+$/.test(h)))];
	ok(/Agir ensemble/i.test(text) && ways.length >= parcours, 'diapositives : les sept parcours « Agir ensemble en territoire »', `${ways.length} | ${text.slice(0, 200)}`);
	let good = (await behind('/parcours', ways.slice(0, parcours))).filter(t => t.length > 200).length;
	ok(good === parcours, 'diapositives : chaque parcours, en deux clics', good);
	text = await reach('/thematiques', []);
	const codes = (await data('/thematiques.json')).elements.map(t => t.code);
	ok(codes.length === themes, 'diapositives : sept thématiques', codes.length);
	good = (await behind('/thematiques', codes.map(code => `/thematiques/${code}`))).filter(t =>
		['Documents de référence', 'Méthodes', 'Outils', 'Compétences', 'Webinaires et rencontres', 'Pour quel territoire'].every(w => t.includes(w))).length;
	ok(good === themes, 'diapositives : chacune avec ses documents, ses méthodes, ses outils de formation, ses webinaires, en deux clics', good);
	has(await reach('/besoins', ['/thematiques']), ['Ce que l’on cherche', 'Comment c’est compté'], 'diapositives : à l’écoute des besoins des territoires');
	has(await reach('/observatoire', []), ['source'], 'diapositives : les dynamiques territoriales et les études de l’Observatoire');
	text = await reach('/catalyseurs', []);
	ok(/catalyseurs et acteurs connus/.test(text), 'diapositives : les catalyseurs territoriaux', text.slice(0, 200));
	text = await reach('/ressources', []);
	const out = await page.locator('main a[href^="https://"]').evaluateAll(all => all.map(a => a.href));
	has(text, ['L’ODD 17 en pratiques', 'Institutions', 'L’innovation territoriale en actions'], 'diapositives : les ressources, partagées et institutionnelles');
	ok(['https://odd17.org/', 'https://catalyseurs-territoriaux.org/', 'https://innovationterritoriale.plateformecapitalisation.org/'].every(u => out.includes(u)),
		'diapositives : les trois sites du Réseau', out.join(' '));
	// Webinars and yearly meetings.
	text = await reach('/evenements', []);
	has(text, ['Associations et catalyseurs : ensemble, accompagnons les Projets de territoire', 'initiatives citoyennes'], 'diapositives : le cycle de webinaires');
	has(await reach('/evenements?serie=rencontres-annuelles-du-reseau', ['/evenements']), ['9e Rencontre', '5e Rencontre'], 'diapositives : les rencontres annuelles depuis 2015');

	// What the network is.
	text = await reach('/comprendre', []);
	has(text, ['tiers de confiance', '350', 'Ses trois missions', 'Deux grandes actions', '2014'], 'diapositives : le Réseau, ses trois missions, ses deux actions');
	has(text, ['Gestion publique', 'Projet transverse', 'Catalyse', 'après-guerre', 'années 1980', '2008', 'mobilisation citoyenne'], 'diapositives : les trois ingénieries');
	ok(await page.locator('.ingenieries > li').count() === 3, 'diapositives : trois, chacune à partir de sa date');
	ok(await page.locator('.pratique-col').count() === 4 && await page.locator('.pratique-activites li').count() === 16, 'diapositives : quatre pratiques, seize activités');
	const named = Object.values(practices).flatMap(p => p.examples);
	has(text, named, `diapositives : les ${named.length} exemples inspirants`);
	const examples = await page.locator('.pratique-exemples li a:first-of-type').evaluateAll(all => all.map(a => a.getAttribute('href')));
	ok(examples.length === named.length && examples.every(h => /^\/catalyseurs\/[a-z0-9-]+-[0-9]+$/.test(h)), 'diapositives : chaque exemple mène à son catalyseur', examples.join(' '));
	const answers = await Promise.all(examples.map(async h => (await fetch(base + h)).status));
	ok(answers.every(s => s === 200), 'diapositives : et il y est', answers.join(' '));
	has(text, ['Paris Est Marne & Bois', 'Agir Ensemble à Charenton', 'VitaWin', 'Club Gravelle Entreprendre', 'tiers-lieux'], 'diapositives : les complémentarités d’un même territoire');
	has(text, ['trois enseignements', 'Dit avec nos mots'], 'diapositives : les trois enseignements, dits avec nos mots');
	ok(await page.locator('ol.lecons > li').count() === 3, 'diapositives : ils sont trois');
	has(text, ['Quatre modalités d’action'], 'diapositives : les quatre modalités d’action, dont la liste nous manque');
	has(text, ['les piliers d’une relation équilibrée', 'l’alchimie d’une action collective', 'l’économie de l’alliance'], 'diapositives : principes, modalités, moyens');
	const sevens = await page.locator('.sept').evaluateAll(all => all.map(s => s.querySelectorAll('ol > li').length).join(' '));
	ok(sevens === '7 7 7', 'diapositives : sept, sept et sept', sevens);
	ok(await page.locator('.sept .nous').count() === 3, 'diapositives : dont les mots sont de nous, et la page le dit');
	ok(await page.locator('.cheminement > li').count() >= 6 && /2008/.test(await page.locator('.cheminement').innerText()), 'diapositives : le cheminement depuis 2008');
	for (const [code, p] of Object.entries(practices)) {
		text = await reach(`/comprendre/${code}`, ['/comprendre']);
		has(text, [p.name, ...p.examples], `diapositives : ${p.name}, en deux clics`);
		ok(await page.locator('ol.lecons > li').count() === 4, `diapositives : ${p.name}, ses quatre activités`);
	}
	await context.close();
}
