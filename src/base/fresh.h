/*
 * fresh: what this process has heard about changes of the public content, noun by noun. Layer 0. Atomics made at load: nothing is allocated,
 * nothing fails, no thread waits. What is kept in memory notes the generation of its nouns before it is read, and is dropped when it differs.
 * The nouns are those of the table revision (sql/deploy/revision.sql). See docs/design/fraicheur.md.
 */
#ifndef BASE_FRESH_H
#define BASE_FRESH_H
#include "base/str.h"

#include <stdbool.h>
#include <stdint.h>

#define NOUN_TABLE                                                                                         \
	NOUN(fiche) NOUN(catalyseur) NOUN(structure) NOUN(territoire) NOUN(espace) NOUN(vocabulaire) NOUN(evenement) \
	NOUN(parcours) NOUN(indicateur) NOUN(page)

enum noun {
#define NOUN(name) NOUN_##name,
	NOUN_TABLE
#undef NOUN
	NOUN_N
};

#define OF(name) (1u << NOUN_##name)
#define OF_ALL ((1u << NOUN_N) - 1)

#define FRESH_UNHEARD_S 60 /* nothing is kept longer by a process that hears nothing */

extern const struct str noun_names[NOUN_N];

unsigned fresh_nouns(struct str message); /* "fiche", "fiche:region:84": the noun's bit; OF_ALL for what is not known */
uint64_t fresh_generation(unsigned nouns); /* differs from what it was as soon as one of them changed */
void fresh_changed(unsigned nouns);
void fresh_hears(bool up); /* whether changes are being heard */
bool fresh_heard(void);

#endif
