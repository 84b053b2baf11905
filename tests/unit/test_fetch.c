#include "unit.h"

#include "fetch/fetch.h"
#include "text/robots_txt.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

static bool
private_of(const char *text)
{
	struct sockaddr_in in = { .sin_family = AF_INET };
	struct sockaddr_in6 in6 = { .sin6_family = AF_INET6 };

	if (inet_pton(AF_INET, text, &in.sin_addr) == 1)
		return fetch_is_private((struct sockaddr *)&in);
	assert_int_equal(inet_pton(AF_INET6, text, &in6.sin6_addr), 1);
	return fetch_is_private((struct sockaddr *)&in6);
}

static void
addresses_that_are_not_asked(void **state)
{
	static const char *const kept[] = { "127.0.0.1", "127.8.9.10", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "169.254.169.254", "100.64.0.1",
		                            "0.0.0.0", "192.0.2.1", "198.18.0.1", "203.0.113.9", "224.0.0.1", "255.255.255.255", "::", "::1", "fe80::1",
		                            "fd00::1", "ff02::1", "::ffff:10.0.0.1", "::ffff:127.0.0.1", "64:ff9b::c0a8:1", "2002:7f00:1::", "2001:db8::1",
		                            "2001:0:1::", "::7f00:1" };
	static const char *const asked[] = { "1.1.1.1", "172.15.0.1", "172.32.0.1", "192.167.1.1", "100.128.0.1", "11.0.0.1", "223.255.255.255", "2606:4700::1",
		                             "2a01:e0a::1", "::ffff:1.1.1.1", "64:ff9b::101:101" };
	struct sockaddr local = { .sa_family = AF_UNIX };

	(void)state;
	for (size_t i = 0; i < sizeof(kept) / sizeof(*kept); i++)
		if (!private_of(kept[i]))
			fail_msg("%s would be asked", kept[i]);
	for (size_t i = 0; i < sizeof(asked) / sizeof(*asked); i++)
		if (private_of(asked[i]))
			fail_msg("%s would not be asked", asked[i]);
	assert_true(fetch_is_private(&local));
}

static void
nothing_here_is_asked(void **state)
{
	static const char *const urls[] = { "http://127.0.0.1:9/", "http://localhost:9/", "http://[::1]:9/", "http://2130706433:9/", "http://0x7f.1:9/" };
	struct fetch *f;
	struct fetch_answer x;

	assert_int_equal(fetch_open(&f, "essai", false), ERR_NONE);
	for (size_t i = 0; i < sizeof(urls) / sizeof(*urls); i++) {
		assert_int_equal(fetch_get(f, *state, str_of(urls[i]), true, 0, &x), ERR_NONE);
		assert_int_equal(x.end, FETCH_PRIVATE);
		assert_int_equal(x.status, 0);
	}
	assert_int_equal(fetch_get(f, *state, STR("file:///etc/passwd"), false, 100, &x), ERR_NONE);
	assert_int_equal(x.end, FETCH_UNREACHABLE);
	assert_int_equal(x.body.n, 0);
	assert_int_equal(fetch_get(f, *state, STR("pas une adresse"), false, 100, &x), ERR_NONE);
	assert_int_equal(x.end, FETCH_UNREACHABLE);
	fetch_close(f);
	fetch_close(NULL);
}

static void
robots(void **state)
{
	static const struct {
		const char *text, *path;
		bool allowed;
	} cases[] = {
		{ "", "/", true },
		{ "User-agent: *\nDisallow: /", "/a", false },
		{ "User-agent: *\nDisallow:", "/a", true },
		{ "User-agent: *\nDisallow: /prive\nAllow: /prive/ouvert", "/prive/ouvert/x", true },
		{ "User-agent: *\nDisallow: /prive\nAllow: /prive/ouvert", "/prive/x", false },
		{ "User-agent: autre\nDisallow: /", "/a", true },
		{ "User-agent: autre\nUser-agent: Catalyse-Liens\nDisallow: /a", "/a", false },
		{ "User-agent: autre\nUser-agent: Catalyse-Liens\nDisallow: /a", "/b", true },
		{ "User-agent: *\nDisallow: /\n\nUser-agent: catalyse-liens\nAllow: /", "/a", true },
		{ "User-agent: catalyse-liens\nDisallow: /a\nUser-agent: *\nDisallow: /", "/b", true },
		{ "user-AGENT : * # tous\r\n disallow : /x # ici\r\n", "/x", false },
		{ "User-agent: *\nDisallow: /*.pdf$", "/a/b.pdf", false },
		{ "User-agent: *\nDisallow: /*.pdf$", "/a/b.pdf?x", true },
		{ "User-agent: *\nDisallow: /*?", "/a?b", false },
		{ "User-agent: *\nDisallow: /a\nAllow: /a", "/a", true },
		{ "Disallow: /", "/a", true },
		{ "rien\n:::\nUser-agent\n", "/a", true },
		{ "User-agent: *\nDisallow: /a*b*c*d*e*f*g*h*i*j*k*l*$", "/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", true },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		if (robots_allow(str_of(cases[i].text), STR("catalyse-liens"), str_of(cases[i].path)) != cases[i].allowed)
			fail_msg("%s of <%s>", cases[i].path, cases[i].text);
}

int
main(void)
{
	const struct CMUnitTest tests[] = { UNIT_TEST(addresses_that_are_not_asked), UNIT_TEST(nothing_here_is_asked), UNIT_TEST(robots) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
