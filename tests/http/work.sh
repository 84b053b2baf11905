#!/usr/bin/env bash
# One lane of the http ring: accounts, writing, reviewing, administration.
LANE=work exec bash "${top_srcdir:?run me by make check}/tests/http/http.sh"
