# One library a layer, so that the linker enforces the order: base < text < db geo crypt media web < model < format page < app.
include $(srcdir)/src/sources.mk

noinst_LIBRARIES += libbase.a libtext.a libservice.a libmodel.a libpage.a
libbase_a_SOURCES = $(base_files)
libtext_a_SOURCES = $(text_files)
libtext_a_CPPFLAGS = $(AM_CPPFLAGS) $(CJSON_CFLAGS)
libservice_a_SOURCES = $(service_files)
nodist_libservice_a_SOURCES = gen/queries.c gen/common.c
BUILT_SOURCES += gen/common.c
CLEANFILES += gen/common.c
EXTRA_DIST += src/crypt/common.txt
gen/common.c: $(top_srcdir)/src/crypt/common.txt $(top_srcdir)/tools/common.awk
	$(AM_V_GEN)$(MKDIR_P) gen && LC_ALL=C $(AWK) -f $(top_srcdir)/tools/common.awk $(top_srcdir)/src/crypt/common.txt >$@.new && mv $@.new $@
libservice_a_CPPFLAGS = $(AM_CPPFLAGS) $(PQ_CFLAGS) $(MAXMINDDB_CFLAGS) $(SODIUM_CFLAGS) $(OATH_CFLAGS) $(QRENCODE_CFLAGS) $(XXHASH_CFLAGS) $(MAGIC_CFLAGS) $(GD_CFLAGS) $(PNG_CFLAGS) $(ZIP_CFLAGS) $(ZLIB_CFLAGS) $(CURL_CFLAGS) $(FCGI_CFLAGS) $(SYSTEMD_CFLAGS)
libmodel_a_SOURCES = $(model_files)
libpage_a_SOURCES = $(page_files)
nodist_libpage_a_SOURCES = gen/tpl.c

SERVICE_LIBS = libservice.a libtext.a libbase.a $(PQ_LIBS) $(MAXMINDDB_LIBS) $(SODIUM_LIBS) $(OATH_LIBS) $(QRENCODE_LIBS) $(XXHASH_LIBS) $(CURL_LIBS) $(FCGI_LIBS) $(SYSTEMD_LIBS) \
	$(MAGIC_LIBS) $(GD_LIBS) $(PNG_LIBS) $(ZIP_LIBS) $(ZLIB_LIBS) $(CJSON_LIBS) $(CMARK_LIBS) -lpthread -lm

sbin_PROGRAMS += catalysed
catalysed_SOURCES = $(catalysed_files)
catalysed_LDADD = libpage.a libmodel.a $(SERVICE_LIBS)

bin_PROGRAMS += catalyse
catalyse_SOURCES = $(catalyse_files)
catalyse_LDADD = libpage.a libmodel.a $(SERVICE_LIBS)
