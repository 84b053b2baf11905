/*
 * account: people who sign in: the account, its password, its second factor, its roles, its sessions, and what was handed to it
 * (links, codes). Layer 3. All connections here are read-write ones; a page calls inside the transaction of the gate.
 * Everything lives in the arena given. Errors are those of db, and ERR_DB_BUSY when too many passwords are being compared.
 */
#ifndef MODEL_ACCOUNT_H
#define MODEL_ACCOUNT_H
#include "crypt/token.h"
#include "crypt/totp.h"
#include "db/db.h"

enum {
	SESSION_LASTS_S = 30 * 24 * 3600,
	SESSION_STAFF_LASTS_S = 12 * 3600,
	SESSION_HALF_LASTS_S = 15 * 60, /* the password was given, the second factor is awaited */
	CONFIRM_LASTS_S = 3 * 24 * 3600,
	RESET_LASTS_S = 3600,
	TRIES = 10,          /* of one account... */
	TRIES_PER_S = 3600,  /* ...in that time */
	VISITOR_TRIES = 60,  /* from one address, whatever the accounts... */
	VISITOR_TRIES_PER_S = 900 /* ...in that time */
};

struct account {
	int64_t id; /* 0: nobody's */
	struct str name, email, password, state; /* "en_attente", "actif", "suspendu", "supprime" */
	struct str totp; /* sealed; empty: no second factor */
	int64_t totp_step;
	bool staff; /* decides something: a second factor is asked for */
};

/* By address, or by number when email is empty. id 0 when there is none: whoever asks says the same in both cases. */
enum err account_find(struct db *db, struct arena *a, struct str email, int64_t id, struct account *ret) MUST_CHECK;
/* encoded: by password_hash, or empty. *ret_id 0: the address is taken. */
enum err account_create(struct db *db, struct arena *a, struct str name, struct str email, struct str encoded, bool confirmed, int64_t *ret_id) MUST_CHECK;
/* "actif", "suspendu": *ret_done false when it was so. A suspended account has no session left. */
enum err account_state(struct db *db, struct arena *a, int64_t id, struct str state, bool *ret_done) MUST_CHECK;
/* The password is hashed, kept, and all sessions but keep (0: all) are cut. */
enum err account_password(struct db *db, struct arena *a, int64_t id, struct str password, int64_t keep, int64_t *ret_cut) MUST_CHECK;
/* Compares, in the same time when there is no such account; makes the sum again when it is asked stronger today. */
enum err account_verify(struct db *db, struct arena *a, const struct account *who, struct str password, bool *ret_same) MUST_CHECK;

/* A role and where it holds: territory "region:04", theme "mobilites", espace a code; empty where they say nothing. */
struct account_role {
	struct str role; /* "animateur", "editeur", "administrateur" */
	struct str territory, theme, espace;
};
/* by: who decides, 0: the operator. *ret_done false: it had it already (or not), or that place does not exist. Its sessions end. */
enum err account_role_add(struct db *db, struct arena *a, int64_t id, const struct account_role *role, int64_t by, bool *ret_done) MUST_CHECK;
enum err account_role_remove(struct db *db, struct arena *a, int64_t id, const struct account_role *role, int64_t by, bool *ret_done) MUST_CHECK;

/* Second factor. secret empty: none any more. step: the one of the code just given, never good again; codes of rescue are struck out. */
enum err account_totp_set(struct db *db, struct arena *a, int64_t id, struct str secret, int64_t step) MUST_CHECK;
/* code: of the application, or of rescue. *ret_rescue (may be NULL): it was one of these, and is spent. */
enum err account_totp_check(struct db *db, struct arena *a, const struct account *who, struct str code, bool *ret_good, bool *ret_rescue) MUST_CHECK;
enum err account_rescue_make(struct db *db, struct arena *a, int64_t id, struct recovery ret[RECOVERY_CODES]) MUST_CHECK; /* the former ones are struck out */

/* Sessions. replaces: the number of the one it takes the place of, 0: none. */
enum err session_open(struct db *db, struct arena *a, int64_t account, bool second_factor, struct str agent, int lasts_s, int64_t replaces, struct token *ret) MUST_CHECK;
/* one: that session, 0: all but keep. */
enum err session_cut(struct db *db, struct arena *a, int64_t account, int64_t one, int64_t keep, int64_t *ret_cut) MUST_CHECK;

/* Links sent by mail: "inscription", "mot_de_passe", "adresse". data: JSON, may be empty. lasts_s 0: for ever. */
struct handed {
	int64_t account, sheet; /* 0: none */
	struct str data;        /* JSON */
	bool used, late;
};
enum err token_put(struct db *db, struct arena *a, struct str sum, const char *purpose, int64_t account, int64_t sheet, struct str data, int lasts_s) MUST_CHECK;
/* ERR_NOT_FOUND: none of ours. */
enum err token_find(struct db *db, struct arena *a, struct str text, const char *purpose, struct handed *ret) MUST_CHECK;
/* Once: ERR_NOT_FOUND when it is used or too old as well. */
enum err token_use(struct db *db, struct arena *a, struct str text, const char *purpose, struct handed *ret) MUST_CHECK;

/* Tries, counted by what is tried, known or not: "connexion" and an address. */
enum err attempt_wait(struct db *db, struct arena *a, const char *kind, struct str subject, int max, int per_s, int64_t *ret_s) MUST_CHECK;
enum err attempt_note(struct db *db, struct arena *a, const char *kind, struct str subject, int max, int per_s, int64_t *ret_s) MUST_CHECK;
enum err attempt_forget(struct db *db, struct arena *a, const char *kind, struct str subject) MUST_CHECK;

/* A line of the journal. actor 0: the platform, the operator, or a visitor; detail: JSON without a name, may be empty. */
enum err journal_add(struct db *db, struct arena *a, int64_t actor, const char *action, const char *object, int64_t object_id, struct str detail,
                     struct str reason) MUST_CHECK;

#endif
