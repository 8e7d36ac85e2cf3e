#include "aeon/poll.h"

#include <errno.h>
#include <limits.h>
#include <sys/epoll.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

enum { MAX_EVENTS = 256, NANOS_PER_MILLI = 1000000, NANOS_PER_SECOND = 1000000000 };

static uint32_t to_kernel(uint32_t interest) {
  uint32_t events = 0;
  if (interest & AEON_POLL_READABLE) {
    events |= EPOLLIN;
  }
  if (interest & AEON_POLL_WRITABLE) {
    events |= EPOLLOUT;
  }
  if (interest & AEON_POLL_EDGE) {
    events |= EPOLLET;
  }
  return events;
}

static uint32_t from_kernel(uint32_t events) {
  uint32_t readiness = 0;
  if (events & EPOLLIN) {
    readiness |= AEON_POLL_READABLE;
  }
  if (events & EPOLLOUT) {
    readiness |= AEON_POLL_WRITABLE;
  }
  if (events & EPOLLHUP) {
    readiness |= AEON_POLL_HANGUP;
  }
  if (events & EPOLLERR) {
    readiness |= AEON_POLL_ERROR;
  }
  return readiness;
}

int32_t aeon_poll_create(void) {
  int poller = epoll_create1(EPOLL_CLOEXEC);
  return poller >= 0 ? poller : -errno;
}

static int32_t control(int poller, int operation, int descriptor, uint32_t interest,
                       uint64_t token) {
  struct epoll_event event = {.events = to_kernel(interest), .data.u64 = token};
  return epoll_ctl(poller, operation, descriptor, &event) == 0 ? 0 : -errno;
}

int32_t aeon_poll_add(int32_t poller, int32_t descriptor, uint32_t interest, uint64_t token) {
  return control(poller, EPOLL_CTL_ADD, descriptor, interest, token);
}

int32_t aeon_poll_modify(int32_t poller, int32_t descriptor, uint32_t interest, uint64_t token) {
  return control(poller, EPOLL_CTL_MOD, descriptor, interest, token);
}

int32_t aeon_poll_remove(int32_t poller, int32_t descriptor) {
  return control(poller, EPOLL_CTL_DEL, descriptor, 0, 0);
}

static int wait_millis(int poller, struct epoll_event *ready, int capacity, int64_t timeout_nanos) {
  int64_t millis = timeout_nanos <= 0 ? timeout_nanos : (timeout_nanos - 1) / NANOS_PER_MILLI + 1;
  return epoll_wait(poller, ready, capacity, millis > INT_MAX ? INT_MAX : (int)millis);
}

static int wait_nanos(int poller, struct epoll_event *ready, int capacity, int64_t timeout_nanos) {
#ifdef SYS_epoll_pwait2
  struct timespec timeout = {.tv_sec = timeout_nanos / NANOS_PER_SECOND,
                             .tv_nsec = timeout_nanos % NANOS_PER_SECOND};
  int count = (int)syscall(SYS_epoll_pwait2, poller, ready, capacity, &timeout, NULL, 0);
  if (count >= 0 || errno != ENOSYS) {
    return count;
  }
#endif
  return wait_millis(poller, ready, capacity, timeout_nanos);
}

int32_t aeon_poll_wait(int32_t poller, struct aeon_poll_event *events, int32_t capacity,
                       int64_t timeout_nanos) {
  if (capacity < 1 || capacity > MAX_EVENTS) {
    return -EINVAL;
  }
  struct epoll_event ready[MAX_EVENTS];
  int count = timeout_nanos > 0 ? wait_nanos(poller, ready, capacity, timeout_nanos)
                                : wait_millis(poller, ready, capacity, timeout_nanos);
  if (count < 0) {
    return errno == EINTR ? 0 : -errno;
  }
  for (int i = 0; i < count; i++) {
    events[i].token = ready[i].data.u64;
    events[i].readiness = from_kernel(ready[i].events);
    events[i].reserved = 0;
  }
  return count;
}
