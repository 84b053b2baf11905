http_tests = tests/http/http.sh
