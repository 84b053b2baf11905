// Writing a sheet: saved by itself, found again when the session ended, titles that look alike, a small toolbar, a preview. The form
// works without any of it. Only text nodes are written; a preview is read as a document by the browser, scripts off, and copied.
'use strict';
(() => {
	const form = document.querySelector('form.ecrire');
	// The address says that what was just sent is saved: what this browser kept of it goes, and nothing else that it keeps. What was sent is
	// said by the tab, once: after a refusal the form is there again, and its text stays kept. Then the address is as for anybody who comes back.
	const SENT = 'catalyse-envoi';
	const here = new URL(location.href), id = (/^\/fiches\/(\d+)\//.exec(here.pathname) ?? [])[1];
	const done = id && (here.searchParams.has('fait') || here.searchParams.has('verifier'));
	try {
		const sent = sessionStorage.getItem(SENT) ?? '';
		sessionStorage.removeItem(SENT);
		if (done && (sent.startsWith(`catalyse-fiche:${id}:`) || sent.startsWith('catalyse-fiche:nouvelle:'))) localStorage.removeItem(sent);
	} catch { /* refused: then nothing is there */ }
	if (done) {
		here.searchParams.delete('fait');
		here.searchParams.delete('verifier');
		history.replaceState(null, '', here);
	}
	if (!form) return;
	const WAIT_MS = 3000, LOCAL_MS = 400, ALIKE_MS = 700;
	const field = (name) => form.querySelector(`[name="${name}"]`);
	const depth = field('profondeur').value, guest = !!field('site_web');
	const state = document.getElementById('etat-envoi');
	const say = (text) => { if (state.textContent !== text) state.textContent = text; };
	const make = (tag, attributes = {}, ...children) => {
		const e = document.createElement(tag);
		for (const [k, v] of Object.entries(attributes)) e.setAttribute(k, v);
		e.append(...children);
		return e;
	};
	const hour = (d) => `${d.getHours()} h ${String(d.getMinutes()).padStart(2, '0')}`;

	// What is typed, as a list: hidden fields are the form's business, not the writer's.
	const technical = new Set(['jeton', 'cle', 'rev', 'profondeur', 'rubriques', 'modele', 'action', 'retirer', 'site_web']);
	const typed = () => [...new FormData(form)].filter(([k, v]) => !technical.has(k) && typeof v === 'string' && v !== '');
	const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

	// A copy in this browser, only while it is not saved elsewhere.
	const key = () => `catalyse-fiche:${form.dataset.fiche || (guest ? 'sans-compte' : 'nouvelle')}:${depth}`;
	const store = guest ? 'sessionStorage' : 'localStorage'; /* of a visitor: for as long as the tab */
	const keep = {
		put: () => { try { window[store].setItem(key(), JSON.stringify({ at: Date.now(), fields: typed() })); } catch { /* full, or refused */ } },
		get: () => { try { return JSON.parse(window[store].getItem(key())); } catch { return null; } },
		drop: () => { try { window[store].removeItem(key()); } catch { /* refused */ } },
	};
	const fill = (fields) => {
		for (const e of form.elements) {
			if (!e.name || technical.has(e.name) || e.type === 'submit') continue;
			const values = fields.filter(([k]) => k === e.name).map(([, v]) => v);
			if (e.type === 'checkbox' || e.type === 'radio') e.checked = values.includes(e.value);
			else e.value = values[0] ?? '';
		}
		form.dispatchEvent(new Event('input', { bubbles: true }));
	};
	const first = typed();
	const found = keep.get();
	if (found && Array.isArray(found.fields) && found.fields.length && !same(found.fields, first)) {
		const when = new Date(found.at);
		const box = make('div', { class: 'message retrouve', role: 'status' });
		const take = make('button', { type: 'button', class: 'bouton mini' }, 'Le reprendre');
		const drop = make('button', { type: 'button', class: 'bouton second mini' }, 'L’oublier');
		box.append(make('p', {}, `Ce navigateur a gardé un texte que vous n’aviez pas pu enregistrer, du ${when.toLocaleDateString('fr-FR', { day: 'numeric', month: 'long' })} à ${hour(when)}.`),
			make('p', { class: 'ligne-boutons' }, take, ' ', drop));
		take.addEventListener('click', () => { fill(found.fields); box.remove(); (field('titre') || form).focus(); });
		drop.addEventListener('click', () => { keep.drop(); box.remove(); });
		form.prepend(box);
	} else if (found) {
		keep.drop();
	}

	// Saving.
	let timer = 0, running = null, dirty = false, stopped = false, last = JSON.stringify(first);
	const save = async () => {
		const now = JSON.stringify(typed());
		dirty = false;
		if (now === last) return;
		const id = form.dataset.fiche, body = new URLSearchParams([...new FormData(form)].filter(([, v]) => typeof v === 'string'));
		if (!id && (field('titre').value.trim().length < 3)) return;
		const headers = { Accept: 'application/json', 'Content-Type': 'application/x-www-form-urlencoded' };
		if (id) headers['If-Match'] = `"${field('rev').value}"`;
		try {
			const r = await fetch(id ? `/fiches/${id}/brouillon` : '/fiches', { method: id ? 'PUT' : 'POST', headers, body, credentials: 'same-origin' });
			if (r.ok) {
				const said = await r.json();
				field('rev').value = said.rev;
				if (!id) {
					keep.drop();
					form.dataset.fiche = said.id;
					form.action = `/fiches/${said.id}/modifier`;
					field('cle')?.remove();
					history.replaceState(null, '', `/fiches/${said.id}/modifier?profondeur=${depth}`);
				}
				last = now;
				if (JSON.stringify(typed()) === now) keep.drop();
				say(`Enregistré à ${hour(new Date())}`);
			} else if (r.status === 401 || r.status === 403) {
				say('Votre session a pris fin. Ce que vous écrivez est gardé dans ce navigateur : enregistrez, et vous pourrez vous reconnecter sans rien perdre.');
				stopped = true;
			} else if (r.status === 412 || r.status === 409) {
				say('Quelqu’un d’autre a enregistré ce texte. Enregistrez pour voir les deux côte à côte : rien ne sera perdu.');
				stopped = true;
			} else if (r.status >= 500 || r.status === 429) {
				say('Le site ne répond pas bien. Ce que vous écrivez est gardé dans ce navigateur, et l’envoi reprendra.');
				dirty = true;
			} else {
				say('Pas encore enregistré : un champ est à revoir. Votre texte est gardé dans ce navigateur.');
			}
		} catch {
			say('Pas de réseau. Ce que vous écrivez est gardé dans ce navigateur, et l’envoi reprendra.');
			dirty = true;
		}
	};
	const soon = () => {
		clearTimeout(timer);
		if (!stopped && !guest) timer = setTimeout(async () => {
			if (running) { soon(); return; }
			running = save();
			await running;
			running = null;
			if (dirty) soon();
		}, WAIT_MS);
	};
	let local = 0;
	form.addEventListener('input', () => {
		dirty = true;
		clearTimeout(local);
		local = setTimeout(keep.put, LOCAL_MS);
		soon();
	});
	form.addEventListener('submit', async (e) => {
		clearTimeout(timer);
		if (e.submitter?.hasAttribute('formaction')) { soon(); return; }
		stopped = true;
		clearTimeout(local);
		if (dirty) keep.put();
		if (!running) {
			try { sessionStorage.setItem(SENT, key()); } catch { /* refused: then nothing is kept either */ }
			return;
		}
		e.preventDefault(); /* one at a time: what is being saved ends first */
		const by = e.submitter;
		await running;
		form.requestSubmit(by);
	});

	// Counts of characters.
	for (const area of form.querySelectorAll('textarea[data-max]')) {
		const count = area.closest('.groupe-champ').querySelector('.compte');
		if (!count) continue;
		const tell = () => { count.textContent = `${[...area.value].length} caractères sur ${area.dataset.max}`; };
		area.addEventListener('input', tell);
		form.addEventListener('input', tell);
		tell();
	}

	// Sheets whose title looks like this one.
	const alike = document.getElementById('semblables'), title = field('titre');
	if (alike && title) {
		let wait = 0, asking = null, before = title.value;
		alike.setAttribute('role', 'status');
		const show = (list) => {
			if (!list.length) { alike.replaceChildren(); return; }
			alike.replaceChildren(make('h2', { class: 'h3' }, 'Des fiches au titre proche'),
				make('p', { class: 'petit' }, 'Peut-être la même expérience ? Si elle est déjà racontée, une suggestion sur cette fiche-là suffit.'),
				make('ul', { class: 'simple' }, ...list.map((x) => make('li', {}, make('a', { href: x.url }, x.publique ? x.titre : `${x.titre} (votre brouillon)`)))));
		};
		title.addEventListener('input', () => {
			clearTimeout(wait);
			wait = setTimeout(async () => {
				const text = title.value.trim();
				if (text === before) return;
				before = text;
				asking?.abort();
				asking = new AbortController();
				if (text.length < 6) { show([]); return; }
				const id = form.dataset.fiche;
				try {
					const r = await fetch(`/fiches/doublons.json?titre=${encodeURIComponent(text)}${id ? `&fiche=${id}` : ''}`, { signal: asking.signal });
					if (r.ok) show((await r.json()).elements);
				} catch { /* no matter */ }
			}, ALIKE_MS);
		});
	}

	// A small toolbar over each text in Markdown.
	const marks = [['Gras', '**', '**'], ['Italique', '*', '*'], ['Lien', '[', '](https://)'], ['Liste', '- ', '', true]];
	const put = (area, [, open, close, line]) => {
		const from = area.selectionStart, to = area.selectionEnd, text = area.value.slice(from, to);
		if (line) {
			const start = area.value.lastIndexOf('\n', from - 1) + 1;
			area.setRangeText(area.value.slice(start, to).replace(/^/gm, open), start, to, 'end');
		} else {
			area.setRangeText(open + text + close, from, to, 'end');
			if (!text) area.setSelectionRange(from + open.length, from + open.length);
		}
		area.focus();
		area.dispatchEvent(new Event('input', { bubbles: true }));
	};
	const preview = (area, box) => new Promise((done) => {
		const ask = new XMLHttpRequest();
		ask.open('POST', '/contribuer/apercu');
		ask.responseType = 'document';
		ask.onload = () => {
			const found = ask.response?.querySelector('#usage + .lire');
			box.replaceChildren(found && ask.status === 200 ? document.importNode(found, true) : document.createTextNode('L’aperçu n’est pas disponible pour le moment.'));
			done();
		};
		ask.onerror = () => { box.replaceChildren('L’aperçu n’est pas disponible pour le moment.'); done(); };
		ask.send(new URLSearchParams({ jeton: field('jeton').value, profondeur: 'complete', type: 'outil', rubriques: 'outil', sections_usage: area.value }));
	});
	for (const area of form.querySelectorAll('textarea[data-markdown]')) {
		const label = form.querySelector(`label[for="${area.id}"]`)?.textContent ?? '';
		const bar = make('div', { class: 'outils-texte', role: 'toolbar', 'aria-label': `Mise en forme : ${label}`, 'aria-controls': area.id });
		const box = make('div', { class: 'apercu-champ', role: 'region', 'aria-label': `Aperçu : ${label}`, tabindex: '0' });
		box.hidden = true;
		for (const m of marks) {
			const b = make('button', { type: 'button', class: 'bouton second mini' }, m[0]);
			b.addEventListener('click', () => put(area, m));
			bar.append(b);
		}
		const look = make('button', { type: 'button', class: 'bouton second mini', 'aria-pressed': 'false' }, 'Aperçu');
		look.addEventListener('click', async () => {
			const on = box.hidden;
			look.setAttribute('aria-pressed', String(on));
			box.hidden = !on;
			if (on) await preview(area, box);
		});
		bar.append(look);
		const all = [...bar.children];
		all.forEach((b, i) => { b.tabIndex = i ? -1 : 0; });
		bar.addEventListener('keydown', (e) => {
			const step = e.key === 'ArrowRight' ? 1 : e.key === 'ArrowLeft' ? -1 : 0, at = all.indexOf(document.activeElement);
			if (!step || at < 0) return;
			e.preventDefault();
			const next = all[(at + step + all.length) % all.length];
			all.forEach((b) => { b.tabIndex = b === next ? 0 : -1; });
			next.focus();
		});
		area.before(bar);
		area.after(box);
	}

	const errors = form.querySelector('.message.err');
	if (errors) errors.focus();
})();
