#include "text/json_out.h"

#include "base/log.h"
#include "text/esc.h"

#include <math.h>

void
json_out_init(struct json_out *o, struct buf *b)
{
	*o = (struct json_out){ .b = b };
}

static void
before(struct json_out *o)
{
	uint64_t bit = UINT64_C(1) << o->depth;

	if (o->after_key) {
		o->after_key = false;
		return;
	}
	if (o->some & bit)
		buf_char(o->b, ',');
	o->some |= bit;
}

static void
enter(struct json_out *o, char c)
{
	before(o);
	buf_char(o->b, c);
	if (++o->depth > 63)
		die("json_out: more than 63 levels");
	o->some &= ~(UINT64_C(1) << o->depth);
}

static void
leave(struct json_out *o, char c)
{
	if (o->depth == 0 || o->after_key)
		die("json_out: '%c' closes nothing", c);
	o->depth--;
	buf_char(o->b, c);
}

void
json_out_object(struct json_out *o)
{
	enter(o, '{');
}

void
json_out_array(struct json_out *o)
{
	enter(o, '[');
}

void
json_out_end_object(struct json_out *o)
{
	leave(o, '}');
}

void
json_out_end_array(struct json_out *o)
{
	leave(o, ']');
}

void
json_out_key(struct json_out *o, const char *key)
{
	before(o);
	buf_char(o->b, '"');
	esc_json(o->b, str_of(key));
	buf_lit(o->b, "\":");
	o->after_key = true;
}

void
json_out_str(struct json_out *o, struct str s)
{
	before(o);
	buf_char(o->b, '"');
	esc_json(o->b, s);
	buf_char(o->b, '"');
}

void
json_out_str_or_null(struct json_out *o, struct str s)
{
	if (s.n)
		json_out_str(o, s);
	else
		json_out_null(o);
}

void
json_out_int(struct json_out *o, int64_t v)
{
	before(o);
	buf_int(o->b, v);
}

void
json_out_real(struct json_out *o, double v, int decimals)
{
	before(o);
	if (!isfinite(v)) {
		buf_lit(o->b, "null");
		return;
	}
	size_t from = o->b->n;
	buf_fmt(o->b, "%.*f", decimals < 0 ? 0 : decimals > 9 ? 9 : decimals, v);
	if (memchr(o->b->p + from, '.', o->b->n - from)) {
		while (o->b->p[o->b->n - 1] == '0')
			o->b->n--;
		if (o->b->p[o->b->n - 1] == '.')
			o->b->n--;
	}
}

void
json_out_bool(struct json_out *o, bool v)
{
	before(o);
	buf_put(o->b, v ? STR("true") : STR("false"));
}

void
json_out_null(struct json_out *o)
{
	before(o);
	buf_lit(o->b, "null");
}

void
json_out_raw(struct json_out *o, struct str json)
{
	before(o);
	buf_put(o->b, json);
}
