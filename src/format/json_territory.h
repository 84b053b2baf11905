/*
 * json_territory: a territory and all that its page says, as the JSON that others rely on. Layer 4.
 * Writes the members of an object that the caller opens and ends; nothing fails.
 */
#ifndef FORMAT_JSON_TERRITORY_H
#define FORMAT_JSON_TERRITORY_H
#include "model/alike.h"
#include "model/catalyst.h"
#include "model/sheet.h"
#include "model/territory.h"
#include "text/json_out.h"

void json_territory(struct json_out *j, struct arena *a, struct str base, const struct territory *t);
void json_territory_refs(struct json_out *j, struct arena *a, struct str base, const struct territory_refs *refs);
void json_programmes(struct json_out *j, const struct programmes *p);
void json_alike(struct json_out *j, struct arena *a, struct str base, const struct alike *x);

#endif
