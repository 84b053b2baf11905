# The lanes of tests/http/http.sh, each in an environment of its own; the longest first.
http_tests = tests/http/work.sh tests/browser/site.sh tests/browser/people.sh tests/http/data.sh tests/http/hostile.sh tests/http/public.sh
