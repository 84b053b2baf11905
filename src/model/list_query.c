#include "model/list_query.h"

struct db_arg
list_query_texts(struct arena *a, struct strs v)
{
	return db_arg_texts(a, v.p, v.n);
}

int64_t
list_query_offset(const struct list_query *q)
{
	return (q->page - 1) * q->taille;
}
