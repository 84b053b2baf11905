#!/usr/bin/env bash
# Accounts: signing in and out, sessions, second factor.
. "$(dirname "$0")/lib.sh"

# Signing in, by the form.
jar=$tmp/jar
form=/connexion post /connexion courriel=contributeur@demo.example mot_de_passe=pas-le-bon-du-tout
is "$status" 422 "a wrong password is refused"
like "$(cat "$tmp/body")" 'ne convient pas' "and said"
unlike "$(cat "$tmp/head")" '^Set-Cookie' "without a cookie"
: >"$jar"
login contributeur@demo.example "$jar"
is "$? $status" "0 303" "the right one opens"
like "$(head_of Set-Cookie)" '^session=[A-Za-z0-9_-]{43}; Path=/; Max-Age=2592000; HttpOnly; SameSite=Lax$' "by a cookie that scripts cannot read"
cookie=$(awk '$6 == "session" { print $7 }' "$jar")
get /connexion -b "$jar"
is "$status" 303 "whoever is in does not sign in again"

# Fixation: a cookie that somebody chose is never taken.
chosen=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA
get /connexion -b "session=$chosen"
is "$status" 200 "a cookie chosen by somebody is nobody's"

# Out: the cookie is worth nothing any more.
form=/connexion/second-facteur post /deconnexion
is "$status" 303 "out"
is "$(head_of Clear-Site-Data)" '"cookies", "storage"' "and the browser forgets"
get /connexion -b "session=$cookie"
is "$status" 200 "the cookie kept by somebody opens nothing"

# The second factor of those who decide.
jar=$VAR/jar-animateur@demo.example
login animateur@demo.example
is $? 0 "a second factor is asked for, and given"
end
