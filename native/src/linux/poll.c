#include "aeon/poll.h"

#include <errno.h>
#include <sys/epoll.h>

enum { MAX_EVENTS = 256 };

static uint32_t to_kernel(uint32_t interest) {
  uint32_t events = 0;
  if (interest & AEON_POLL_READABLE) {
    events |= EPOLLIN;
  }
  if (interest & AEON_POLL_WRITABLE) {
    events |= EPOLLOUT;
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

int32_t aeon_poll_wait(int32_t poller, struct aeon_poll_event *events, int32_t capacity,
                       int32_t timeout_millis) {
  if (capacity < 1 || capacity > MAX_EVENTS) {
    return -EINVAL;
  }
  struct epoll_event ready[MAX_EVENTS];
  int count = epoll_wait(poller, ready, capacity, timeout_millis);
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
