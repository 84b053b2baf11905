#!/usr/bin/env bash
# The long tests of faults, one after the other; each goes on whatever became of the one before, and the end says what failed and what was skipped.
# What could not run here (77: not root, a tool that is absent) is a failure too, unless SKIP_OK=1. Run by make check-chaos.
#   ONLY=NAME...: these alone.
set -uo pipefail
top=${top_srcdir:?run me by make check-chaos}
export top_builddir=${top_builddir:?} CHAOS_BIN=tests
failed= skipped=
run() { # SCRIPT [NAME=VALUE...]
	local name=$1 status
	shift
	case " ${ONLY:-$name} " in *" $name "*) ;; *) return ;; esac
	echo "== $name $*"
	env "$@" bash "$top/tests/chaos/$name.sh"
	status=$?
	[ $status != 77 ] || skipped+=" $name"
	[ $status = 0 ] || [ $status = 77 ] || failed+=" $name"
}
run acceptor
run restart SOCKETS=held RESTARTS=50 SECONDS_OF_LOAD=60
run rolling
run seccomp WHOLE=1
run slow
run backup LONG=1
run fresh
run hosts CURVE=1
run faults
run pgbouncer
run hostile
run import
run writes KILLS=200
run restart SOCKETS=own RESTARTS=10 SECONDS_OF_LOAD=40
echo "== failed:${failed:- none}; skipped:${skipped:- none}"
[ -z "$failed" ] && { [ -z "$skipped" ] || [ "${SKIP_OK:-}" = 1 ]; }
