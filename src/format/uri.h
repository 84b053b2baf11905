/*
 * uri: absolute addresses of what the data formats name, and the names that outlive an address. Layer 4, pure. In the arena given.
 */
#ifndef FORMAT_URI_H
#define FORMAT_URI_H
#include "base/arena.h"
#include <stdint.h>

struct str uri_sheet(struct arena *a, struct str base, int64_t id, struct str slug);
struct str uri_event(struct arena *a, struct str base, struct str address);
struct str uri_catalyst(struct arena *a, struct str base, int64_t id, struct str slug);
struct str uri_territory(struct arena *a, struct str base, struct str type, struct str code, struct str slug);
struct str uri_term(struct arena *a, struct str base, struct str scheme, struct str code); /* code empty: the scheme itself */
/* The address of a licence known by its SPDX name; empty for another. */
struct str uri_licence(struct str spdx);
/* RFC 4151: "tag:catalyse.example,2026:fiche/12": the same wherever the page moves. */
struct str uri_tag(struct arena *a, struct str base, const char *kind, struct str id);

#endif
