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

/*
 * Copies byte_count bytes that another processor will read, from where from and from_byte_offset
 * point to where to and to_byte_offset do; they do not overlap. Whole cache lines are written past
 * this processor's caches, which need not fetch them first from the processor that read them last.
 * Visible, in any order among themselves, before what is stored afterwards.
 */
AEON_EXPORT void aeon_shm_write(void *to, uint64_t to_byte_offset, const void *from,
                                uint64_t from_byte_offset, uint64_t byte_count);

AEON_EXPORT int32_t aeon_shm_unmap(uint64_t address, uint64_t byte_size);

#endif
