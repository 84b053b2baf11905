/*
 * fcgi_wire: one request read by libfcgi from a connection that holds it whole, and the records of an answer. Layer 2.
 * fcgi_wire.c is the only file that sees libfcgi.
 */
#ifndef WEB_FCGI_WIRE_H
#define WEB_FCGI_WIRE_H
#include "web/fcgi_frame.h"
#include "web/gate.h"

void fcgi_wire_init(void); /* once, before threads; die()s */

/*
 * Reads one request from fd, answers it through the gate. The answer's records are in the worker's arena, not sent.
 * False when the peer left or broke its framing: fd is closed then.
 */
bool fcgi_wire_serve(int fd, const struct fcgi_frame *frame, size_t body_max, struct gate_worker *w, struct str *ret_records)
        MUST_CHECK;

/*
 * Tells nginx not to keep the connection: what follows the end of an answer makes it close at once, where it would else send the next
 * request into a connection that we are closing (and it never sends a POST twice). Once, on the records of fcgi_wire_serve.
 */
void fcgi_wire_last(struct str *records);

#endif
