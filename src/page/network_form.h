/* network_form: the fields by which a structure says what its catalyst is, and what was sent of them. Layer 4. */
#ifndef PAGE_NETWORK_FORM_H
#define PAGE_NETWORK_FORM_H
#include "model/network.h"
#include "page/network.h"

enum { NETWORK_FIELDS = 8 };

/* name: with the field of the name (a new one). content: JSON of catalyst_content, empty for a new one. */
enum err network_fields(struct req *r, bool name, struct str content, struct view_form_fields *ret) MUST_CHECK;
/* What was sent, as JSON; faults are said, then *ret_good is false. */
enum err network_content(struct req *r, bool name, struct str *ret, bool *ret_good) MUST_CHECK;
/* Those who decide are written to: what waits for them. */
enum err network_tell(struct req *r, int64_t request, struct str subject, struct str sentence, struct str message) MUST_CHECK;
enum err network_page_send(struct req *r, struct resp *w, struct view_network_page *v, int status) MUST_CHECK;
struct view_form_pair network_pair(struct arena *a, const char *name, int64_t value);
int64_t network_int(const struct req *r, const char *name); /* 0: none */

#endif
