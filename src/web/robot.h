/*
 * robot: whether a User-Agent names a robot or a program, and of which family (web/robot.def). Layer 2, pure. Only for what must not count
 * machines: the application answers them as anybody; it is nginx that holds them to robots.txt, by the same table.
 */
#ifndef WEB_ROBOT_H
#define WEB_ROBOT_H
#include "base/str.h"

enum robot { ROBOT_NONE, ROBOT_apercu, ROBOT_ia, ROBOT_referencement, ROBOT_moteur, ROBOT_programme, ROBOT_autre };

enum robot robot_of(struct str user_agent) MUST_CHECK; /* an empty one: a program */
bool robot_named(struct str user_agent) MUST_CHECK;

#endif
