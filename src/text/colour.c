#include "text/colour.h"
#include <math.h>

static int
digit(char c)
{
	return c >= '0' && c <= '9' ? c - '0' : (c | 0x20) >= 'a' && (c | 0x20) <= 'f' ? (c | 0x20) - 'a' + 10 : -1;
}

bool
colour_valid(struct str s)
{
	if (s.n != 7 || s.p[0] != '#')
		return false;
	for (size_t i = 1; i < 7; i++)
		if (digit(s.p[i]) < 0)
			return false;
	return true;
}

/* Relative luminance, 0 to 1: https://www.w3.org/TR/WCAG22/#dfn-relative-luminance */
static double
luminance(struct str s)
{
	static const double weights[] = { 0.2126, 0.7152, 0.0722 };
	double sum = 0;

	if (!colour_valid(s))
		return 0;
	for (size_t i = 0; i < 3; i++) {
		double c = (digit(s.p[1 + i * 2]) * 16 + digit(s.p[2 + i * 2])) / 255.0;
		sum += weights[i] * (c <= 0.04045 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4));
	}
	return sum;
}

double
colour_contrast(struct str a, struct str b)
{
	double x = luminance(a) + 0.05, y = luminance(b) + 0.05;

	return x > y ? x / y : y / x;
}
