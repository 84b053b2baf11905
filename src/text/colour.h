/*
 * colour: how well two colours are told apart, by WCAG 2.2. Layer 1. Pure; colours are "#rrggbb". Never fails: what is no colour is black.
 */
#ifndef TEXT_COLOUR_H
#define TEXT_COLOUR_H
#include "base/str.h"

bool colour_valid(struct str s) MUST_CHECK;
/* 1 (the same) to 21 (black and white); the order does not matter. */
double colour_contrast(struct str a, struct str b);

#endif
