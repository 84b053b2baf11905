/*
 * gate: the one way from bytes to a page and back. Layer 2.
 * Order: parse, route, method, same-origin, parameters, role, form token, base to read, transaction, handler, ETag and 304, headers. One log line a request, without address.
 * What gate_serve returns lives in the worker's arena until the next call. Never fails: a failure is an answer.
 */
#ifndef WEB_GATE_H
#define WEB_GATE_H
#include "web/actor.h"
#include "web/memo.h"
#include "web/net.h"
#include "web/revision.h"
#include "web/route.h"

/* What is the same for all threads; read-only while requests are served. */
struct gate {
	struct route_table routes;
	void (*error_page)(struct req *, struct resp *, enum err); /* HTML; NULL: a plain sentence */
	const struct place *(*locate)(struct req *);               /* NULL: never known */
	/* A POST that is refused because nobody is signed in, or the form is too old, gives back what was typed. NULL: an error page. */
	void (*resume_page)(struct req *, struct resp *, enum err);
	/* Signs in whoever a resumed form names (connexion_courriel, connexion_mot_de_passe, or connexion_code): sets r->actor and the cookie. May be NULL. */
	enum err (*sign_in)(struct req *, struct resp *);
	struct str base_url;                                       /* "" : from the request */
	struct net_list admin;                                     /* who sees ROLE_HOST */
	int lag_max_s;                                             /* a copy later than this is not read while there is a primary */
	const struct depend *depends;                              /* by row of routes: what their pages are made of; NULL: not known */
	struct str seed;                                           /* the program and its settings: part of what makes a page */
	void *app;                                                 /* req->app */
};

/* What a thread knows of the copy it reads: see web/source.h. */
struct source_state {
	int64_t looked_at; /* monotonic ms; 0: never */
	uint64_t replayed, received;
	double late_s;
};

/* One a thread. */
struct gate_worker {
	const struct gate *gate;
	struct arena *arena;
	struct db *db;     /* may be NULL */
	struct db *write;  /* as catalyse_rw; NULL: nobody signs in, nothing is sent */
	struct actor_secret secret;
	struct memo *memo; /* may be NULL */
	bool full; /* no worker is free, this is who says so: a request is read and checked as far as no base is needed, then refused */
	struct source_state source;
};

enum gate_body { GATE_BODY_WHOLE, GATE_BODY_SHORT, GATE_BODY_TOO_LARGE };

struct gate_answer {
	struct str head; /* "Status: 200 OK\r\n...\r\n\r\n" */
	struct str body;
	int status;
};

/* env: "NAME=value" strings of CGI, NULL at the end. body_state tells whether body is what CONTENT_LENGTH says. */
void gate_serve(struct gate_worker *w, char *const *env, struct str body, enum gate_body body_state,
                struct gate_answer *ret_answer);

/* The answer when an arena is exhausted: static, valid after arena_reset. */
void gate_answer_no_memory(struct gate_answer *ret);

/* 303, 404 ... as sent in Status lines. */
const char *gate_reason(int status);

#endif
