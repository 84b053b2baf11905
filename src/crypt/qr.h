/*
 * qr: a text as a QR code, drawn in SVG inside the page: nothing to fetch, nothing that a cache could keep. Layer 2; the only file that
 * sees libqrencode. The result lives in the arena given.
 */
#ifndef CRYPT_QR_H
#define CRYPT_QR_H
#include "base/arena.h"

enum { QR_MAX = 1024 }; /* bytes of text */

/* One <svg class="qr" role="img"> named by label, black on white with its margin of four modules, sized by the style sheet.
 * Empty when the text is empty, longer than QR_MAX or has a NUL: the page then has the text alone. */
struct html qr_svg(struct arena *a, struct str text, struct str label);

#endif
