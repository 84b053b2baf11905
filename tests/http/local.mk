# The lanes of tests/http/http.sh, each in an environment of its own; the longest first.
http_tests = tests/browser/people.sh tests/browser/site.sh tests/http/work.sh tests/http/public.sh tests/http/data.sh
