/*
 * revised: a page by the revision of what it is made of. Layer 2. Calls the handler of the route, or answers in its place; fails as the handler does.
 * A page that is made of the public content alone has the revision of that content for validator: who already has it is answered without making it.
 * The revision is read before and after: a page that was made across a change gets the sum of its bytes instead.
 */
#ifndef WEB_REVISED_H
#define WEB_REVISED_H
#include "web/gate.h"

enum err revised_serve(struct gate_worker *w, struct req *r, struct resp *resp) MUST_CHECK;

#endif
