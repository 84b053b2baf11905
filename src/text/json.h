/*
 * json: reading JSON, strictly. Layer 1. The only file that knows cJSON.
 * RFC 8259 and nothing more lenient; at most 256 KiB, 32 levels and 20,000 values; UTF-8, no \u0000, no key twice in an object.
 * The tree lives in the arena. Every reader takes NULL and values of another kind, and answers "nothing".
 */
#ifndef TEXT_JSON_H
#define TEXT_JSON_H
#include "base/arena.h"
#include "base/err.h"
#include <stdint.h>

enum json_kind { JSON_NONE, JSON_NULL, JSON_BOOL, JSON_NUMBER, JSON_TEXT, JSON_ARRAY, JSON_OBJECT };
enum { JSON_BYTES_MAX = 256 * 1024, JSON_DEPTH_MAX = 32, JSON_NODES_MAX = 20000 };

struct json;

/* ERR_TOO_LARGE past a limit, ERR_BAD_INPUT else; the detail says where. */
enum err json_parse(struct arena *a, struct str text, const struct json **ret) MUST_CHECK;

enum json_kind json_kind(const struct json *v);                      /* JSON_NONE for NULL */
const struct json *json_get(const struct json *v, const char *key);  /* a member of an object, else NULL */
const struct json *json_first(const struct json *v);                 /* of an array or an object */
const struct json *json_next(const struct json *v);                  /* the sibling after v */
size_t json_len(const struct json *v);                               /* members */
struct str json_name(const struct json *v);                          /* the key v stands under, else empty */
struct str json_text(const struct json *v);                          /* a string, else empty */
bool json_true(const struct json *v);
double json_number(const struct json *v, double otherwise);
/* A whole number that a double holds exactly; false for anything else. */
bool json_whole(const struct json *v, int64_t *ret) MUST_CHECK;

#endif
