/*
 * json_list: sheets, catalysts and territories as the JSON that others rely on; the names are those of docs and of /openapi.json.
 * Layer 4. Writes into a json_out; nothing fails.
 */
#ifndef FORMAT_JSON_LIST_H
#define FORMAT_JSON_LIST_H
#include "format/paging.h"
#include "model/catalyst.h"
#include "model/sheet.h"
#include "model/territory.h"
#include "text/json_out.h"
#include "web/req.h"

void json_place(struct json_out *j, const struct place_ref *p);
void json_sheet_card(struct json_out *j, struct arena *a, struct str base, const struct sheet_card *c);
void json_catalyst_card(struct json_out *j, struct arena *a, struct str base, const struct catalyst_card *c);
void json_territory_ref(struct json_out *j, struct arena *a, struct str base, const struct territory_ref *t);
/* "territoire": the territory a list is about; t->id 0 gives null. source: "choix", "ip", "defaut". */
void json_territory_of(struct json_out *j, const struct territory *t, const char *source, const char *confidence);
void json_notices(struct json_out *j, const struct req *r); /* "avertissements" */
void json_search_note(struct json_out *j, const struct search_note *n); /* "recherche", when other words were looked for; "vouliez_vous_dire"; "lieux_possibles" */
/* What opens every list: total, page, taille, liens, facettes, territoire, avertissements; "elements" is the caller's. */
void json_list_head(struct json_out *j, struct req *r, const struct list_query *q, const struct paging *p,
                    const struct facet_counts *f, const struct territory *t);

#endif
