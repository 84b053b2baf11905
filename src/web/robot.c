#include "web/robot.h"

#include <string.h>
#include <strings.h>

static const struct {
	enum robot family;
	const char *token;
} robots[] = {
#define ROBOT(family, token) { ROBOT_##family, token },
#define ABOUT(words)
#define CLOSED(pattern)
#define ASKED(pattern)
#include "web/robot.def"
#undef ROBOT
};

static bool
holds(struct str s, const char *word)
{
	size_t n = strlen(word);
	for (size_t i = 0; i + n <= s.n; i++)
		if (strncasecmp(s.p + i, word, n) == 0)
			return true;
	return false;
}

enum robot
robot_of(struct str user_agent)
{
	for (size_t i = 0; i < sizeof(robots) / sizeof(*robots); i++)
		if (holds(user_agent, robots[i].token))
			return robots[i].family;
	return user_agent.n == 0 ? ROBOT_programme : ROBOT_NONE;
}

bool
robot_named(struct str user_agent)
{
	return robot_of(user_agent) != ROBOT_NONE;
}
