#include "aeon/descriptor.h"

#include <errno.h>
#include <unistd.h>

int32_t aeon_abi_version(void) { return AEON_ABI_VERSION; }

int32_t aeon_descriptor_close(int32_t descriptor) {
  /* Linux has released the descriptor even where close reports EINTR. */
  if (close(descriptor) == 0 || errno == EINTR) {
    return 0;
  }
  return -errno;
}
