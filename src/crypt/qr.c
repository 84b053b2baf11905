#include "crypt/qr.h"

#include "base/buf.h"
#include "base/log.h"
#include "text/esc.h"

#include <qrencode.h>

enum { MARGIN = 4, DARK = 1 }; /* DARK: the bit of a module that says so */

struct html
qr_svg(struct arena *a, struct str text, struct str label)
{
	struct buf b;

	if (text.n == 0 || text.n > QR_MAX || memchr(text.p, '\0', text.n))
		return (struct html){ NULL, 0 };
	QRcode *code = QRcode_encodeString8bit(arena_cstr(a, text), 0, QR_ECLEVEL_M);
	if (!code)
		die("no QR code of %zu bytes", text.n);
	int side = code->width + 2 * MARGIN;

	buf_init(&b, a, 4096);
	buf_fmt(&b, "<svg class=\"qr\" role=\"img\" viewBox=\"0 0 %d %d\" shape-rendering=\"crispEdges\" aria-label=\"", side, side);
	esc_attr(&b, label);
	buf_fmt(&b, "\"><path fill=\"#fff\" d=\"M0 0h%dv%dH0z\"/><path fill=\"#000\" d=\"", side, side);
	for (int y = 0; y < code->width; y++) { /* each run of dark modules is one rectangle */
		const unsigned char *row = code->data + y * code->width;
		for (int x = 0, end; x < code->width; x = end) {
			for (end = x + 1; end < code->width && (row[end] & DARK) == (row[x] & DARK);)
				end++;
			if (row[x] & DARK)
				buf_fmt(&b, "M%d %dh%dv1h-%dz", x + MARGIN, y + MARGIN, end - x, end - x);
		}
	}
	buf_lit(&b, "\"/></svg>");
	QRcode_free(code);
	struct str s = buf_str(&b);
	return (struct html){ s.p, s.n };
}
