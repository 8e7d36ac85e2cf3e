/*
 * Shared memory (memfd), sealed against shrinking and growing so that no peer can take pages away.
 * Ownership: the caller owns the descriptor and each mapping; closing the descriptor leaves mappings
 * valid. Nothing here blocks.
 */
#ifndef AEON_SHM_H
#define AEON_SHM_H

#include "aeon/export.h"

struct aeon_mapping {
  uint64_t address;
  uint64_t byte_size;
};

/* Creates byte_size zeroed bytes; name (at most 249 bytes) only shows in /proc. */
AEON_EXPORT int32_t aeon_shm_create(const char *name, uint64_t byte_size);

/*
 * A new descriptor of the shared memory that another process of the same user holds as descriptor;
 * the caller closes it. -EBADF where that process has no such descriptor.
 */
AEON_EXPORT int32_t aeon_shm_open(int32_t process_id, int32_t descriptor);

/*
 * Maps the whole region for reading and writing. A descriptor whose size could still change is
 * refused with -EPERM, an empty one with -EINVAL.
 */
AEON_EXPORT int32_t aeon_shm_map(int32_t descriptor, struct aeon_mapping *mapping);

AEON_EXPORT int32_t aeon_shm_unmap(uint64_t address, uint64_t byte_size);

#endif
