// Suggests under a field [data-suggest]: territories, or everything (data-suggest="recherche"). The page works without it: the
// form sends what was typed.
// A combobox of the ARIA 1.2 pattern: arrows move, Enter chooses, Escape closes. Only text nodes are written.
'use strict';
(() => {
	const WAIT_MS = 160;
	let count = 0;

	// Where a choice leads: the value of data-suggest says what the page is about.
	const target = (mode, item) => {
		if (mode === 'recherche') return item.url;
		const code = `${item.type}:${item.code}`;
		if (mode === 'catalyseurs') return `/catalyseurs?territoire=${encodeURIComponent(code)}`;
		if (mode === 'pres-de-moi') return `/pres-de-moi?territoire=${encodeURIComponent(code)}`;
		return item.url && item.url.startsWith('/') ? item.url : `/pres-de-moi?territoire=${encodeURIComponent(code)}`;
	};

	const enhance = (input) => {
		const id = `propositions-${++count}`;
		const all = input.dataset.suggest === 'recherche';
		const source = all ? '/recherche/suggest.json' : '/territoires/suggest.json';
		const list = document.createElement('ul');
		list.id = id;
		list.className = 'propositions';
		list.setAttribute('role', 'listbox');
		list.setAttribute('aria-label', all ? 'Propositions' : 'Territoires proposés');
		list.hidden = true;
		const say = document.createElement('p');
		say.className = 'hors-vue';
		say.setAttribute('role', 'status');
		const box = input.closest('.ligne-champ') || input;
		box.after(list, say);
		input.setAttribute('role', 'combobox');
		input.setAttribute('aria-autocomplete', 'list');
		input.setAttribute('aria-expanded', 'false');
		input.setAttribute('aria-controls', id);
		input.setAttribute('autocomplete', 'off');

		let items = [], current = -1, timer = 0, running = null;

		const close = () => {
			list.hidden = true;
			current = -1;
			input.setAttribute('aria-expanded', 'false');
			input.removeAttribute('aria-activedescendant');
		};
		const choose = (i) => {
			if (input.dataset.suggest !== 'champ') { location.assign(target(input.dataset.suggest, items[i])); return; }
			input.value = items[i].libelle; /* a field of a form: the name goes in it */
			close();
			input.dispatchEvent(new Event('input', { bubbles: true }));
			clearTimeout(timer);
		};
		const mark = (i) => {
			current = i;
			[...list.children].forEach((li, n) => li.setAttribute('aria-selected', String(n === i)));
			if (i < 0) { input.removeAttribute('aria-activedescendant'); return; }
			input.setAttribute('aria-activedescendant', list.children[i].id);
			list.children[i].scrollIntoView({ block: 'nearest' });
		};
		const show = (found) => {
			items = found;
			list.replaceChildren(...found.map((item, i) => {
				const li = document.createElement('li');
				li.id = `${id}-${i}`;
				li.setAttribute('role', 'option');
				li.setAttribute('aria-selected', 'false');
				li.textContent = item.libelle;
				if (item.note) {
					const note = document.createElement('small');
					note.textContent = item.note;
					li.append(note);
				}
				li.addEventListener('mousedown', (e) => { e.preventDefault(); choose(i); });
				return li;
			}));
			current = -1;
			list.hidden = found.length === 0;
			input.setAttribute('aria-expanded', String(found.length > 0));
			say.textContent = found.length ? `${found.length} proposition${found.length > 1 ? 's' : ''}` : 'Aucune proposition';
		};
		const ask = async () => {
			const q = input.value.trim();
			if (running) running.abort();
			if (q.length < 2) { close(); say.textContent = ''; return; }
			running = new AbortController();
			try {
				const r = await fetch(`${source}?q=${encodeURIComponent(q)}`, { signal: running.signal });
				if (!r.ok) { close(); return; }
				const found = await r.json();
				const fit = all ? (x) => x.url && x.url.startsWith('/') : (x) => x.type && x.code;
				show((found.elements || []).filter(fit).slice(0, all ? 10 : 8).map((x) => ({ type: x.type, code: x.code, url: x.uri || x.url,
					libelle: x.libelle || x.nom, note: all && x.sorte === 'recherche' ? 'Chercher' : all && x.note })));
			} catch (e) {
				if (e.name !== 'AbortError') close();
			}
		};
		input.addEventListener('input', () => { clearTimeout(timer); timer = setTimeout(ask, WAIT_MS); });
		input.addEventListener('blur', close);
		input.addEventListener('keydown', (e) => {
			if (list.hidden) return;
			if (e.key === 'ArrowDown' || e.key === 'ArrowUp') {
				e.preventDefault();
				const step = e.key === 'ArrowDown' ? 1 : -1;
				const n = items.length + 1;
				mark(((current + 1 + step + n) % n) - 1);
			} else if (e.key === 'Enter' && current >= 0) {
				e.preventDefault();
				choose(current);
			} else if (e.key === 'Escape') {
				e.preventDefault();
				close();
			}
		});
	};
	document.querySelectorAll('input[data-suggest]').forEach(enhance);
})();
