#define _GNU_SOURCE
#include "geo/mmdb.h"
#include "base/log.h"
#include "text/utf8.h"
#include <errno.h>
#include <fcntl.h>
#include <maxminddb.h>
#include <math.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define SAMPLE 512

struct image { /* one verified copy, in use by its references */
	MMDB_s db;
	unsigned refs;
	uint64_t size;
};

struct identity { /* of a file seen at the path */
	bool there;
	dev_t dev;
	ino_t ino;
	off_t size;
	struct timespec mtime, ctime;
};

struct mmdb {
	char *path;
	pthread_mutex_t lock; /* guards image, refs, refused */
	struct image *image;
	struct identity seen; /* the refresher's only */
	bool looked;
	char refused[160];
};

static bool
number(MMDB_entry_s *entry, const char *const *path, double *ret)
{
	MMDB_entry_data_s d;

	if (MMDB_aget_value(entry, &d, path) != MMDB_SUCCESS || !d.has_data)
		return false;
	if (d.type == MMDB_DATA_TYPE_DOUBLE)
		*ret = d.double_value;
	else if (d.type == MMDB_DATA_TYPE_FLOAT)
		*ret = d.float_value;
	else if (d.type == MMDB_DATA_TYPE_UINT16)
		*ret = d.uint16;
	else if (d.type == MMDB_DATA_TYPE_UINT32)
		*ret = d.uint32;
	else
		return false;
	return isfinite(*ret);
}

static struct str
text(MMDB_entry_s *entry, const char *const *path)
{
	MMDB_entry_data_s d;

	if (MMDB_aget_value(entry, &d, path) != MMDB_SUCCESS || !d.has_data || d.type != MMDB_DATA_TYPE_UTF8_STRING)
		return STR_NONE;
	return (struct str){ d.utf8_string, d.data_size };
}

/* Codes only: letters are put in capitals, anything else than letters and digits empties the answer. */
static void
code(struct str s, char *to, size_t room)
{
	to[0] = 0;
	if (s.n == 0 || s.n >= room)
		return;
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		if (c >= 'a' && c <= 'z')
			c = (char)(c - 'a' + 'A');
		if (!((c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'))) {
			to[0] = 0;
			return;
		}
		to[i] = c;
	}
	to[s.n] = 0;
}

static void
name(struct str s, struct mmdb_record *r)
{
	r->has_city = s.n > 0;
	if (s.n == 0 || s.n >= sizeof r->city || memchr(s.p, 0, s.n) || !utf8_valid(s))
		return;
	memcpy(r->city, s.p, s.n);
	r->city[s.n] = 0;
}

#define PATH(...) (const char *const[]){ __VA_ARGS__, NULL }

static enum mmdb_result
read_record(MMDB_entry_s *entry, struct mmdb_record *r)
{
	MMDB_entry_data_s d;
	double lat, lon, radius;
	*r = (struct mmdb_record){ 0 };

	int e = MMDB_aget_value(entry, &d, PATH("country", "iso_code"));
	if (e == MMDB_SUCCESS && d.has_data) { /* MaxMind: nested */
		code(text(entry, PATH("country", "iso_code")), r->country, sizeof r->country);
		code(text(entry, PATH("subdivisions", "0", "iso_code")), r->subdivision, sizeof r->subdivision);
		struct str city = text(entry, PATH("city", "names", "fr"));
		name(city.n ? city : text(entry, PATH("city", "names", "en")), r);
		r->has_point = number(entry, PATH("location", "latitude"), &lat) && number(entry, PATH("location", "longitude"), &lon);
		if (number(entry, PATH("location", "accuracy_radius"), &radius) && radius > 0)
			r->accuracy_km = radius < 20000 ? (int)radius : 20000;
	} else if (e == MMDB_SUCCESS || e == MMDB_LOOKUP_PATH_DOES_NOT_MATCH_DATA_ERROR) { /* DB-IP: flat */
		code(text(entry, PATH("country_code")), r->country, sizeof r->country);
		name(text(entry, PATH("city")), r);
		r->has_point = number(entry, PATH("latitude"), &lat) && number(entry, PATH("longitude"), &lon);
		if (!r->has_point) { /* MaxMind without a country */
			r->has_point = number(entry, PATH("location", "latitude"), &lat) &&
			               number(entry, PATH("location", "longitude"), &lon);
		}
	} else {
		return MMDB_BAD_DATA;
	}
	if (r->has_point && (fabs(lat) > 90 || fabs(lon) > 180))
		r->has_point = false;
	if (r->has_point) {
		r->lat = lat;
		r->lon = lon;
	}
	return MMDB_FOUND;
}

/* Every record of the tree in bounds, a sample of entries decodable, some country among them. NULL when good. */
static const char *
verify(MMDB_s *db)
{
	const MMDB_metadata_s *m = &db->metadata;
	uint64_t data = 0;
	unsigned countries = 0;
	if (m->ip_version != 4 && m->ip_version != 6)
		return "famille d'adresses inconnue";
	if (m->node_count == 0)
		return "arbre vide";
	if (m->build_epoch > (uint64_t)time(NULL) + 366 * 86400)
		return "date de fabrication dans le futur";

	uint32_t step = m->node_count / SAMPLE + 1;
	for (uint32_t i = 0; i < m->node_count; i++) {
		MMDB_search_node_s n;
		if (MMDB_read_node(db, i, &n) != MMDB_SUCCESS)
			return "nœud illisible";
		for (int side = 0; side < 2; side++) {
			int type = side ? n.right_record_type : n.left_record_type;
			MMDB_entry_s entry = side ? n.right_record_entry : n.left_record_entry;
			struct mmdb_record r;
			if (type == MMDB_RECORD_TYPE_INVALID)
				return "nœud hors des bornes";
			if (type != MMDB_RECORD_TYPE_DATA)
				continue;
			if (data++ % step != 0)
				continue;
			if (read_record(&entry, &r) != MMDB_FOUND)
				return "entrée illisible";
			countries += r.country[0] != 0;
		}
	}
	return countries ? NULL : "aucun pays dans les entrées";
}

static bool
write_all(int fd, const char *p, size_t n)
{
	while (n) {
		ssize_t k = write(fd, p, n);
		if (k < 0 && errno == EINTR)
			continue;
		if (k <= 0)
			return false;
		p += k;
		n -= (size_t)k;
	}
	return true;
}

static struct identity
identity_of(const struct stat *st)
{
	return (struct identity){ true, st->st_dev, st->st_ino, st->st_size, st->st_mtim, st->st_ctim };
}

static bool
identity_eq(const struct identity *a, const struct identity *b)
{
	if (!a->there || !b->there)
		return a->there == b->there;
	return a->dev == b->dev && a->ino == b->ino && a->size == b->size && a->mtime.tv_sec == b->mtime.tv_sec &&
	       a->mtime.tv_nsec == b->mtime.tv_nsec && a->ctime.tv_sec == b->ctime.tv_sec && a->ctime.tv_nsec == b->ctime.tv_nsec;
}

/* Copies the open file into a sealed anonymous one; returns its descriptor, or -1 and the reason. */
static int
copy_sealed(int fd, off_t size, const char **ret_why)
{
	enum { SEAL_TRIES = 50, SEAL_PAUSE_US = 20000 };
	static const size_t CHUNK = 1 << 18;
	int to = memfd_create("mmdb", MFD_CLOEXEC | MFD_ALLOW_SEALING);
	char *chunk = malloc(CHUNK);
	off_t got = 0;
	ssize_t k = 0;
	if (!chunk)
		die("mmdb: no memory");
	*ret_why = "pas de mémoire pour la copie";
	if (to < 0)
		goto bad;
	while (got <= size && (k = read(fd, chunk, CHUNK)) != 0) {
		if (k < 0 && errno == EINTR)
			continue;
		if (k < 0) {
			*ret_why = "lecture impossible";
			goto bad;
		}
		if (!write_all(to, chunk, (size_t)k))
			goto bad;
		got += k;
	}
	if (got != size) {
		*ret_why = "le fichier a changé pendant sa lecture";
		goto bad;
	}
	/* EBUSY while the kernel itself holds one of its pages for a moment. */
	for (int i = 0; fcntl(to, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE | F_SEAL_SEAL) != 0; i++) {
		if (errno != EBUSY || i == SEAL_TRIES) {
			*ret_why = "copie impossible à sceller";
			goto bad;
		}
		usleep(SEAL_PAUSE_US);
	}
	free(chunk);
	return to;
bad:
	free(chunk);
	if (to >= 0)
		close(to);
	return -1;
}

/* Loads what is at the path; NULL and the reason when it is refused. ret_seen is what was looked at. */
static struct image *
load(const char *path, struct identity *ret_seen, const char **ret_why)
{
	struct stat st, after;
	struct image *image = NULL;
	char proc[40];
	int copy = -1;
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);

	*ret_seen = (struct identity){ 0 };
	*ret_why = "absent ou illisible";
	if (fd < 0)
		return NULL;
	if (fstat(fd, &st) != 0)
		goto out;
	*ret_seen = identity_of(&st);
	*ret_why = "ce n'est pas un fichier ordinaire, ou sa taille est hors des bornes";
	if (!S_ISREG(st.st_mode) || st.st_size <= 0 || (uint64_t)st.st_size > MMDB_SIZE_MAX)
		goto out;
	if ((copy = copy_sealed(fd, st.st_size, ret_why)) < 0)
		goto out;
	struct identity then = identity_of(&st), now = { 0 };
	if (fstat(fd, &after) == 0)
		now = identity_of(&after);
	*ret_why = "le fichier a changé pendant sa lecture";
	now.ctime = then.ctime; /* a rename or a link changes only that */
	if (!identity_eq(&then, &now))
		goto out;
	if (!(image = calloc(1, sizeof *image)))
		die("mmdb: no memory");
	snprintf(proc, sizeof proc, "/proc/self/fd/%d", copy);
	int e = MMDB_open(proc, MMDB_MODE_MMAP, &image->db);
	if (e != MMDB_SUCCESS) {
		*ret_why = MMDB_strerror(e);
		free(image);
		image = NULL;
		goto out;
	}
	if ((*ret_why = verify(&image->db))) {
		MMDB_close(&image->db);
		free(image);
		image = NULL;
		goto out;
	}
	image->refs = 1;
	image->size = (uint64_t)st.st_size;
out:
	if (copy >= 0)
		close(copy);
	close(fd);
	return image;
}

static void
release(struct mmdb *db, struct image *image)
{
	if (!image)
		return;
	pthread_mutex_lock(&db->lock);
	bool last = --image->refs == 0;
	pthread_mutex_unlock(&db->lock);
	if (last) {
		MMDB_close(&image->db);
		free(image);
	}
}

static struct image *
acquire(struct mmdb *db)
{
	pthread_mutex_lock(&db->lock);
	struct image *image = db->image;
	if (image)
		image->refs++;
	pthread_mutex_unlock(&db->lock);
	return image;
}

static void
announce(const struct mmdb *db, const struct image *image)
{
	int64_t days = ((int64_t)time(NULL) - (int64_t)image->db.metadata.build_epoch) / 86400;
	log_event(days > MMDB_STALE_DAYS ? LOG_WARN : LOG_INFO,
	          days > MMDB_STALE_DAYS ? "IP database loaded, but old" : "IP database loaded", LOG_S("file", str_of(db->path)),
	          LOG_I("bytes", image->size), LOG_I("age_days", days));
}

bool
mmdb_refresh(struct mmdb *db)
{
	struct stat st;
	struct identity now = { 0 };
	const char *why = NULL;

	if (!db || !db->path[0])
		return false;
	if (stat(db->path, &st) == 0)
		now = identity_of(&st);
	if (db->looked && identity_eq(&now, &db->seen))
		return false;
	db->looked = true;
	struct image *image = load(db->path, &db->seen, &why);
	pthread_mutex_lock(&db->lock);
	struct image *old = image ? db->image : NULL;
	if (image)
		db->image = image;
	snprintf(db->refused, sizeof db->refused, "%s", image ? "" : why);
	bool serving = db->image != NULL;
	pthread_mutex_unlock(&db->lock);
	if (image)
		announce(db, image);
	else
		log_event(LOG_ERROR, "IP database refused", LOG_S("file", str_of(db->path)), LOG_S("why", str_of(why)),
		          LOG_S("in_service", serving ? STR("the last good one") : STR("none")));
	release(db, old);
	return image != NULL;
}

struct mmdb *
mmdb_new(const char *path)
{
	struct mmdb *db = calloc(1, sizeof *db);
	if (!db || !(db->path = strdup(path ? path : "")))
		die("mmdb: no memory");
	pthread_mutex_init(&db->lock, NULL);
	mmdb_refresh(db);
	return db;
}

void
mmdb_free(struct mmdb *db)
{
	if (!db)
		return;
	release(db, db->image);
	pthread_mutex_destroy(&db->lock);
	free(db->path);
	free(db);
}

enum mmdb_result
mmdb_lookup(struct mmdb *db, const struct addr *a, struct mmdb_record *ret_record)
{
	struct sockaddr_in in4 = { .sin_family = AF_INET };
	struct sockaddr_in6 in6 = { .sin6_family = AF_INET6 };
	enum mmdb_result result = MMDB_NOT_FOUND;
	struct mmdb_record r;
	int e = 0;
	struct image *image = db ? acquire(db) : NULL;

	if (!image)
		return MMDB_NO_DATABASE;
	memcpy(&in4.sin_addr, a->b, 4);
	memcpy(&in6.sin6_addr, a->b, 16);
	MMDB_lookup_result_s found = MMDB_lookup_sockaddr(
	    &image->db, a->family == 4 ? (struct sockaddr *)&in4 : (struct sockaddr *)&in6, &e);
	if (e != MMDB_SUCCESS)
		result = e == MMDB_IPV6_LOOKUP_IN_IPV4_DATABASE_ERROR ? MMDB_NOT_FOUND : MMDB_BAD_DATA;
	else if (found.found_entry)
		result = read_record(&found.entry, &r);
	release(db, image);
	if (result == MMDB_FOUND)
		*ret_record = r;
	return result;
}

void
mmdb_status(struct mmdb *db, struct mmdb_status *ret_status)
{
	struct mmdb_status s = { 0 };
	struct image *image = db ? acquire(db) : NULL;
	if (image) {
		s.loaded = true;
		s.ip_version = image->db.metadata.ip_version;
		s.build_epoch = image->db.metadata.build_epoch;
		s.size = image->size;
		snprintf(s.type, sizeof s.type, "%s", image->db.metadata.database_type ? image->db.metadata.database_type : "");
	}
	if (db) {
		pthread_mutex_lock(&db->lock);
		memcpy(s.refused, db->refused, sizeof s.refused);
		pthread_mutex_unlock(&db->lock);
		release(db, image);
	}
	*ret_status = s;
}
