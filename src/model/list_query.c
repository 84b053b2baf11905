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

int64_t
facet_counts_exact(const struct facet_counts *f)
{
	return f->about ? -1 : f->total;
}

int64_t
list_query_reach(const struct list_query *q, const struct facet_counts *f)
{
	int64_t before = list_query_offset(q), here = before + f->shown;
	if (!f->about || q->apres.n)
		return f->total;
	if (f->shown == 0)
		return f->total < before ? f->total : before;
	if (f->shown < q->taille)
		return here;
	return f->total > here ? f->total : here + 1;
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
	if (q->apres.n && *ret_n > (size_t)q->taille) {
		*ret_n = (size_t)q->taille;
		ret->after = last_kept;
	}
	ret->shown = (int64_t)*ret_n;
}

bool
list_query_filtered(const struct list_query *q)
{
	return q->types.n + q->themes.n + q->odds.n + q->pratiques.n + q->parcours.n + q->profils.n + q->maturites.n + q->dispositifs.n + q->espaces.n
	               + q->preuves.n + q->verifie_depuis.n + q->modifie_depuis.n + q->lat.n + q->rayon.n + q->bbox.n
	       > 0;
}
