// « Garder » [data-garder="fiche:12"]: kept in this browser, by its visitor's gesture only; without this script the link leads to a page
// that keeps as well. /listes shows what is kept: the list itself is an address, made here and drawn by the server.
'use strict';
(() => {
	const KEY = 'catalyse.gardees', PARAMS = { fiche: 'f', catalyseur: 'c', evenement: 'e', parcours: 'p' };
	const read = () => { try { const v = JSON.parse(localStorage.getItem(KEY)); return Array.isArray(v) ? v.filter((x) => /^[a-z]+:[a-z0-9-]{1,120}$/.test(x)) : []; } catch { return []; } };
	const write = (v) => { try { if (v.length) localStorage.setItem(KEY, JSON.stringify(v)); else localStorage.removeItem(KEY); return true; } catch { return false; } };
	const address = (v) => '/listes?' + Object.entries(PARAMS).map(([kind, p]) => [p, v.filter((x) => x.startsWith(`${kind}:`)).map((x) => x.slice(kind.length + 1))])
		.filter(([, l]) => l.length).map(([p, l]) => `${p}=${l.join(',')}`).join('&');

	for (const link of document.querySelectorAll('a[data-garder]')) {
		const item = link.dataset.garder, said = link.textContent, more = document.createElement('a'), space = document.createElement('a');
		space.href = link.href;
		space.textContent = 'Garder dans mon espace';
		link.setAttribute('role', 'button');
		const show = () => {
			const all = read(), on = all.includes(item);
			link.classList.toggle('gardee', on);
			link.textContent = on ? 'C’est gardé. Retirer ?' : said;
			more.href = address(all);
			more.textContent = `Voir ma liste (${all.length})`;
			if (on) link.after(more, space); else { more.remove(); space.remove(); }
		};
		link.addEventListener('click', (e) => {
			const all = read();
			if (!write(all.includes(item) ? all.filter((x) => x !== item) : [...all.slice(-59), item])) return; /* nothing can be kept here: the page does it */
			e.preventDefault();
			show();
		});
		link.addEventListener('keydown', (e) => { if (e.key === ' ') { e.preventDefault(); link.click(); } });
		show();
	}

	const box = document.querySelector('[data-gardees]');
	if (box && read().length) {
		const n = read().length;
		box.querySelector('[data-gardees-compte]').textContent = n > 1 ? `Ce navigateur garde ${n} pages.` : 'Ce navigateur garde une page.';
		box.querySelector('[data-gardees-voir]').href = address(read());
		box.querySelector('[data-gardees-oublier]').addEventListener('click', () => { write([]); box.hidden = true; });
		box.hidden = false;
	}
})();
