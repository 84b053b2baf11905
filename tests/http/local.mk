# The lanes of tests/http/http.sh, each in an environment of its own; the longest first.
http_tests = tests/http/work.sh tests/browser/browser.sh tests/http/public.sh
