#include "web/fcgi_wire.h"
#include "base/log.h"
#include <fcgiapp.h>
#include <stdlib.h>

enum { HEADER = 8, STDOUT = 6, END = 3, CHUNK = 65528, BODY_IN_ARENA = 1024 * 1024 };

void
fcgi_wire_init(void)
{
	if (FCGX_Init() != 0)
		die("libfcgi does not start");
}

static void
put_header(struct buf *b, int type, unsigned id, size_t n)
{
	const char h[HEADER] = { 1, (char)type, (char)(id >> 8), (char)id, (char)(n >> 8), (char)n, 0, 0 };

	buf_mem(b, h, HEADER);
}

/* One STDOUT stream: head and body share records. */
static struct str
records_of(struct arena *a, unsigned id, const struct gate_answer *answer)
{
	struct str part[2] = { answer->head, answer->body };
	size_t left = part[0].n + part[1].n;
	size_t room = left + (left / CHUNK + 5) * HEADER; /* one more: fcgi_wire_last */
	struct buf b = { .arena = a, .cap = room };

	if (left > BODY_IN_ARENA) { /* a file neither */
		if (!(b.p = malloc(room)))
			die("no memory for an answer of %zu bytes", left);
		arena_cleanup(a, free, b.p);
	} else {
		buf_init(&b, a, room);
	}
	for (int i = 0; left > 0;) {
		size_t n = left < CHUNK ? left : CHUNK;
		put_header(&b, STDOUT, id, n);
		left -= n;
		while (n > 0) {
			size_t take = part[i].n < n ? part[i].n : n;
			buf_mem(&b, part[i].p, take);
			part[i].p += take;
			part[i].n -= take;
			n -= take;
			i += part[i].n == 0 && i == 0;
		}
	}
	put_header(&b, STDOUT, id, 0);
	put_header(&b, END, id, 8);
	buf_mem(&b, "\0\0\0\0\0\0\0", 8);
	return buf_str(&b);
}

void
fcgi_wire_last(struct str *records)
{
	static const char nothing[HEADER] = { 1, STDOUT };

	memcpy((char *)(uintptr_t)records->p + records->n, nothing, HEADER);
	records->n += HEADER;
}

static enum gate_body
body_read(FCGX_Request *r, const struct fcgi_frame *frame, size_t body_max, struct arena *a, struct str *ret_body)
{
	const char *method = FCGX_GetParam("REQUEST_METHOD", r->envp), *length = FCGX_GetParam("CONTENT_LENGTH", r->envp);
	size_t want = 0, have = 0;

	if (length && *length) {
		if (frame->content_length < 0)
			return GATE_BODY_SHORT;
		if ((uint64_t)frame->content_length > body_max)
			return GATE_BODY_TOO_LARGE;
		want = (size_t)frame->content_length;
	} else if (method && strcmp(method, "POST") == 0 && frame->body > 0) {
		return GATE_BODY_SHORT; /* a body of no declared length */
	}
	/* One byte more than declared, to notice a body that is longer. */
	char *p = want > BODY_IN_ARENA ? malloc(want + 2) : arena_alloc(a, want + 2);
	if (!p)
		return GATE_BODY_TOO_LARGE;
	if (want > BODY_IN_ARENA) /* a file is not counted in what a page may take */
		arena_cleanup(a, free, p);
	while (have < want + 1) {
		int n = FCGX_GetStr(p + have, (int)(want + 1 - have), r->in);
		if (n <= 0)
			break;
		have += (size_t)n;
	}
	*ret_body = (struct str){ p, have < want ? have : want };
	return have == want && FCGX_GetError(r->in) == 0 ? GATE_BODY_WHOLE : GATE_BODY_SHORT;
}

bool
fcgi_wire_serve(int fd, const struct fcgi_frame *frame, size_t body_max, struct gate_worker *w, struct str *ret_records)
{
	FCGX_Request r;
	struct gate_answer answer = { 0 };
	struct str body = STR_NONE;

	/* No listening socket: should the request be broken, libfcgi fails instead of accepting another one. */
	if (FCGX_InitRequest(&r, -1, 0) != 0)
		return false;
	r.listen_sock = -1;
	r.ipcFd = fd;
	r.keepConnection = 1;
	if (FCGX_Accept_r(&r) != 0)
		return false; /* libfcgi has closed fd */
	enum gate_body state = body_read(&r, frame, body_max, w->arena, &body);
	gate_serve(w, r.envp, body, state, &answer);
	struct str records = STR_NONE;
	if (!arena_exhausted(w->arena))
		records = records_of(w->arena, frame->id, &answer);
	if (arena_exhausted(w->arena)) {
		arena_reset(w->arena);
		gate_answer_no_memory(&answer);
		records = records_of(w->arena, frame->id, &answer);
	}
	*ret_records = records;
	FCGX_Free(&r, 0); /* not FCGX_Finish_r, which would write: the records above are the answer */
	return true;
}
