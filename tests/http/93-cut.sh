#!/usr/bin/env bash
# A submission cut before each of its bytes writes nothing anywhere: a form, a form with a file, JSON; straight to an instance, where the
# stream or the connection ends early, and once through nginx. Each is then sent whole, and taken: the cut alone was refused.
. "$(dirname "$0")/lib.sh"
sql() { "$top_srcdir/tools/cluster.sh" psql "$VAR/postgresql" -XqAt -v ON_ERROR_STOP=1 -d catalyse -c "set search_path to catalyse, private, public; $1"; }
clean() {
	sql "delete from attachment x using work w where w.sheet_id = x.sheet_id and w.created_by = 930021;
		delete from mail_outbox where subject ~ 'Coupée'; delete from work where created_by = 930021;
		delete from submission where scope = 'compte:930021'; delete from session where account_id = 930021; delete from account where id = 930021" >/dev/null
}
clean
trap 'clean; rm -rf "$tmp"' EXIT
cookie=$(printf 'essai-%s-01234567890123456789012345678A' 930021) # 43 characters
sql "insert into contributor (id, name) overriding system value values (930021, 'Essai Coupé') on conflict do nothing;
	insert into account (id, email, state, confirmed_at) values (930021, 'essai-930021@essai.example', 'actif', now());
	insert into session (hash, account_id, expires_at) values ('$(printf %s "$cookie" | sha256sum | cut -d' ' -f1)', 930021, now() + interval '1 day')"
socket=$(cat "$VAR/sockets")/1.sock
as() { # PATH [curl options]
	local path=$1
	shift
	get "$path" -b "session=$cookie" -H 'Sec-Fetch-Site: same-origin' "$@"
}
# The base in a line a table: rows, the largest number, and for what is small each row's own digest. Sequences are left out: a transaction
# taken back keeps them. So is the minute when a session was last seen.
digest() {
	sql "select string_agg(format('select %L, count(*), %s, %s from %I.%I', c.oid::regclass,
			coalesce((select format('max(%I)::text', a.attname) from pg_attribute a where a.attrelid = c.oid and a.attname in ('id', 'sheet_id') and a.attnum > 0 order by a.attname limit 1), '''-'''),
			case when c.reltuples < 3000 and c.relname not in ('session', 'account') then 'sum(hashtext(t::text)::bigint)::text' else '''-''' end,
			n.nspname, c.relname || '') || ' t', ' union all ') || ' order by 1'
		from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind in ('r', 'm') and n.nspname in ('private', 'catalyse', 'public')" >"$tmp/digest.sql"
	sql "$(cat "$tmp/digest.sql")"
}
sent() { # [OPTIONS]: to the instance; the body is $tmp/sent, the request $way $path with the parameters of $with
	"$top_builddir/tests/http/fcgi_client" -X "$way" -P "HTTP_COOKIE=session=$cookie" -P "HTTP_ACCEPT=$wants" "${with[@]}" -b "$tmp/sent" "$@" "$socket" "$path" 2>"$tmp/err"
}
# Through nginx: the head tells the whole length, then the connection ends. One process, a connection a cut.
through_nginx='
	use IO::Socket::INET; use Socket qw(SHUT_WR);
	my ($port, $way, $path, @head) = @ARGV;
	local $/; my $body = <STDIN>;
	my %seen;
	for my $at (0 .. length($body) - 1) {
		my $s = IO::Socket::INET->new(PeerAddr => "127.0.0.1", PeerPort => $port, Timeout => 20) or die "nginx: $!";
		print $s join("\r\n", "$way $path HTTP/1.1", "Host: 127.0.0.1:$port", "Sec-Fetch-Site: same-origin", "Content-Length: " . length($body), @head, "", ""), substr($body, 0, $at);
		shutdown($s, SHUT_WR);
		my $answer = <$s> // "";
		$seen{$answer =~ m,^HTTP/1.. (\d+), ? $1 : 0}++;
	}
	print join(" ", map { "$_ $seen{$_}" } sort keys %seen);'
cut() { # NAME [short]
	local before after n seen
	n=$(stat -c %s "$tmp/sent")
	before=$(digest)
	is "$(sent -C end | tr '\n' ' ')" "400 $n " "$1, cut before each of its $n bytes: refused each time"
	[ -z "${2:-}" ] || is "$(sent -C short | tr '\n' ' ')" "400 $n " "$1, cut and saying so: refused each time"
	sent -C close
	is "$?" 0 "$1, the link lost before each byte of the request"
	seen=$(perl -e "$through_nginx" "${BASE##*:}" "$way" "$path" "Cookie: session=$cookie" "Accept: $wants" "${head[@]}" <"$tmp/sent")
	is "$(awk '{ for (i = 2; i <= NF; i += 2) sum += $i } END { print sum + 0 }' <<<"$seen")" "$n" "$1, cut in front of nginx before each of its bytes"
	unlike "$seen" '(^| )[235][0-9][0-9] ' "$1, cut in front of nginx: never taken ($seen)"
	sent -C end >/dev/null # whatever the losses left to do was begun before these were answered
	after=$(digest)
	[ "$before" = "$after" ]
	ok $? "$1: $(wc -l <<<"$before") tables are as they were" "$(diff <(echo "$before") <(echo "$after"))"
	sent >"$tmp/whole"
	like "$(head -n 1 "$tmp/whole")" "Status: $taken" "$1: whole, it is taken"
	[ "$before" != "$(digest)" ]
	ok $? "$1: and the base shows it"
}

# A form.
wants=text/html way=POST path=/fiches taken=303
as /contribuer/fiche
printf 'jeton=%s&cle=%s&profondeur=apercu&titre=Coup%%C3%%A9e&type=outil&chapo=Un+r%%C3%%A9sum%%C3%%A9&territoires=commune%%3A97410' "$(token)" "$(key_of)" >"$tmp/sent"
with=() head=('Content-Type: application/x-www-form-urlencoded')
cut "a form"
id=$(sql "select max(sheet_id) from work where created_by = 930021")

# A form with a file.
path=/fiches/$id/travail/pieces
as "$path"
{
	for field in "jeton=$(token)" action=ajouter 'alt=Le plan du lieu'; do
		printf -- '--limite\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n' "${field%%=*}" "${field#*=}"
	done
	printf -- '--limite\r\nContent-Disposition: form-data; name="fichier"; filename="plan.png"\r\nContent-Type: image/png\r\n\r\n'
	base64 -d <<<'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='
	printf -- '\r\n--limite--'
} >"$tmp/sent"
with=(-P 'CONTENT_TYPE=multipart/form-data; boundary=limite') head=('Content-Type: multipart/form-data; boundary=limite')
cut "a form with a file" short

# JSON: a sheet, its text, a decision.
wants=application/json taken=201 path=/fiches
printf '{"type":"outil","titre":"Coupée","chapo":"Un résumé","territoires":["commune:97410"],"termes":["theme:lien-social-inclusion"],"source_libelle":"Un récit"}' >"$tmp/sent"
with=(-P CONTENT_TYPE=application/json -P HTTP_IDEMPOTENCY_KEY=coupee-93-json) head=('Content-Type: application/json' 'Idempotency-Key: coupee-93-json')
cut "a sheet in JSON" short
id=$(sql "select max(sheet_id) from work where created_by = 930021")
as "/fiches/$id/brouillon"
rev=$(jq_ .rev)
jq -cj '.contenu | .titre = "Coupée, puis changée"' "$tmp/body" >"$tmp/sent"
way=PUT path=/fiches/$id/brouillon taken=200
with=(-P CONTENT_TYPE=application/json -P "HTTP_IF_MATCH=\"$rev\"") head=('Content-Type: application/json' "If-Match: \"$rev\"")
cut "a text in JSON" short
is "$(sql "select content->>'titre' || ' ' || rev from work where sheet_id = $id")" "Coupée, puis changée $((rev + 1))" "a text in JSON: once"
printf '{"act":"soumettre","rev":%s}' $((rev + 1)) >"$tmp/sent"
way=POST path=/fiches/$id/actions
with=(-P CONTENT_TYPE=application/json) head=('Content-Type: application/json')
cut "a decision in JSON" short
is "$(sql "select state from work where sheet_id = $id")" soumise "a decision in JSON: once"
end
