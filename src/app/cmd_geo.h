/* cmd_geo: the words of `catalyse geo`. Layer 5 (app). */
#ifndef APP_CMD_GEO_H
#define APP_CMD_GEO_H
#include "app/cmd.h"

int cmd_geo_refresh(struct cmd *c); /* argv[0] is the word */

#endif
