#!/usr/bin/env bash
# One lane of the http ring: what everybody sees, in Chromium.
LANE=site exec bash "${top_srcdir:?run me by make check}/tests/http/http.sh"
