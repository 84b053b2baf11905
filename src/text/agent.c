#include "text/agent.h"

struct word {
	const char *mark, *name;
};

/* The first that is found: those that imitate another come before it. */
static const struct word browsers[] = { { "Edg", "Edge" },           { "OPR/", "Opera" },       { "SamsungBrowser", "Samsung Internet" }, { "Firefox/", "Firefox" },
	                                { "FxiOS", "Firefox" },      { "CriOS", "Chrome" },     { "Chromium/", "Chromium" },              { "Chrome/", "Chrome" },
	                                { "Safari/", "Safari" },     { "curl/", "curl" } };
static const struct word systems[] = { { "Android", "Android" }, { "iPhone", "iPhone" }, { "iPad", "iPad" }, { "Windows", "Windows" }, { "Mac OS X", "macOS" },
	                               { "CrOS", "ChromeOS" },   { "Linux", "Linux" } };

static const char *
named(struct str s, const struct word *words, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (s.n && memmem(s.p, s.n, words[i].mark, strlen(words[i].mark)))
			return words[i].name;
	return NULL;
}

struct str
agent_words(struct arena *a, struct str user_agent)
{
	const char *browser = named(user_agent, browsers, sizeof(browsers) / sizeof(*browsers));
	const char *system = named(user_agent, systems, sizeof(systems) / sizeof(*systems));

	return browser && system ? arena_fmt(a, "%s, %s", browser, system) : str_of(browser ? browser : system ? system : "navigateur inconnu");
}
