#include "crypt/password.h"

#include "base/log.h"
#include "crypt/common.h"
#include "text/slug.h"
#include "text/utf8.h"

#include <pthread.h>
#include <sodium.h>
#include <time.h>

enum { PASSES = 2, MEMORY = 19456 * 1024 }; /* OWASP's least for one lane, which is what libsodium has */

_Static_assert(PASSWORD_ENCODED + 1 == crypto_pwhash_STRBYTES, "room for libsodium's text");

/* Nobody's: what an unknown account is compared with. It follows PASSES and MEMORY, a test checks it. */
static const char nobody[] = "$argon2id$v=19$m=19456,t=2,p=1$YWlSbURlTzFybGJBTkdWeQ$Slh/WffFn8pnFvFZ7lskdbVXf0PTZQ+KcrDrh0mXchY";

/* The door. */
static int waiting_max = PASSWORD_WAITING;
static struct {
	pthread_mutex_t lock;
	pthread_cond_t freed;
	int running, waiting;
} door = { PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER, 0, 0 };

static enum err
door_enter(void)
{
	struct timespec end;
	int late = 0;

	clock_gettime(CLOCK_MONOTONIC, &end);
	end.tv_sec += PASSWORD_WAIT_MS / 1000;
	pthread_mutex_lock(&door.lock);
	bool full = door.running == PASSWORD_PARALLEL && door.waiting >= waiting_max;
	if (!full) {
		door.waiting++;
		while (door.running == PASSWORD_PARALLEL && !late)
			late = pthread_cond_clockwait(&door.freed, &door.lock, CLOCK_MONOTONIC, &end);
		door.waiting--;
		full = door.running == PASSWORD_PARALLEL;
	}
	door.running += !full;
	pthread_mutex_unlock(&door.lock);
	return full ? err_note(ERR_DB_BUSY, "passwords: too many at once") : ERR_NONE;
}

void
password_threads(int threads)
{
	int left = threads - (threads >= 8 ? threads / 4 : 1) - PASSWORD_PARALLEL;

	waiting_max = left < 0 ? 0 : left > PASSWORD_WAITING ? PASSWORD_WAITING : left;
}

static void
door_leave(void)
{
	pthread_mutex_lock(&door.lock);
	door.running--;
	pthread_cond_signal(&door.freed);
	pthread_mutex_unlock(&door.lock);
}

enum err
password_hash(struct str password, char ret_encoded[PASSWORD_ENCODED + 1])
{
	enum err e = door_enter();

	memset(ret_encoded, 0, PASSWORD_ENCODED + 1);
	if (e)
		return e;
	int failed = crypto_pwhash_str_alg(ret_encoded, password.p ? password.p : "", password.n, PASSES, MEMORY, crypto_pwhash_ALG_ARGON2ID13);
	door_leave();
	return failed ? err_note(ERR_NO_MEMORY, "passwords: no memory for a sum") : ERR_NONE;
}

/* libsodium wants a text that ends. */
static bool
encoded_read(struct str encoded, char ret[PASSWORD_ENCODED + 1])
{
	static const char head[] = crypto_pwhash_argon2id_STRPREFIX;

	memset(ret, 0, PASSWORD_ENCODED + 1);
	if (encoded.n < sizeof(head) || encoded.n > PASSWORD_ENCODED || memcmp(encoded.p, head, sizeof(head) - 1) != 0)
		return false;
	memcpy(ret, encoded.p, encoded.n);
	return true;
}

enum err
password_verify(struct str encoded, struct str password, bool *ret_same)
{
	char text[PASSWORD_ENCODED + 1];
	bool somebody = encoded_read(encoded, text);
	enum err e = door_enter();

	*ret_same = false;
	if (e)
		return e;
	bool same = crypto_pwhash_str_verify(somebody ? text : nobody, password.p ? password.p : "", password.n) == 0;
	door_leave();
	*ret_same = same && somebody;
	return ERR_NONE;
}

bool
password_outdated(struct str encoded)
{
	char text[PASSWORD_ENCODED + 1];

	return !encoded_read(encoded, text) || crypto_pwhash_str_needs_rehash(text, PASSES, MEMORY) != 0;
}

/* --- What is accepted. --- */

/* A password folded: small letters without accents, and digits; the rest is left out. At most PASSWORD_MAX characters are given. */
struct folded {
	char p[2 * PASSWORD_MAX];
	size_t n;
};

static void
fold(struct arena *a, struct str s, struct folded *ret)
{
	enum { PIECE = SLUG_MAX / 2 }; /* characters: each gives two letters at most */

	ret->n = 0;
	for (size_t i = 0, next = 0; i < s.n; i = next) {
		for (int k = 0; k < PIECE && next < s.n; k++)
			utf8_at(s, next, &next);
		struct str slug = slug_of(a, (struct str){ s.p + i, next - i });
		for (size_t k = 0; k < slug.n; k++)
			if (slug.p[k] != '-')
				ret->p[ret->n++] = slug.p[k];
	}
}

/* The shortest beginning that, repeated, makes the whole; the last time may be cut. */
static size_t
period(const char *p, size_t n)
{
	size_t unit = 1, i;

	for (; unit < n; unit++) {
		for (i = unit; i < n && p[i] == p[i - unit];)
			i++;
		if (i == n)
			break;
	}
	return unit;
}

static bool
found(struct str s)
{
	size_t low = 0, high = password_common_size;

	while (low < high) { /* both at the start of a word */
		size_t at = low + (high - low) / 2;
		while (at > low && password_common[at - 1] != '\n')
			at--;
		const char *word = password_common + at;
		size_t n = (size_t)((const char *)memchr(word, '\n', password_common_size - at) - word);
		int order = memcmp(s.p, word, s.n < n ? s.n : n);
		if (order == 0 && s.n == n)
			return true;
		if (order < 0 || (order == 0 && s.n < n))
			high = at;
		else
			low = at + n + 1;
	}
	return false;
}

static bool
listed(struct str s)
{
	return s.n && (found(s) || found((struct str){ s.p, period(s.p, s.n) }));
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* A known word: as it is, without the digits around it, with digits read as the letters they look like, without any digit. */
static bool
common(struct str s)
{
	static const char letters[] = "oizeastbg"; /* for 0 to 8; a 9 stands for nothing in particular */
	char alike[2 * PASSWORD_MAX], bare[2 * PASSWORD_MAX];
	size_t n = 0;

	if (listed(s))
		return true;
	for (; s.n && is_digit(s.p[0]); s.p++)
		s.n--;
	while (s.n && is_digit(s.p[s.n - 1]))
		s.n--;
	for (size_t i = 0; i < s.n; i++) {
		alike[i] = is_digit(s.p[i]) && s.p[i] != '9' ? letters[s.p[i] - '0'] : s.p[i];
		if (!is_digit(s.p[i]))
			bare[n++] = s.p[i];
	}
	return listed(s) || listed((struct str){ alike, s.n }) || listed((struct str){ bare, n });
}

/* Whether b follows a: the same, the next or the former of the alphabet, or a neighbour on a row of a keyboard. */
static int
step_of(uint32_t a, uint32_t b, int *ret)
{
	static const char rows[] = "azertyuiop qsdfghjklm wxcvbn qwertyuiop asdfghjkl zxcvbnm 1234567890";
	int n = 0;

	if (b - a + 1 <= 2)
		ret[n++] = (int)(b - a);
	if (a > ' ' && a < 0x80 && b > ' ' && b < 0x80)
		for (size_t i = 0; i + 1 < sizeof(rows) - 1; i++) {
			if (rows[i] == (char)a && rows[i + 1] == (char)b)
				ret[n++] = 2;
			if (rows[i] == (char)b && rows[i + 1] == (char)a)
				ret[n++] = 3;
		}
	return n;
}

/* How many characters start at c that follow each other, always in the same way. */
static size_t
run_of(const uint32_t *c, size_t n)
{
	int ways[8], next[8];
	size_t longest = 1;
	int found = n > 1 ? step_of(c[0], c[1], ways) : 0;

	for (int w = 0; w < found; w++) {
		size_t i = 2;
		for (bool same = true; i < n && same; i += same) {
			int count = step_of(c[i - 1], c[i], next);
			same = false;
			for (int k = 0; k < count; k++)
				same |= next[k] == ways[w];
		}
		longest = i > longest ? i : longest;
	}
	return longest;
}

/* Characters, a run of three and more counted for one; and of the shortest beginning that makes the whole. */
static size_t
guesses(const uint32_t *c, size_t n)
{
	size_t unit = 1, count = 0, i;

	for (; unit < n; unit++) {
		for (i = unit; i < n && c[i] == c[i - unit];)
			i++;
		if (i == n)
			break;
	}
	for (i = 0; i < unit; count++) {
		size_t run = run_of(c + i, unit - i);
		i += run >= 3 ? run : 1;
	}
	return count;
}

/* Takes the words of name out of text; only those of three letters and more say whose it is. */
static void
without(struct arena *a, struct folded *text, struct str name)
{
	enum { SHORTEST = 3 };
	struct str slug = slug_of(a, name);

	for (size_t start = 0, i = 0; i <= slug.n; i++) {
		if (i < slug.n && slug.p[i] != '-')
			continue;
		size_t n = i - start;
		char *at;
		while (n >= SHORTEST && (at = memmem(text->p, text->n, slug.p + start, n))) {
			memmove(at, at + n, text->n - (size_t)(at - text->p) - n);
			text->n -= n;
		}
		start = i + 1;
	}
}

/* Whether names were taken out, and what is left, with the characters that fold leaves out, is not enough. */
static bool
little(const struct folded *left, size_t before, size_t outside)
{
	return left->n < before && outside < PASSWORD_FREE && (left->n + outside < PASSWORD_FREE || common((struct str){ left->p, left->n }));
}

struct str
password_refusal(struct arena *a, struct str password, const struct str *names, size_t n_names)
{
	static const char *const site[] = { "catalyseurs", "catalyseur", "catalyses", "catalyse", "transitions", "transition", "ecologique", "ecologie" };
	uint32_t c[PASSWORD_MAX];
	struct folded plain, signs;
	size_t n, outside = 0;

	if (!utf8_valid(password) || (password.n && memchr(password.p, '\0', password.n)))
		return STR("Ce mot de passe contient des caractères que nous ne savons pas lire.");
	n = utf8_length(password);
	if (n < PASSWORD_MIN)
		return STR("Il faut au moins 12 caractères : quatre mots sans rapport entre eux conviennent très bien.");
	if (n > PASSWORD_MAX)
		return STR("Ce mot de passe est trop long : 128 caractères au plus.");

	char *mapped = arena_cstr(a, password);
	n = 0;
	for (size_t i = 0, next; i < password.n; i = next) {
		uint32_t ch = utf8_at(password, i, &next);
		c[n++] = ch >= 'A' && ch <= 'Z' ? ch + 32 : ch;
		outside += ch >= 0x180; /* what fold leaves out and is not a mere sign */
		mapped[i] = mapped[i] == '@' ? 'a' : mapped[i] == '$' ? 's' : mapped[i];
	}
	if (guesses(c, n) < PASSWORD_FREE)
		return STR("Ce mot de passe se répète ou suit l’ordre du clavier : il se devine. Choisissez plutôt quatre mots sans rapport entre eux.");

	fold(a, password, &plain);
	fold(a, (struct str){ mapped, password.n }, &signs);
	if (outside < PASSWORD_FREE && (common((struct str){ plain.p, plain.n }) || common((struct str){ signs.p, signs.n })))
		return STR("Ce mot de passe est parmi les plus courants, à quelques signes près. Choisissez plutôt quatre mots sans rapport entre eux.");

	size_t before = plain.n;
	for (size_t i = 0; i < sizeof(site) / sizeof(*site); i++)
		without(a, &plain, str_of(site[i]));
	bool ours = little(&plain, before, outside); /* said before the other names: none of them makes a bad password good */
	for (size_t i = 0; i < n_names; i++)
		without(a, &plain, names[i]);
	if (ours || little(&plain, before, outside))
		return STR("Ce mot de passe reprend votre nom, votre adresse ou le nom du site : il se devine. Choisissez plutôt quatre mots sans rapport entre eux.");
	return STR_NONE;
}
