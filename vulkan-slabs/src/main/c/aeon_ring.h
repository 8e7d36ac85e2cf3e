/*
 * Rings in shared memory, for C: the layout that RingLayout.java describes, and the two ends of a
 * ring from one producer to one consumer. The memory is the caller's. Nothing here blocks or
 * allocates, and each end is for one thread at a time. What the other end writes is checked before
 * it is followed: a negative result says what was wrong.
 */
#ifndef AEON_RING_H
#define AEON_RING_H

#include <errno.h>
#include <stdbool.h>
#include <stdint.h>

#define AEON_RING_MAGIC INT64_C(0x474E49524E4F4541) /* "AEONRING" */
#define AEON_RING_VERSION 3

#define AEON_RING_KIND_SPSC 1
#define AEON_RING_KIND_MPMC 2
#define AEON_RING_KIND_BROADCAST 3

#define AEON_RING_RECORD_DATA 1
#define AEON_RING_RECORD_PADDING 2

#define AEON_RING_LINE_BYTES 128
#define AEON_RING_RECORD_ALIGNMENT 8
#define AEON_RING_CELL_ALIGNMENT 64

#define AEON_RING_CELL_FREE UINT32_C(0xFFFFFFFF)
#define AEON_RING_CELL_ABORTED UINT32_C(0xFFFFFFFE)
#define AEON_RING_CELL_FIRST_CLAIM UINT32_C(0xFFFFFFFD)

struct aeon_ring_word {
  _Alignas(AEON_RING_LINE_BYTES) int64_t value;
};

struct aeon_ring_header {
  int64_t magic;
  int64_t version;
  int64_t capacity;
  int64_t kind;
  int64_t slot_count;
  int64_t cell_byte_size;
  int64_t recoverer;
  struct aeon_ring_word tail;
  struct aeon_ring_word head;
  struct aeon_ring_word consumers_sleep;
  struct aeon_ring_word producers_sleep;
  _Alignas(AEON_RING_LINE_BYTES) uint8_t data[];
};

struct aeon_ring_record {
  int32_t byte_size;
  int32_t kind;
  uint8_t payload[];
};

/* State and turn are read and written as one word of 64 bits. */
struct aeon_ring_cell {
  uint32_t state;
  uint32_t turn;
  uint8_t payload[];
};

struct aeon_ring_slot {
  int64_t owner;
  int64_t state;
  int64_t position;
  int64_t count;
  uint8_t unused[AEON_RING_LINE_BYTES - 4 * sizeof(int64_t)];
};

/* One end of a ring; capacity and positions are its own copies, which no peer changes. */
struct aeon_ring_end {
  struct aeon_ring_header *ring;
  int64_t capacity;
  int64_t position;
  int64_t other;
};

static inline int64_t aeon_ring_record_bytes(int64_t payload_bytes) {
  return (payload_bytes + (int64_t)sizeof(struct aeon_ring_record) + AEON_RING_RECORD_ALIGNMENT - 1) &
         -(int64_t)AEON_RING_RECORD_ALIGNMENT;
}

static inline struct aeon_ring_record *aeon_ring_at(const struct aeon_ring_end *end, int64_t position) {
  return (struct aeon_ring_record *)(void *)(end->ring->data + (position & (end->capacity - 1)));
}

static inline int64_t aeon_ring_to_end(const struct aeon_ring_end *end, int64_t position) {
  return end->capacity - (position & (end->capacity - 1));
}

/* Takes up a ring of memory_bytes: 0, or -EPROTO where it holds no such ring. */
static inline int aeon_ring_attach(struct aeon_ring_end *end, void *memory, int64_t memory_bytes, bool reads) {
  struct aeon_ring_header *ring = memory;
  if (memory_bytes < (int64_t)sizeof *ring ||
      __atomic_load_n(&ring->magic, __ATOMIC_ACQUIRE) != AEON_RING_MAGIC ||
      ring->version != AEON_RING_VERSION || ring->kind != AEON_RING_KIND_SPSC)
    return -EPROTO;
  int64_t capacity = ring->capacity;
  int64_t tail = __atomic_load_n(&ring->tail.value, __ATOMIC_ACQUIRE);
  int64_t head = __atomic_load_n(&ring->head.value, __ATOMIC_ACQUIRE);
  if (capacity < 64 || (capacity & (capacity - 1)) != 0 || capacity > memory_bytes - (int64_t)sizeof *ring ||
      head < 0 || tail < head || tail - head > capacity || ((tail | head) % AEON_RING_RECORD_ALIGNMENT) != 0)
    return -EPROTO;
  *end = (struct aeon_ring_end){ring, capacity, reads ? head : tail, reads ? tail : head};
  return 0;
}

/* Space for a payload, shown by aeon_ring_commit: 0, -EAGAIN where full, -EMSGSIZE, -EPROTO. */
static inline int aeon_ring_claim(struct aeon_ring_end *end, int32_t byte_size, void **payload) {
  int64_t record = aeon_ring_record_bytes(byte_size);
  if (byte_size < 0 || record > end->capacity / 2)
    return -EMSGSIZE;
  int64_t to_end = aeon_ring_to_end(end, end->position);
  int64_t padding = to_end < record ? to_end : 0;
  if (padding + record > end->other + end->capacity - end->position) {
    int64_t head = __atomic_load_n(&end->ring->head.value, __ATOMIC_ACQUIRE);
    if (head < end->other || head > end->position || head % AEON_RING_RECORD_ALIGNMENT != 0)
      return -EPROTO;
    end->other = head;
    if (padding + record > head + end->capacity - end->position)
      return -EAGAIN;
  }
  if (padding > 0) {
    struct aeon_ring_record *gap = aeon_ring_at(end, end->position);
    gap->byte_size = (int32_t)(padding - (int64_t)sizeof *gap);
    gap->kind = AEON_RING_RECORD_PADDING;
    end->position += padding;
  }
  struct aeon_ring_record *claimed = aeon_ring_at(end, end->position);
  claimed->byte_size = byte_size;
  claimed->kind = AEON_RING_RECORD_DATA;
  *payload = claimed->payload;
  return 0;
}

static inline void aeon_ring_commit(struct aeon_ring_end *end, int32_t byte_size) {
  end->position += aeon_ring_record_bytes(byte_size);
  __atomic_store_n(&end->ring->tail.value, end->position, __ATOMIC_RELEASE);
}

/* The oldest record: its size, -EAGAIN where there is none, -EPROTO where it is impossible. */
static inline int32_t aeon_ring_peek(struct aeon_ring_end *end, const void **payload) {
  if (end->position == end->other) {
    int64_t tail = __atomic_load_n(&end->ring->tail.value, __ATOMIC_ACQUIRE);
    if (tail < end->other || tail - end->position > end->capacity || tail % AEON_RING_RECORD_ALIGNMENT != 0)
      return -EPROTO;
    end->other = tail;
  }
  while (end->position != end->other) {
    volatile struct aeon_ring_record *record = aeon_ring_at(end, end->position);
    int32_t byte_size = record->byte_size;
    int32_t kind = record->kind;
    int64_t room = end->other - end->position;
    if (room > aeon_ring_to_end(end, end->position))
      room = aeon_ring_to_end(end, end->position);
    if (byte_size < 0 || aeon_ring_record_bytes(byte_size) > room)
      return -EPROTO;
    if (kind == AEON_RING_RECORD_DATA) {
      *payload = (const void *)record->payload;
      return byte_size;
    }
    if (kind != AEON_RING_RECORD_PADDING)
      return -EPROTO;
    end->position += aeon_ring_record_bytes(byte_size);
  }
  return -EAGAIN;
}

/* Gives back the record of byte_size bytes that was peeked. */
static inline void aeon_ring_release(struct aeon_ring_end *end, int32_t byte_size) {
  end->position += aeon_ring_record_bytes(byte_size);
  __atomic_store_n(&end->ring->head.value, end->position, __ATOMIC_RELEASE);
}

#endif
