#!/bin/sh
# The connection layer against a private server. Usage: db.sh [DB_TEST_PROGRAM]; TAP.
# Needs no schema of ours: three roles and one table.
set -eu
srcdir=$(cd "$(dirname "$0")/../.." && pwd)
program=${1:-${top_builddir:-.}/tests/sql/db_test}
[ -x "$program" ] || { echo "Bail out! no $program"; exit 1; }
work=$(mktemp -d /tmp/catalyse-dbtest.XXXXXX)
trap '"$srcdir/tools/cluster.sh" destroy "$work/pg" >/dev/null 2>&1; rm -rf "$work"' EXIT
trap 'exit 1' INT TERM
chmod 755 "$work"
"$srcdir/tools/cluster.sh" create "$work/pg"
"$srcdir/tools/cluster.sh" psql "$work/pg" -qAt -d postgres -v ON_ERROR_STOP=1 <<'SQL' >/dev/null
create role catalyse_owner login;
create role catalyse_rw login;
create role catalyse_ro login;
alter role catalyse_ro set default_transaction_read_only to on;
alter role catalyse_ro set statement_timeout to '8s';
alter role catalyse_ro set lock_timeout to '1s';
alter role catalyse_rw set statement_timeout to '8s';
alter role catalyse_rw set lock_timeout to '1s';
create database probe;
\c probe
create table probe (id int primary key check (id > 0), word text);
grant select on probe to catalyse_ro;
grant select, insert on probe to catalyse_rw;
SQL
read -r sock port <"$work/pg/socket"
"$program" "$sock" "$port" "$srcdir/tools/cluster.sh" "$work/pg"
