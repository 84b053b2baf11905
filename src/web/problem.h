/*
 * problem: errors as application/problem+json (RFC 9457), and the plain sentence of last resort. Layer 2.
 */
#ifndef WEB_PROBLEM_H
#define WEB_PROBLEM_H
#include "web/req.h"
#include "web/resp.h"

void problem_write(const struct req *req, struct resp *resp, enum err e);
void problem_put_json_string(struct buf *b, struct str s); /* quoted; bytes that are not UTF-8 must not come here */
void problem_write_plain(struct resp *resp, enum err e);   /* HTML without any template */

#endif
