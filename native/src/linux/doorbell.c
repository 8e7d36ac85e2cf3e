#define _GNU_SOURCE
#include "aeon/doorbell.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

enum { HELD_RINGS = 4096, TAKEN_RINGS = 64 };

int32_t aeon_doorbell_create(int32_t *ends) {
  int made[2];
  if (pipe2(made, O_NONBLOCK | O_CLOEXEC) < 0) {
    return -errno;
  }
  (void)fcntl(made[0], F_SETPIPE_SZ, HELD_RINGS); /* a larger one takes more memory, no more */
  ends[0] = made[0];
  ends[1] = made[1];
  return 0;
}

int32_t aeon_doorbell_adopt(int32_t passed) {
  struct stat status;
  if (fstat(passed, &status) < 0) {
    return -errno;
  }
  if (!S_ISFIFO(status.st_mode)) {
    return -EPROTOTYPE;
  }
  char path[32];
  snprintf(path, sizeof path, "/proc/self/fd/%d", (int)passed);
  int button = open(path, O_WRONLY | O_NONBLOCK | O_CLOEXEC);
  return button >= 0 ? button : -errno;
}

int32_t aeon_doorbell_ring(int32_t button) {
  static const char ring = 1;
  return write(button, &ring, 1) == 1 || errno == EAGAIN ? 0 : -errno;
}

int32_t aeon_doorbell_take(int32_t bell) {
  char rings[TAKEN_RINGS];
  ssize_t count = read(bell, rings, sizeof rings);
  return count >= 0 ? (int32_t)count : -errno;
}
