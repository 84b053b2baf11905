#!/usr/bin/env bash
# The template compiler refuses what could let a visitor's words become markup; the C compiler refuses wrong fields.
set -u
src=${top_srcdir:-$(cd "$(dirname "$0")/../.." && pwd)}
build=${top_builddir:-$src}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
faults=0 cases=0
printf 'css/site.css\tcss/site.0123456789abcdef.css\n' > "$work/manifest"
cat > "$work/view.h" <<'C'
#include "base/str.h"
struct view_t_item { struct str name; };
struct view_t { struct str s; struct html h; struct url u; int n; bool yes; struct { const struct view_t_item *p; size_t n; } list; };
C

# try ok|refused|uncompiled NAME TEMPLATE
try() {
	local want=$1 what=$2 got
	cases=$((cases + 1))
	rm -f "$work"/t.[ch]
	printf '{{!struct view_t}}\n%s\n' "$3" > "$work/t.html"
	if ! "$build/tplc" "$work/t.h" "$work/t.c" "$work/manifest" "$work/t.html" > "$work/log" 2>&1; then
		got=refused
		grep -qE 't\.html:[0-9]+: ' "$work/log" || { echo "tplc: $what: no file:line in: $(cat "$work/log")"; faults=$((faults + 1)); }
	else
		sed -i 's|#include "format/view.h"|#include "view.h"|; s|#include "gen/tpl.h"|#include "t.h"|' "$work/t.c" "$work/t.h"
		if ${CC:-cc} -std=gnu17 -Werror=implicit-function-declaration -D_GNU_SOURCE= -I"$work" -I"$src/src" -c "$work/t.c" -o "$work/t.o" > "$work/log" 2>&1; then
			got=ok
		else
			got=uncompiled
			grep -q 't\.html:[0-9]' "$work/log" || { echo "tplc: $what: the compiler does not name the template"; faults=$((faults + 1)); }
		fi
	fi
	[ "$got" = "$want" ] || { echo "tplc: $what: $got, wanted $want"; sed 's/^/    /' "$work/log" | head -5; faults=$((faults + 1)); }
}

try ok plain '<p class="a {{s}}">{{s}} {{n}} {{{h}}} <a href="{{u}}">x</a></p>'
try ok sections '{{#list}}<b>{{name}} {{../s}}</b>{{/list}}{{?yes}}oui{{/yes}}{{^s}}non{{/s}}{{?list.n}}x{{/list.n}}'
try ok asset '<link rel="stylesheet" href="{{@css/site.css}}">'
try ok comment '{{!-- {{s}} nothing --}}<p>x</p>'
try uncompiled 'wrong field' '<p>{{nowhere}}</p>'
try uncompiled 'wrong field in a list' '{{#list}}{{nowhere}}{{/list}}'
try uncompiled 'triple of a text' '<p>{{{s}}}</p>'
try uncompiled 'markup as text' '<p>{{h}}</p>'
try uncompiled 'address from a text' '<a href="{{s}}">x</a>'
try uncompiled 'src from a text' '<img alt="" src="{{s}}">'
try uncompiled 'action from a text' '<form action="{{s}}"></form>'
try refused 'unquoted attribute' '<p class={{s}}>x</p>'
try refused 'attribute name' '<p {{s}}="x">x</p>'
try refused 'tag name' '<{{s}}>x'
try refused 'inside script' '<script>var a = "{{s}}";</script>'
try refused 'inside style' '<style>p { color: {{s}} }</style>'
try refused 'style attribute' '<p style="color:{{s}}">x</p>'
try refused 'event attribute' '<p onclick="{{s}}">x</p>'
try refused 'triple in an attribute' '<p class="{{{h}}}">x</p>'
try refused 'unclosed section' '{{#list}}<p>x</p>'
try refused 'crossed sections' '{{?yes}}{{?s}}x{{/yes}}{{/s}}'
try refused 'unknown asset' '<link href="{{@css/none.css}}">'
try refused 'unclosed braces' '<p>{{s</p>'
echo "tplc: $cases cases, $faults faults"
[ "$faults" = 0 ]
