/* Made from sql/queries by tools/sqlgen.awk. */
#include "db/query.h"

static const unsigned params_doze[] = { 701 };
static const struct query_column columns_doze[] = {
	{ "done", "text", 25 },
};
static const unsigned params_echo_all[] = { 25, 1016, 1009, 701, 16 };
static const struct query_column columns_echo_all[] = {
	{ "t", "text", 25 },
	{ "total", "bigint", 20 },
	{ "words", "text", 25 },
	{ "r", "float", 701 },
	{ "b", "bool", 16 },
};
static const struct query_column columns_ping[] = {
	{ "answer", "int", 23 },
	{ "application", "text", 25 },
	{ "pid", "int", 23 },
};
static const unsigned params_row_add[] = { 23, 25 };
static const struct query_column columns_row_list[] = {
	{ "id", "int", 23 },
	{ "word", "text", 25 },
};
static const struct query_column columns_stage_count[] = {
	{ "n", "bigint", 20 },
};

const struct query_def query_table[] = {
	{ "doze", ROWS_ONE, false, true, 1, params_doze, 1, columns_doze,
	  "select pg_sleep($1)::text as done" },
	{ "echo_all", ROWS_MANY, false, true, 5, params_echo_all, 5, columns_echo_all,
	  "select $1 as t, "
	  " (select sum(x)::bigint from unnest($2) x) as total, "
	  " array_to_string($3, '|') as words, $4 as r, $5 as b" },
	{ "ping", ROWS_ONE, false, true, 0, NULL, 3, columns_ping,
	  "select 1 as answer, current_setting('application_name') as application, pg_backend_pid() as pid" },
	{ "row_add", ROWS_NONE, false, false, 2, params_row_add, 0, NULL,
	  "insert into probe (id, word) values ($1, $2)" },
	{ "row_copy", ROWS_COPY, false, false, 0, NULL, 0, NULL,
	  "copy probe (id, word) from stdin" },
	{ "row_list", ROWS_MANY, false, true, 0, NULL, 2, columns_row_list,
	  "select id, word from probe order by id" },
	{ "stage_count", ROWS_ONE, true, true, 0, NULL, 1, columns_stage_count,
	  "select count(*) as n from stage" },
	{ "stage_create", ROWS_NONE, false, false, 0, NULL, 0, NULL,
	  "create temporary table stage (id int)" },
	{ 0 }
};
const unsigned query_count = 8;
