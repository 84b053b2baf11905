/*
 * import_figures: the figures of the Observatoire, from a table to the base. Layer 5 (app), shared by import figures and import contenu.
 */
#ifndef APP_IMPORT_FIGURES_H
#define APP_IMPORT_FIGURES_H
#include "app/cmd.h"
#include "model/figure_import.h"

/* Reads a file; what is wrong with its columns and lines is said on stderr unless --json. CMD_OK, or CMD_REFUSED once said. */
int figures_read(struct cmd *c, const char *path, struct figure_import *ret) MUST_CHECK;
/* Says what running it added to the remarks, from the given one on. */
void figures_say(const struct cmd *c, const char *path, const struct figure_import *m, size_t from);
void figures_tick(void *cmd, size_t done, size_t total);

#endif
