/*
 * write: one transaction a POST or a PUT. Layer 2. The page's work, and the answer kept under the key of the submission, are committed
 * together before anything is sent; after 40001 or 40P01, or when the server was lost or ceased to be the primary before the commit, the
 * whole is done again, three times in all; when the link was lost during the
 * commit, the key tells whether it happened. The same key and body give the same answer again, whoever asks first.
 */
#ifndef WEB_WRITE_H
#define WEB_WRITE_H
#include "web/route.h"

/* Runs r->route->handler in a transaction of r->write. ERR_KEY_USED: the key came with another body; ERR_KEY_BUSY: it is being answered. */
enum err write_serve(struct req *r, struct resp *resp) MUST_CHECK;

#endif
