/*
 * Visibility of the shim's functions. Every function returns a number that is not negative, or -errno.
 */
#ifndef AEON_EXPORT_H
#define AEON_EXPORT_H

#include <stdint.h>

#define AEON_EXPORT __attribute__((visibility("default")))

/* Raised whenever a prototype or a structure changes; Java refuses a library of another version. */
#define AEON_ABI_VERSION 3

/* Returns AEON_ABI_VERSION of the compiled library. */
AEON_EXPORT int32_t aeon_abi_version(void);

#endif
