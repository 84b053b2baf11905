#include "text/typo.h"
#include "text/utf8.h"

#define NBSP "\xc2\xa0"      /* U+00A0 */
#define NNBSP "\xe2\x80\xaf" /* U+202F */
#define APOSTROPHE "\xe2\x80\x99"

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool
is_letter(char c) /* a byte of a non-ASCII character counts as a letter */
{
	return (c | 0x20) >= 'a' ? (c | 0x20) <= 'z' : (unsigned char)c >= 0x80;
}

static bool
is_word(char c)
{
	return is_digit(c) || is_letter(c);
}

static bool
ends_with(struct str s, const char *tail)
{
	size_t n = strlen(tail);
	return s.n >= n && memcmp(s.p + s.n - n, tail, n) == 0;
}

static bool
starts_with(struct str s, const char *head)
{
	size_t n = strlen(head);
	return s.n >= n && memcmp(s.p, head, n) == 0;
}

/* The last character is a letter of ours: not a digit, not the spaces and quotes that we write (U+00A0, U+2019, U+202F). */
static bool
ends_with_letter(struct str s)
{
	size_t i = s.n - 1, next;

	while (i > 0 && ((unsigned char)s.p[i] & 0xc0) == 0x80)
		i--;
	uint32_t c = utf8_at(s, i, &next);
	return c < 0x80 ? is_letter((char)c) : c >= 0xc0 && c < 0x2000;
}

/* s starts with that word, and the word ends there. */
static bool
starts_with_word(struct str s, const char *word)
{
	size_t n = strlen(word);
	return starts_with(s, word) && (s.n == n || !is_word(s.p[n]));
}

static const char *const months[] = { "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre",
	                              "novembre", "décembre", "janv.", "févr.", "avr.", "juil.", "sept.", "oct.", "nov.", "déc." };
static const char *const units[] = { "km", "m", "cm", "mm", "ha", "h", "min", "s", "an", "ans", "mois", "jour", "jours", "heure", "heures",
	                             "minute", "minutes", "semaine", "semaines", "kg", "g", "t", "l", "ko", "Mo", "Go", "kB", "kWh",
	                             "MWh", "€", "k€", "M€", "km²", "m²", "°C", "habitants", "fiche", "fiches", "catalyseur",
	                             "catalyseurs", "commune", "communes", "page", "pages", "région", "régions", "point", "points" };
#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static bool
any_starts(struct str s, const char *const *words, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (s.n && words[i][0] == s.p[0] && starts_with_word(s, words[i]))
			return true;
	return false;
}

static bool
ends_with_month(struct str s)
{
	for (size_t i = 0; i < COUNT(months); i++) {
		size_t n = strlen(months[i]);
		if (ends_with(s, months[i]) && (s.n == n || !is_word(s.p[s.n - n - 1])))
			return true;
	}
	return false;
}

static size_t
digits_at_end(struct str s)
{
	size_t n = 0;
	while (n < s.n && is_digit(s.p[s.n - n - 1]))
		n++;
	return n;
}

static size_t
digits_at_start(struct str s)
{
	size_t n = 0;
	while (n < s.n && is_digit(s.p[n]))
		n++;
	return n;
}

/* What the space between the two becomes; NULL: it stays. */
static const char *
space_between(struct str before, struct str after)
{
	if (after.n == 0)
		return ends_with(before, "«") || ends_with(before, "n°") ? NBSP : NULL;
	bool alone = after.n == 1 || !is_word(after.p[1]);
	switch (after.p[0]) {
	case ';':
	case '!':
	case '?':
	case '%':
		return alone ? NNBSP : NULL;
	case ':':
		return alone || (unsigned char)after.p[1] >= 0x80 ? NBSP : NULL;
	default:
		break;
	}
	if (starts_with(after, "»") || ends_with(before, "«") || ends_with(before, "n°") || ends_with(before, "N°"))
		return NBSP;
	if (before.n == 0)
		return NULL;
	size_t left = digits_at_end(before);
	if (left) {
		if (left <= 3 && digits_at_start(after) == 3)
			return NNBSP;
		if (any_starts(after, units, COUNT(units)) || (left <= 2 && any_starts(after, months, COUNT(months))))
			return NBSP;
		return NULL;
	}
	if (ends_with(before, "1er") && any_starts(after, months, COUNT(months)))
		return NBSP;
	return digits_at_start(after) == 4 && ends_with_month(before) ? NBSP : NULL;
}

static size_t
address_length(struct str s) /* up to what cannot be in an address */
{
	size_t n = 0;
	while (n < s.n && !strchr(" \t\r\n<>\"", s.p[n]) && s.p[n] != '\0')
		n++;
	return n;
}

/* The bytes that may not stay as they are; and those at the sides of a space that stays, as nearly all do: before it neither a digit, nor the last
   byte of « and °, nor an r (1er); after it a letter, or the first byte of one, which is not that of ». */
enum { SPACE = 1, MARK = 2, MARKUP = 4, BEFORE = 8, AFTER = 16 };
static const unsigned char kinds[256] = {
	[1 ... 31] = BEFORE, [' '] = BEFORE | SPACE, ['!'] = BEFORE, ['"'] = BEFORE, ['#'] = BEFORE, ['$'] = BEFORE, ['%'] = BEFORE,
	['&'] = BEFORE | MARKUP, ['\''] = BEFORE | MARK, ['(' ... '/'] = BEFORE, [':'] = BEFORE | MARK, [';'] = BEFORE, ['<'] = BEFORE | MARKUP,
	['='] = BEFORE, ['>'] = BEFORE | MARKUP, ['?'] = BEFORE, ['@'] = BEFORE, ['A' ... 'Z'] = BEFORE | AFTER, ['[' ... '`'] = BEFORE,
	['a' ... 'q'] = BEFORE | AFTER, ['r'] = AFTER, ['s' ... 'z'] = BEFORE | AFTER, ['{' ... 127] = BEFORE, [0x80 ... 0xaa] = BEFORE | AFTER,
	[0xab] = AFTER, [0xac ... 0xaf] = BEFORE | AFTER, [0xb0] = AFTER, [0xb1 ... 0xc1] = BEFORE | AFTER, [0xc2] = BEFORE, [0xc3 ... 255] = BEFORE | AFTER,
};

static const char *
entity(char c)
{
	return c == '&' ? "&amp;" : c == '<' ? "&lt;" : "&gt;";
}

/* One pass for both: most bytes are looked at once and copied with their neighbours. */
void
typo_put(struct buf *b, struct str s, enum typo_escape escape)
{
	const unsigned char *p = (const unsigned char *)s.p;
	unsigned char heeded = escape == TYPO_HTML ? SPACE | MARK | MARKUP : SPACE | MARK;
	size_t from = 0, address_end = 0;

	for (size_t i = 0; i < s.n; i++) {
		const char *to = NULL;
		unsigned char kind = kinds[p[i]] & heeded;
		if (!kind)
			continue;
		if (kind == SPACE && i + 1 < s.n && kinds[p[i + 1]] & AFTER && i > 0 && (kinds[p[i - 1]] & BEFORE || (p[i - 1] == 'r' && i > 2 && p[i - 3] != '1')))
			continue;
		struct str before = { s.p, i }, after = { s.p + i + 1, s.n - i - 1 };
		if (kind == MARKUP)
			to = entity(s.p[i]);
		else if (i < address_end)
			continue;
		else if (kind == SPACE)
			to = space_between(before, after);
		else if (s.p[i] == '\'')
			to = (i ? ends_with_letter(before) : after.n && is_letter(after.p[0])) ? APOSTROPHE : NULL;
		else if (starts_with(after, "//"))
			address_end = i + 1 + address_length(after);
		if (!to)
			continue;
		buf_mem(b, s.p + from, i - from);
		buf_mem(b, to, strlen(to));
		from = i + 1;
	}
	buf_mem(b, s.p + from, s.n - from);
}
