#include "text/tpl.h"
#include "text/esc.h"
#include "text/typo.h"

#include <math.h>

void
tpl_text_str(struct buf *b, struct str s)
{
	typo_put(b, s, TYPO_HTML);
}

void
tpl_text_int(struct buf *b, int64_t v)
{
	uint64_t size = v < 0 ? -(uint64_t)v : (uint64_t)v;

	if (v < 0)
		buf_char(b, '-');
	if (size < 1000) {
		buf_int(b, (int64_t)size);
		return;
	}
	uint64_t unit = 1000;
	while (size / unit >= 1000)
		unit *= 1000;
	buf_int(b, (int64_t)(size / unit));
	while ((unit /= 1000)) {
		const char three[] = { (char)('0' + size / unit / 100 % 10), (char)('0' + size / unit / 10 % 10), (char)('0' + size / unit % 10) };
		buf_lit(b, "\xe2\x80\xaf");
		buf_mem(b, three, sizeof(three));
	}
}

void
tpl_attr_str(struct buf *b, struct str s)
{
	esc_attr(b, s);
}

void
tpl_attr_int(struct buf *b, int64_t v)
{
	buf_int(b, v);
}

void
tpl_attr_real(struct buf *b, double v)
{
	if (!isfinite(v) || fabs(v) > 1e12)
		v = 0;
	/* By hand: printf would follow the locale. */
	int64_t hundredths = llround(v * 100);
	uint64_t size = hundredths < 0 ? (uint64_t)-hundredths : (uint64_t)hundredths;
	int rest = (int)(size % 100);
	if (hundredths < 0)
		buf_char(b, '-');
	buf_int(b, (int64_t)(size / 100));
	if (rest == 0)
		return;
	buf_char(b, '.');
	buf_char(b, (char)('0' + rest / 10));
	if (rest % 10)
		buf_char(b, (char)('0' + rest % 10));
}

void
tpl_url(struct buf *b, struct url u)
{
	esc_attr(b, (struct str){ u.p, u.n });
}

void
tpl_html(struct buf *b, struct html h)
{
	buf_mem(b, h.p, h.n);
}
