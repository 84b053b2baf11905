#!/usr/bin/env bash
# The units that are shipped: systemd understands them, and what each may do is bounded (systemd-analyze security, score x 10). TAP.
set -uo pipefail
cd "${top_srcdir:-$(dirname "$0")/../..}" || exit 1
command -v systemd-analyze >/dev/null || { echo "not ok - systemd-analyze is missing (./bootstrap installs systemd)"; exit 1; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
fail=0
ok() { if [ "$1" = 0 ]; then echo "ok - $2"; else echo "not ok - $2"; fail=1; [ -z "${3:-}" ] || head -n 20 <<<"$3" | sed 's/^/#   /'; fi; }

# The server speaks to Unix sockets only; the others are bounded too, wider where they go out by the network or start programs.
bound() {
	case $1 in
	catalyse@.service) echo 5 ;;
	catalyse-mail.service | catalyse-links.service) echo 12 ;;
	catalyse-backup* | catalyse-drill* | catalyse-ipdb*) echo 15 ;;
	*) echo 5 ;;
	esac
}
for unit in systemd/*.service; do
	name=$(basename "$unit")
	said=$(systemd-analyze security --no-pager --offline=true --threshold="$(bound "$name")" "$unit" 2>&1)
	ok $? "$name: exposure $(sed -n 's/.*: \([0-9.]*\) .*/\1/p' <<<"$said" | tail -n 1), $(bound "$name") tenths at most" "$(grep '✗' <<<"$said")"
done

# What the units start, and the pages they name, are put where they say; the sockets of instances need a number.
for unit in systemd/*.{service,socket,timer}; do
	name=$(basename "$unit")
	sed -e "s,^ExecStart=[^ ]*,ExecStart=/bin/true," -e '/^Documentation=/d' "$unit" >"$work/${name/@./@1.}"
done
said=$(SYSTEMD_UNIT_PATH=$work: systemd-analyze verify --man=no "$work"/*.{service,socket,timer} 2>&1)
[ $? = 0 ] && ! grep -q "^$work\|catalyse" <<<"$said"
ok $? "systemd-analyze verify has nothing to say" "$said"
said=$(grep -L '^ExecStart=/usr/s\?bin/catalyse' systemd/*.service)
[ -z "$said" ]
ok $? "each starts a program of the package" "$said"

# The base on other hosts: with the drop-in where it says to put it, each unit that had no network has one, and of the others' addresses those of
# the base alone; the examples of settings name the same.
root=$work/root shipped=docs/plusieurs-hotes/base-distante.conf
mkdir -p "$root/usr/lib/systemd/system"
cp systemd/* "$root/usr/lib/systemd/system/"
for path in $(sed -n 's/^#.*install -Dm644 base-distante.conf \([^ ]*\).*/\1/p' $shipped); do install -Dm644 $shipped "$root$path"; done
n=0
for unit in $(grep -l '^PrivateNetwork=yes' systemd/*.service); do
	name=$(basename "$unit")
	said=$(systemd-analyze security --no-pager --offline=true --root="$root" --json=short --threshold=13 "${name/@./@1.}" 2>&1) &&
		said=$(jq -r '.[] | select(.name == "PrivateNetwork=" or .name == "IPAddressDeny=" or .name == "RestrictAddressFamilies=~AF_(INET|INET6)") | .set | tostring + " "' <<<"$said" | tr -d '\n')$(
			jq -r '.[] | select(.name == "IPAddressDeny=").description' <<<"$said")
	[ "$said" = "false false false Service defines IP address allow list with non-localhost entries" ]
	ok $? "$name reaches a base on another host by the drop-in, 1.3 at most" "$said"
	n=$((n + 1))
done
[ $n -ge 8 ]
ok $? "all that had none: $n"
said=$(SYSTEMD_UNIT_PATH=$root/etc/systemd/system:$work: systemd-analyze verify --man=no "$work"/*.service 2>&1)
[ $? = 0 ] && ! grep -q "base-distante\|catalyse" <<<"$said"
ok $? "systemd-analyze verify has nothing to say of it" "$said"
allowed=$(sed -n 's/^IPAddressAllow=//p' $shipped)
is=$(sed -n 's/^DATABASE[A-Z_]*=host=\([0-9][^ ]*\) .*/\1/p' docs/plusieurs-hotes.md | tr , ' ' | sort -u)
[ "$is" = "$allowed" ]
ok $? "and the examples of settings name those it lets in" "$is / $allowed"
! grep '^DATABASE[A-Z_]*=host=[0-9]' docs/plusieurs-hotes.md | grep -v 'sslrootcert=/[^ ]* passfile=/'
ok $? "each with the certificate and the passwords of its own: the account has no home"

# In a user namespace nginx's account would be seen as nobody: PEER_UIDS would refuse it.
! grep -qi '^PrivateUsers=\(yes\|true\|on\|1\)' "systemd/catalyse@.service"
ok $? "the server sees who connects"
grep -q '^Type=notify' systemd/catalyse@.service && grep -q '^WatchdogSec=' systemd/catalyse@.service && grep -q '^Restart=always' systemd/catalyse@.service
ok $? "it says when it is ready, is watched, and is started again"
# By default systemd gives up after five starts in ten seconds, and a socket after twenty in two.
section() { sed -n "/^\[$1\]/,/^\[/p" "$2"; }
said=$(for unit in $(grep -l '^Restart=' systemd/*.service); do section Unit "$unit" | grep -q '^StartLimitIntervalSec=0$' || echo "$unit"; done
	for unit in systemd/*.socket; do section Socket "$unit" | grep -q '^TriggerLimitIntervalSec=0$' || echo "$unit"; done)
[ -z "$said" ]
ok $? "what is started again is so without an end" "$said"
exit $fail
