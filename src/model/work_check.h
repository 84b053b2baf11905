/*
 * work_check: what is missing or wrong in a text sent to be read over: all of it at once, each with its field and a sentence that says
 * how to mend it. Layer 3, pure. Saving asks nothing of this: a draft may be anything. All lives in the arena given. Nothing fails.
 */
#ifndef MODEL_WORK_CHECK_H
#define MODEL_WORK_CHECK_H
#include "model/work_content.h"

struct work_fault {
	struct str field;   /* of the form: "titre", "sections_etapes_2_titre" */
	struct str code;    /* "manque", "borne", "valeur" */
	struct str message; /* French */
};
struct work_faults {
	const struct work_fault *p;
	size_t n;
};

/* short_form: the six fields, where a source is one field, "source"; else it is "source_libelle" and "source_adresse". */
struct work_faults work_check(struct arena *a, const struct work_content *c, bool short_form);

/* The licences a sheet may have, NULL at the end. */
struct work_licence {
	const char *code, *name;
};
extern const struct work_licence WORK_LICENCES[];

#endif
