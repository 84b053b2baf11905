// fetch: packages of the npm registry into a cache folder, checked by their sha512 before anything is read from them.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';

export const say = s => process.stderr.write(process.stderr.isTTY ? `\r\x1b[K${s}` : `${s.trimEnd()}\n`);

const digest = file => 'sha512-' + createHash('sha512').update(fs.readFileSync(file)).digest('base64');

function pack(spec, dir) {
	fs.mkdirSync(dir, { recursive: true });
	const out = execFileSync('npm', ['pack', '--silent', '--json', '--pack-destination', dir, spec],
		{ encoding: 'utf8', cwd: dir, stdio: ['ignore', 'pipe', 'inherit'] });
	const made = JSON.parse(out)[0];
	const flat = made.filename.replace(/^@/, '').replace(/\//g, '-');
	return { file: path.join(dir, fs.existsSync(path.join(dir, flat)) ? flat : made.filename), version: made.version, integrity: made.integrity };
}

// One package at its pinned version; returns the folder where its listed files are.
export function fetchPackage(p, cache) {
	const dir = path.join(cache, `${p.name.replace(/[@/]/g, '_')}-${p.version}`);
	const done = path.join(dir, '.checked');
	if (fs.existsSync(done) && fs.readFileSync(done, 'utf8') === p.integrity + p.files.join()) return dir;
	say(`${p.name} ${p.version} : téléchargement`);
	fs.rmSync(dir, { recursive: true, force: true });
	const { file } = pack(`${p.name}@${p.version}`, dir);
	if (digest(file) !== p.integrity) throw new Error(`${p.name}@${p.version} : l'empreinte sha512 n'est pas celle attendue`);
	execFileSync('tar', ['xzf', file, '-C', dir, '--no-same-owner', ...p.files]);
	fs.rmSync(file);
	fs.writeFileSync(done, p.integrity + p.files.join());
	return dir;
}

// The IP database: the registry keeps only its latest version, so any is accepted; npm checks the tarball's digest itself.
export function fetchLatest(p, cache) {
	say(`${p.name} : téléchargement (environ 65 Mo)`);
	const dir = fs.mkdtempSync(path.join(cache, 'ipdb-'));
	const made = pack(`${p.name}@${p.version}`, dir);
	if (made.integrity && digest(made.file) !== made.integrity) throw new Error(`${p.name} : empreinte sha512 inattendue`);
	execFileSync('tar', ['xzf', made.file, '-C', dir, '--no-same-owner', '--strip-components=1', ...p.files.map(f => `package/${f}`)]);
	return { dir, version: made.version, integrity: digest(made.file) };
}
