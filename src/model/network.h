/*
 * network: a catalyst as its structure says it is; structures that join (docs/design/reseau.md). Layer 3. Read-write connections but for
 * catalyst_history_list and network_home. Acts return ERR_NONE and *ret_why: empty when done, else "attente", "interdit", "introuvable",
 * "perime", "etat", "motif" or "rien". Everything lives in the arena given.
 */
#ifndef MODEL_NETWORK_H
#define MODEL_NETWORK_H
#include "db/db.h"

struct catalyst_edit {
	int64_t id, rev, structure_id;
	struct str name, slug, structure, content /* JSON */, email, message;
	bool held, member, listed, confirmed, relay, waits; /* waits: something sent by them or their structure */
};
enum err catalyst_edit_find(struct db *db, struct arena *a, int64_t actor, int64_t id, struct catalyst_edit *ret) MUST_CHECK; /* ERR_NOT_FOUND */
/* kind: "adhesion", "revendication", "modification"; seen: the revision that was read. */
enum err network_send(struct db *db, struct arena *a, int64_t actor, const char *kind, int64_t catalyst, int64_t structure, struct str content,
                      struct str message, int64_t seen, struct str *ret_why) MUST_CHECK;
enum err network_last(struct db *db, struct arena *a, int64_t actor, int64_t structure, int64_t *ret_id) MUST_CHECK; /* ERR_NOT_FOUND */

struct network_field {
	struct str field, before, after;
};
struct network_request {
	int64_t id, catalyst, structure_id, account;
	struct str kind, name, slug, structure, message, state, created_at, reason;
	const struct network_field *fields; /* what it says, or what it changes */
	size_t nfields;
};
struct network_requests {
	const struct network_request *p;
	size_t n;
};
/* Those that the actor may decide; id 0: all. */
enum err network_list(struct db *db, struct arena *a, int64_t actor, int64_t id, struct network_requests *ret) MUST_CHECK;
enum err network_decide(struct db *db, struct arena *a, int64_t actor, int64_t id, bool accepted, struct str reason, struct str slug, struct str *ret_why) MUST_CHECK;

struct network_decider {
	int64_t account;
	struct str email;
};
enum err network_deciders(struct db *db, struct arena *a, int64_t id, const struct network_decider **ret, size_t *ret_n) MUST_CHECK;

enum err catalyst_contact_set(struct db *db, struct arena *a, int64_t actor, int64_t catalyst, struct str email, bool relay, bool *ret_confirm) MUST_CHECK;
enum err catalyst_contact_confirm(struct db *db, struct arena *a, int64_t catalyst, struct str email) MUST_CHECK; /* ERR_NOT_FOUND: another one since */

struct catalyst_change {
	int64_t rev;
	struct str at, structure, field, before, after;
};
struct catalyst_changes {
	const struct catalyst_change *p;
	size_t n;
};
enum err catalyst_history_list(struct db *db, struct arena *a, int64_t id, struct catalyst_changes *ret) MUST_CHECK;
/* "Site", "Résumé": of a field of the history. */
struct str network_field_label(struct str field);

struct network_figure {
	struct str part, code, slug, name, name_in; /* "connus", "membres", "tenus"; "ensemble": a département, practices held there */
	int64_t n, practices;
};
struct network_figures {
	const struct network_figure *p;
	size_t n;
};
enum err network_home(struct db *db, struct arena *a, struct network_figures *ret) MUST_CHECK;

#endif
