/*
 * json_out: writing JSON into a buffer, commas and quotes kept right. Layer 1, never fails; calls that do not nest die().
 */
#ifndef TEXT_JSON_OUT_H
#define TEXT_JSON_OUT_H
#include "base/buf.h"

struct json_out {
	struct buf *b;
	uint64_t some;   /* one bit a level: a value is already there */
	unsigned depth;  /* at most 63 */
	bool after_key;
};

void json_out_init(struct json_out *o, struct buf *b);
void json_out_object(struct json_out *o);
void json_out_array(struct json_out *o);
void json_out_end_object(struct json_out *o);
void json_out_end_array(struct json_out *o);
void json_out_key(struct json_out *o, const char *key); /* ASCII */
void json_out_str(struct json_out *o, struct str s);    /* valid UTF-8 */
void json_out_str_or_null(struct json_out *o, struct str s); /* empty gives null */
void json_out_int(struct json_out *o, int64_t v);
void json_out_real(struct json_out *o, double v, int decimals); /* decimals 0..9; not finite gives null */
void json_out_bool(struct json_out *o, bool v);
void json_out_null(struct json_out *o);
void json_out_raw(struct json_out *o, struct str json); /* a value already written as JSON */

#endif
