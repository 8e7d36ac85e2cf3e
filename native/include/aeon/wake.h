/*
 * Wake-ups: a descriptor that any thread signals and one waits for (eventfd).
 * Ownership: the caller owns the descriptor. Only aeon_wake_wait blocks.
 */
#ifndef AEON_WAKE_H
#define AEON_WAKE_H

#include "aeon/export.h"

AEON_EXPORT int32_t aeon_wake_create(void);

/* Makes the descriptor readable; signals that nobody has drained yet add up to one. */
AEON_EXPORT int32_t aeon_wake_signal(int32_t descriptor);

/* Takes all signals: 1 where there were any, else 0. */
AEON_EXPORT int32_t aeon_wake_drain(int32_t descriptor);

/* Waits up to timeout_millis (-1 without limit) and drains: 1 where signalled, 0 on time-out. */
AEON_EXPORT int32_t aeon_wake_wait(int32_t descriptor, int32_t timeout_millis);

#endif
