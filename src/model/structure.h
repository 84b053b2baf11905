/*
 * structure: organisations, who answers for them, who belongs to them, and the sheets brought to them. Layer 3. On the read-write
 * connection, by the rights of the actor. Acts return ERR_NONE and *ret_why: empty when done, else "introuvable", "interdit", "etat",
 * "dernier" (the last who answers for it names another one first) or "motif". Everything lives in the arena given.
 */
#ifndef MODEL_STRUCTURE_H
#define MODEL_STRUCTURE_H
#include "db/db.h"

struct structure {
	int64_t id;
	struct str name, kind, website, siren, source;
	struct str place_key, place_name, place_type, place_code, place_slug; /* empty: not known */
	struct str role, state; /* of the actor in it; empty: none */
	bool decides;           /* the actor answers to those who ask */
	bool held;              /* somebody answers for it */
};

struct structure_person {
	int64_t account;
	struct str name, role, state, since, message;
};
struct structure_people {
	const struct structure_person *p;
	size_t n;
};

struct structure_sheet {
	int64_t id, total;
	struct str type, title, slug, state;
};
struct structure_sheets {
	const struct structure_sheet *p;
	size_t n;
};

struct structure_name {
	int64_t id;
	struct str name, kind, place, siren;
};
struct structure_names {
	const struct structure_name *p;
	size_t n;
};

struct structure_address {
	int64_t account;
	struct str name, email;
};
struct structure_addresses {
	const struct structure_address *p;
	size_t n;
};

enum err structure_find(struct db *db, struct arena *a, int64_t actor, int64_t id, struct structure *ret) MUST_CHECK; /* ERR_NOT_FOUND */
enum err structure_search(struct db *db, struct arena *a, struct str words, struct structure_names *ret) MUST_CHECK;
enum err structure_members(struct db *db, struct arena *a, int64_t id, struct structure_people *ret) MUST_CHECK;
enum err structure_sheets_list(struct db *db, struct arena *a, int64_t id, int64_t most, struct structure_sheets *ret) MUST_CHECK;
/* Sheets that the actor may bring to it: id and name. */
enum err structure_bring_list(struct db *db, struct arena *a, int64_t actor, int64_t id, struct structure_names *ret) MUST_CHECK;
enum err structure_deciders_list(struct db *db, struct arena *a, int64_t id, struct structure_addresses *ret) MUST_CHECK;
/* Where to write to an account; ERR_NOT_FOUND when it is not open. */
enum err structure_person_address(struct db *db, struct arena *a, int64_t account, struct structure_address *ret) MUST_CHECK;

/* territory: its number, 0: none. ERR_DB_CONFLICT: that SIREN is another one's. */
struct structure_words {
	struct str name, kind, website, siren;
	int64_t territory;
};
enum err structure_declare(struct db *db, struct arena *a, int64_t actor, const struct structure_words *s, int64_t *ret_id) MUST_CHECK;
enum err structure_change(struct db *db, struct arena *a, int64_t actor, int64_t id, const struct structure_words *s, struct str *ret_why) MUST_CHECK;
enum err structure_ask(struct db *db, struct arena *a, int64_t actor, int64_t id, struct str message, struct str *ret_why) MUST_CHECK;
enum err structure_answer(struct db *db, struct arena *a, int64_t actor, int64_t id, int64_t account, bool accepted, struct str *ret_why) MUST_CHECK;
enum err structure_invite(struct db *db, struct arena *a, int64_t actor, int64_t id, struct str token_sum, struct str email, struct str *ret_why) MUST_CHECK;
enum err structure_reply(struct db *db, struct arena *a, int64_t actor, int64_t id, bool accepted, bool by_link, struct str *ret_why) MUST_CHECK;
enum err structure_leave(struct db *db, struct arena *a, int64_t actor, int64_t id, int64_t account, struct str *ret_why) MUST_CHECK;
enum err structure_name_role(struct db *db, struct arena *a, int64_t actor, int64_t id, int64_t account, struct str role, struct str *ret_why) MUST_CHECK;
/* id 0: back to its authors. */
enum err structure_take_sheet(struct db *db, struct arena *a, int64_t actor, int64_t sheet, int64_t id, struct str *ret_why) MUST_CHECK;

/* Nine digits whose key is good; spaces are left out. *ret: the digits. */
bool structure_siren(struct arena *a, struct str typed, struct str *ret) MUST_CHECK;

#endif
