/*
 * json: reading JSON. Layer 1; json.c is the only file that sees cJSON. The tree lives as long as the arena.
 * Strict: RFC 8259, UTF-8, at most JSON_BYTES_MAX, JSON_DEPTH_MAX, JSON_NODES_MAX; no key twice in an object, no \u0000, nothing
 * after the value. Every reader takes NULL and the wrong kind, and answers "nothing": absent is as good as empty.
 */
#ifndef TEXT_JSON_H
#define TEXT_JSON_H
#include "base/arena.h"
#include "base/err.h"
#include <stdint.h>

#define JSON_BYTES_MAX (1 << 20)
#define JSON_DEPTH_MAX 32
#define JSON_NODES_MAX 50000
#define JSON_KEYS_MAX 256 /* in one object */

struct json;

enum json_kind { JSON_NONE, JSON_NULL, JSON_BOOL, JSON_NUMBER, JSON_STRING, JSON_ARRAY, JSON_OBJECT };

/* ERR_BAD_INPUT with the byte in err_detail(); *ret untouched then. */
enum err json_parse(struct arena *a, struct str text, const struct json **ret) MUST_CHECK;

enum json_kind json_kind(const struct json *v);
const struct json *json_get(const struct json *object, const char *key); /* NULL when absent */
size_t json_len(const struct json *v);                                   /* of an array or object, else 0 */
const struct json *json_first(const struct json *v);                     /* of an array or object, else NULL */
const struct json *json_next(const struct json *v);                      /* NULL after the last */
struct str json_key(const struct json *v);                               /* a member's own key */
struct str json_text(const struct json *v);                              /* of a string, else empty */
int64_t json_int(const struct json *v);                                  /* of a number, rounded to zero, clamped; else 0 */
double json_real(const struct json *v);
bool json_bool(const struct json *v);

#endif
