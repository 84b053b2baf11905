// names: « à La Réunion », « du Rhône », « au Havre »: French prepositions, and slugs.
const vowel = s => /^[aeiouyàâäéèêëîïôöùûüœæ]/i.test(s);
export const de = s => (vowel(s) ? `d'${s}` : `de ${s}`);

// Régions, then collectivités: checked by hand.
const TABLE = {
	'region:01': ['en Guadeloupe', 'de la Guadeloupe'], 'region:02': ['en Martinique', 'de la Martinique'],
	'region:03': ['en Guyane', 'de la Guyane'], 'region:04': ['à La Réunion', 'de La Réunion'], 'region:06': ['à Mayotte', 'de Mayotte'],
	'region:11': ['en Île-de-France', "d'Île-de-France"], 'region:24': ['en Centre-Val de Loire', 'du Centre-Val de Loire'],
	'region:27': ['en Bourgogne-Franche-Comté', 'de Bourgogne-Franche-Comté'], 'region:28': ['en Normandie', 'de Normandie'],
	'region:32': ['dans les Hauts-de-France', 'des Hauts-de-France'], 'region:44': ['dans le Grand Est', 'du Grand Est'],
	'region:52': ['dans les Pays de la Loire', 'des Pays de la Loire'], 'region:53': ['en Bretagne', 'de Bretagne'],
	'region:75': ['en Nouvelle-Aquitaine', 'de Nouvelle-Aquitaine'], 'region:76': ['en Occitanie', "d'Occitanie"],
	'region:84': ['en Auvergne-Rhône-Alpes', "d'Auvergne-Rhône-Alpes"],
	'region:93': ["en Provence-Alpes-Côte d'Azur", "de Provence-Alpes-Côte d'Azur"], 'region:94': ['en Corse', 'de Corse'],
	'departement:971': ['en Guadeloupe', 'de la Guadeloupe'], 'departement:972': ['en Martinique', 'de la Martinique'],
	'departement:973': ['en Guyane', 'de la Guyane'], 'departement:974': ['à La Réunion', 'de La Réunion'],
	'departement:976': ['à Mayotte', 'de Mayotte'], 'departement:75': ['à Paris', 'de Paris'],
	'collectivite:984': ['dans les Terres australes et antarctiques françaises', 'des Terres australes et antarctiques françaises'],
	'collectivite:987': ['en Polynésie française', 'de Polynésie française'],
	'collectivite:988': ['en Nouvelle-Calédonie', 'de Nouvelle-Calédonie'],
	'collectivite:989': ["sur l'île de Clipperton", "de l'île de Clipperton"],
};
// Départements of which one says « en »; the others follow their article.
const EN = new Set(('07 09 16 17 19 21 24 28 2A 2B 31 33 35 37 38 43 44 48 49 52 53 54 57 70 71 73 74 76 77 85 87 91 93').split(' '));
const ARTICLE = { 2: ['dans le ', 'du '], 3: ['dans la ', 'de la '], 4: ['dans les ', 'des '], 5: ["dans l'", "de l'"] };

export function prepositions(type, code, name, liaison) {
	const known = TABLE[`${type}:${code}`];
	if (known) return known;
	if (type === 'departement') {
		const [inn, of] = ARTICLE[liaison] ?? ['en ', null];
		return [EN.has(code) ? `en ${name}` : inn + name, of ? of + name : de(name)];
	}
	if (type === 'epci') return epci(name);
	if (name.startsWith('Le ')) return [`au ${name.slice(3)}`, `du ${name.slice(3)}`];
	if (name.startsWith('Les ')) return [`aux ${name.slice(4)}`, `des ${name.slice(4)}`];
	if (liaison === 6) return [name, `d'${name}`]; // « Aux Marais » carries its own preposition
	return [`à ${name}`, liaison === 1 ? `d'${name}` : liaison === undefined ? de(name) : `de ${name}`];
}

function epci(name) {
	if (/^(CC|CA|CU) /.test(name)) return [`dans la ${name}`, `de la ${name}`];
	if (/^Métropole /.test(name)) return [`dans la ${name[0].toLowerCase()}${name.slice(1)}`, `de la ${name[0].toLowerCase()}${name.slice(1)}`];
	if (/^Eurométropole /.test(name)) return [`dans l'${name[0].toLowerCase()}${name.slice(1)}`, `de l'${name[0].toLowerCase()}${name.slice(1)}`];
	return [`à ${name}`, de(name)];
}

export const plain = s => s.normalize('NFD').replace(/\p{M}/gu, '').replace(/œ/gi, 'oe').replace(/æ/gi, 'ae').toLowerCase();
export const slug = s => plain(s).replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '');
export const norm = s => plain(s).replace(/[^a-z0-9]+/g, ' ').trim().replace(/\bst\b/g, 'saint').replace(/\bste\b/g, 'sainte');
