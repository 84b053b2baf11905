/*
 * figure_csv: a table of figures, and of what they are figures of, as rows of one shape. Layer 1, pure.
 * One file may hold indicators, figures, or both on the same lines: the columns are those that /observatoire.csv writes, in any order, under
 * any case, with "," or ";". Numbers, years, places and days come out in one form. Everything is a slice of the text, or a copy in
 * the arena. Nothing is dropped silently: columns nobody knows are named, each thing wrong with a line is said with its column.
 */
#ifndef TEXT_FIGURE_CSV_H
#define TEXT_FIGURE_CSV_H
#include "text/csv.h"

enum figure_column {
	FC_INDICATOR, FC_LABEL, FC_TOPIC, FC_DEFINITION, FC_UNIT, FC_UNIT_LABEL, FC_QUESTION, FC_ASKED, FC_METHOD, FC_LIMITS, FC_READING,
	FC_PRODUCER, FC_ORDER, FC_ORIGIN, FC_TERMS, FC_SHEETS,
	/* from here on, of the figure */
	FC_PLACE,  /* "region:76"; the nation is "pays:FR" */
	FC_YEAR,   /* "2016", "2015-2016"; empty: the source does not say, and the file says so */
	FC_POPULATION, FC_ANSWER,
	FC_VALUE, FC_LOW, FC_HIGH, /* "76.5" */
	FC_NUMERATOR, FC_DENOMINATOR, FC_SAMPLE, FC_SOURCE, FC_SOURCE_URL, FC_PUBLISHER, FC_LICENCE, FC_NOTE,
	FC_REPORTED, /* "2019", "2019-11", "2019-11-21" */
	FC_RANK,
	FC_COLUMNS,
	FC_COMPUTED /* by the site: read, and left aside */
};

enum { FIGURE_FAULTS_MAX = 8 };

struct figure_fault {
	struct str column;   /* its title in the file */
	const char *message; /* French */
};

struct figure_row {
	size_t line;
	struct str v[FC_COLUMNS]; /* trimmed, in one form; empty: not said */
	struct str year_from, year_to;
	bool figure;    /* the line holds one; else it only tells an indicator */
	bool indicator; /* the line tells something of the indicator */
	struct figure_fault faults[FIGURE_FAULTS_MAX];
	size_t nfaults; /* 0: the line can be used */
};

struct figure_csv {
	struct csv csv_;
	size_t at_[FC_COLUMNS], columns_;
	struct str titles_[FC_COLUMNS]; /* as the file says them; empty: the column is not there */
	const struct str *unknown;      /* columns nobody knows, or said twice */
	size_t nunknown;
};

/* False when there is no column "indicateur": this is another table. */
bool figure_csv_open(struct figure_csv *f, struct arena *a, struct str text) MUST_CHECK;
/* Empty lines are passed over. CSV_BAD: the rest cannot be read; ret->line says where. */
enum csv_result figure_csv_next(struct figure_csv *f, struct figure_row *ret) MUST_CHECK;
/* The title of a column as we write it: "population_interrogee". */
const char *figure_csv_title(enum figure_column c);
/* "1 234,5 %" -> "1234.5"; false when it is no number. At most 15 digits, 6 of them decimals. */
bool figure_number(struct arena *a, struct str s, struct str *ret) MUST_CHECK;
/* The next item of a list cut at commas and bars, trimmed; false at the end. */
bool figure_item(struct str *rest, struct str *ret) MUST_CHECK;

#endif
