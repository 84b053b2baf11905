#!/usr/bin/env bash
# One lane of the http ring: in Chromium.
LANE=browser exec bash "${top_srcdir:?run me by make check}/tests/http/http.sh"
