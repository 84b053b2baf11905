/*
 * fuzz: what a fuzz program is. One function takes any bytes and must neither crash, leak nor break what it asserts.
 * With --enable-fuzzers libFuzzer drives it; else replay_main.c runs it over the files it is given.
 */
#ifndef FUZZ_H
#define FUZZ_H
#include "base/arena.h"
#include "base/log.h"
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define FUZZ_ARENA (16u << 20)
#define FUZZ_ASSERT(x)                                                                                                 \
	do {                                                                                                           \
		if (!(x))                                                                                              \
			die("%s:%d: %s", __FILE__, __LINE__, #x);                                                      \
	} while (0)

#endif
