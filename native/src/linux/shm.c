#define _GNU_SOURCE
#include "aeon/shm.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

enum { CACHE_LINE = 64 };

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

#ifdef __SSE2__
/* to is aligned to a line, and whole lines are written. */
static void write_lines(uint8_t *to, const uint8_t *from, uint64_t byte_count) {
  for (uint64_t at = 0; at < byte_count; at += CACHE_LINE) {
    const __m128i *in = (const __m128i *)(from + at);
    __m128i *out = (__m128i *)(to + at);
    __m128i first = _mm_loadu_si128(in);
    __m128i second = _mm_loadu_si128(in + 1);
    __m128i third = _mm_loadu_si128(in + 2);
    __m128i fourth = _mm_loadu_si128(in + 3);
    _mm_stream_si128(out, first);
    _mm_stream_si128(out + 1, second);
    _mm_stream_si128(out + 2, third);
    _mm_stream_si128(out + 3, fourth);
  }
  _mm_sfence();
}
#else
static void write_lines(uint8_t *to, const uint8_t *from, uint64_t byte_count) {
  memcpy(to, from, byte_count);
}
#endif

static uint64_t least(uint64_t left, uint64_t right) { return left < right ? left : right; }

void aeon_shm_write(void *to, uint64_t to_byte_offset, const void *from, uint64_t from_byte_offset,
                    uint64_t byte_count) {
  uint8_t *out = (uint8_t *)to + to_byte_offset;
  const uint8_t *in = (const uint8_t *)from + from_byte_offset;
  uint64_t before = least(-(uint64_t)(uintptr_t)out % CACHE_LINE, byte_count);
  uint64_t lines = (byte_count - before) / CACHE_LINE * CACHE_LINE;
  uint64_t after = byte_count - before - lines;
  memcpy(out, in, before);
  write_lines(out + before, in + before, lines);
  memcpy(out + before + lines, in + before + lines, after);
}
