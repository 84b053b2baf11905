/*
 * letter: French sentences and links as the text and the HTML of a mail. Layer 2, pure, never fails. Sentences are plain text: they
 * are escaped, and set in French typography. Two steps: the body, kept in the queue; then what is around it, put when it is sent
 * (the site's name, why one receives it, how to receive it no more).
 */
#ifndef MAIL_LETTER_H
#define MAIL_LETTER_H
#include "base/buf.h"

struct letter_link {
	struct str label; /* what it does: "Confirmer mon adresse" */
	struct str url;   /* absolute, http or https, encoded; another is left out */
};

struct letter {
	const struct str *paragraphs;
	size_t nparagraphs;
	const struct letter_link *links; /* after the paragraphs; the first is drawn as a button */
	size_t nlinks;
	const struct str *after; /* paragraphs after the links, for "Ce lien sert jusqu’à…" */
	size_t nafter;
};

void letter_text(struct buf *b, const struct letter *l);
void letter_html(struct buf *b, const struct letter *l); /* a fragment */

struct letter_around {
	struct str name, home;  /* "Catalyse", "https://catalyse.example" */
	struct str subject;
	struct str reason;      /* "Vous recevez ce courriel parce que…", a whole sentence; may be empty */
	struct str unsubscribe; /* where one click ends it; empty: it cannot be ended */
};

void letter_whole_text(struct buf *b, struct str body, const struct letter_around *a);
void letter_whole_html(struct buf *b, struct html body, const struct letter_around *a);

#endif
