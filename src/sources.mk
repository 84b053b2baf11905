# Written by tools/sources.sh.
base_files = \
	src/base/arena.c \
	src/base/arena.h \
	src/base/buf.c \
	src/base/buf.h \
	src/base/err.c \
	src/base/err.h \
	src/base/log.c \
	src/base/log.h \
	src/base/str.h \
	src/base/err.def
text_files = \
	src/text/tpl.h
service_files = \
	src/db/db.h \
	src/db/db_conn.c \
	src/db/db_copy.c \
	src/db/db_internal.h \
	src/db/db_prepare.c \
	src/db/db_run.c \
	src/db/db_value.c \
	src/db/query.h \
	src/geo/addr.h \
	src/geo/locate.h \
	src/geo/mmdb.h \
	src/geo/place.h \
	src/web/accept.c \
	src/web/accept.h \
	src/web/etag.c \
	src/web/etag.h \
	src/web/fcgi.h \
	src/web/fcgi_frame.c \
	src/web/fcgi_frame.h \
	src/web/fcgi_listen.c \
	src/web/fcgi_wire.c \
	src/web/fcgi_wire.h \
	src/web/gate.c \
	src/web/gate.h \
	src/web/memo.c \
	src/web/memo.h \
	src/web/net.c \
	src/web/net.h \
	src/web/params.c \
	src/web/params.h \
	src/web/problem.c \
	src/web/problem.h \
	src/web/query.c \
	src/web/query.h \
	src/web/req.c \
	src/web/req.h \
	src/web/resp.c \
	src/web/resp.h \
	src/web/route.c \
	src/web/route.h \
	src/web/params.def
model_files =
page_files = \
	src/format/view.h \
	src/format/view_home.h \
	src/format/view_list.h \
	src/format/view_misc.h \
	src/format/view_sheet.h \
	src/format/view_territory.h
catalysed_files =
catalyse_files = \
	src/app/cmd.h \
	src/app/import_contenu.h \
	src/app/import_contenu_read.c
