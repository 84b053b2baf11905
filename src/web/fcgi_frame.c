#include "web/fcgi_frame.h"

enum { HEADER = 8, BEGIN = 1, PARAMS = 4, STDIN = 5, RESPONDER = 1, KEEP_CONN = 1 };

/* Name-value pairs may be cut anywhere between two records: a machine fed byte ranges. */
struct pairs {
	enum { NAME_LENGTH, VALUE_LENGTH, NAME, VALUE } state;
	uint32_t length[2]; /* name, value */
	unsigned got;       /* bytes of the current length field */
	unsigned wide;      /* 1 or 4 bytes in the current length field */
	uint32_t done;      /* bytes of the current name or value */
	size_t total;
	char name[16]; /* enough to recognise CONTENT_LENGTH */
	int64_t number;
	bool is_number;
	int64_t content_length;
};

static const char wanted[] = "CONTENT_LENGTH";

static bool
pairs_is_content_length(const struct pairs *p)
{
	return p->length[0] == sizeof(wanted) - 1 && memcmp(p->name, wanted, sizeof(wanted) - 1) == 0;
}

static void
pairs_next(struct pairs *p)
{
	/* Skips the states that need no byte: an empty name, an empty value. */
	for (;;) {
		if (p->state == NAME && p->done == p->length[0]) {
			p->state = VALUE;
			p->done = 0;
			p->number = 0;
			p->is_number = p->length[1] > 0 && p->length[1] <= 15;
		} else if (p->state == VALUE && p->done == p->length[1]) {
			if (pairs_is_content_length(p))
				p->content_length = p->is_number ? p->number : -1;
			p->state = NAME_LENGTH;
			p->got = 0;
			return;
		} else {
			return;
		}
	}
}

/* At least one: a state that wants no byte was left by pairs_next. */
static size_t
bytes_here(uint32_t announced, size_t have)
{
	return announced < have ? announced : have;
}

static bool
pairs_feed(struct pairs *p, const unsigned char *b, size_t n)
{
	p->total += n;
	if (p->total > FCGI_PARAMS_MAX)
		return false;
	for (size_t i = 0; i < n; i++) {
		unsigned char c = b[i];
		switch (p->state) {
		case NAME_LENGTH:
		case VALUE_LENGTH: {
			uint32_t *length = &p->length[p->state == VALUE_LENGTH];
			if (p->got == 0) {
				p->wide = c & 0x80 ? 4 : 1;
				*length = c & 0x7f;
			} else {
				*length = *length << 8 | c;
			}
			if (++p->got < p->wide)
				break;
			if (*length > FCGI_PARAMS_MAX)
				return false;
			p->got = 0;
			if (p->state == NAME_LENGTH) {
				p->state = VALUE_LENGTH;
			} else {
				p->state = NAME;
				p->done = 0;
				pairs_next(p);
			}
			break;
		}
		case NAME: {
			size_t part = bytes_here(p->length[0] - p->done, n - i);
			/* '=' or NUL: the environment libfcgi makes would say something else. */
			if (memchr(b + i, 0, part) || memchr(b + i, '=', part))
				return false;
			for (size_t k = 0; k < part && p->done + k < sizeof(p->name); k++)
				p->name[p->done + k] = (char)b[i + k];
			p->done += (uint32_t)part;
			i += part - 1;
			pairs_next(p);
			break;
		}
		case VALUE: {
			size_t part = bytes_here(p->length[1] - p->done, n - i);
			if (memchr(b + i, 0, part))
				return false;
			for (size_t k = 0; k < part && p->is_number; k++) {
				if (b[i + k] >= '0' && b[i + k] <= '9')
					p->number = p->number * 10 + (b[i + k] - '0');
				else
					p->is_number = false;
			}
			p->done += (uint32_t)part;
			i += part - 1;
			pairs_next(p);
			break;
		}
		}
	}
	return true;
}

enum fcgi_scan
fcgi_frame_scan(struct str bytes, struct fcgi_frame *ret_frame)
{
	const unsigned char *b = (const unsigned char *)bytes.p;
	struct pairs pairs = { .content_length = -1 };
	struct fcgi_frame f = { .content_length = -1 };
	enum { AT_BEGIN, AT_PARAMS, AT_STDIN, AT_END } at = AT_BEGIN;
	size_t i = 0;

	*ret_frame = f;
	while (at != AT_END) {
		if (bytes.n - i < HEADER) {
			/* A wrong first byte is refused without waiting for the rest. */
			if (bytes.n > i && b[i] != 1)
				return FCGI_SCAN_BAD;
			if (i == 0 && bytes.n > 1 && b[1] != BEGIN)
				return FCGI_SCAN_BAD;
			break;
		}
		const unsigned char *h = b + i;
		unsigned id = (unsigned)h[2] << 8 | h[3];
		size_t length = (size_t)h[4] << 8 | h[5], padding = h[6];
		if (h[0] != 1)
			return FCGI_SCAN_BAD;
		if (at == AT_BEGIN ? h[1] != BEGIN || id == 0 || length != 8
		                   : id != f.id || h[1] != (at == AT_PARAMS ? PARAMS : STDIN))
			return FCGI_SCAN_BAD;
		size_t have = bytes.n - i - HEADER;
		bool whole = have >= length + padding;
		if (at == AT_BEGIN) {
			if (have >= 2 && (h[8] != 0 || h[9] != RESPONDER))
				return FCGI_SCAN_BAD;
			if (!whole)
				break;
			f.id = (uint16_t)id;
			f.keep = h[10] & KEEP_CONN;
			at = AT_PARAMS;
		} else if (at == AT_PARAMS) {
			if (!pairs_feed(&pairs, h + HEADER, have < length ? have : length))
				return FCGI_SCAN_BAD;
			if (!whole)
				break;
			if (length == 0) {
				if (pairs.state != NAME_LENGTH || pairs.got != 0)
					return FCGI_SCAN_BAD;
				f.params_whole = true;
				f.content_length = pairs.content_length;
				at = AT_STDIN;
			}
		} else {
			f.body += have < length ? have : length;
			if (!whole)
				break;
			if (length == 0)
				at = AT_END;
		}
		i += HEADER + length + padding;
	}
	f.total = i;
	*ret_frame = f;
	return at == AT_END ? FCGI_SCAN_WHOLE : FCGI_SCAN_MORE;
}
