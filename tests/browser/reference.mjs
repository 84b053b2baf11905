import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

// The screens of the reference beside ours, at both widths, in one page (captures/cote-a-cote.html): for people to compare. A machine can
// tell that both are there, of one width. After `pages`, which takes most of ours.
export async function besideReferenceTests({ open, ok, base, dir }) {
	const shots = resolve(process.env.CATALYSE_TEST_DATA ?? `${process.env.top_srcdir}/../shared/data`, '../design/shots');
	if (!existsSync(shots)) {
		ok(true, `à côté des écrans de référence # SKIP no ${shots} (CATALYSE_TEST_DATA says where the test data are)`);
		return;
	}
	const screens = { '01-accueil': 'accueil', '02-fiches': 'fiches', '03-fiche-methode': 'fiche', '04-fiche-exemple': 'exemple', '05-catalyseurs': 'catalyseurs',
		'06-territoire': 'territoire', '09a-territoire-vide': 'vide', '09b-erreur-404': 'introuvable' };
	const example = (await (await fetch(`${base}/fiches.json?type=exemple&taille=1`)).json()).elements[0].id;
	const wide = file => existsSync(file) ? readFileSync(file).readUInt32BE(16) : `no ${file}`;
	let rows = '';
	for (const width of [390, 1280]) {
		const { context, page } = await open({ width });
		for (const [name, path] of Object.entries({ exemple: `/fiches/${example}`, vide: '/catalyseurs?territoire=region:53' })) {
			await page.goto(base + path, { waitUntil: 'load' });
			await page.screenshot({ path: `${dir}/${name}-${width}.png`, fullPage: true });
		}
		await context.close();
		for (const [reference, name] of Object.entries(screens)) {
			const pair = [`${shots}/${reference}-${width}.png`, `${dir}/${name}-${width}.png`];
			ok(pair.every(file => wide(file) === width), `${reference} à ${width} : à côté de l’écran de référence`, pair.map(wide).join(', '));
			rows += `<h2>${reference}, ${width}</h2><p>${pair.map(file => `<img alt="" src="${pathToFileURL(file)}">`).join('\n')}</p>\n`;
		}
	}
	writeFileSync(`${dir}/cote-a-cote.html`, `<!doctype html>\n<html lang="fr"><meta charset="utf-8"><title>La référence, puis nous</title>
<style>p { display: flex; gap: 20px; align-items: start; background: #888 }</style>\n${rows}</html>\n`);
}
