#include "web/net.h"
#include <arpa/inet.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static bool
next_item(struct str *rest, struct str *ret_item)
{
	while (rest->n > 0) {
		const char *comma = memchr(rest->p, ',', rest->n);
		struct str item = { rest->p, comma ? (size_t)(comma - rest->p) : rest->n };
		size_t step = comma ? item.n + 1 : item.n;
		rest->p += step;
		rest->n -= step;
		while (item.n > 0 && (*item.p == ' ' || *item.p == '\t'))
			item.p++, item.n--;
		while (item.n > 0 && (item.p[item.n - 1] == ' ' || item.p[item.n - 1] == '\t'))
			item.n--;
		if (item.n > 0) {
			*ret_item = item;
			return true;
		}
	}
	return false;
}

bool
net_parse_address(struct str text, uint8_t ret[16])
{
	char z[INET6_ADDRSTRLEN];
	struct in_addr v4;

	if (text.n == 0 || text.n >= sizeof(z))
		return false;
	memcpy(z, text.p, text.n);
	z[text.n] = 0;
	if (inet_pton(AF_INET, z, &v4) == 1) {
		memset(ret, 0, 10);
		ret[10] = ret[11] = 0xff;
		memcpy(ret + 12, &v4, 4);
		return true;
	}
	return inet_pton(AF_INET6, z, ret) == 1;
}

enum err
net_list_parse(struct net_list *ret, struct str text)
{
	struct net_list l = { 0 };
	struct str item;

	while (next_item(&text, &item)) {
		const char *slash = memchr(item.p, '/', item.n);
		struct str address = { item.p, slash ? (size_t)(slash - item.p) : item.n };
		if (l.n == NET_MAX)
			return err_note(ERR_BAD_INPUT, "more than %d networks", NET_MAX);
		if (!net_parse_address(address, l.v[l.n].address))
			return err_note(ERR_BAD_INPUT, "not a network: %.*s", (int)item.n, item.p);
		bool v4 = memchr(address.p, ':', address.n) == NULL;
		int bits = v4 ? 32 : 128;
		if (slash) {
			char z[4] = "";
			size_t n = item.n - address.n - 1;
			if (n == 0 || n > 3)
				return err_note(ERR_BAD_INPUT, "not a network: %.*s", (int)item.n, item.p);
			memcpy(z, slash + 1, n);
			if (strspn(z, "0123456789") < n || atoi(z) > bits)
				return err_note(ERR_BAD_INPUT, "not a network: %.*s", (int)item.n, item.p);
			bits = atoi(z);
		}
		l.v[l.n++].bits = v4 ? bits + 96 : bits;
	}
	*ret = l;
	return ERR_NONE;
}

bool
net_list_has_bytes(const struct net_list *l, const uint8_t address[16])
{
	for (size_t i = 0; i < l->n; i++) {
		int whole = l->v[i].bits / 8, rest = l->v[i].bits % 8;
		if (memcmp(l->v[i].address, address, (size_t)whole) != 0)
			continue;
		if (rest == 0 || ((l->v[i].address[whole] ^ address[whole]) & (0xff << (8 - rest) & 0xff)) == 0)
			return true;
	}
	return false;
}

bool
net_list_has(const struct net_list *l, struct str address)
{
	uint8_t bytes[16];

	return net_parse_address(address, bytes) && net_list_has_bytes(l, bytes);
}

enum err
uid_list_parse(struct uid_list *ret, struct str text)
{
	struct uid_list l = { 0 };
	struct str item;
	char z[64], room[4096];

	while (next_item(&text, &item)) {
		struct passwd pw, *found = NULL;
		if (item.n >= sizeof(z))
			return err_note(ERR_BAD_INPUT, "not a user: %.*s", (int)item.n, item.p);
		memcpy(z, item.p, item.n);
		z[item.n] = 0;
		if (l.n == NET_MAX)
			return err_note(ERR_BAD_INPUT, "more than %d users", NET_MAX);
		if (strspn(z, "0123456789") == item.n) {
			unsigned long v = strtoul(z, NULL, 10);
			if (v >= UINT32_MAX) /* (uid_t)-1 means nobody at all to the kernel */
				return err_note(ERR_BAD_INPUT, "not a user id: %s", z);
			l.v[l.n++] = (uid_t)v;
		} else if (getpwnam_r(z, &pw, room, sizeof(room), &found) == 0 && found) {
			l.v[l.n++] = pw.pw_uid;
		}
	}
	*ret = l;
	return ERR_NONE;
}

bool
uid_list_has(const struct uid_list *l, uid_t uid)
{
	for (size_t i = 0; i < l->n; i++)
		if (l->v[i] == uid)
			return true;
	return false;
}
