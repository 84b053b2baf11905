/* The board of a session: what others have just written is added at the top. Without this script the page has a link that says so. */
(() => {
	const board = document.getElementById('tableau');
	if (!board || !board.dataset.atelier) return;
	const count = document.getElementById('tableau-compte');
	let last = Number(board.dataset.dernier) || 0, wait = 3000;
	const el = (tag, cls, text) => { const e = document.createElement(tag); if (cls) e.className = cls; if (text) e.textContent = text; return e; };
	function add(x) {
		const li = el('li', `apport neuf s-${x.lettre.toLowerCase()}`), plate = el('span', `cote s-${x.lettre.toLowerCase()}`), body = el('div'), foot = el('p', 'petit sobre', `${x.nom}, `), time = el('time', '', x.heure);
		plate.append(el('span', 'hors-vue', `${x.type_libelle} `), x.lettre);
		time.dateTime = x.ecrit_le;
		foot.append(time);
		body.append(el('h3', '', x.titre));
		if (x.chapo) body.append(el('p', '', x.chapo));
		body.append(foot);
		li.append(plate, body);
		board.prepend(li);
		document.getElementById('tableau-vide')?.remove();
	}
	async function look() {
		try {
			const r = await fetch(`/atelier/${board.dataset.atelier}.json?apres=${last}`, { headers: { Accept: 'application/json' } });
			if (r.ok) {
				const d = await r.json();
				for (const x of d.contributions.slice().reverse()) { add(x); last = Math.max(last, x.id); }
				if (count && d.compte) count.textContent = d.compte;
				wait = d.ouvert ? 3000 : 30000;
			} else wait = Math.min(wait * 2, 60000);
		} catch { wait = Math.min(wait * 2, 60000); }
		setTimeout(look, document.hidden ? Math.max(wait, 15000) : wait);
	}
	setTimeout(look, wait);
})();
