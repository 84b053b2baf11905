/*
 * staff: accounts and roles as those in charge see them (they are changed by account.h). Layer 3, on read-write connections.
 */
#ifndef MODEL_STAFF_H
#define MODEL_STAFF_H
#include "model/account.h"

struct staff_role {
	int64_t id, account;
	struct str name, email, state, scope; /* scope: "La Réunion", a theme, an espace; empty: everywhere */
	bool totp;
	struct account_role role;
	struct str granted_at, granted_by;
};
struct staff_roles {
	const struct staff_role *p;
	size_t n;
};
struct staff_account {
	int64_t id, sheets, sessions;
	struct str name, email, state, created_at, seen_on, roles;
	bool totp;
};
struct staff_accounts {
	const struct staff_account *p;
	size_t n;
	int64_t total;
};
struct staff_counts {
	int64_t terms, espaces, accounts, suspended, roles, lines, imports;
};

enum err staff_roles(struct db *db, struct arena *a, int64_t account, struct staff_roles *ret) MUST_CHECK; /* 0: everybody's */
enum err staff_role_find(struct db *db, struct arena *a, int64_t id, struct staff_role *ret) MUST_CHECK;  /* ERR_NOT_FOUND */
/* words: of a name or an address; state empty: all but the erased. */
enum err staff_accounts(struct db *db, struct arena *a, struct str words, struct str state, int64_t offset, int64_t most, struct staff_accounts *ret) MUST_CHECK;
enum err staff_account_find(struct db *db, struct arena *a, int64_t id, struct staff_account *ret) MUST_CHECK; /* ERR_NOT_FOUND */
/* Whether it is the last administrateur: taking the role or the account away is then refused by the database too. */
enum err staff_last(struct db *db, struct arena *a, int64_t account, bool *ret) MUST_CHECK;
enum err staff_counts(struct db *db, struct arena *a, struct staff_counts *ret) MUST_CHECK;

#endif
