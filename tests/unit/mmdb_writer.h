/*
 * mmdb_writer: small IP databases made at test time, in both layouts. For tests only; networks are few, records 24 bits.
 */
#ifndef TESTS_MMDB_WRITER_H
#define TESTS_MMDB_WRITER_H
#include "geo/addr.h"
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

struct writer {
	int family;
	int32_t node[4096][2]; /* -1 empty, >= 0 a node, else data at -(offset + 2) */
	int nodes;
	unsigned char data[65536];
	size_t ndata;
};

static void
writer_init(struct writer *w, int family)
{
	memset(w, 0, sizeof *w);
	w->family = family;
	w->node[0][0] = w->node[0][1] = -1;
	w->nodes = 1;
}

static void
w_byte(struct writer *w, unsigned c)
{
	w->data[w->ndata++] = (unsigned char)c;
}

static void
w_map(struct writer *w, unsigned n)
{
	w_byte(w, 7u << 5 | n);
}

static void
w_array(struct writer *w, unsigned n)
{
	w_byte(w, n);
	w_byte(w, 4);
}

static void
w_str(struct writer *w, const char *s)
{
	size_t n = strlen(s);
	if (n < 29) {
		w_byte(w, 2u << 5 | (unsigned)n);
	} else {
		w_byte(w, 2u << 5 | 29);
		w_byte(w, (unsigned)n - 29);
	}
	memcpy(w->data + w->ndata, s, n);
	w->ndata += n;
}

static void
w_uint(struct writer *w, unsigned type, uint64_t v, unsigned bytes)
{
	if (type > 7) {
		w_byte(w, bytes);
		w_byte(w, type - 7);
	} else {
		w_byte(w, type << 5 | bytes);
	}
	for (unsigned i = bytes; i-- > 0;)
		w_byte(w, (unsigned)(v >> (8 * i)) & 255);
}

static void
w_double(struct writer *w, double d)
{
	uint64_t v;
	memcpy(&v, &d, 8);
	w_byte(w, 3u << 5 | 8);
	for (int i = 7; i >= 0; i--)
		w_byte(w, (unsigned)(v >> (8 * i)) & 255);
}

static void
w_float(struct writer *w, float f)
{
	uint32_t v;
	memcpy(&v, &f, 4);
	w_byte(w, 4);
	w_byte(w, 15 - 7);
	for (int i = 3; i >= 0; i--)
		w_byte(w, (v >> (8 * i)) & 255);
}

static void
writer_net(struct writer *w, const char *address, int bits, size_t offset)
{
	struct addr a;
	if (!addr_parse(str_of(address), &a))
		abort();
	int at = 0;
	uint8_t b[16] = { 0 };
	int skip = w->family == 6 && a.family == 4 ? 96 : 0; /* IPv4 lives at ::/96 */
	memcpy(b + skip / 8, a.b, a.family == 4 ? 4 : 16);
	bits += skip;
	for (int i = 0; i < bits; i++) {
		int side = b[i / 8] >> (7 - i % 8) & 1;
		if (i == bits - 1) {
			w->node[at][side] = -(int32_t)(offset + 2);
		} else {
			if (w->node[at][side] < 0) {
				w->node[w->nodes][0] = w->node[w->nodes][1] = -1;
				w->node[at][side] = w->nodes++;
			}
			at = w->node[at][side];
		}
	}
}

static void
writer_dbip(struct writer *w, const char *net, int bits, const char *country, const char *city, double lat, double lon)
{
	size_t at = w->ndata;
	w_map(w, 5);
	w_str(w, "city"), w_str(w, city);
	w_str(w, "country_code"), w_str(w, country);
	w_str(w, "latitude"), w_float(w, (float)lat);
	w_str(w, "longitude"), w_float(w, (float)lon);
	w_str(w, "state1"), w_str(w, "Rhone-Alpes");
	writer_net(w, net, bits, at);
}

/* city, subdivision may be NULL: the key is absent, as MaxMind does. */
static void
writer_maxmind(struct writer *w, const char *net, int bits, const char *country, const char *subdivision, const char *city,
               double lat, double lon, unsigned radius)
{
	size_t at = w->ndata;
	w_map(w, 2 + (city != NULL) + (subdivision != NULL));
	if (city)
		w_str(w, "city"), w_map(w, 1), w_str(w, "names"), w_map(w, 1), w_str(w, "fr"), w_str(w, city);
	w_str(w, "country"), w_map(w, 1), w_str(w, "iso_code"), w_str(w, country);
	w_str(w, "location"), w_map(w, 3);
	w_str(w, "accuracy_radius"), w_uint(w, 5, radius, 2);
	w_str(w, "latitude"), w_double(w, lat);
	w_str(w, "longitude"), w_double(w, lon);
	if (subdivision)
		w_str(w, "subdivisions"), w_array(w, 1), w_map(w, 1), w_str(w, "iso_code"), w_str(w, subdivision);
	writer_net(w, net, bits, at);
}

/* Writes beside, then renames. */
static void
writer_save(struct writer *w, const char *path)
{
	char fresh[4096];
	static const char zero[16];
	snprintf(fresh, sizeof fresh, "%s.new", path);
	FILE *f = fopen(fresh, "wb");
	if (!f)
		abort();
	for (int i = 0; i < w->nodes; i++)
		for (int side = 0; side < 2; side++) {
			int32_t v = w->node[i][side];
			uint32_t r = v >= 0 ? (uint32_t)v : v == -1 ? (uint32_t)w->nodes : (uint32_t)(w->nodes + 16 - v - 2);
			unsigned char b[3] = { (unsigned char)(r >> 16), (unsigned char)(r >> 8), (unsigned char)r };
			fwrite(b, 3, 1, f);
		}
	fwrite(zero, 16, 1, f);
	fwrite(w->data, w->ndata, 1, f);
	fwrite("\xab\xcd\xefMaxMind.com", 14, 1, f);
	size_t from = w->ndata;
	w_map(w, 9);
	w_str(w, "binary_format_major_version"), w_uint(w, 5, 2, 1);
	w_str(w, "binary_format_minor_version"), w_uint(w, 5, 0, 1);
	w_str(w, "build_epoch"), w_uint(w, 9, (uint64_t)time(NULL), 8);
	w_str(w, "database_type"), w_str(w, "Test-City");
	w_str(w, "description"), w_map(w, 1), w_str(w, "en"), w_str(w, "test");
	w_str(w, "ip_version"), w_uint(w, 5, (uint64_t)w->family, 1);
	w_str(w, "languages"), w_array(w, 1), w_str(w, "fr");
	w_str(w, "node_count"), w_uint(w, 6, (uint64_t)w->nodes, 4);
	w_str(w, "record_size"), w_uint(w, 5, 24, 1);
	fwrite(w->data + from, w->ndata - from, 1, f);
	w->ndata = from;
	if (fclose(f) != 0 || rename(fresh, path) != 0)
		abort();
}

#endif
