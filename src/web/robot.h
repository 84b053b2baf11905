/*
 * robot: whether a User-Agent names a robot or a program. Layer 2, pure. Only for what must not count machines: a page never
 * answers them otherwise.
 */
#ifndef WEB_ROBOT_H
#define WEB_ROBOT_H
#include "base/str.h"

bool robot_named(struct str user_agent) MUST_CHECK; /* true for an empty one too */

#endif
