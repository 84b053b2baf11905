#!/bin/sh
# cluster.sh: a private PostgreSQL cluster in a folder of ours, reached by a unix socket only.
# Used by the demo (durable) and by the tests (throw-away). Touches nothing outside its folder.
#
#   cluster.sh create DIR [--durable] [--allow USER[,USER...]] [--port N]
#   cluster.sh copy DIR FROM [--durable] the same as FROM, which is stopped; its own durability, whatever that of FROM
#   cluster.sh start|stop|restart|kill|status|destroy DIR
#   cluster.sh env DIR [DBNAME]        prints PGHOST=... PGPORT=... PGUSER=... PGDATABASE=... PATH=... for eval
#   cluster.sh uri DIR DBNAME [ROLE]   prints db:pg:... for sqitch
#   cluster.sh conninfo DIR DBNAME ROLE prints libpq keywords
#   cluster.sh psql DIR ARGS...        psql as the superuser
#
# Run by root, the server itself runs as "postgres" (or "nobody"); run by somebody else, as that user.
# Who may connect: the invoking user, the server's user and those of --allow, as any of our roles (peer + map).
# Without --durable: fsync off, small memory. Exit status: 0, 1 (refused), 2 (usage).
set -eu

usage() { sed -n '2,14s/^# \{0,1\}//p' "$0" >&2; exit 2; }
fail() { echo "cluster.sh: $*" >&2; exit 1; }

[ $# -ge 2 ] || usage
verb=$1 dir=$2
shift 2
case $dir in /*) ;; *) dir=$PWD/$dir ;; esac

bin=${PGBIN:-}
if [ -z "$bin" ]; then
	for b in /usr/lib/postgresql/15/bin /usr/lib/postgresql/*/bin; do
		if [ -x "$b/initdb" ]; then bin=$b; break; fi
	done
fi
[ -n "$bin" ] || fail "PostgreSQL is not installed (looked for /usr/lib/postgresql/15/bin/initdb)"

me=$(id -un)
if [ "$(id -u)" = 0 ]; then
	owner=postgres
	id "$owner" >/dev/null 2>&1 || owner=nobody
else
	owner=$me
fi

# Runs a command as the server's user; the folder may sit below one that this user may not cross (/root):
# then the one capability to cross it is lent.
as_owner() {
	if [ "$owner" = "$me" ]; then "$@"; return; fi
	base="setpriv --reuid=$owner --regid=$(id -g "$owner") --clear-groups"
	if $base ls -d "$dir/." >/dev/null 2>&1; then $base -- "$@"; return; fi
	for cap in dac_read_search dac_override; do
		lend="$base --inh-caps=+$cap --ambient-caps=+$cap"
		if $lend ls -d "$dir/." >/dev/null 2>&1; then $lend -- "$@"; return; fi
	done
	fail "the user $owner cannot enter $dir: put the checkout where it can, or run as an ordinary user"
}

read_socket() {
	[ -s "$dir/socket" ] || fail "no cluster in $dir (cluster.sh create $dir)"
	read -r sock port < "$dir/socket"
}

running() { as_owner "$bin/pg_ctl" -D "$dir/data" status >/dev/null 2>&1; }

# A cluster older than one of our roles: who may be the reader may be that one too.
admit() { # ROLE
	if grep -q " $1\$" "$dir/data/pg_ident.conf"; then return 0; fi
	sed -n "s/ catalyse_ro\$/ $1/p" "$dir/data/pg_ident.conf" >"$dir/ident.tmp"
	cat "$dir/ident.tmp" >>"$dir/data/pg_ident.conf"
	rm -f "$dir/ident.tmp"
	if running; then as_owner "$bin/pg_ctl" -D "$dir/data" -s reload; fi
}

start() {
	read_socket
	admit catalyse_count
	running && return 0
	mkdir -p "$sock"
	if [ "$owner" != "$me" ]; then chown "$owner" "$sock"; fi
	chmod 755 "$sock"
	(cd "$dir" && as_owner "$bin/pg_ctl" -D "$dir/data" -w -t 60 -l "$dir/log" -s start </dev/null >/dev/null) ||
		{ tail -n 20 "$dir/log" >&2; fail "the server did not start (log: $dir/log)"; }
}

stop() { # $1: smart, fast or immediate
	read_socket
	running || return 0
	(cd "$dir" && as_owner "$bin/pg_ctl" -D "$dir/data" -w -t 60 -m "$1" -s stop) || fail "the server did not stop"
}

folder() { # $dir is made, and $sock chosen for $port
	mkdir -p "$dir"
	if [ "$owner" != "$me" ]; then chown "$owner" "$dir"; fi
	chmod 755 "$dir"
	sock=$dir/run
	if [ "$(printf %s "$sock/.s.PGSQL.$port.lock" | wc -c)" -gt 100 ]; then # sun_path holds 107 bytes
		sock=$(mktemp -d)
	fi
}

durability() { # lines of postgresql.conf, for $durable
	if [ $durable = yes ]; then
		echo "shared_buffers = 256MB"
		echo "fsync = on"
		echo "full_page_writes = on"
		echo "synchronous_commit = on"
		echo "wal_level = replica"
		echo "max_wal_senders = 10"
		echo "autovacuum_naptime = 1min"
	else
		echo "shared_buffers = 64MB"
		echo "fsync = off"
		echo "full_page_writes = off"
		echo "synchronous_commit = off"
		echo "wal_level = minimal"
		echo "max_wal_senders = 0"
		echo "autovacuum_naptime = 1h"
	fi
}

copy() { # FROM [--durable]
	[ ! -e "$dir/data" ] || fail "$dir holds a cluster"
	from=$1 durable=no
	if [ "${2:-}" = --durable ]; then durable=yes; fi
	case $from in /*) ;; *) from=$PWD/$from ;; esac
	to=$dir dir=$from
	read_socket
	! running || fail "$from is in service: stop it first"
	dir=$to
	folder
	cp -a "$from/data" "$dir/data"
	{ # of two lines that say the same setting, the last holds
		echo "unix_socket_directories = '$sock'"
		durability
	} >"$dir/conf.tmp"
	cat "$dir/conf.tmp" >>"$dir/data/postgresql.conf"
	rm -f "$dir/conf.tmp"
	echo "$sock $port" >"$dir/socket"
	start
}

create() {
	durable=no allow='' port=5432
	while [ $# -gt 0 ]; do
		case $1 in
		--durable) durable=yes ;;
		--allow) shift; allow=$1 ;;
		--port) shift; port=$1 ;;
		*) usage ;;
		esac
		shift
	done
	if [ -s "$dir/data/PG_VERSION" ] && [ -s "$dir/socket" ]; then start; return; fi
	folder
	sum=-k
	(cd "$dir" && as_owner "$bin/initdb" -D "$dir/data" -U postgres -E UTF8 --locale=C.UTF-8 $sum -A peer \
		--no-instructions $([ $durable = yes ] || echo --no-sync) >"$dir/initdb.log" 2>&1) ||
		{ cat "$dir/initdb.log" >&2; fail "initdb"; }
	{
		echo "# written by tools/cluster.sh"
		echo "listen_addresses = ''"
		echo "unix_socket_directories = '$sock'"
		echo "port = $port"
		echo "max_connections = 100"
		echo "timezone = 'UTC'"
		echo "log_timezone = 'UTC'"
		echo "log_line_prefix = '%m [%p] %q%u/%a '"
		echo "log_min_duration_statement = 250"
		echo "log_parameter_max_length_on_error = 0"
		echo "password_encryption = scram-sha-256"
		durability
	} >"$dir/conf.tmp"
	cat "$dir/conf.tmp" >>"$dir/data/postgresql.conf"
	rm -f "$dir/conf.tmp"
	echo "local all all peer map=ours" >"$dir/data/pg_hba.conf"
	{
		for user in $(printf '%s\n' "$me" "$owner" $(echo "$allow" | tr , ' ') | sort -u); do
			for role in postgres catalyse_owner catalyse_rw catalyse_ro catalyse_count; do
				echo "ours $user $role"
			done
		done
	} >"$dir/data/pg_ident.conf"
	echo "$sock $port" >"$dir/socket"
	start
}

psql_super() { read_socket; PGHOST=$sock PGPORT=$port PGUSER=postgres "$bin/psql" "$@"; }

case $verb in
create) create "$@" ;;
copy) copy "$@" ;;
start) start ;;
stop) stop fast ;;
kill) stop immediate ;;
restart) stop fast; start ;;
status) read_socket; running || fail "stopped" ;;
destroy)
	[ -e "$dir" ] || exit 0
	if [ -s "$dir/socket" ]; then
		stop immediate
		case $sock in "$dir"/*) ;; *) rm -rf "$sock" ;; esac
	fi
	rm -rf "$dir"
	;;
env) # its own programs first: Debian's psql is a script that looks for one, at each change of sqitch twice
	read_socket
	echo "PGHOST=$sock PGPORT=$port PGUSER=postgres PGDATABASE=${1:-catalyse} PATH='$bin':\$PATH; export PGHOST PGPORT PGUSER PGDATABASE PATH"
	;;
uri) # the socket's folder, percent-encoded
	read_socket
	echo "db:pg://${2:-postgres}@/${1:?}?host=$(printf %s "$sock" | sed 's/%/%25/g; s/ /%20/g')&port=$port"
	;;
conninfo) read_socket; echo "host='$sock' port=$port dbname=${1:?} user=${2:?}" ;;
psql) psql_super "$@" ;;
*) usage ;;
esac
