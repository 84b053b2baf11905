/* Both layouts, the rules of confidence, files that are missing, cut, hostile or replaced under lookups. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/log.h"
#include "geo/locate.h"
#include "mmdb_writer.h"
#include <dirent.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <sys/stat.h>
#include <unistd.h>

#define PLACEHOLDERS "48.857498,2.35138;48.856602,2.35222;48.8582,2.3387;48.8558,2.3494;46,2"

static char dir[64], v4[96], v6[96], mm[96];
static struct writer w;

static struct geo *
open_geo(const char *four, const char *six)
{
	return geo_new(&(struct geo_options){ four, six, STR(PLACEHOLDERS), 200 });
}

static void
make_v4(void)
{
	writer_init(&w, 4);
	writer_dbip(&w, "165.169.0.0", 24, "RE", "Saint-Benoit", -21.0339, 55.7128);
	writer_dbip(&w, "165.169.1.0", 24, "RE", "", 48.85, 2.35);
	writer_dbip(&w, "88.160.0.0", 24, "FR", "Paris", 48.857498, 2.35138);
	writer_dbip(&w, "88.161.0.0", 24, "FR", "Strasbourg", 48.5734, 7.7521);
	writer_dbip(&w, "88.162.0.0", 24, "FR", "", 45.1, 3.1);
	writer_dbip(&w, "88.163.0.0", 24, "FR", "Ailleurs", 9.5, 42.1);
	writer_dbip(&w, "88.164.0.0", 24, "BE", "Bruxelles", 50.85, 4.35);
	writer_dbip(&w, "88.165.0.0", 24, "pm", "Saint-Pierre", 46.7811, -56.1764);
	writer_save(&w, v4);
}

static int
setup(void **state)
{
	(void)state;
	log_set_fd(open("/dev/null", O_WRONLY | O_CLOEXEC));
	strcpy(dir, "/tmp/test_geo.XXXXXX");
	if (!mkdtemp(dir))
		return -1;
	snprintf(v4, sizeof v4, "%s/v4.mmdb", dir);
	snprintf(v6, sizeof v6, "%s/v6.mmdb", dir);
	snprintf(mm, sizeof mm, "%s/mm.mmdb", dir);
	make_v4();
	writer_init(&w, 6);
	writer_dbip(&w, "2a01:e0a::", 32, "FR", "Nantes", 47.2173, -1.5534);
	writer_dbip(&w, "2a01:e0b::", 32, "NC", "Noumea", -22.2763, 166.4572);
	writer_save(&w, v6);
	writer_init(&w, 6);
	writer_maxmind(&w, "165.169.0.0", 24, "RE", NULL, "Saint-Benoît", -21.0339, 55.7128, 5);
	writer_maxmind(&w, "165.169.1.0", 24, "RE", NULL, NULL, -21.1, 55.6, 1000);
	writer_maxmind(&w, "88.160.0.0", 24, "FR", NULL, NULL, 46, 2, 100);
	writer_maxmind(&w, "88.161.0.0", 24, "FR", "GES", NULL, 48.1, 7.0, 50);
	writer_maxmind(&w, "88.162.0.0", 24, "FR", "ARA", "Lyon", 45.764, 4.8357, 200);
	writer_maxmind(&w, "88.163.0.0", 24, "FR", "ARA", "Lyon", 45.764, 4.8357, 199);
	writer_maxmind(&w, "2a01:e0a::", 32, "FR", "PDL", "Nantes", 47.2173, -1.5534, 20);
	writer_save(&w, mm);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	unlink(v4), unlink(v6), unlink(mm);
	return rmdir(dir);
}

static void
expect(struct geo *g, const char *address, enum place_confidence confidence, const char *reason, const char *territory)
{
	struct place p;
	geo_locate(g, str_of(address), &p);
	if (p.confidence != confidence || strcmp(p.reason, reason) != 0 || strcmp(p.territory, territory) != 0)
		fail_msg("%s: confidence %d, %s, %s", address, p.confidence, p.reason, p.territory);
}

static void
test_dbip(void **state)
{
	(void)state;
	struct geo *g = open_geo(v4, v6);
	assert_int_equal(geo_placeholders(g), 5);
	expect(g, "165.169.0.9", CONFIDENCE_COMMUNE, "ip", "departement:974");
	expect(g, "::ffff:165.169.0.9", CONFIDENCE_COMMUNE, "ip", "departement:974");
	expect(g, "165.169.1.9", CONFIDENCE_DEPARTEMENT, "bad-data", "departement:974"); /* La Réunion, said to be in Paris */
	expect(g, "88.160.0.1", CONFIDENCE_NONE, "placeholder", "");
	expect(g, "88.161.0.1", CONFIDENCE_COMMUNE, "ip", "");
	expect(g, "88.162.0.1", CONFIDENCE_NONE, "no-city", "");
	expect(g, "88.163.0.1", CONFIDENCE_NONE, "bad-data", "");
	expect(g, "88.164.0.1", CONFIDENCE_NONE, "abroad", "");
	expect(g, "88.165.0.1", CONFIDENCE_COMMUNE, "ip", "collectivite:975");
	expect(g, "9.9.9.9", CONFIDENCE_NONE, "not-found", "");
	expect(g, "127.0.0.1", CONFIDENCE_NONE, "private", "");
	expect(g, "nowhere", CONFIDENCE_NONE, "bad-data", "");
	expect(g, "2a01:e0a::1", CONFIDENCE_COMMUNE, "ip", "");
	expect(g, "2a01:e0b::1", CONFIDENCE_COMMUNE, "ip", "collectivite:988");
	expect(g, "2a01:ffff::1", CONFIDENCE_NONE, "not-found", "");
	geo_free(g);
	expect(NULL, "88.161.0.1", CONFIDENCE_NONE, "no-database", "");
}

static void
test_maxmind(void **state)
{
	(void)state;
	struct geo *g = open_geo("", mm); /* one file for both families */
	expect(g, "165.169.0.9", CONFIDENCE_COMMUNE, "ip", "departement:974");
	expect(g, "165.169.1.9", CONFIDENCE_DEPARTEMENT, "imprecise", "departement:974");
	expect(g, "88.160.0.1", CONFIDENCE_NONE, "placeholder", "");
	expect(g, "88.161.0.1", CONFIDENCE_REGION, "ip", "region:44");
	expect(g, "88.162.0.1", CONFIDENCE_NONE, "imprecise", "");
	expect(g, "88.163.0.1", CONFIDENCE_COMMUNE, "ip", "");
	expect(g, "2a01:e0a::1", CONFIDENCE_COMMUNE, "ip", "");
	geo_free(g);
	g = geo_new(&(struct geo_options){ "", mm, STR_NONE, 0 });
	expect(g, "88.160.0.1", CONFIDENCE_NONE, "country-centroid", "");
	geo_free(g);
	g = geo_new(&(struct geo_options){ "", "", STR("1,2;x;3;4,5,6; 7 , 8 ;;"), 0 });
	assert_int_equal(geo_placeholders(g), 1);
	geo_free(g);
}

static void
test_missing_then_there(void **state)
{
	(void)state;
	struct mmdb_status s, s6;
	unlink(v4);
	struct geo *g = open_geo(v4, "/nonexistent/v6.mmdb");
	expect(g, "88.161.0.1", CONFIDENCE_NONE, "no-database", "");
	geo_status(g, &s, &s6);
	assert_false(s.loaded);
	assert_true(s.refused[0]);
	make_v4();
	assert_true(geo_refresh(g));
	assert_false(geo_refresh(g));
	expect(g, "88.161.0.1", CONFIDENCE_COMMUNE, "ip", "");
	/* Cut in place: the copy in service does not see it, the cut one is refused */
	assert_int_equal(truncate(v4, 100), 0);
	expect(g, "88.161.0.1", CONFIDENCE_COMMUNE, "ip", "");
	assert_false(geo_refresh(g));
	expect(g, "88.161.0.1", CONFIDENCE_COMMUNE, "ip", "");
	geo_status(g, &s, &s6);
	assert_true(s.loaded && s.refused[0]);
	/* Gone, a folder, a pipe, a loop: the last good one stays */
	unlink(v4);
	assert_false(geo_refresh(g));
	assert_int_equal(mkdir(v4, 0700), 0);
	assert_false(geo_refresh(g));
	rmdir(v4);
	assert_int_equal(mkfifo(v4, 0600), 0);
	assert_false(geo_refresh(g));
	unlink(v4);
	assert_int_equal(symlink(v4, v4), 0);
	assert_false(geo_refresh(g));
	unlink(v4);
	expect(g, "88.161.0.1", CONFIDENCE_COMMUNE, "ip", "");
	make_v4();
	assert_true(geo_refresh(g));
	geo_free(g);
}

/* Every cut and every changed byte of a good file: refused or answered, never a crash. */
static void
test_damaged(void **state)
{
	(void)state;
	static unsigned char bytes[65536];
	FILE *f = fopen(mm, "rb");
	size_t n = fread(bytes, 1, sizeof bytes, f);
	char path[96];
	fclose(f);
	snprintf(path, sizeof path, "%s/bad.mmdb", dir);
	for (size_t i = 0; i < n; i += 7) {
		for (int cut = 0; cut < 2; cut++) {
			unsigned char was = bytes[i];
			struct place p;
			if (!cut)
				bytes[i] ^= 0xff;
			f = fopen(path, "wb");
			fwrite(bytes, 1, cut ? i : n, f);
			fclose(f);
			bytes[i] = was;
			struct geo *g = open_geo(path, path);
			geo_locate(g, STR("165.169.0.9"), &p);
			assert_non_null(p.reason);
			geo_locate(g, STR("2a01:e0a::1"), &p);
			assert_non_null(p.reason);
			geo_free(g);
		}
	}
	unlink(path);
}

static void
walk(const char *folder, unsigned *ret_seen)
{
	DIR *d = opendir(folder);
	struct dirent *e;
	if (!d)
		return;
	while ((e = readdir(d))) {
		char path[4096];
		struct stat st;
		struct place p;
		snprintf(path, sizeof path, "%s/%s", folder, e->d_name);
		if (e->d_name[0] == '.' || stat(path, &st) != 0)
			continue;
		if (S_ISDIR(st.st_mode)) {
			walk(path, ret_seen);
			continue;
		}
		struct geo *g = open_geo(path, path);
		static const char *const from[] = { "1.1.1.1", "81.2.69.142", "2a02:d000::1", "2001:218::1", "255.255.255.254" };
		for (size_t i = 0; i < sizeof from / sizeof *from; i++) {
			geo_locate(g, str_of(from[i]), &p);
			assert_non_null(p.reason);
		}
		geo_free(g);
		++*ret_seen;
	}
	closedir(d);
}

/* A folder of hostile files, when the machine has one. */
static void
test_hostile(void **state)
{
	(void)state;
	const char *data = getenv("CATALYSE_SHARED_DATA");
	char path[4096];
	unsigned seen = 0;
	walk(dir, &seen);
	if (data) {
		snprintf(path, sizeof path, "%s/mmdb", data);
		walk(path, &seen);
	}
	assert_true(seen > 0);
}

static atomic_bool stop;
static atomic_ulong lookups, wrong;

static void *
look(void *arg)
{
	struct geo *g = arg;
	struct place p;
	while (!atomic_load(&stop)) {
		geo_locate(g, STR("88.161.0.1"), &p);
		if (p.confidence != CONFIDENCE_COMMUNE || strcmp(p.country, "FR") != 0)
			atomic_fetch_add(&wrong, 1);
		atomic_fetch_add(&lookups, 1);
	}
	return NULL;
}

static void
test_thousand_renames(void **state)
{
	(void)state;
	pthread_t t[4];
	unsigned long taken = 0;
	make_v4();
	struct geo *g = open_geo(v4, v6);
	for (int i = 0; i < 4; i++)
		assert_int_equal(pthread_create(&t[i], NULL, look, g), 0);
	for (int i = 0; i < 1000; i++) {
		make_v4();
		taken += geo_refresh(g);
		if (i % 10 == 0 && truncate(v4, 50) == 0)
			geo_refresh(g);
	}
	atomic_store(&stop, true);
	for (int i = 0; i < 4; i++)
		pthread_join(t[i], NULL);
	assert_int_equal(taken, 1000);
	assert_int_equal(atomic_load(&wrong), 0);
	assert_true(atomic_load(&lookups) > 0);
	geo_free(g);
}

static void
test_watch(void **state)
{
	(void)state;
	struct mmdb_status s, s6;
	unlink(v4);
	struct geo *g = open_geo(v4, v6);
	assert_true(geo_watch(g, 1));
	make_v4();
	for (int i = 0; i < 50; i++) {
		geo_status(g, &s, &s6);
		if (s.loaded)
			break;
		usleep(100000);
	}
	assert_true(s.loaded);
	assert_string_equal(s.type, "Test-City");
	geo_free(g);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_dbip), cmocka_unit_test(test_maxmind), cmocka_unit_test(test_missing_then_there),
		cmocka_unit_test(test_damaged), cmocka_unit_test(test_hostile), cmocka_unit_test(test_thousand_renames),
		cmocka_unit_test(test_watch),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}
