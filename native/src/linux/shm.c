#define _GNU_SOURCE
#include "aeon/shm.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static const int SIZE_SEALS = F_SEAL_SHRINK | F_SEAL_GROW;

static int close_with(int descriptor, int error) {
  close(descriptor);
  return -error;
}

int32_t aeon_shm_create(const char *name, uint64_t byte_size) {
  if (byte_size == 0 || byte_size > INT64_MAX) {
    return -EINVAL;
  }
  int descriptor = memfd_create(name, MFD_CLOEXEC | MFD_ALLOW_SEALING);
  if (descriptor < 0) {
    return -errno;
  }
  if (ftruncate(descriptor, (off_t)byte_size) != 0 ||
      fcntl(descriptor, F_ADD_SEALS, SIZE_SEALS | F_SEAL_SEAL) != 0) {
    return close_with(descriptor, errno);
  }
  return descriptor;
}

int32_t aeon_shm_open(int32_t process_id, int32_t descriptor) {
  char path[64];
  if (process_id <= 0 || descriptor < 0) {
    return -EINVAL;
  }
  snprintf(path, sizeof path, "/proc/%d/fd/%d", process_id, descriptor);
  /* Whatever else the number may name by now must neither block here nor become our terminal. */
  int opened = open(path, O_RDWR | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  if (opened < 0) {
    return errno == ENOENT ? -EBADF : -errno;
  }
  return opened;
}

int32_t aeon_shm_map(int32_t descriptor, struct aeon_mapping *mapping) {
  int seals = fcntl(descriptor, F_GET_SEALS);
  if (seals < 0) {
    return -errno;
  }
  if ((seals & SIZE_SEALS) != SIZE_SEALS) {
    return -EPERM;
  }
  struct stat status;
  if (fstat(descriptor, &status) != 0) {
    return -errno;
  }
  if (status.st_size <= 0) {
    return -EINVAL;
  }
  void *address = mmap(NULL, (size_t)status.st_size, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0);
  if (address == MAP_FAILED) {
    return -errno;
  }
  mapping->address = (uint64_t)(uintptr_t)address;
  mapping->byte_size = (uint64_t)status.st_size;
  return 0;
}

int32_t aeon_shm_unmap(uint64_t address, uint64_t byte_size) {
  return munmap((void *)(uintptr_t)address, byte_size) == 0 ? 0 : -errno;
}
