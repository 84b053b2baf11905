#!/usr/bin/env bash
# Files of sheets as readers get them: their bytes, how a browser is told to treat them, and nothing of what is not public.
. "$(dirname "$0")/lib.sh"
sql() { "$top_srcdir/tools/cluster.sh" psql "$VAR/postgresql" -XqAt -v ON_ERROR_STOP=1 -d catalyse -c "set search_path to private, catalyse, public" -c "$1" 2>&1; }
sheet=$(sql "select min(id) from sheet where state = 'publiee'")
sql "select work_open($sheet)" >/dev/null
# A picture of one point, its small version, and a document of 10 MiB, of two pieces and more.
join() { # NAME TYPE BYTES-EXPRESSION [SMALL-EXPRESSION]
	sql "with b as (select $3 as bytes, ${4:-null::bytea} as small), w as (insert into attachment_blob (sha256, bytes, type)
			select encode(sha256(x), 'hex'), x, '$2' from b, unnest(array[bytes, small]) x where x is not null on conflict do nothing returning 1)
		select encode(sha256(bytes), 'hex') from b, (select count(*) from w) n"
	sql "with b as (select $3 as bytes, ${4:-null::bytea} as small)
		insert into attachment (sheet_id, blob, small, name, label, width, height, published_at)
		select $sheet, encode(sha256(bytes), 'hex'), encode(sha256(small), 'hex'), '$1', 'Essai', ${5:-null}, ${5:-null}, now() from b returning id"
}
png="decode('89504e470d0a1a0a0000000d49484452', 'hex')"
{ read -r sum; read -r id; } < <(join plan.png image/png "$png" "$png || '\x00'::bytea" 1)
small=$(sql "select left(small, 8) from attachment where id = $id")
{ read -r doc; read -r docid; } < <(join trame.pdf application/pdf "convert_to('%PDF-1.7 ' || repeat('0123456789abcdef', 655359), 'UTF8')")
at=/fiches/$sheet/pieces/$id-${sum:0:8}-plan.png

get "$at"
is "$status $(head_of content-type) $(sha256sum <"$tmp/body" | cut -c1-64)" "200 image/png $sum" "a picture, byte for byte"
is "$(head_of content-disposition)" 'inline; filename="plan.png"' "it may be shown"
is "$(head_of content-security-policy)" "default-src 'none'; frame-ancestors 'none'; sandbox" "and may do nothing"
is "$(grep -ci '^content-security-policy:' "$tmp/head")" 1 "said once"
is "$(head_of x-content-type-options)" nosniff "its type is the one said"
like "$(head_of cache-control)" 'public, max-age=31536000, immutable' "a browser keeps it"
etag=$(head_of etag)
get "$at" -H "If-None-Match: $etag"
is "$status" 304 "and needs not ask for its bytes again"
get "$at" -I
is "$status $(head_of content-length)" "200 16" "HEAD"
get "/fiches/$sheet/pieces/$id-$small-plan.png"
is "$status $(wc -c <"$tmp/body")" "200 17" "its small version, by its own sum"
get "/fiches/$sheet/pieces/$docid-${doc:0:8}-trame.pdf"
is "$status $(head_of content-type) $(sha256sum <"$tmp/body" | cut -c1-64)" "200 application/pdf $doc" "a document of 10 MiB, byte for byte"
is "$(head_of content-disposition)" 'attachment; filename="trame.pdf"' "a document is saved, not opened"
like "$(head_of content-security-policy)" "sandbox" "and may do nothing"
get "/fiches/$sheet/pieces/$id-${sum:0:8}-autre.png"
is "$status $(head_of location)" "301 $at" "another name leads to the right one"

for bad in "/fiches/$sheet/pieces/$id-00000000-plan.png" "/fiches/$((sheet + 1))/pieces/$id-${sum:0:8}-plan.png" \
	"/fiches/$sheet/pieces/$id-${sum:0:8}" "/fiches/$sheet/pieces/$id" "/fiches/$sheet/pieces/x-${sum:0:8}-plan.png" \
	"/fiches/a-$sheet/pieces/$id-${sum:0:8}-plan.png" "/fiches/$sheet/pieces/999999999-${sum:0:8}-plan.png" \
	"/fiches/$sheet/pieces/$id-%27;--aaaa-plan.png" "/fiches/$sheet/pieces"; do
	get "$bad"
	is "$status" 404 "nothing at $bad"
done
get "/fiches/$sheet/pieces/$id-00000000-plan.png"
like "$(head_of content-type) $(head_of content-security-policy)" "^text/html.*style-src 'self'" "what is not there is said in a page of the site"
# A file that readers do not have yet, and a sheet that is no longer shown.
{ read -r draft; read -r draftid; } < <(join brouillon.png image/png "$png || '\x0101'::bytea" null::bytea 1)
sql "update attachment set published_at = null where id = $draftid"
get "/fiches/$sheet/pieces/$draftid-${draft:0:8}-brouillon.png"
is "$status" 404 "a file of a draft is nobody else's"
sql "delete from attachment where sheet_id = $sheet"
get "$at?encore"
is "$status" 404 "a file taken off is gone"
is "$(sql "select count(*) from attachment_blob where sha256 in ('$sum', '$doc', '$draft')")" 0 "and its bytes too"
sql "delete from work where sheet_id = $sheet"

# Files that mean harm, as somebody sends them: tests/hostile/uploads.py.
cookie=$(head -c 32 /dev/urandom | base64 | tr '+/' '-_' | tr -d '=\n')
{ read -r person; read -r draft; } < <(sql "with c as (insert into contributor (name) values ('Essai des pièces') returning id)
	insert into account (id, email, state, confirmed_at) select id, 'pieces-' || id || '@essai.example', 'actif', now() from c returning id;
	select nextval('catalyse.sheet_id_seq')")
sql "insert into session (hash, account_id, expires_at) values (encode(sha256('$cookie'), 'hex'), $person, now() + interval '1 hour');
	insert into sheet (id, ref, type, slug, title, summary, state, source_label, origin) values ($draft, 'f-$draft', 'exemple', 'essai-des-pieces', 'Essai des pièces', 'Une phrase.', 'brouillon', 'Essai', 'source');
	insert into sheet_territory select $draft, id from territory where type = 'departement' and code = '974';
	update sheet set state = 'publiee' where id = $draft;
	insert into work (sheet_id, content, created_by) values ($draft, '{\"type\": \"exemple\", \"titre\": \"Essai des pièces\"}', $person);
	insert into work_author (sheet_id, account_id, role) values ($draft, $person, 'auteur')"
while IFS=$'\t' read -r good name detail; do ok "$good" "$name" "$detail"; done < <(/usr/bin/python3 "$(dirname "$0")/../hostile/uploads.py" "$cookie" "$draft" \
	"$top_srcdir/tools/cluster.sh" psql "$VAR/postgresql" -XqAt -v ON_ERROR_STOP=1 -d catalyse -c "set search_path to private, catalyse, public" -c 2>"$tmp/err" || echo "1	uploads.py went to its end	$(tr '\n' ' ' <"$tmp/err" | tail -c 500)")
sql "delete from attachment where sheet_id = $draft; update sheet set state = 'archivee' where id = $draft; delete from work where sheet_id = $draft; delete from session where account_id = $person; delete from account where id = $person" >/dev/null
end
