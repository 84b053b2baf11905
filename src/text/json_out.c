#include "text/json_out.h"
#include "base/log.h"
#include "text/esc.h"

#include <math.h>

struct json_out
json_out(struct buf *b)
{
	return (struct json_out){ .b = b };
}

static void
value_start(struct json_out *j)
{
	if (j->depth_ == 0)
		return;
	if (j->levels_[j->depth_ - 1].object) {
		if (!j->key_)
			die("json_out: a value without a key");
		j->key_ = false;
	} else {
		if (j->levels_[j->depth_ - 1].started)
			buf_char(j->b, ',');
		j->levels_[j->depth_ - 1].started = true;
	}
}

static void
begin(struct json_out *j, bool object)
{
	value_start(j);
	if (j->depth_ == JSON_OUT_DEPTH)
		die("json_out: more than %d levels", JSON_OUT_DEPTH);
	j->levels_[j->depth_].object = object;
	j->levels_[j->depth_].started = false;
	j->depth_++;
	buf_char(j->b, object ? '{' : '[');
}

void
json_begin_object(struct json_out *j)
{
	begin(j, true);
}

void
json_begin_array(struct json_out *j)
{
	begin(j, false);
}

void
json_end(struct json_out *j)
{
	if (j->depth_ == 0 || j->key_)
		die("json_out: an end without its beginning, or a key without a value");
	j->depth_--;
	buf_char(j->b, j->levels_[j->depth_].object ? '}' : ']');
}

static void
quoted(struct buf *b, struct str s)
{
	buf_char(b, '"');
	esc_json(b, s);
	buf_char(b, '"');
}

void
json_key(struct json_out *j, const char *key)
{
	if (j->depth_ == 0 || !j->levels_[j->depth_ - 1].object || j->key_)
		die("json_out: a key out of place: %s", key);
	if (j->levels_[j->depth_ - 1].started)
		buf_char(j->b, ',');
	j->levels_[j->depth_ - 1].started = true;
	quoted(j->b, str_of(key));
	buf_char(j->b, ':');
	j->key_ = true;
}

void
json_str(struct json_out *j, struct str s)
{
	value_start(j);
	quoted(j->b, s);
}

void
json_str_or_null(struct json_out *j, struct str s)
{
	if (s.n)
		json_str(j, s);
	else
		json_null(j);
}

void
json_int(struct json_out *j, int64_t v)
{
	value_start(j);
	buf_int(j->b, v);
}

void
json_real(struct json_out *j, double v)
{
	if (!isfinite(v) || fabs(v) > 1e12) {
		json_null(j);
		return;
	}
	value_start(j);
	/* By hand: printf would follow the locale. */
	int64_t millionths = llround(v * 1e6), rest;
	if (millionths < 0)
		buf_char(j->b, '-');
	millionths = millionths < 0 ? -millionths : millionths;
	buf_int(j->b, millionths / 1000000);
	rest = millionths % 1000000;
	if (rest == 0)
		return;
	buf_char(j->b, '.');
	for (int64_t scale = 100000; rest; scale /= 10) {
		buf_char(j->b, (char)('0' + rest / scale));
		rest %= scale;
	}
}

void
json_bool(struct json_out *j, bool v)
{
	value_start(j);
	buf_put(j->b, v ? STR("true") : STR("false"));
}

void
json_null(struct json_out *j)
{
	value_start(j);
	buf_lit(j->b, "null");
}

void
json_raw(struct json_out *j, struct str json)
{
	value_start(j);
	buf_put(j->b, json.n ? json : STR("null"));
}
