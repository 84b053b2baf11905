#!/usr/bin/env bash
# One lane of the http ring: what everybody reads.
LANE=public exec bash "${top_srcdir:?run me by make check}/tests/http/http.sh"
