// What one has done of a parcours: kept in this browser and nowhere else, unless one asks for it to be kept in one's account. The page
// is complete without it. Only text nodes are written.
'use strict';
(() => {
	const make = (tag, attributes = {}, ...children) => {
		const e = document.createElement(tag);
		for (const [k, v] of Object.entries(attributes)) e.setAttribute(k, v);
		e.append(...children);
		return e;
	};
	const key = (slug) => `catalyse-parcours:${slug}`;
	const read = (slug) => {
		try {
			const list = JSON.parse(localStorage.getItem(key(slug)));
			return new Set(Array.isArray(list) ? list.filter(x => typeof x === 'string') : []);
		} catch { return new Set(); }
	};
	const write = (slug, done) => {
		try {
			if (done.size) localStorage.setItem(key(slug), JSON.stringify([...done]));
			else localStorage.removeItem(key(slug));
			return true;
		} catch { return false; } /* refused: ticks last as long as the page */
	};

	// In one's account: what is kept there comes into this browser too.
	for (const e of document.querySelectorAll('[data-parcours-compte]')) {
		const slug = e.dataset.parcoursCompte, kept = (e.dataset.faites ?? '').split(' ').filter(Boolean);
		write(slug, new Set(e.dataset.parcoursExact ? kept : [...read(slug), ...kept]));
	}

	const root = document.querySelector('[data-parcours]');
	if (!root) return;
	const slug = root.dataset.parcours, steps = [...root.querySelectorAll('[data-etape]')];
	const box = root.querySelector('.progres'), said = box.querySelector('.progres-dit'), form = box.querySelector('form');
	let done = read(slug);
	const gauge = make('p', { class: 'jauge', 'aria-hidden': 'true' }, ...steps.map(() => make('span', { class: 'case' })));
	const next = make('p', { class: 'petit' });
	const note = make('p', { class: 'petit', role: 'status' });
	const forget = make('button', { type: 'button', class: 'lien-bouton petit' }, 'Effacer ma progression de ce navigateur');
	said.setAttribute('role', 'status');
	said.after(gauge, next);
	form.after(note, forget);

	const show = () => {
		const n = steps.filter(s => done.has(s.dataset.etape)).length, first = steps.find(s => !done.has(s.dataset.etape));
		said.textContent = n === 0 ? 'Cochez ce que vous avez fait : c’est gardé dans ce navigateur, et nulle part ailleurs.'
			: n === steps.length ? `Les ${n} étapes de cette version sont faites.`
			: `${n} étape${n > 1 ? 's' : ''} sur ${steps.length}, gardée${n > 1 ? 's' : ''} dans ce navigateur.`;
		[...gauge.children].forEach((c, i) => c.classList.toggle('plein', done.has(steps[i].dataset.etape)));
		next.replaceChildren();
		if (n && first) next.append('Reprendre : ', make('a', { href: `#${first.id}` }, first.querySelector('.etape-lien').textContent));
		next.hidden = !next.firstChild;
		forget.hidden = done.size === 0;
		for (const s of steps) {
			const yes = done.has(s.dataset.etape), tick = s.querySelector('.etape-fait input');
			s.classList.toggle('faite', yes);
			tick.checked = yes;
		}
	};
	for (const s of steps) {
		const input = make('input', { type: 'checkbox' });
		const title = s.querySelector('.etape-lien').textContent;
		s.lastElementChild.append(make('label', { class: 'etape-fait' }, input, make('span', {}, 'C’est fait', make('span', { class: 'hors-vue' }, ` : ${title}`))));
		input.addEventListener('change', () => {
			done = read(slug); /* another tab may have ticked since */
			if (input.checked) done.add(s.dataset.etape);
			else done.delete(s.dataset.etape);
			write(slug, done);
			note.textContent = '';
			show();
		});
	}
	forget.addEventListener('click', () => {
		done = new Set();
		write(slug, done);
		show();
		note.textContent = 'C’est effacé de ce navigateur.';
		steps[0]?.querySelector('.etape-lien').focus();
	});
	window.addEventListener('storage', (e) => { if (e.key === key(slug)) { done = read(slug); show(); } });

	// To the account at once when one is signed in; else the form leads there, with what is ticked.
	form.addEventListener('submit', (e) => {
		e.preventDefault();
		const away = () => {
			const to = new URL(form.action);
			for (const x of done) to.searchParams.append('etapes', x);
			location.assign(to);
		};
		fetch(form.action, { method: 'POST', headers: { 'Content-Type': 'application/json', Accept: 'application/json' }, body: JSON.stringify({ act: 'ajouter', etapes: [...done] }) })
			.then(async (r) => {
				if (!r.ok) { away(); return; }
				const kept = await r.json();
				done = new Set([...done, ...kept.faites]);
				write(slug, done);
				show();
				note.replaceChildren('C’est gardé dans votre compte. ', make('a', { href: form.action }, 'Le voir'));
			}).catch(away);
	});
	show();
})();
