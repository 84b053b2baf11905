#!/usr/bin/env bash
# One lane of the http ring: what needs an account, in Chromium.
LANE=people exec bash "${top_srcdir:?run me by make check}/tests/http/http.sh"
