/* Runs a fuzz program over files, or over every file of folders: the corpus and old failures, in make check. */
#include "fuzz.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#ifndef FUZZ_LIBFUZZER
static size_t done;

static void
run_file(const char *path)
{
	FILE *f = fopen(path, "rb");
	size_t n = 0, cap = 1 << 20;
	uint8_t *p = malloc(cap), *exact;

	if (!f || !p)
		die("%s cannot be read", path);
	n = fread(p, 1, cap, f);
	fclose(f);
	exact = malloc(n ? n : 1); /* no room past the end: the sanitizer sees an overrun */
	if (!exact)
		die("no memory");
	memcpy(exact, p, n);
	free(p);
	LLVMFuzzerTestOneInput(exact, n);
	free(exact);
	done++;
}

static void
run_path(const char *path)
{
	struct stat st;
	DIR *d;

	if (stat(path, &st) < 0)
		die("%s is not there", path);
	if (!S_ISDIR(st.st_mode)) {
		run_file(path);
		return;
	}
	if (!(d = opendir(path)))
		die("%s cannot be read", path);
	for (struct dirent *e; (e = readdir(d));) {
		char name[4096];
		if (e->d_name[0] == '.')
			continue;
		snprintf(name, sizeof(name), "%s/%s", path, e->d_name);
		run_path(name);
	}
	closedir(d);
}

int
main(int argc, char **argv)
{
	LLVMFuzzerTestOneInput((const uint8_t *)"", 0);
	for (int i = 1; i < argc; i++)
		run_path(argv[i]);
	printf("%zu inputs\n", done);
	return 0;
}
#endif
