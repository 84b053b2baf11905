/*
 * resource_rows: documents and sites as pages and data show them. Layer 4. All lives in the request's arena; nothing fails.
 */
#ifndef PAGE_RESOURCE_ROWS_H
#define PAGE_RESOURCE_ROWS_H
#include "model/resource.h"
#include "page/page.h"
#include "text/json_out.h"

/* By kind, in their order. prefix: of the ids of the groups. */
struct view_resource_groups resource_groups(struct arena *a, const struct resources *all, const char *prefix);
void json_resource(struct json_out *j, const struct resource *x);

#endif
