/*
 * app: what one process of catalysed holds, given to every request as req->app. Layer 5. The first member is what pages read
 * (struct site, page/page.h); the rest is for this folder.
 */
#ifndef APP_APP_H
#define APP_APP_H
#include "geo/locate.h"
#include "page/page.h"

struct app {
	struct site site;
	struct geo *geo;
	const char *backup_state; /* the file where backups and drills are noted, "" for none */
};

const struct place *app_locate(struct req *r);
enum err page_openapi(struct req *r, struct resp *w) MUST_CHECK; /* what this server answers, from its own tables */
enum err page_live(struct req *r, struct resp *w) MUST_CHECK;  /* the process answers; touches nothing */
enum err page_metrics(struct req *r, struct resp *w) MUST_CHECK; /* what this instance counted, for Prometheus */
enum err page_ready(struct req *r, struct resp *w) MUST_CHECK; /* 200 when the database answers, else 503; says how the IP files are */

#endif
