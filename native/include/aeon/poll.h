/*
 * Readiness of many descriptors (epoll).
 * Ownership: the caller owns the poller's descriptor and keeps watched descriptors open until removed.
 * Only aeon_poll_wait blocks.
 */
#ifndef AEON_POLL_H
#define AEON_POLL_H

#include "aeon/export.h"

/* Bits of interest and of readiness; HANGUP and ERROR are always reported. */
#define AEON_POLL_READABLE 1
#define AEON_POLL_WRITABLE 2
#define AEON_POLL_HANGUP 4
#define AEON_POLL_ERROR 8
/* Of interest alone: readiness is told once for each time that more arrives, or becomes possible. */
#define AEON_POLL_EDGE 16

/* A ready descriptor; its layout is ours, not the kernel's packed one. */
struct aeon_poll_event {
  uint64_t token;
  uint32_t readiness;
  uint32_t reserved;
};

AEON_EXPORT int32_t aeon_poll_create(void);

/* Watches a descriptor for interest; its events carry token. Level triggered, but for EDGE. */
AEON_EXPORT int32_t aeon_poll_add(int32_t poller, int32_t descriptor, uint32_t interest,
                                  uint64_t token);

AEON_EXPORT int32_t aeon_poll_modify(int32_t poller, int32_t descriptor, uint32_t interest,
                                     uint64_t token);

AEON_EXPORT int32_t aeon_poll_remove(int32_t poller, int32_t descriptor);

/*
 * Waits up to timeout_nanos (-1 without limit) and fills up to capacity (1 to 256) events; a kernel
 * before 5.11 waits in whole milliseconds, rounded up.
 * Returns their number; a signal ends the wait early with 0.
 */
AEON_EXPORT int32_t aeon_poll_wait(int32_t poller, struct aeon_poll_event *events, int32_t capacity,
                                   int64_t timeout_nanos);

#endif
