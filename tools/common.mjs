// Makes src/crypt/common.txt again: the 20,000 words that a password must not come down to.
//   npm install --prefix DIR @zxcvbn-ts/language-common@4.1.3 @zxcvbn-ts/language-fr@4.1.2
//   node tools/common.mjs DIR > src/crypt/common.txt
// One word a line, folded as src/crypt/password.c folds: small letters without accents and digits, those at both ends left out.
import { readFileSync } from 'node:fs';

const [dir] = process.argv.slice(2);
const read = (name) => JSON.parse(readFileSync(`${dir}/node_modules/@zxcvbn-ts/${name}.json`, 'utf8'));
const passwords = read('language-common/src/passwords');
const french = read('language-fr/src/commonWords');
const names = read('language-fr/src/lastnames'); // first names, in spite of the name of the file

const fold = (s) => s.toLowerCase().replace(/œ/g, 'oe').replace(/æ/g, 'ae').normalize('NFD').replace(/[^a-z0-9]/g, '');
const core = (s) => fold(s).replace(/^[0-9]+|[0-9]+$/g, '');
const TOTAL = 20000, FROM_PASSWORDS = 13500, SHORTEST = 12;

// What French people add to the lists of the world, said in one word.
const ours = `doudou loulou chouchou coucou jetaime jetadore monamour moncoeur bisounours bonjourlesamis azertyuiop azertyqwerty qsdfghjklm
	wxcvbn motdepasse monmotdepasse motdepassesecret lemotdepasse nouveaumotdepasse changezmoi bienvenue liberteegalitefraternite vivelafrance
	allezlesbleus parissaintgermain olympiquedemarseille`.split(/\s+/);

const words = new Set(ours);
for (const w of [...passwords, ...french, ...names]) if (fold(w).length >= SHORTEST) words.add(fold(w)); // long enough to be typed as they are
const fill = (list, total) => {
	for (const w of list) {
		if (words.size >= total) return;
		if (core(w).length >= 4) words.add(core(w));
	}
};
fill(passwords, FROM_PASSWORDS);
fill(names, TOTAL);
fill(french, TOTAL);

const licence = readFileSync(`${dir}/node_modules/@zxcvbn-ts/language-common/LICENSE.txt`, 'utf8').trim();
const notice = readFileSync(`${dir}/node_modules/@zxcvbn-ts/language-fr/NOTICE.md`, 'utf8').trim();
const head = `Written by tools/common.mjs from @zxcvbn-ts/language-common 4.1.3 and @zxcvbn-ts/language-fr 4.1.2.

${licence}

${notice}`;
process.stdout.write(head.split('\n').map((l) => `# ${l}`.trimEnd()).join('\n') + '\n' + [...words].sort().join('\n') + '\n');
