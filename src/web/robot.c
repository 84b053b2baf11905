#include "web/robot.h"

#include <string.h>
#include <strings.h>

static const char *const words[] = { "bot", "crawl", "spider", "slurp", "fetch", "curl", "wget", "python", "java/", "go-http", "okhttp",
	                             "libwww", "httpclient", "headless", "lighthouse", "monitor", "preview", "scan", "archive" };

static bool
holds(struct str s, const char *word)
{
	size_t n = strlen(word);
	for (size_t i = 0; i + n <= s.n; i++)
		if (strncasecmp(s.p + i, word, n) == 0)
			return true;
	return false;
}

bool
robot_named(struct str user_agent)
{
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (holds(user_agent, words[i]))
			return true;
	return user_agent.n == 0;
}
