/*
 * json_out: writes one JSON document onto a buffer, commas by itself. Layer 1. Never fails; a value where a key is due, an end
 * that does not match or more than 32 levels are broken invariants: die().
 *     struct json_out j = json_out(&b);
 *     json_begin_object(&j); json_key(&j, "nom"); json_str(&j, name); json_end(&j);
 */
#ifndef TEXT_JSON_OUT_H
#define TEXT_JSON_OUT_H
#include "base/buf.h"

enum { JSON_OUT_DEPTH = 32 };

struct json_out {
	struct buf *b;
	int depth_;
	bool key_;
	struct {
		bool object, started;
	} levels_[JSON_OUT_DEPTH];
};

struct json_out json_out(struct buf *b);
void json_begin_object(struct json_out *j);
void json_begin_array(struct json_out *j);
void json_end(struct json_out *j); /* the innermost object or array */
void json_key(struct json_out *j, const char *key);
void json_str(struct json_out *j, struct str s);
void json_str_or_null(struct json_out *j, struct str s); /* empty: null */
void json_int(struct json_out *j, int64_t v);
void json_real(struct json_out *j, double v); /* at most 6 decimals, no exponent; null when not finite */
void json_bool(struct json_out *j, bool v);
void json_null(struct json_out *j);
void json_raw(struct json_out *j, struct str json); /* a value that is JSON already: from the database, or another json_out */

#endif
