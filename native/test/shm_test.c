#define _GNU_SOURCE
#include <errno.h>
#include <stdint.h>
#include <sys/mman.h>
#include <unistd.h>

#include "aeon/descriptor.h"
#include "aeon/shm.h"
#include "check.h"

static void two_mappings_show_the_same_bytes(void) {
  int32_t memory = aeon_shm_create("test", 8192);
  CHECK(memory >= 0);
  struct aeon_mapping first;
  struct aeon_mapping second;
  CHECK(aeon_shm_map(memory, &first) == 0);
  CHECK(aeon_shm_map(memory, &second) == 0);
  CHECK(first.byte_size == 8192 && first.address != second.address);
  ((volatile char *)(uintptr_t)first.address)[5000] = 42;
  CHECK(((volatile char *)(uintptr_t)second.address)[5000] == 42);
  CHECK(ftruncate(memory, 4096) == -1 && errno == EPERM);
  CHECK(ftruncate(memory, 16384) == -1 && errno == EPERM);
  CHECK(aeon_descriptor_close(memory) == 0);
  CHECK(((volatile char *)(uintptr_t)second.address)[5000] == 42);
  CHECK(aeon_shm_unmap(first.address, first.byte_size) == 0);
  CHECK(aeon_shm_unmap(second.address, second.byte_size) == 0);
  CHECK(aeon_shm_unmap(1, 4096) == -EINVAL);
}

static void sizes_out_of_range_are_refused(void) {
  CHECK(aeon_shm_create("test", 0) == -EINVAL);
  CHECK(aeon_shm_create("test", UINT64_MAX) == -EINVAL);
}

static void memory_that_could_shrink_is_refused(void) {
  struct aeon_mapping mapping;
  int unsealed = memfd_create("test", MFD_CLOEXEC | MFD_ALLOW_SEALING);
  CHECK(unsealed >= 0 && ftruncate(unsealed, 4096) == 0);
  CHECK(aeon_shm_map(unsealed, &mapping) == -EPERM);
  close(unsealed);
  CHECK(aeon_shm_map(unsealed, &mapping) == -EBADF);
}

static void a_descriptor_of_a_process_is_opened_again(void) {
  int32_t memory = aeon_shm_create("test", 4096);
  int32_t opened = aeon_shm_open(getpid(), memory);
  CHECK(memory >= 0 && opened >= 0 && opened != memory);
  struct aeon_mapping first;
  struct aeon_mapping second;
  CHECK(aeon_shm_map(memory, &first) == 0 && aeon_shm_map(opened, &second) == 0);
  ((volatile char *)(uintptr_t)first.address)[9] = 7;
  CHECK(((volatile char *)(uintptr_t)second.address)[9] == 7);
  CHECK(aeon_shm_unmap(first.address, 4096) == 0 && aeon_shm_unmap(second.address, 4096) == 0);
  CHECK(aeon_descriptor_close(memory) == 0 && aeon_descriptor_close(opened) == 0);
  CHECK(aeon_shm_open(getpid(), memory) == -EBADF);
  CHECK(aeon_shm_open(0, 0) == -EINVAL);
  CHECK(aeon_shm_open(getpid(), -1) == -EINVAL);
}

int main(void) {
  a_descriptor_of_a_process_is_opened_again();
  two_mappings_show_the_same_bytes();
  sizes_out_of_range_are_refused();
  memory_that_could_shrink_is_refused();
  return 0;
}
