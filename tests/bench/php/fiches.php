<?php
// The page /fiches in PHP, for the bench: the same statement (sql/queries/sheet_list.sql, its $n made :pn), one persistent
// PDO connection a worker, the markup of web/templates/sheets.html. The head and the foot of the layout, the same on every
// list, are read as constant text: that spares PHP some work, not the other way round. French typography is not done either.
declare(strict_types=1);

const KINDS = ['methode' => ['m', 'Méthode', 'Méthodes'], 'exemple' => ['e', 'Exemple', 'Exemples'], 'donnee' => ['d', 'Donnée', 'Données'],
	'outil' => ['o', 'Outil', 'Outils'], 'competence' => ['c', 'Compétence', 'Compétences']];
const EVIDENCE = [['cite', 'Cité seulement'], ['temoignage', 'Témoignage'], ['documente', 'Documenté'], ['evalue', 'Évalué'], ['replique', 'Répliqué']];
const FACETS = [['type', 'Sorte', true], ['territoire', 'Territoire', true], ['theme', 'Thème', true], ['preuve', 'Niveau de preuve', false],
	['pratique', 'Pratique de catalyse', false], ['odd', 'Objectif de développement durable', false]];
const SORTS = ['pertinence' => "Ici d'abord, puis preuve", 'proximite' => 'Proximité', 'recent' => 'Modification récente', 'verifie' => 'Vérification récente'];
const MONTHS = ['janv.', 'févr.', 'mars', 'avr.', 'mai', 'juin', 'juil.', 'août', 'sept.', 'oct.', 'nov.', 'déc.'];

function e(?string $s): string
{
	return htmlspecialchars((string)$s, ENT_QUOTES | ENT_SUBSTITUTE, 'UTF-8');
}

function date_fr(string $iso): string
{
	$day = (int)substr($iso, 8, 2);
	return $day . ($day === 1 ? 'er' : '') . ' ' . MONTHS[(int)substr($iso, 5, 2) - 1] . ' ' . substr($iso, 0, 4);
}

// The query of the page with one pair dropped or added.
function link_list(string $path, array $pairs, ?array $drop, ?array $add): string
{
	$out = [];
	foreach ($pairs as [$name, $value])
		if ($name !== 'page' && !($drop && $name === $drop[0] && ($drop[1] === null || $value === $drop[1])))
			$out[] = rawurlencode($name) . '=' . str_replace(['%3A', '%2C'], [':', ','], rawurlencode($value));
	if ($add)
		$out[] = rawurlencode($add[0]) . '=' . str_replace(['%3A', '%2C'], [':', ','], rawurlencode($add[1]));
	return $path . ($out ? '?' . implode('&', $out) : '');
}

function pg_array(array $v): ?string
{
	return $v ? '{' . implode(',', array_map(fn($s) => '"' . addcslashes((string)$s, '"\\') . '"', $v)) . '}' : null;
}

$pairs = [];
$query = [];
foreach (explode('&', $_SERVER['QUERY_STRING'] ?? '') as $pair) {
	if ($pair === '')
		continue;
	[$name, $value] = array_map('urldecode', explode('=', $pair, 2) + [1 => '']);
	if (preg_match('//u', $value)) {
		$pairs[] = [$name, $value];
		$query[$name][] = $value;
	}
}
$one = fn(string $name): ?string => $query[$name][0] ?? null;
$many = fn(string $name): ?string => pg_array($query[$name] ?? []);
$page = max(1, (int)($one('page') ?? 1));
$size = min(100, max(1, (int)($one('taille') ?? 20)));
$levels = [];
foreach ($query['preuve'] ?? [] as $code)
	foreach (EVIDENCE as $level => [$known])
		if ($known === $code)
			$levels[] = $level;

$db = new PDO($_SERVER['BENCH_DSN'], null, null, [PDO::ATTR_PERSISTENT => true, PDO::ATTR_ERRMODE => PDO::ERRMODE_EXCEPTION]);
$st = $db->prepare(require $_SERVER['BENCH_DIR'] . '/sheet_list.php');
$st->execute([':p1' => $one('q'), ':p2' => $many('type'), ':p3' => $many('theme'), ':p4' => $many('odd'), ':p5' => $many('pratique'),
	':p6' => $many('parcours'), ':p7' => $many('profil'), ':p8' => $many('maturite'), ':p9' => $many('dispositif'),
	':p10' => $many('espace'), ':p11' => $many('territoire'), ':p12' => pg_array($levels), ':p13' => $one('verifie_depuis'),
	':p14' => $one('modifie_depuis'), ':p15' => $one('lat'), ':p16' => $one('lon'), ':p17' => $one('rayon'),
	':p18' => $one('tri') ?? 'pertinence', ':p19' => $size, ':p20' => ($page - 1) * $size, ':p21' => $one('bbox'), ':p22' => null]);
$total = 0;
$counts = [];
$rows = [];
foreach ($st->fetchAll(PDO::FETCH_ASSOC) as $row)
	if ($row['part'] !== 'facette')
		$rows[] = $row;
	elseif ($row['facet'] === 'total')
		$total = (int)$row['n'];
	else
		$counts[$row['facet']][] = [$row['code'], $row['label'], (int)$row['n']];

$active = '';
$nactive = 0;
$facets = '';
foreach (FACETS as [$name, $legend, $open]) {
	$values = [];
	if ($name === 'type' || $name === 'preuve') {
		$n = array_column($counts[$name] ?? [], 2, 0);
		if ($name === 'type')
			foreach (KINDS as $code => [, , $plural])
				$values[] = [$code, $plural, $n[$code] ?? 0];
		else
			for ($level = 4; $level >= 0; $level--)
				$values[] = [EVIDENCE[$level][0], EVIDENCE[$level][1], $n[$level] ?? 0];
	} else {
		foreach ($counts[$name] ?? [] as [$code, $label, $n])
			$values[] = [$code, $code === 'pays:FR' ? 'Valables partout' : $label, $n];
	}
	$list = '';
	foreach ($values as [$code, $label, $n]) {
		$code = (string)$code;
		$on = in_array($code, $query[$name] ?? [], true);
		$nul = $n === 0 && !$on;
		if ($on) {
			$nactive++;
			$open = true;
			$active .= '<li><a class="actif" href="' . e(link_list('/fiches', $pairs, [$name, $code], null)) . '">' . e($label)
				. '<span class="hors-vue">, retirer ce filtre</span><svg class="ico" aria-hidden="true"><use href="#i-croix"/></svg></a></li>';
		}
		$list .= '<li><label><input type="checkbox" name="' . e($name) . '" value="' . e($code) . '"'
			. ($on ? ' checked' : '') . ($nul ? ' disabled' : '') . '>'
			. ($name === 'odd' ? '<span class="odd odd-' . e($code) . '"><b aria-hidden="true">' . e($code) . '</b><span>' . e($label) . '</span></span>' : e($label))
			. '<b>' . $n . '</b></label></li>';
	}
	$facets .= '<details' . ($open ? ' open' : '') . '><summary>' . e($legend) . '</summary><fieldset><legend class="hors-vue">' . e($legend)
		. ', nombre de fiches à chaque choix</legend><ul>' . $list . '</ul></fieldset>'
		. ($name === 'territoire' ? '<p class="autre-terr"><a href="/pres-de-moi?q=&amp;retour=/fiches">Choisir un autre territoire</a></p>' : '')
		. "</details>\n";
}
$kept = '';
$sort_kept = '';
foreach ($pairs as [$name, $value]) {
	$field = '<input type="hidden" name="' . e($name) . '" value="' . e($value) . '">';
	if ($name === 'page' || $name === 'apres')
		continue;
	if ($name !== 'tri')
		$sort_kept .= $field;
	if ($name !== 'q' && !in_array($name, array_column(FACETS, 0), true))
		$kept .= $field;
}
$words = $total > 1 ? $total . ' fiches' : ($total === 1 ? '1 fiche' : 'aucune fiche');

$main = '<div class="bandeau b-neutre"><div class="page"><nav class="fil" aria-label="Fil d’Ariane"><ol><li><a href="/">Accueil</a></li>'
	. '<li><span aria-current="page">Fiches</span></li></ol></nav>' . "\n"
	. '<div class="bandeau-corps court"><div><div class="terr-nom"><h1>Les fiches</h1></div><p class="chapo">' . $total
	. ' ' . (count($query['type'] ?? []) === 1 ? e(lcfirst(KINDS[$one('type')][2])) : 'fiches')
	. ' pour faire travailler ensemble des mondes qui s’ignorent.</p></div></div></div></div>' . "\n"
	. '<div class="page"><!--# include virtual="/_fragment/ici?compact=1" -->' . "\n" . '<div class="liste">' . "\n"
	. '<form class="facettes" action="/fiches" method="get" aria-label="Filtres">' . $kept . "\n"
	. '<details class="tout-filtrer"><summary>' . ($nactive ? "Filtrer : $nactive " . ($nactive > 1 ? 'filtres actifs' : 'filtre actif') : 'Filtrer')
	. '</summary><div class="facettes-liste">' . "\n"
	. '<div class="facette-q"><label class="etiquette" for="q-liste">Chercher dans les fiches</label><input class="champ" id="q-liste" name="q" type="search" value="'
	. e($one('q')) . '" autocomplete="off"></div>' . "\n" . $facets
	. '<p class="facettes-ok"><button type="submit" class="bouton second mini">Appliquer les filtres</button></p>' . "\n</div></details></form>\n<div>";
if ($nactive)
	$main .= '<p class="hors-vue">Filtres actifs :</p><ul class="actifs">' . $active . '<li><a class="tout-retirer" href="/fiches">Tout retirer</a></li></ul>';
$main .= "\n" . '<div class="barre-tri"><p class="total">' . e($words) . '</p><form action="/fiches" method="get" aria-label="Tri">' . $sort_kept
	. '<label for="tri">Trier par</label><select class="champ" id="tri" name="tri">';
foreach (SORTS as $value => $label)
	$main .= '<option value="' . $value . '"' . (($one('tri') ?? 'pertinence') === $value ? ' selected' : '') . '>' . e($label) . '</option>';
$main .= '</select><button type="submit" class="bouton second mini">Trier</button></form></div>' . "\n"
	. '<section class="groupe" aria-label="Fiches"><h2 class="hors-vue">Résultats</h2>' . "\n" . '<ul class="rangees">';
foreach ($rows as $row) {
	[$letter, $kind] = KINDS[$row['type']];
	$nation = $row['place_type'] === 'pays';
	$place = $nation ? 'Partout en France' : $row['place_name'] . ($row['national'] ? ', et partout' : '');
	$level = (int)$row['evidence'];
	$main .= '<li><article class="rangee"><div><span class="cote s-' . $letter . '"><span class="hors-vue">' . $kind . ', fiche </span>' . strtoupper($letter)
		. ' ' . $row['id'] . '</span></div><div><h3><a href="' . e('/fiches/' . $row['slug'] . '-' . $row['id']) . '">' . e($row['title']) . "</a></h3>\n"
		. '<p class="resume">' . e($row['summary']) . '</p>'
		. ($row['distance_km'] !== null ? '<p class="raison"><svg class="ico" aria-hidden="true"><use href="#i-lieu"/></svg><span>à '
			. e(number_format((float)$row['distance_km'], 1, ',', ' ')) . ' km</span></p>' : '')
		. "</div>\n" . '<div class="reperes">'
		. ($row['place_code'] !== null ? '<span class="lieu"><span class="borne" aria-hidden="true">' . e($nation ? 'FR' : $row['stone']) . '</span><span>' . e($place) . '</span></span>' : '')
		. '<span class="preuve p' . $level . '"><i></i><span class="hors-vue">Niveau de preuve : </span>' . e(EVIDENCE[$level][1]) . '</span><span>'
		. ($row['verified_on'] ? 'vérifiée le <time datetime="' . e($row['verified_on']) . '">' . e(date_fr($row['verified_on'])) . '</time>' : 'pas encore vérifiée')
		. '</span></div></article></li>';
}
$main .= "</ul></section>\n";
$pages = intdiv($total + $size - 1, $size);
if ($pages > 1) {
	$to = fn(int $n): string => e(link_list('/fiches', $pairs, null, $n > 1 ? ['page', (string)$n] : null));
	$main .= '<nav class="pages" aria-label="Pages"><p class="sobre">Page ' . $page . ' sur ' . $pages . '</p><ul>'
		. ($page > 1 && $page <= $pages ? '<li><a class="pas" rel="prev" href="' . $to($page - 1) . '">Précédente</a></li>' : '');
	for ($i = 1; $i <= $pages; $i++)
		$main .= '<li>' . ($i === $page ? '<span aria-current="page"><span class="hors-vue">Page </span>' . $i . '</span>'
			: '<a href="' . $to($i) . '"><span class="hors-vue">Page </span>' . $i . '</a>') . '</li>';
	$main .= ($page < $pages ? '<li><a class="pas" rel="next" href="' . $to($page + 1) . '">Suivante</a></li>' : '') . '</ul></nav>';
}
$main .= "\n" . '<div class="formats non-imprime"><span class="sobre">Ces ' . $total . ' fiches ailleurs :</span><ul><li><a href="'
	. e(link_list('/fiches.json', $pairs, null, null)) . '">JSON</a></li></ul></div>' . "\n</div></div></div>\n";

header('Content-Type: text/html; charset=utf-8');
echo require $_SERVER['BENCH_DIR'] . '/head.php', $main, require $_SERVER['BENCH_DIR'] . '/foot.php';
