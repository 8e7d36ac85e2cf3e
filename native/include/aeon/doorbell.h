/*
 * Doorbells: one process waits for a ring, another rings without ever waiting (pipe).
 * Ownership: the caller owns every descriptor returned, non-blocking and closed on exec. Nothing here
 * blocks. To ring where nobody is left raises SIGPIPE, which a JVM ignores.
 */
#ifndef AEON_DOORBELL_H
#define AEON_DOORBELL_H

#include "aeon/export.h"

/*
 * Makes a doorbell: ends[0] is readable while rings are there, and at its end once every button is
 * closed; ends[1] is the button, to be passed to who rings.
 */
AEON_EXPORT int32_t aeon_doorbell_create(int32_t *ends);

/*
 * Opens a button that another process passed anew: that process shares the passed descriptor's state
 * and could have it block, but not this one's. The passed descriptor stays the caller's. -EPROTOTYPE
 * where it is no pipe.
 */
AEON_EXPORT int32_t aeon_doorbell_adopt(int32_t passed);

/* Rings; a doorbell with as many rings as it holds rings already. -EPIPE where nobody is left. */
AEON_EXPORT int32_t aeon_doorbell_ring(int32_t button);

/* Takes some rings and returns how many: 0 at the end, -EAGAIN where there are none. */
AEON_EXPORT int32_t aeon_doorbell_take(int32_t bell);

#endif
