#!/usr/bin/env bash
# One lane of the http ring: hostile texts, which nothing may come after.
LANE=hostile exec bash "${top_srcdir:?run me by make check}/tests/http/http.sh"
