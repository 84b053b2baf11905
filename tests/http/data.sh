#!/usr/bin/env bash
# One lane of the http ring: lists, formats, mail and what happens to processes.
LANE=data exec bash "${top_srcdir:?run me by make check}/tests/http/http.sh"
