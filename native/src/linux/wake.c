#include "aeon/wake.h"

#include <errno.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

int32_t aeon_wake_create(void) {
  int descriptor = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
  return descriptor >= 0 ? descriptor : -errno;
}

int32_t aeon_wake_signal(int32_t descriptor) {
  uint64_t one = 1;
  if (write(descriptor, &one, sizeof one) == sizeof one || errno == EAGAIN) {
    return 0; /* a full counter is signalled already */
  }
  return -errno;
}

int32_t aeon_wake_drain(int32_t descriptor) {
  uint64_t count;
  if (read(descriptor, &count, sizeof count) == sizeof count) {
    return 1;
  }
  return errno == EAGAIN ? 0 : -errno;
}

int32_t aeon_wake_wait(int32_t descriptor, int32_t timeout_millis) {
  struct pollfd watched = {.fd = descriptor, .events = POLLIN};
  int ready = poll(&watched, 1, timeout_millis);
  if (ready < 0) {
    return errno == EINTR ? 0 : -errno;
  }
  if (watched.revents & POLLNVAL) {
    return -EBADF;
  }
  return ready == 0 ? 0 : aeon_wake_drain(descriptor);
}
