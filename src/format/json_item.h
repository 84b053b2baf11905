/*
 * json_item: one sheet, one catalyst, whole, as the JSON that others rely on: pages and dumps write the same. Layer 4.
 * Writes the members of an object that the caller opens and ends; nothing fails.
 */
#ifndef FORMAT_JSON_ITEM_H
#define FORMAT_JSON_ITEM_H
#include "model/catalyst.h"
#include "model/sheet.h"
#include "text/json_out.h"

/* The address of this site as a member: base, url and what follows it ("", ".json"); null when url is empty. */
void json_address(struct json_out *j, struct arena *a, struct str base, const char *key, struct url url, const char *suffix);
void json_sheet(struct json_out *j, struct arena *a, struct str base, const struct sheet *s);
void json_catalyst(struct json_out *j, struct arena *a, struct str base, const struct catalyst *c);

#endif
