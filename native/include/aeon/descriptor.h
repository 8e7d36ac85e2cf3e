/*
 * Operations on any descriptor.
 * Ownership: the caller owns every descriptor that a function of this library returns, and closes it
 * with aeon_descriptor_close. Nothing here blocks.
 */
#ifndef AEON_DESCRIPTOR_H
#define AEON_DESCRIPTOR_H

#include "aeon/export.h"

/* Closes a descriptor; a signal that interrupts the call does not leave it open. */
AEON_EXPORT int32_t aeon_descriptor_close(int32_t descriptor);

#endif
