/*
 * query: the table of statements that tools/sqlgen.awk makes from sql/queries. Layer 2, used inside db only.
 * Types are PostgreSQL's own fixed type numbers (pg_type.dat); 0 is not compared.
 */
#ifndef DB_QUERY_H
#define DB_QUERY_H
#include <stdbool.h>
#include <stddef.h>

enum query_rows { ROWS_ONE, ROWS_MAYBE, ROWS_MANY, ROWS_NONE, ROWS_COPY };

struct query_column {
	const char *name, *type;
	unsigned oid;
};

struct query_def {
	const char *name;
	enum query_rows rows;
	bool lazy; /* prepared at first use: it reads a temporary table */
	bool writer; /* for read-write connections only: it names schema private */
	bool binary; /* its result travels as bytes: it has a column of bytea that is large */
	bool pure; /* reads only: may be sent again after a lost connection */
	int nparams;
	const unsigned *params;
	int ncols;
	const struct query_column *columns;
	const char *sql;
};

extern const struct query_def query_table[]; /* query_count rows, then an empty one */
extern const unsigned query_count;

#endif
