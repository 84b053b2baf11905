#include "base/err.h"

#include "base/log.h"

#include <stdarg.h>
#include <stdio.h>

static const struct {
	const char *name;
	int status;
	enum log_level level;
	const char *phrase;
} table[ERR_COUNT] = {
#define ERR(name_, status_, level_, phrase_) { #name_, status_, LOG_##level_, phrase_ },
#include "base/err.def"
#undef ERR
};

static _Thread_local char detail[512];

const char *
err_name(enum err e)
{
	return table[e].name;
}

int
err_status(enum err e)
{
	return table[e].status;
}

int
err_level(enum err e)
{
	return table[e].level;
}

const char *
err_phrase(enum err e)
{
	return table[e].phrase;
}

enum err
err_note(enum err e, const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	vsnprintf(detail, sizeof(detail), fmt, ap);
	va_end(ap);
	return e;
}

const char *
err_detail(void)
{
	return detail;
}

void
err_clear(void)
{
	detail[0] = '\0';
}
