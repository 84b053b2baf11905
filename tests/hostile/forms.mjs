// Every text that somebody can type, typed: the fields of every form, from the schemas of the routes that take one (web/params.def, app/routes.def).
//   node forms.mjs FACTS SQL...   FACTS: what world.sql printed; SQL...: a command that runs the statements of its standard input.
//   TIMES=520: as many as there are hostile texts (tests/chaos/hostile.sh), 12 otherwise; FORM=/alertes: the forms of those addresses
// 1. Each field is sent TIMES hostile texts by the real page, taken, and found again in the database: a field of a schema that is in no
//    row of `forms`, nor in `apart` with its reason, fails. 2. Every route that writes gets all its fields at once, whatever their kind.
// Each answer is judged as a page. Prints TAP.
import { appendFileSync, readFileSync } from 'node:fs';
import { spawn, spawnSync } from 'node:child_process';
import { createInterface } from 'node:readline';
import { randomBytes } from 'node:crypto';
import { payloads, clean } from './payloads.mjs';
import { open, MARK } from './judge.mjs';

const base = process.env.BASE, [factsFile, ...psql] = process.argv.slice(2), top = new URL('../../', import.meta.url).pathname;
const TIMES = Number(process.env.TIMES ?? 12), PLACES = 3;
const SPARE = TIMES > 12 ? Math.floor(TIMES / 5) : 2; // those that a form may refuse, by 400 or 422: what is no list's address, no link; with few of them, forms that ask for such a thing only
let n = 0, failed = 0;
const ok = (good, name, detail) => {
	console.log(`${good ? 'ok' : 'not ok'} ${++n} - ${name}`);
	if (!good) { failed++; if (detail) console.log(String(detail).slice(0, 4000).replace(/^/gm, '#   ')); }
};

// --- what there is
const source = f => readFileSync(top + f, 'utf8');
const schemas = new Map(), defs = source('src/web/params.def').replace('#include "web/params_list.def"', '');
for (const [, name, body] of defs.matchAll(/SCHEMA\((\w+)\)([\s\S]*?)SCHEMA_END/g))
	schemas.set(name, new Map([...body.matchAll(/PARAM\("([^"]+)", (\w+), ([\d.-]+), ([\d.-]+), (\d+), /g)].map(m => [m[1], { kind: m[2], max: Number(m[4]) }])));
const routes = [...source('src/app/routes.def').matchAll(/^ROUTE\((\w+), "([^"]+)", \w+, (\w+), \w+, PARAMS_(\w+), ([^"]+), "/gm)].map(m => ({ method: m[1], pattern: m[2], role: m[3], schema: m[4], json: !m[5].includes('HTML') }));
const facts = Object.fromEntries(readFileSync(factsFile, 'utf8').split('\n').filter(Boolean).map(l => [l.slice(0, l.indexOf('=')), l.slice(l.indexOf('=') + 1)]));
const texts = ['TEXT', 'LINES', 'WEB', 'EMAIL', 'LOCAL_URL'];

// --- the database: one session, statements in turn
const db = spawn(psql[0], psql.slice(1), { stdio: ['pipe', 'pipe', 'inherit'] });
const answers = [], waiting = [];
createInterface({ input: db.stdout }).on('line', l => { if (l === '<end>') waiting.shift()(answers.splice(0)); else answers.push(l); });
const sql = statement => new Promise(done => { waiting.push(done); db.stdin.write(`${statement};\n\\echo <end>\n`); });

// --- what is typed
const cut = (s, max) => [...s].slice(0, max).join('');
let turn = 0, number = 0;
const where = new Map(), seen = new Map(); // number -> SCHEMA.field; payload -> fields
function typed(schema, field, kind, max) {
	const which = turn++ % payloads.length, mark = ++number, tail = `${MARK}${mark}`;
	let p = clean(payloads[which]);
	where.set(mark, `${schema}.${field}`);
	if (!seen.has(which)) seen.set(which, new Set());
	seen.get(which).add(`${schema}.${field}`);
	switch (kind) {
	case 'LINES': return cut(p, max - tail.length) + tail;
	case 'EMAIL': return `${['=1+1', '+1', '-1+1', "'onmouseover='trap'", '{{7*7}}', '%0d%0abcc%3a', '`trap`', '$$', '&lt', 'a/*'][which % 10]}-q7z${mark}@hostile.example`;
	case 'WEB': return `https://hostile.example/${encodeURI(cut(p, 20)).replace(/[<>"\s]/g, '').slice(0, 200)}'onclick='trap(1)&q7z${mark}`;
	case 'LOCAL_URL': // one in two as a parameter ends: what comes after & or # is not kept, nor the mark
		return `/fiches?q=${cut(p.replace(/[\s\\\u0000-\u001f\u007f]/g, '').replace(mark % 2 ? /%/g : /[%&#]/g, encodeURIComponent), 80)}"><q7z>${mark}`;
	default: return cut(p.replace(/[\r\n\t\u2028\u2029\u0085]/g, ' ').trim(), max - tail.length).trimStart() + tail;
	}
}
const defOf = (schema, field) => schemas.get(schema).get(field) ?? schemas.get(schema).get([...schemas.get(schema).keys()].find(k => k.endsWith('*') && field.startsWith(k.slice(0, -1))) ?? '');

// --- the forms. fields: those that are typed; fixed: what the rest must be (a function: of the turn); before: a statement, each time.
// shape: what a field must begin with, or be. kept false: the page shows it, nothing keeps it.
const run = Math.floor(Date.now() / 1000) % 1000000, soon = new Date(Date.now() + (40 + run % 3000) * 864e5).toISOString().slice(0, 10);
const png = i => { // one point, of another colour each time: eight bytes of data would be the same file
	const z = spawnSync('/usr/bin/python3', ['-c', `import struct,zlib,sys
c=lambda k,d: struct.pack(">I",len(d))+k+d+struct.pack(">I",zlib.crc32(k+d))
sys.stdout.buffer.write(b"\\x89PNG\\r\\n\\x1a\\n"+c(b"IHDR",struct.pack(">IIBBBBB",1,1,8,2,0,0,0))+c(b"IDAT",zlib.compress(bytes([0,${i % 256},${i >> 8},9])))+c(b"IEND",b""))`]);
	return z.stdout;
};
const f = facts, work = (id, set) => `update private.work set ${set} where sheet_id = ${id}`;
// Of what may only be so many, the newest and the first, which the facts name: a long run would meet the limit.
const few = (table, key, most, which = 'true') =>
	`delete from ${table} where ${key} in (select ${key} from ${table} where ${which} order by ${key} desc offset ${most}) and ${key} > (select min(${key}) from ${table})`;
const forms = [
	{ who: 'administrateur', path: '/administration/boussole/q-qui', fields: 'libelle aide', fixed: { act: 'question' } },
	{ who: 'administrateur', path: '/administration/boussole/q-qui', fields: 'libelle raison', fixed: i => ({ act: 'enregistrer', code: `h-${run}-${i}` }), shape: { raison: s => `parce que ${s}` } },
	{ who: 'administrateur', path: '/administration/vocabulaires/activite', fields: 'libelle definition source source_url', fixed: i => ({ act: 'ajouter', code: `hostile-${run}-${i}`, origine: 'source' }) },
	{ who: 'administrateur', path: `/administration/termes/${f.terme}`, fields: 'libelle definition source source_url', fixed: { act: 'enregistrer', origine: 'source' } },
	{ who: 'administrateur', path: '/administration/espaces', fields: 'nom accroche', fixed: i => ({ code: `hostile-${run}-${i}`, hote: `h${run}-${i}.hostile.localhost`, couleur: '#ffcc88' }) },
	{ who: 'administrateur', path: '/administration/espaces/hostile', fields: 'nom enseigne accroche pied', fixed: { act: 'enregistrer', hote: 'hostile.localhost' } },
	{ who: 'administrateur', path: '/administration/espaces/hostile/menu', fields: 'adresse', before: `delete from catalyse.espace_link where espace_id = (select id from catalyse.espace where code = 'hostile') and url <> '/fiches' and id < (select max(id) - 5 from catalyse.espace_link)`, fixed: { act: 'ajouter', zone: 'pied', libelle: 'Hostile' }, kinds: { adresse: 'WEB' } },
	{ who: 'administrateur', path: '/administration/espaces/hostile/menu', fields: 'groupe libelle note', before: `delete from catalyse.espace_link where espace_id = (select id from catalyse.espace where code = 'hostile') and url = '/fiches' and id < (select max(id) - 5 from catalyse.espace_link)`, fixed: i => ({ act: 'ajouter', zone: ['menu', 'portes', 'pied'][i % 3], adresse: '/fiches' }) },
	{ who: 'administrateur', path: '/administration/espaces/hostile/accueil', fields: 'titre texte', before: `insert into catalyse.espace_block (espace_id, ref, kind, position) select id, 'h-' || nextval('catalyse.sheet_id_seq'), 'texte', 1 from catalyse.espace where code = 'hostile'`, fixed: { act: 'changer' }, fixedSql: `select max(id) as bloc from catalyse.espace_block` },
	{ who: 'administrateur', path: `/administration/espaces/hostile/textes/${f.fiche}`, fields: 'texte', fixed: { act: 'adapter', champ: 'contexte' }, fixedPage: ['vu', 'contexte'] },
	{ who: 'administrateur', path: '/administration/import', fields: 'source_nom', fixed: {}, file: ['fichier', 'x.csv', () => `source_id;type;titre;resume\n${turn};exemple;"${typed('ADMIN_IMPORT', 'fichier', 'TEXT', 120).replace(/"/g, '""')}";"x"\n`] },
	{ who: 'administrateur', path: `/administration/comptes/${f.compte}`, fields: 'motif', fixed: i => ({ act: i % 2 ? 'retablir' : 'suspendre' }) },
	{ who: 'administrateur', path: '/administration/indicateurs', fields: '', fixed: { act: 'envoyer' }, status: [303, 422], file: ['fichier', 'x.csv', () => `indicateur;population;reponse\n"${typed('ADMIN_FIGURES', 'fichier', 'TEXT', 120).replace(/"/g, '""')}";x;1\n`], kept: false },
	{ who: 'administrateur', path: '/administration/ressources', fields: 'titre resume editeur url source source_url', fixed: { act: 'ajouter', sorte: 'reference', origine: 'source', theme: 'sante-bien-etre', montree: '1' } },
	{ who: 'administrateur', path: `/administration/ressources/${f.ressource}`, fields: 'titre resume editeur url source source_url', fixed: { act: 'enregistrer', sorte: 'reference', origine: 'source', theme: 'sante-bien-etre', montree: '1' } },
	{ who: 'administrateur', path: `/administration/textes/${f.texte}`, fields: 'repere titre texte source source_url', fixed: { act: 'enregistrer', origine: 'source', montre: '1' } },
	{ who: 'administrateur', path: `/administration/reseau/${f.demande}`, fields: 'motif', fixed: { act: 'refuser' }, before: `update private.network_request set state = 'attente', decided_at = null, decided_by = null where id = ${f.demande}` },
	{ who: 'administrateur', path: '/administration/agenda', fields: 'titre resume serie lieu adresse salle consigne', fixed: { act: 'enregistrer', date: soon, heure: '13:00', heure_fin: '14:00', fuseau: 'Europe/Paris', mode: 'mixte', inscription: 'ouverte' } },
	{ who: 'administrateur', path: `/administration/agenda/${f.rendez_vous}`, fields: 'libelle lien', fixed: { act: 'ajouter', quoi: 'document', sorte: 'support' } },
	{ who: 'administrateur', path: `/administration/agenda/${f.rendez_vous}`, fields: 'qui role', fixed: { act: 'ajouter', quoi: 'intervenant' } },
	{ who: 'administrateur', path: `/administration/agenda/${f.rendez_vous}`, fields: 'motif', fixed: i => ({ act: i % 2 ? 'retablir' : 'annuler' }), times: 2 * TIMES, kept: false },
	{ who: 'administrateur', path: `/administration/agenda/${f.rendez_vous}`, fields: 'titre note', fixed: i => ({ act: 'enregistrer', date: soon, heure: `1${i % 10}:3${i % 2}`, fuseau: 'Europe/Paris', mode: 'distance', inscription: 'ouverte' }) },
	{ who: 'administrateur', path: '/administration/agenda/series', fields: 'nom resume', fixed: { act: 'enregistrer', serie: f.serie } },
	{ who: 'administrateur', path: '/administration/roles', fields: 'courriel', fixed: { act: 'donner', role: 'animateur', territoire: 'departement:974' }, status: [422], kept: false },
	{ who: 'auteur', path: '/compte/nom', fields: 'nom', fixed: {} },
	{ who: 'auteur', path: '/compte/jetons', fields: 'jeton_nom', fixed: { jeton_portees: 'lire', jeton_jours: '30' }, status: [200, 303], before: `delete from private.api_token where name like '%q7z%' and id < (select max(id) - 15 from private.api_token)` },
	{ who: 'auteur', path: '/fiches', schema: 'WRITE', fields: 'titre chapo lieux source_libelle source_adresse source_editeur sections_contexte sections_verbatim autres_methode', fixed: { type: 'exemple', rubriques: 'exemple', profondeur: 'complete', action: 'enregistrer' } },
	{ who: 'auteur', path: '/fiches', schema: 'WRITE', fields: 'titre territoire source inspire', fixed: { type: 'outil', rubriques: 'outil', profondeur: 'apercu', action: 'enregistrer' }, keptNot: 'inspire' },
	{ who: null, path: '/contribuer/apercu', schema: 'WRITE', fields: 'chapo sections_contexte', fixed: {}, kept: false },
	{ who: 'auteur', path: '/contribuer/parcours', fields: 'titre', fixed: {}, before: `delete from private.attempt` },
	{ who: 'auteur', path: `/contribuer/parcours/${f.chemin}`, schema: 'COMPOSE', fields: 'q', fixed: { action: 'chercher', titre: 'Hostile' }, fixedSql: `select rev from private.parcours_work where id = ${f.chemin}`, kept: false },
	{ who: 'auteur', path: `/contribuer/parcours/${f.chemin}`, schema: 'COMPOSE', fields: 'titre resume pour_qui saurez situation etapes_1_titre etapes_1_texte etapes_2_titre etapes_2_question', fixed: i => ({ action: 'enregistrer', etapes_1_code: 'e1', etapes_1_sorte: 'texte', etapes_1_minutes: '10', etapes_1_des: '2', etapes_2_code: 'e2', etapes_2_sorte: 'question', etapes_2_minutes: '10', etapes_2_des: '2' }), fixedSql: `select rev from private.parcours_work where id = ${f.chemin}`, keptNot: 'etapes_2_question' },
	{ who: 'administrateur', path: `/moderation/parcours/${f.chemin}`, fields: 'motif', fixed: { action: 'refuser' }, before: `set session_replication_role = replica; update private.parcours_work set state = 'soumise', submitted_at = now() where id = ${f.chemin}; set session_replication_role = origin`, fixedSql: `select rev from private.parcours_work where id = ${f.chemin}` },
	{ who: 'animateur', path: '/ateliers', fields: 'titre consigne', fixed: { territoire: 'departement:974', heures: '5' } },
	{ who: null, path: `/atelier/${f.code}`, fields: 'titre chapo nom courriel', fixed: { type: 'methode' }, status: [200, 303] },
	{ who: 'auteur', path: '/structures/nouvelle', fields: 'nom site', fixed: { sorte: 'association' } },
	{ who: 'auteur', path: `/structures/${f.structure}`, fields: 'nom site', fixed: { act: 'modifier', sorte: 'association' } },
	{ who: 'auteur', path: `/structures/${f.autre_structure}`, fields: 'message', fixed: { act: 'demander' }, before: `delete from private.structure_member where structure_id = ${f.autre_structure} and account_id = ${f['compte.auteur']}` },
	{ who: 'auteur', path: `/structures/${f.structure}`, fields: 'courriel', fixed: { act: 'inviter' } },
	{ who: 'auteur', path: `/fiches/${f.travail}/travail/pieces`, fields: 'libelle alt', before: few('private.attachment', 'id', 10), fixed: { action: 'ajouter' }, file: ['fichier', 'x.png', png] },
	{ who: 'auteur', path: `/fiches/${f.travail}/auteurs`, fields: 'courriel', fixed: { action: 'inviter' } },
	{ who: 'animateur', path: `/fiches/${f.relue}/actions`, schema: 'ACT', fields: 'message citation', fixed: { act: 'commenter', champ: 'contexte' } },
	{ who: 'animateur', path: `/fiches/${f.relue}/actions`, schema: 'ACT', fields: 'note_titre note_resume', fixed: { act: 'grille', avis_titre: 'non', avis_resume: 'oui' } },
	{ who: 'animateur', path: `/fiches/${f.relue}/actions`, schema: 'ACT', fields: 'nom courriel message', fixed: { act: 'inviter' }, keptNot: 'message courriel' },
	{ who: 'animateur', path: `/fiches/${f.relue}/actions`, schema: 'ACT', fields: 'motif', fixed: { act: 'demander' }, before: `set session_replication_role = replica; ${work(f.relue, `state = 'en_relecture', reviewer_id = ${f['compte.animateur']}`)}; set session_replication_role = origin`, fixedSql: `select rev from private.work where sheet_id = ${f.relue}` },
	{ who: null, path: `/fiches/${f.fiche}/suggerer`, fields: 'texte pourquoi nom courriel', fixed: { choix: 'envoyer' }, hidden: `/fiches/${f.fiche}/suggerer?champ=contexte` },
	{ who: null, path: `/fiches/${f.fiche}/signaler`, fields: 'texte courriel', fixed: { motif: 'inexact', choix: 'envoyer' } },
	{ who: null, path: `/fiches/${f.fiche}/adopter`, fields: 'qui recit courriel', fixed: { territoire: '97410', lieu: 'commune:97410', resultat: 'reussi', choix: 'envoyer' } },
	{ who: 'auteur', path: `/fiches/${f.fiche}/suggestions/${f.suggestion}`, fields: 'motif', fixed: { choix: 'refuser' }, before: `update private.suggestion set state = 'recue', decided_at = null, decided_by = null, outcome = null where id = ${f.suggestion}`, fixedPage: ['vu'] },
	{ who: 'administrateur', path: `/fiches/${f.fiche}/signalements/${f.signalement}`, fields: 'reponse', fixed: { choix: 'classer' }, before: `update private.report set state = 'recue', decided_at = null, decided_by = null where id = ${f.signalement}` },
	{ who: null, path: '/alertes', fields: 'requete courriel', fixed: { rythme: 'jour', choix: 'suivre' }, status: [200, 303] },
	{ who: null, path: '/inscription', fields: 'nom courriel', fixed: { mot_de_passe: 'quatre chevaux gris hostiles', charte: '1' }, status: [200, 303] },
	{ who: null, path: '/connexion', fields: 'courriel retour', fixed: { mot_de_passe: 'faux' }, status: [422, 429], kept: false },
	{ who: null, path: '/mot-de-passe', fields: 'courriel', fixed: {}, status: [200, 303], kept: false },
	{ who: 'auteur', path: '/compte/adresse', fields: 'courriel', fixed: { mot_de_passe: 'faux' }, status: [422], kept: false },
	{ who: null, path: '/contribuer/sans-compte', fields: 'titre chapo source nom courriel', fixed: { type: 'exemple', territoires: 'commune:97410', theme: 'sante-bien-etre', action: 'envoyer', profondeur: 'apercu' }, status: [200, 303] },
	{ who: 'auteur', path: '/reseau/rejoindre', fields: 'nom resume message site', fixed: { act: 'rejoindre', structure: f.structure, pratiques: 'gestion-d-un-lieu', siege: 'commune:97410' }, before: `delete from private.network_request where account_id = ${f['compte.auteur']}; update catalyse.catalyst set structure_id = null where structure_id = ${f.structure}` },
	{ who: 'auteur', path: `/catalyseurs/${f.catalyseur}/modifier`, fields: 'resume site', fixed: { act: 'modifier', pratiques: 'accompagnements', activites: 'mise-en-relations', siege: 'commune:97410', couvre: 'departement:974', annuaire: 'oui' }, before: `update catalyse.catalyst set structure_id = ${f.structure} where id = ${f.catalyseur}; delete from private.network_request where catalyst_id = ${f.catalyseur}`, fixedSql: `select rev from catalyse.catalyst where id = ${f.catalyseur}` },
	{ who: 'auteur', path: `/catalyseurs/${f.catalyseur}/modifier`, fields: 'courriel', fixed: { act: 'contact', relais: 'oui' }, after: `update private.catalyst_contact set email = 'catalyseur@hostile.example', confirmed_at = now() where catalyst_id = ${f.catalyseur}` },
	{ who: null, path: `/catalyseurs/${f.catalyseur}/contacter`, fields: 'nom courriel objet message', fixed: { choix: 'envoyer' } },
	{ who: null, path: `/evenements/${f.adresse}/inscription`, fields: 'nom courriel', fixed: { facon: 'distance' }, status: [200, 303] },
	{ who: 'auteur', path: '/listes/ajouter', fields: 'adresse titre', before: few('private.shelf_item', 'position', 100), fixed: {}, fixedSql: `select id as liste from private.shelf where account_id = ${f['compte.auteur']} order by id limit 1` },
	{ who: 'auteur', path: '/listes/ajouter', fields: 'nom', before: few('private.shelf', 'id', 20, "note = ''"), fixed: { fiche: f.fiche } },
	{ who: 'auteur', path: '/mon-espace/listes', fields: 'nom note u', before: few('private.shelf', 'id', 20, "note <> ''"), fixed: {} },
	{ who: 'auteur', path: `/mon-espace/listes/${f.liste}`, fields: 'nom note', fixed: { act: 'renommer' } },
	{ who: 'auteur', path: `/fiches/${f.fiche}/confirmer`, fields: 'motif', fixed: { choix: 'archiver' }, before: `set session_replication_role = replica; update catalyse.sheet set state = 'publiee' where id = ${f.fiche}; ${work(f.fiche, "state = 'publiee'")}; set session_replication_role = origin`, after: `set session_replication_role = replica; update catalyse.sheet set state = 'publiee' where id = ${f.fiche}; ${work(f.fiche, "state = 'publiee'")}; set session_replication_role = origin` },
	{ who: 'administrateur', path: `/administration/termes/${f.terme}`, fields: 'motif', fixed: { act: 'remplacer' }, fixedSql: `select max(id) as par from catalyse.term where scheme = 'activite' and id <> ${f.terme}`, times: 1 },
];
// Fields that are no row above: why nothing hostile can be kept in them.
const apart = {
	'OAI.*': 'read only: typed at every route below',
	'*.site_web': 'must stay empty',
	'*.territoire': 'a place of ours is kept, whatever was typed; typed in WRITE',
	'ADMIN_COMPASS.indices': 'codes that exist', 'ADMIN_TERMS.couleur': 'six hexadecimal digits', 'ADMIN_TERM.couleur': 'six hexadecimal digits', 'ADMIN_ESPACE.couleur': 'six hexadecimal digits',
	'ADMIN_ESPACE_LOOK.*': 'six hexadecimal digits', 'ADMIN_ESPACE.hote': 'a host name', 'ADMIN_ESPACE.hotes': 'host names',
	'ADMIN_EVENT.heure': 'an hour', 'ADMIN_EVENT.heure_fin': 'an hour', 'ADMIN_EVENT.code': 'a term that exists',
	'SECOND_FACTOR.*': 'six digits, an address to go back to: typed below', 'SIGN_UP.retour': 'an address to go back to: typed in SIGN_IN', 'ACT.retour': 'an address to go back to: typed in SIGN_IN',
	'WRITE.licence': 'one of a list', 'ACT.cible': 'a number is read in it', 'ADMIN_ESPACE.regle': 'filters that exist', 'WRITE.termes': 'terms that exist', 'GUEST.rubriques': 'a word of the form',
	'STRUCTURE.q': 'words of a search', 'STRUCTURE.lieu': 'a place of ours is kept', 'STRUCTURE.siren': 'nine digits', 'NETWORK.siege': 'a place of ours is kept', 'NETWORK.couvre': 'places of ours are kept',
	'COMPOSE.motif': 'typed in PARCOURS_DECIDE', 'CONTACT.lieu': 'a place of ours is kept',
	'SHELVES.f': 'numbers', 'SHELVES.c': 'numbers', 'SHELVES.e': 'numbers', 'SHELVES.p': 'codes', 'MY_SHELF.quoi': 'what is taken off', 'KEEP.parcours': 'a code',
	'ADOPTION.lieu': 'a place of ours',
};

// --- sending
const jetons = new Map();
const cookie = who => (who ? { Cookie: `session=${f[`session.${who}`]}` } : {});
const elsewhere = () => `198.18.${Math.floor(Math.random() * 250)}.${1 + Math.floor(Math.random() * 250)}`;
const field = (html, name) => html.match(new RegExp(`name="${name}" value="([^"]*)"`))?.[1];
async function get(path, who) {
	const a = await fetch(base + path, { headers: { ...cookie(who), Accept: 'text/html', 'X-Forwarded-For': elsewhere() }, redirect: 'manual' });
	return { status: a.status, text: await a.text() };
}
async function post(path, who, body, method = 'POST', headers = {}) {
	const a = await fetch(base + path, { method, redirect: 'manual', body, headers: { ...cookie(who), Accept: 'text/html', 'Sec-Fetch-Site': 'same-origin', 'X-Forwarded-For': elsewhere(), ...headers } });
	return { status: a.status, text: await a.text(), to: a.headers.get('location') ?? '', type: a.headers.get('content-type') ?? '', cookies: a.headers.getSetCookie() };
}
for (const who of [null, 'auteur', 'amie', 'animateur', 'administrateur']) jetons.set(who, field((await get(who ? '/compte' : '/connexion', who)).text, 'jeton'));
ok([...jetons.values()].every(Boolean), 'everybody has a form', JSON.stringify([...jetons]));
const pages = [], bad = []; // what was answered, to be judged
const remember = (name, a) => {
	if (a.status >= 500) bad.push(`${name}: ${a.status}`);
	if (/html/.test(a.type) && a.text) pages.push([name, a.text]);
	else if (/json/.test(a.type)) try { JSON.parse(a.text); } catch { bad.push(`${name}: JSON that is not`); }
	if (a.to && !/^\/(?![\/\\])/.test(a.to) && !a.to.startsWith(base + '/')) bad.push(`${name}: leads to ${a.to.slice(0, 80)}`);
	for (const c of a.cookies ?? []) if (!/^(session|territoire|frais|__Host-session|forme)=/.test(c)) bad.push(`${name}: a cookie ${c.slice(0, 60)}`);
};
const said = html => (html.match(/class="message err"[^>]*>([\s\S]{0,600}?)<\/ul>/)?.[1] ?? html.match(/<h1[^>]*>([^<]*)/)?.[1] ?? '').replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ').slice(0, 300);

const sent = new Map(), refused = new Map(), refusals = []; // refused: how often, by form; refusals: those that are faults
await new Promise(r => setTimeout(r, 2100)); // a person takes that long
async function fill(row) {
	const pattern = routes.filter(r => r.method !== 'GET').find(r => new RegExp('^' + r.pattern.replace(/\{\w+\}/g, '[^/]+') + '$').test(row.path)), schema = row.schema ?? pattern.schema;
	const wanted = row.status ?? [200, 201, 303];
	for (let i = 0; i < (row.times ?? TIMES); i++) {
		await sql(`delete from private.attempt${row.before ? ';' + row.before : ''}`);
		const values = { jeton: jetons.get(row.who), cle: randomBytes(12).toString('hex'), ...(typeof row.fixed === 'function' ? row.fixed(i) : row.fixed) };
		if (row.fixedSql) {
			const name = row.fixedSql.match(/\b(\w+) from/)[1].trim(), rows = await sql(row.fixedSql);
			values[name] = rows[0] ?? '';
		}
		if (row.hidden) for (const [, name, value] of (await get(row.hidden, row.who)).text.matchAll(/type="hidden" name="(\w+)" value="([^"]*)"/g)) values[name] ??= value;
		if (row.fixedPage) {
			const html = (await get(row.path, row.who)).text, [name, near] = row.fixedPage;
			values[name] = field(near ? html.slice(Math.max(0, html.indexOf(`value="${near}"`) - 600)) : html, name) ?? '';
		}
		const marks = [];
		for (const name of row.fields.split(' ').filter(Boolean)) {
			const d = defOf(schema, name);
			if (!d) { bad.push(`${row.path}: no field ${name} in ${schema}`); continue; }
			const key = [...schemas.get(schema).keys()].find(k => k === name) ?? [...schemas.get(schema).keys()].find(k => k.endsWith('*') && name.startsWith(k.slice(0, -1)));
			const spare = row.shape?.[name] ? 15 : 0;
			let text = typed(schema, key, row.kinds?.[name] ?? d.kind, Math.min(d.max, 300) - spare);
			if (row.shape?.[name]) text = row.shape[name](text);
			values[name] = text;
			marks.push([Number(text.match(/q7z(?:>|%3E)?(\d+)/)[1]), `${schema}.${key}`, row.kept !== false && !(row.keptNot ?? '').split(' ').includes(name)]);
		}
		let body;
		if (row.file) {
			const made = row.file[2](i);
			body = new FormData();
			for (const [k, v] of Object.entries(values)) body.append(k, v);
			body.append(row.file[0], new Blob([made]), row.file[1]);
			if (/csv/.test(row.file[1])) marks.push([Number(made.match(/q7z>(\d+)/)[1]), `${schema}.${row.file[0]}`, row.kept !== false]);
		} else {
			body = new URLSearchParams(values);
		}
		const a = await post(row.path, row.who, body);
		remember(`${row.path} ${i}`, a);
		if (row.after) await sql(row.after);
		if (!wanted.includes(a.status)) {
			const form = `${row.path} (${row.fields})`, times = (refused.get(form) ?? 0) + 1;
			refused.set(form, times);
			const address = row.fields.split(' ').some(x => ['WEB', 'LOCAL_URL'].includes(row.kinds?.[x] ?? defOf(schema, x)?.kind));
			if ((times > (TIMES > 12 || address ? SPARE : 0) || ![400, 422].includes(a.status)) && !refusals.some(x => x.startsWith(form)))
				refusals.push(`${form} ${i}: ${a.status} ${said(a.text)} ${JSON.stringify(row.fields.split(' ').map(x => values[x])).slice(0, 300)}`);
			continue;
		}
		for (const [m, name, kept] of marks) {
			if (!sent.has(name)) sent.set(name, { times: 0, marks: [] });
			sent.get(name).times++;
			if (kept) sent.get(name).marks.push(m);
		}
	}
}
const only = process.env.FORM;
const queue = forms.filter(r => !only || r.path.includes(only));
const lanes = new Map(); // what is about the same thing goes in turn, the rest side by side
for (const row of queue) {
	const lane = row.path.replace('/catalyseurs', '/reseau').split('/').slice(1, 3).join('/').replace(/^reseau.*/, 'reseau').replace(/^fiches\/\d+/, x => (x === `fiches/${f.fiche}` ? 'fiche' : x));
	lanes.set(lane, [...(lanes.get(lane) ?? []), row]);
}
const ways = [...lanes.values()].sort((a, b) => b.length - a.length);
await Promise.all([1, 2, 3].map(async () => { while (ways.length) for (const row of ways.shift()) await fill(row); }));
ok(refusals.length === 0, `${queue.length} forms took what was typed${SPARE ? `, but ${[...refused.values()].reduce((a, b) => a + b, 0)} texts` : ''}`, refusals.length + '\n' + refusals.join('\n'));

// --- what a letter asks to confirm: by the link it holds; then an answer in the exchange that begins
const begun = Number((await sql("select coalesce(max(id), 0) from private.mail_outbox"))[0]);
const links = async (like, from) => [...new Set((await sql(`select m[1] from private.mail_outbox, regexp_matches(body_text, 'https?://[^/]+(/[^ \n]*)', 'g') m where id > ${from} and recipient like '%@hostile.example' and created_at > now() - interval '15 minutes' and m[1] like '${like}'`)))];
let confirmed = 0, replies = 0;
for (const link of only ? [] : (await links('%/confirmer?lien=%', 0)).concat(await links(`/catalyseurs/${f.catalyseur}/contacter/adresse?lien=%`, 0))) {
	const [path, query] = link.split('?'), lien = new URLSearchParams(query).get('lien');
	await sql('delete from private.attempt');
	const a = await post(path, null, new URLSearchParams({ jeton: jetons.get(null), lien, choix: /alertes/.test(path) ? 'confirmer' : 'envoyer', cle: randomBytes(12).toString('hex') }));
	remember(path, a);
	if (a.status < 400) confirmed++;
	const alerts = (a.to + a.text).match(/\/alertes\/[A-Za-z0-9_.-]{20,}/)?.[0];
	if (alerts && !f.alertes) appendFileSync(factsFile, `alertes=${f.alertes = alerts}\n`);
}
for (const link of only ? [] : await links('%/echange?lien=%', begun)) {
	if (replies >= TIMES) break;
	const [path, query] = link.split('?'), message = typed('EXCHANGE', 'message', 'LINES', 300);
	await sql('delete from private.attempt');
	const a = await post(path, null, new URLSearchParams({ jeton: jetons.get(null), lien: new URLSearchParams(query).get('lien'), choix: 'repondre', message, cle: randomBytes(12).toString('hex') }));
	remember(path, a);
	if (a.status >= 300 && a.status < 400) {
		replies++;
		const name = 'EXCHANGE.message';
		if (!sent.has(name)) sent.set(name, { times: 0, marks: [] });
		sent.get(name).times++;
		sent.get(name).marks.push(Number(message.match(/q7z>(\d+)/)[1]));
	}
}
if (!only) ok(confirmed >= 50 && replies >= TIMES, `${confirmed} things confirmed by the link of a letter, ${replies} answers in exchanges`);

// --- what is kept: the whole of it, but the territories
const dump = new Set();
const found = await sql(`select distinct m[1] from (${(await sql(`select string_agg(format('select t::text as row from %I.%I t where t::text like ''%%q7z%%''', schemaname, tablename), ' union all ') from pg_tables where schemaname in ('catalyse', 'private') and tablename !~ '^territory|^epci|^search_(word|expansion)|likeness'`))[0]}) x, regexp_matches(row, 'q7z(?:>|%3E)?([0-9]+)', 'g') m`);
for (const l of found) dump.add(Number(l));
const lost = [], short = [], missing = [];
for (const [name, x] of sent) {
	if (x.marks.length && !x.marks.some(m => dump.has(m))) lost.push(name);
	if (x.times < TIMES - SPARE && !only && !/ADMIN_TERM\.motif/.test(name)) short.push(`${name}: ${x.times}`);
}
const writing = routes.filter(r => r.method !== 'GET');
const excused = name => apart[name] ?? apart[name.replace(/\..*/, '.*')] ?? apart[name.replace(/.*\./, '*.')];
for (const schema of new Set(writing.map(r => r.schema))) for (const [name, d] of schemas.get(schema)) if (texts.includes(d.kind) && !sent.has(`${schema}.${name}`) && !excused(`${schema}.${name}`)) missing.push(`${schema}.${name}`);
if (!only) ok(missing.length === 0, 'every text field of every schema has its form here, or its reason', missing.join('\n'));
ok(short.length === 0, `each field took ${TIMES - SPARE} hostile texts and more`, short.join('\n'));
ok(lost.length === 0, `${sent.size} fields, ${dump.size} texts found in the database as they were typed`, lost.join('\n'));
if (!only) ok([...Array(payloads.length).keys()].every(i => (seen.get(i)?.size ?? 0) >= PLACES), `each of the ${payloads.length} hostile texts was typed in ${PLACES} fields and more`, [...Array(payloads.length).keys()].filter(i => (seen.get(i)?.size ?? 0) < PLACES).length + ' were not');
const useless = Object.keys(apart).filter(k => !writing.some(r => [...schemas.get(r.schema).keys()].some(x => k === `${r.schema}.${x}` || k === `${r.schema}.*` || k === `*.${x}`)));
ok(useless.length === 0, 'and no reason is for a field that is gone', useless.join());

// --- every route that writes, every field of any kind, none of it in its form
const fills = new Map(source('tests/http/matrix.tsv').split('\n').filter(l => l && l[0] !== '#').map(l => l.split(/\t+/)).map(c => [`${c[0]} ${c[1]}`, c[2]]));
let raw = 0;
for (const r of writing) {
	let path = r.pattern;
	for (const [, name, literal, what] of (fills.get(`${r.method} ${r.pattern}`) ?? '-').matchAll(/(\w+)=(=?)(\S+)/g)) path = path.replace(`{${name}}`, literal ? what : f[what] ?? '1');
	const who = ['PUBLIC', 'HARVESTER', 'LINK'].includes(r.role) ? null : ['SELF', 'CONTRIBUTOR'].includes(r.role) ? 'auteur' : 'administrateur';
	if (r.pattern === '/deconnexion' || only) continue;
	for (let i = 0; i < 2; i++) {
		await sql('delete from private.attempt');
		const values = [['jeton', jetons.get(who)]];
		for (const [name, d] of schemas.get(r.schema)) if (d.kind !== 'FILE') values.push([name.replace('*', '1'), i === 1 && !texts.includes(d.kind) ? '' : clean(payloads[(turn++ * 7) % payloads.length]).slice(0, i === 1 ? undefined : 200) + MARK]);
		const json = r.method === 'PUT';
		remember(`${r.method} ${path} (all, ${i})`, await post(path, who, json ? JSON.stringify(Object.fromEntries(values.slice(1))) : new URLSearchParams(values), r.method, json ? { 'Content-Type': 'application/json' } : {}));
		raw++;
	}
}
ok(bad.length === 0, `${raw} bodies of which nothing is in its form: no fault of ours, nobody led elsewhere`, bad.slice(0, 20).join('\n'));

const { browser, judge } = await open(), faults = [];
for (let i = 0; i < pages.length; i += 50) {
	const part = pages.slice(i, i + 50), found = await judge(part.map(p => p[1]));
	found.forEach((x, k) => { if (x.length) faults.push(`${part[k][0]}: ${x.slice(0, 4).join(', ')}`); });
}
ok(faults.length === 0, `${pages.length} pages that give back what was typed: it is text there`, `${faults.length}\n${faults.slice(0, 20).join('\n')}`);
await browser.close();
db.stdin.end();
console.log(`1..${n}`);
process.exit(failed ? 1 : 0);
