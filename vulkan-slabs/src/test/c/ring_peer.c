/*
 * A peer in C: ring_peer layout prints what aeon_ring.h says; ring_peer echo PATH BYTES reads
 * records of the ring at 0 of a file and writes them, each byte plus one, to the ring at BYTES / 2.
 */
#include "aeon_ring.h"

#include <fcntl.h>
#include <sched.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

static void layout(void) {
#define SAY(name, value) printf("%s %lld\n", name, (long long)(value))
#define HEADER(field) offsetof(struct aeon_ring_header, field)
  SAY("MAGIC", AEON_RING_MAGIC);
  SAY("VERSION", AEON_RING_VERSION);
  SAY("MAGIC_OFFSET", HEADER(magic));
  SAY("VERSION_OFFSET", HEADER(version));
  SAY("CAPACITY_OFFSET", HEADER(capacity));
  SAY("RING_KIND_OFFSET", HEADER(kind));
  SAY("SLOT_COUNT_OFFSET", HEADER(slot_count));
  SAY("CELL_BYTES_OFFSET", HEADER(cell_byte_size));
  SAY("RECOVERER_OFFSET", HEADER(recoverer));
  SAY("TAIL_OFFSET", HEADER(tail));
  SAY("HEAD_OFFSET", HEADER(head));
  SAY("CONSUMERS_SLEEP_OFFSET", HEADER(consumers_sleep));
  SAY("PRODUCERS_SLEEP_OFFSET", HEADER(producers_sleep));
  SAY("DATA_OFFSET", HEADER(data));
  SAY("LINE_BYTES", AEON_RING_LINE_BYTES);
  SAY("KIND_SPSC", AEON_RING_KIND_SPSC);
  SAY("KIND_MPMC", AEON_RING_KIND_MPMC);
  SAY("KIND_BROADCAST", AEON_RING_KIND_BROADCAST);
  SAY("KIND_DATA", AEON_RING_RECORD_DATA);
  SAY("KIND_PADDING", AEON_RING_RECORD_PADDING);
  SAY("RECORD_ALIGNMENT", AEON_RING_RECORD_ALIGNMENT);
  SAY("RECORD_HEADER_BYTES", offsetof(struct aeon_ring_record, payload));
  SAY("CELL_ALIGNMENT", AEON_RING_CELL_ALIGNMENT);
  SAY("CELL_STATE_OFFSET", offsetof(struct aeon_ring_cell, state));
  SAY("CELL_TURN_OFFSET", offsetof(struct aeon_ring_cell, turn));
  SAY("CELL_PAYLOAD_OFFSET", offsetof(struct aeon_ring_cell, payload));
  SAY("CELL_FREE", AEON_RING_CELL_FREE);
  SAY("CELL_ABORTED", AEON_RING_CELL_ABORTED);
  SAY("CELL_FIRST_CLAIM", AEON_RING_CELL_FIRST_CLAIM);
  SAY("SLOT_BYTES", sizeof(struct aeon_ring_slot));
  SAY("SLOT_OWNER_OFFSET", offsetof(struct aeon_ring_slot, owner));
  SAY("SLOT_STATE_OFFSET", offsetof(struct aeon_ring_slot, state));
  SAY("SLOT_POSITION_OFFSET", offsetof(struct aeon_ring_slot, position));
  SAY("SLOT_COUNT_IN_WORK_OFFSET", offsetof(struct aeon_ring_slot, count));
}

/* Until an empty record comes, which is passed on as well. */
static int echo(struct aeon_ring_end *in, struct aeon_ring_end *out) {
  for (;;) {
    const void *read;
    int32_t size = aeon_ring_peek(in, &read);
    if (size == -EAGAIN) {
      sched_yield();
      continue;
    }
    if (size < 0)
      return 2;
    void *written;
    int claimed;
    while ((claimed = aeon_ring_claim(out, size, &written)) == -EAGAIN)
      sched_yield();
    if (claimed < 0)
      return 3;
    for (int32_t at = 0; at < size; at++)
      ((uint8_t *)written)[at] = (uint8_t)(((const uint8_t *)read)[at] + 1);
    aeon_ring_commit(out, size);
    aeon_ring_release(in, size);
    if (size == 0)
      return 0;
  }
}

int main(int count, char **arguments) {
  if (count == 2 && strcmp(arguments[1], "layout") == 0) {
    layout();
    return 0;
  }
  if (count != 4)
    return 64;
  int64_t bytes = atoll(arguments[3]);
  int file = open(arguments[2], O_RDWR);
  uint8_t *memory = mmap(NULL, (size_t)bytes, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
  struct aeon_ring_end in, out;
  if (memory == MAP_FAILED || aeon_ring_attach(&in, memory, bytes / 2, true) < 0 ||
      aeon_ring_attach(&out, memory + bytes / 2, bytes / 2, false) < 0)
    return 1;
  return echo(&in, &out);
}
