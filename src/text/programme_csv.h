/*
 * programme_csv: the lists of programmes by territory that the ANCT publishes, as rows of one shape. Layer 1, pure.
 * The layout is recognised by its header, whatever the order of its columns; "," or ";". Everything is a slice of the text, or a
 * copy in the arena. Nothing is dropped silently: columns that no layout knows are named, a row that cannot be used comes
 * with the reason.
 */
#ifndef TEXT_PROGRAMME_CSV_H
#define TEXT_PROGRAMME_CSV_H
#include "text/csv.h"

enum programme_layout {
	PROGRAMME_CRTE,       /* datagouv_epci-and-crte.csv: one row an EPCI and its contract */
	PROGRAMME_SEVERAL,    /* programme,id_territoire,...: several programmes in one file */
	PROGRAMME_ENGAGEMENT, /* territoires_engagement.csv */
	PROGRAMME_LAYOUTS
};

enum programme_cell {
	PC_PROGRAMME, PC_REF, PC_LABEL, PC_SIGNED, PC_PERIOD, PC_URL, PC_LEVEL, PC_NATURE, PC_DEPARTEMENT, PC_CODE,
	PC_NAME,
	PC_CELLS,
	PC_UNUSED /* a column of the layout that says nothing we keep */
};

struct programme_row {
	size_t line;
	struct str programme;  /* as the file calls it: "petites_villes_de_demain" */
	struct str ref, label; /* of the contract or label */
	struct str signed_on;  /* "2021-05-28" or empty */
	struct str period, url;
	struct str type, code, name; /* of the territory: "commune" "epci" "departement" "region" */
	struct str given;            /* the code as the file writes it */
	struct str departement;      /* INSEE code, where the file says it: helps a commune given by its SIREN */
	const char *fault;           /* French; the row cannot be used. NULL: it can */
	const char *remark;          /* French; something of the row was left out. NULL: nothing was */
};

struct programme_csv {
	struct csv csv_;
	enum programme_layout layout;
	size_t at_[PC_CELLS], columns_;
	const struct str *unknown; /* columns that the layout does not have */
	size_t nunknown;
};

/* False when the header is of no layout known; *ret_columns is then what was read of it. */
bool programme_csv_open(struct programme_csv *p, struct arena *a, struct str text, struct str *ret_columns) MUST_CHECK;
/* Empty lines are passed over. CSV_BAD: the rest cannot be read; ret->line says where. */
enum csv_result programme_csv_next(struct programme_csv *p, struct programme_row *ret) MUST_CHECK;
const char *programme_csv_source(enum programme_layout l); /* who publishes it, in French */

#endif
