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
	src/text/csv.c \
	src/text/csv.h \
	src/text/date.c \
	src/text/date.h \
	src/text/esc.c \
	src/text/esc.h \
	src/text/frontmatter.c \
	src/text/frontmatter.h \
	src/text/json.c \
	src/text/json.h \
	src/text/json_out.c \
	src/text/json_out.h \
	src/text/markdown.c \
	src/text/markdown.h \
	src/text/slug.c \
	src/text/slug.h \
	src/text/tpl.c \
	src/text/tpl.h \
	src/text/typo.c \
	src/text/typo.h \
	src/text/utf8.c \
	src/text/utf8.h \
	src/text/xml.c \
	src/text/xml.h \
	src/conf/conf.c \
	src/conf/conf.h \
	src/conf/conf.def
service_files = \
	src/db/db.h \
	src/db/db_conn.c \
	src/db/db_copy.c \
	src/db/db_internal.h \
	src/db/db_prepare.c \
	src/db/db_run.c \
	src/db/db_value.c \
	src/db/query.h \
	src/geo/addr.c \
	src/geo/addr.h \
	src/geo/locate.c \
	src/geo/locate.h \
	src/geo/mmdb.c \
	src/geo/mmdb.h \
	src/geo/place.h \
	src/web/accept.c \
	src/web/accept.h \
	src/web/etag.c \
	src/web/etag.h \
	src/web/fcgi.c \
	src/web/fcgi.h \
	src/web/fcgi_cgi.c \
	src/web/fcgi_frame.c \
	src/web/fcgi_frame.h \
	src/web/fcgi_listen.c \
	src/web/fcgi_notify.c \
	src/web/fcgi_notify.h \
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
	src/web/params.def \
	src/web/params_list.def \
	src/crypt/hash.c \
	src/crypt/hash.h
model_files = \
	src/model/catalyst.c \
	src/model/catalyst.h \
	src/model/list_query.c \
	src/model/list_query.h \
	src/model/record.c \
	src/model/record.h \
	src/model/sheet.c \
	src/model/sheet.h \
	src/model/territory.c \
	src/model/territory.h
page_files = \
	src/format/json_list.c \
	src/format/json_list.h \
	src/format/oai.c \
	src/format/oai.h \
	src/format/oai_token.c \
	src/format/oai_token.h \
	src/format/paging.c \
	src/format/paging.h \
	src/format/view.h \
	src/format/view_home.h \
	src/format/view_list.h \
	src/format/view_misc.h \
	src/format/view_sheet.h \
	src/format/view_territory.h \
	src/page/catalyst.c \
	src/page/catalysts.c \
	src/page/error.c \
	src/page/here.c \
	src/page/home.c \
	src/page/layout.c \
	src/page/links.c \
	src/page/list.c \
	src/page/map.c \
	src/page/near.c \
	src/page/oai.c \
	src/page/page.h \
	src/page/rows.c \
	src/page/search.c \
	src/page/sheet.c \
	src/page/sheets.c \
	src/page/territories.c \
	src/page/territory.c \
	src/page/texts.c \
	src/page/words.c
catalysed_files = \
	src/app/catalysed.c \
	src/app/routes.c \
	src/app/routes.h \
	src/app/routes.def \
	src/app/app.c \
	src/app/app.h
catalyse_files = \
	src/app/catalyse.c \
	src/app/cmd.h \
	src/app/cmd_check.c \
	src/app/cmd_conf.c \
	src/app/cmd_geo.c \
	src/app/cmd_migrate.c \
	src/app/import_contenu.c \
	src/app/import_contenu.h \
	src/app/import_contenu_check.c \
	src/app/import_contenu_json.c \
	src/app/import_contenu_read.c \
	src/app/import_territoires.c
