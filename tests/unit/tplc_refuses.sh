#!/usr/bin/env bash
# tplc_refuses.sh: what tplc and the compiler must refuse, and where they say it is. top_builddir says where tplc is.
set -u
src=${top_srcdir:-$(cd "$(dirname "$0")/../.." && pwd)}
tplc=${top_builddir:-$src}/tplc
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/gen" "$work/t"
printf 'css/site.css\tcss/site.0123.css\n' >"$work/manifest"
checks=0 faults=0
fault() { echo "tplc: $*"; faults=$((faults + 1)); }

# compile TEMPLATE: as x.html, beside y.html that takes a link; messages in $work/out.
compile() {
	printf '%s' "$1" >"$work/t/x.html"
	printf '{{!struct view_link}}\n<b>{{label}}</b>\n' >"$work/t/y.html"
	rm -f "$work"/gen/*
	(cd "$work" && "$tplc" gen/tpl.h gen/tpl.c manifest t/x.html t/y.html) >"$work/out" 2>&1
}
cc_() { (cd "$work" && ${CC:-gcc} -std=gnu17 -fsyntax-only -I "$src/src" -I . gen/tpl.c) >"$work/out" 2>&1; }

# refused LINE TEMPLATE: by tplc, without any output file.
refused() {
	checks=$((checks + 1))
	if compile "$2"; then fault "accepted: $2"; return; fi
	grep -q "^t/x.html:$1: ." "$work/out" || fault "wrong line for: $2: $(cat "$work/out")"
	[ -e "$work/gen/tpl.c" ] && fault "wrote a file for: $2"
}
# broken LINE TEMPLATE: taken by tplc, refused by the compiler at the template's line.
broken() {
	checks=$((checks + 1))
	compile "$2" || { fault "refused too early: $2: $(cat "$work/out")"; return; }
	if cc_; then fault "compiled: $2"; return; fi
	grep -q "t/x.html:$1:" "$work/out" || fault "wrong line for: $2: $(head -3 "$work/out")"
}
# gives TEXT TEMPLATE: taken, and the code holds that text.
gives() {
	checks=$((checks + 1))
	compile "$2" || { fault "refused: $2: $(cat "$work/out")"; return; }
	grep -qF -- "$1" "$work/gen/tpl.c" || fault "no « $1 » for: $2"
	cc_ || fault "does not compile: $2: $(head -3 "$work/out")"
}

L=$'{{!struct view_link}}\n'
C=$'{{!struct view_cote}}\n'
S=$'{{!struct view_layout}}\n'
refused 1 '<p>{{label}}</p>'
refused 1 $'{{!int}}\n'
refused 2 "$L"'<a class={{label}}>x</a>'
refused 2 "$L"'<a {{label}}>x</a>'
refused 2 "$L"'<{{label}}>'
refused 2 "$L"'<a class=x>x</a>'
refused 2 "$L"'<a class="x"id="y">x</a>'
refused 2 "$L"'<a{{?url}}class="x"{{/url}}>x</a>'
refused 2 "$L"'<script>{{label}}</script>'
refused 2 "$L"'<style>{{label}}</style>'
refused 2 "$L"'<p style="{{label}}">x</p>'
refused 2 "$L"'<p onclick="{{label}}">x</p>'
refused 2 "$L"'<p ONCLICK="{{label}}">x</p>'
refused 2 "$L"'<iframe srcdoc="{{label}}"></iframe>'
refused 2 "$L"'<!-- {{label}} -->'
refused 2 "$L"'<p title="{{{label}}}">x</p>'
refused 2 "$L"'<title>{{{label}}}</title>'
refused 2 "$S"'<p title="{{>y}}">x</p>'
refused 2 "$L"'{{?url}}<p>'
refused 3 "$L"$'{{?url}}\n{{/label}}'
refused 2 "$L"'{{/url}}'
refused 2 "$L"'<a {{?url}}href="x">{{/url}}y</a>'
refused 2 "$L"'<p title="{{?url}}">{{/url}}x'
refused 2 "$L"'{{?url}}<pre>{{/url}}</pre>'
refused 2 "$L"'{{label'
refused 2 "$L"'{{}}'
refused 2 "$L"'{{Label}}'
refused 2 "$L"'{{label()}}'
refused 2 "$L"'{{a[0]}}'
refused 2 "$L"'{{../label}}'
refused 2 "$L"'{{>inconnu}}'
refused 2 "$L"'<link href="{{@css/autre.css}}">'
refused 2 "$L"'a < b'
refused 2 "$L"'<p title="'
refused 2 "$L"'</code>'
broken 2 "$L"'{{absent}}'
broken 3 "$L"$'<p>\n{{url}}</p>'
broken 2 "$L"'{{{label}}}'
broken 2 "$L"'<a href="{{label}}">x</a>'
broken 2 "$L"'<form action="{{label}}"></form>'
broken 2 "$L"'{{#label}}x{{/label}}'
broken 2 "$C"'{{>y}}'
broken 2 "$S"'{{#notices}}{{>y}}{{/notices}}'
gives 'tpl_text(b, v->label);' "$L"'<p>{{label}}</p>'
gives 'tpl_attr(b, v->label);' "$L"'<p title="{{label}}">x</p>'
gives 'tpl_attr(b, v->label);' "$L"'<code>{{label}}</code>'
gives 'tpl_url(b, v->url);' "$L"'<a href="{{url}}">x</a>'
gives 'tpl_html(b, v->main);' "$S"'<div>{{{main}}}</div>'
gives 'if (!tpl_true(v->url)) {' "$L"'<a{{^url}} class="x"{{/url}}>x</a>'
gives 'tpl_text(b, v->title);' "$S"'{{#notices}}{{../title}}{{field}}{{/notices}}'
gives '/actifs/css/site.0123.css' "$L"'<link href="{{@css/site.css}}">'
gives 'L\342\200\231eau\302\240: fin\342\200\257!' "$L"$'<p>L\'eau :\tfin !</p>'
gives "<pre>l'eau :  x</pre>" "$L"'<pre>l'"'"'eau :  x</pre>'
gives "title=\\\"l'eau : x\\\"" "$L"'<p title="l'"'"'eau : x">y</p>'
gives '<!--# include virtual=\"/_fragment/ici\" -->' "$L"'<!--# include virtual="/_fragment/ici" -->'
gives '<p>a</p>\n<p>b</p>' "$L"$'<p>a</p>\n\n\n\t<p>b</p>\n\n{{!-- rien\n --}}\n'
echo "tplc: $checks checks, $faults faults"
[ "$faults" = 0 ]
