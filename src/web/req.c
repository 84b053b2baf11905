#include "web/req.h"

struct str
req_param(const struct req *r, const char *name)
{
	struct str want = str_of(name);

	for (size_t i = 0; i < r->nparams; i++)
		if (str_eq(r->params[i].name, want))
			return r->params[i].value;
	return STR_NONE;
}

size_t
req_params(struct req *r, const char *name, const struct str **ret_values)
{
	struct str want = str_of(name), *values;
	size_t n = 0, k = 0;

	for (size_t i = 0; i < r->nparams; i++)
		n += str_eq(r->params[i].name, want);
	values = arena_array(r->arena, struct str, n ? n : 1);
	for (size_t i = 0; i < r->nparams; i++)
		if (str_eq(r->params[i].name, want))
			values[k++] = r->params[i].value;
	*ret_values = values;
	return n;
}

void
req_notice(struct req *r, struct str field, struct str code, struct str message)
{
	if (r->nnotices == REQ_NOTICES) {
		/* A refusal must not be lost behind ignored names: the status depends on it. */
		if (!str_eq(code, STR("inconnu")))
			r->notices[REQ_NOTICES - 1] = (struct notice){ field, code, message };
		return;
	}
	r->notices[r->nnotices++] = (struct notice){ field, code, message };
}

struct str
req_typed(const struct req *r, const char *name)
{
	struct str want = str_of(name);

	for (size_t i = 0; i < r->ntyped; i++)
		if (str_eq(r->typed[i].name, want))
			return r->typed[i].value;
	return STR_NONE;
}
