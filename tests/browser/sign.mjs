// Signing in for the browser tests: signIn(page, 'animateur@demo.example'). Wants BASE and VAR; the password and the secrets of the
// second factor are those of the demo. A code is never good twice: whoever signs in again waits for the next one.
import { readFileSync } from 'node:fs';
import { createHmac } from 'node:crypto';

const base = process.env.BASE, dir = process.env.VAR;

function secretOf(email) {
	const line = readFileSync(`${dir}/demo-totp`, 'utf8').split('\n').find(l => decodeURIComponent(l).includes(`:${email}?`));
	return line && new URL(line).searchParams.get('secret');
}
export function totp(secret, at = Date.now()) {
	let bits = '';
	for (const c of secret) bits += 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(c).toString(2).padStart(5, '0');
	const key = Buffer.from(bits.match(/.{8}/g).map(b => parseInt(b, 2))), step = Buffer.alloc(8);
	step.writeBigUInt64BE(BigInt(Math.floor(at / 30000)));
	const sum = createHmac('sha1', key).update(step).digest(), o = sum[19] & 15;
	return String((sum.readUInt32BE(o) & 0x7fffffff) % 1000000).padStart(6, '0');
}
export async function signIn(page, email, { password = readFileSync(`${dir}/demo-password`, 'utf8').trim(), secret } = {}) {
	// Another visitor each time: passwords are counted by address.
	await page.context().setExtraHTTPHeaders({ 'X-Forwarded-For': `198.18.${1 + Math.floor(Math.random() * 250)}.${1 + Math.floor(Math.random() * 250)}` });
	await page.goto(`${base}/connexion`);
	await page.fill('#f-courriel', email);
	await page.fill('#f-mot_de_passe', password);
	await Promise.all([page.waitForNavigation(), page.click('main button[type=submit]')]);
	for (let i = 0; i < 3 && page.url().includes('second-facteur'); i++) {
		await page.fill('#f-code', totp(secret ?? secretOf(email)));
		await Promise.all([page.waitForNavigation(), page.click('main button[type=submit]')]);
		if (page.url().includes('second-facteur')) await page.waitForTimeout(30000 - Date.now() % 30000);
	}
	return !/connexion/.test(page.url());
}
