/*
 * common: the words a password must not come down to, made from common.txt by tools/common.awk. Layer 2, for crypt/password only.
 * One text: folded words in the order of their bytes, each ended by a newline.
 */
#ifndef CRYPT_COMMON_H
#define CRYPT_COMMON_H
#include <stddef.h>

extern const char password_common[];
extern const size_t password_common_size;

#endif
