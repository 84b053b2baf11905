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

void
facet_counts_add(struct facet_counts *ret, struct facet_count *list, struct facet_count f)
{
	ret->p = list;
	if (str_eq(f.facet, STR("total"))) {
		ret->total = f.n;
		ret->about = f.about;
	} else {
		list[ret->n++] = f;
	}
}

void
facet_counts_walk(struct facet_counts *ret, const struct list_query *q, size_t *ret_n, int64_t last_kept)
{
	if (q->apres.n == 0 || *ret_n <= (size_t)q->taille)
		return;
	*ret_n = (size_t)q->taille;
	ret->after = last_kept;
}

bool
list_query_filtered(const struct list_query *q)
{
	return q->types.n + q->themes.n + q->odds.n + q->pratiques.n + q->parcours.n + q->profils.n + q->maturites.n + q->dispositifs.n + q->espaces.n
	               + q->preuves.n + q->verifie_depuis.n + q->modifie_depuis.n + q->lat.n + q->rayon.n + q->bbox.n
	       > 0;
}
