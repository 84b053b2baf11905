// The map that moves: /carte only, and only when asked. Leaflet over our own outlines, fed by the GeoJSON of the very query of the
// page; the drawing of the server stays until it is there, and comes back at will. Only text nodes are written (Trusted Types).
'use strict';
(() => {
	const figure = document.querySelector('[data-carte]'), open = document.querySelector('[data-carte-ouvrir]');
	if (!figure || !open) return;
	const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
	const TOUCH_PX = 46, ZOOM_MAX = 12, FAR_ZOOM = 7;
	const HEXAGON = [[41.3, -5.2], [51.1, 9.6]];
	const idle = open.textContent;
	let map = null;

	const make = (tag, props = {}, ...children) => {
		const e = document.createElement(tag);
		for (const [k, v] of Object.entries(props)) if (k in e) e[k] = v; else e.setAttribute(k, v);
		e.append(...children);
		return e;
	};
	const say = make('p', { className: 'petit', role: 'status' });
	figure.after(say);

	const read = async (url) => {
		const r = await fetch(url);
		if (!r.ok) throw new Error(`${url}: ${r.status}`);
		return r.json();
	};

	// One item of the list, whichever its kind.
	const itemOf = (f) => ({
		id: f.properties.id,
		name: f.properties.titre || f.properties.nom,
		place: f.properties.territoire_nom || f.properties.siege_nom || '',
		exact: (f.properties.precision || f.properties.territoire_type) === 'commune',
		wide: (f.properties.territoire_type || f.properties.siege_type) === 'region',
		href: new URL(f.properties.uri).pathname,
		points: (f.geometry.type === 'MultiPoint' ? f.geometry.coordinates : [f.geometry.coordinates]).map(([lon, lat]) => [lat, lon]),
	});

	// Marks that would touch at this zoom are one dot, in the order of the list. From afar a département is a place like another;
	// closer, exact places and vague ones never mix, and the vague step aside.
	const gather = (L, marks) => {
		const dots = [], far = map.getZoom() < FAR_ZOOM;
		for (const mark of marks) {
			const at = map.project(mark.at), exact = mark.item.exact || (far && !mark.item.wide);
			const near = dots.find((d) => d.exact === exact && at.distanceTo(d.at) < TOUCH_PX);
			if (near) {
				if (!near.items.includes(mark.item)) near.items.push(mark.item);
				near.points.push(mark.at);
			} else {
				dots.push({ at, exact, items: [mark.item], points: [mark.at] });
			}
		}
		for (const d of dots.filter((x) => !x.exact)) {
			const home = d.at;
			for (let k = 1; k < 24 && dots.some((o) => o !== d && o.at.distanceTo(d.at) < TOUCH_PX * 0.75); k++)
				d.at = L.point(home.x + (12 + 3 * k) * Math.cos(2.4 * k), home.y + (12 + 3 * k) * Math.sin(2.4 * k));
		}
		return dots;
	};

	const popupOf = (L, dot, button) => {
		const close = make('button', { type: 'button', className: 'bouton second mini', textContent: 'Fermer' });
		const list = make('ul', {}, ...dot.items.map((i) => make('li', {}, make('a', { href: i.href, textContent: i.name }),
			make('small', { textContent: i.exact ? i.place : `${i.place}, lieu précis inconnu de nous` }))));
		const box = make('div', { className: 'bulle', role: 'dialog', ariaLabel: button.dataset.nom }, list, close);
		const popup = L.popup({ closeButton: false, maxWidth: 300, minWidth: 200, autoPan: true }).setContent(box);
		close.addEventListener('click', () => map.closePopup());
		box.addEventListener('keydown', (e) => { if (e.key === 'Escape') map.closePopup(); });
		popup.on('remove', () => { if (box.contains(document.activeElement) || document.activeElement === document.body) button.focus(); });
		return popup;
	};

	const start = async () => {
		const { dataset: d } = figure;
		const [data, departements, regions] = await Promise.all([read(d.source), read(d.contours), read(d.regions), import(d.leaflet)]);
		const L = window.L;
		const box = make('div', { className: 'carte-vive' });
		const bar = make('div', { className: 'carte-outils non-imprime', role: 'group', ariaLabel: 'Déplacer la carte' });
		figure.prepend(bar, box);
		figure.classList.add('vive');
		box.setAttribute('role', 'region');
		box.setAttribute('aria-label', 'Carte à déplacer : les flèches la déplacent, + et − changent l’échelle');
		map = L.map(box, { zoomControl: false, attributionControl: false, zoomSnap: 0.25, minZoom: 2, maxZoom: ZOOM_MAX, scrollWheelZoom: false,
			zoomAnimation: !calm, fadeAnimation: !calm, markerZoomAnimation: !calm, inertia: !calm });
		map.on('focus', () => map.scrollWheelZoom.enable()).on('blur', () => map.scrollWheelZoom.disable());
		if (d.tuiles) {
			L.tileLayer(d.tuiles, { maxZoom: ZOOM_MAX }).addTo(map);
			figure.classList.add('tuiles');
			figure.querySelector('figcaption').append(make('p', { className: 'menu-texte sobre', textContent: d.credit }));
		}
		const land = L.geoJSON(departements, { interactive: false, style: (f) => ({ className: `dep t${f.properties.teinte}` }) }).addTo(map);
		L.geoJSON(regions, { interactive: false, style: () => ({ className: 'reg', fill: false }) }).addTo(map);
		const edge = (key) => {
			const found = [...departements.features, ...regions.features].find((f) => f.id === key);
			return found && L.geoJSON(found).getBounds();
		};
		const move = (bounds) => map.fitBounds(bounds, { animate: !calm, padding: [12, 12] });
		const tool = (text, act, label) => {
			const b = make('button', { type: 'button', className: 'bouton second mini', textContent: text });
			if (label) b.setAttribute('aria-label', label);
			b.addEventListener('click', act);
			bar.append(b);
		};
		tool('+', () => map.zoomIn(1), 'Plus près');
		tool('−', () => map.zoomOut(1), 'Plus loin');
		const places = make('select', { className: 'champ' }, make('option', { value: '', textContent: 'Hexagone et Corse' }),
			...departements.features.filter((f) => /^97[1-6]$|^98/.test(f.properties.code))
				.map((f) => make('option', { value: f.id, textContent: f.properties.nom })));
		places.setAttribute('aria-label', 'Aller à');
		places.addEventListener('change', () => move(edge(places.value) || HEXAGON));
		bar.append(places);
		tool('Carte dessinée', () => {
			map.remove();
			map = null;
			bar.remove();
			box.remove();
			figure.classList.remove('vive', 'tuiles');
			open.hidden = false;
			open.focus();
		}, 'Revenir à la carte dessinée');

		const items = data.features.filter((f) => f.geometry).map(itemOf);
		const marks = items.flatMap((item) => item.points.map((at) => ({ item, at: L.latLng(at) })));
		const layer = L.layerGroup().addTo(map);
		const shown = new Map();
		const redraw = () => {
			if (!map) return;
			const view = map.getBounds(), kept = new Set();
			for (const dot of gather(L, marks)) {
				const middle = map.unproject(dot.at);
				if (!view.contains(middle)) continue;
				const key = `${map.getZoom()} ${dot.exact} ${dot.items.map((i) => i.id)} ${dot.at}`;
				kept.add(key);
				if (shown.has(key)) { layer.addLayer(shown.get(key)); continue; }
				const n = dot.items.length, size = n > 1 ? 40 : 26;
				const name = n > 1 ? `${n} ${d.unite}${dot.exact ? '' : ', lieu précis inconnu de nous'}` : dot.items[0].name;
				const button = make('button', { type: 'button', className: `pt-vif${n > 1 ? '' : ' seul'}${dot.exact ? '' : ' flou'}`, title: name });
				button.dataset.nom = name;
				button.dataset.ids = dot.items.map((i) => i.id).join(' ');
				button.setAttribute('aria-label', name);
				if (n > 1) button.textContent = n;
				const marker = L.marker(middle, { keyboard: false, icon: L.divIcon({ className: 'pt-boite', html: button, iconSize: [size, size] }) });
				button.addEventListener('click', (e) => {
					e.stopPropagation();
					const bounds = L.latLngBounds(dot.points);
					if (n > 6 && map.getZoom() < ZOOM_MAX && map.getBoundsZoom(bounds) > map.getZoom()) {
						move(bounds.pad(0.2));
						box.focus({ preventScroll: true });
						return;
					}
					const popup = popupOf(L, dot, button).setLatLng(middle);
					map.openPopup(popup);
					popup.getElement().querySelector('a').focus({ preventScroll: true });
				});
				shown.set(key, marker);
				layer.addLayer(marker);
			}
			for (const [key, marker] of shown) if (!kept.has(key)) { layer.removeLayer(marker); shown.delete(key); }
		};
		map.on('moveend', redraw);
		map.fitBounds(edge(d.lieu) || HEXAGON, { animate: false, padding: [12, 12] });
		land.bringToBack();
		say.textContent = `${items.length} sur la carte. ${data.numberMatched > data.numberReturned ? `Ce sont les ${data.numberReturned} premiers de la liste.` : ''}`;
		box.focus({ preventScroll: true });
	};

	open.hidden = false;
	open.addEventListener('click', async () => {
		open.textContent = 'La carte arrive…';
		try {
			await start();
			open.hidden = true;
		} catch (e) {
			say.textContent = 'La carte à déplacer n’a pas pu venir. La carte dessinée reste là.';
			if (!(e instanceof TypeError)) throw e;
		} finally {
			open.textContent = idle;
		}
	});
})();
