/* A ring of bytes between one writer and one reader, who spin: positions only grow. */
#include "floor.h"

#include <stdatomic.h>
#include <string.h>
#include <sys/mman.h>

#define CAPACITY ((uint64_t)4 << 20)
#define ALIGNMENT 8
/* Length word of a record that only fills the ring up to its end. */
#define PADDING UINT32_MAX

struct ring {
    _Alignas(128) _Atomic uint64_t written;
    uint64_t read_seen;
    _Alignas(128) _Atomic uint64_t read;
    uint64_t written_seen;
    _Alignas(128) char bytes[CAPACITY];
};

static void relax(void)
{
#if defined(__x86_64__)
    __builtin_ia32_pause();
#endif
}

static uint64_t record_size(size_t size)
{
    return (FRAME_PREFIX_SIZE + size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
}

struct ring *ring_create(void)
{
    struct ring *ring = mmap(NULL, sizeof *ring, PROT_READ | PROT_WRITE,
                             MAP_SHARED | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);
    if (ring == MAP_FAILED)
        fail("mmap");
    return ring;
}

static void await_room(struct ring *ring, uint64_t end)
{
    while (end - ring->read_seen > CAPACITY) {
        ring->read_seen = atomic_load_explicit(&ring->read, memory_order_acquire);
        if (end - ring->read_seen > CAPACITY)
            relax();
    }
}

void ring_write(struct ring *ring, const char *bytes, size_t size)
{
    uint64_t position = atomic_load_explicit(&ring->written, memory_order_relaxed);
    uint64_t to_end = CAPACITY - position % CAPACITY;
    uint32_t length = (uint32_t)size, padding = PADDING;
    if (to_end < record_size(size)) {
        await_room(ring, position + to_end);
        memcpy(ring->bytes + position % CAPACITY, &padding, sizeof padding);
        position += to_end;
        atomic_store_explicit(&ring->written, position, memory_order_release);
    }
    await_room(ring, position + record_size(size));
    memcpy(ring->bytes + position % CAPACITY + FRAME_PREFIX_SIZE, bytes, size);
    memcpy(ring->bytes + position % CAPACITY, &length, sizeof length);
    atomic_store_explicit(&ring->written, position + record_size(size), memory_order_release);
}

size_t ring_read(struct ring *ring, char *bytes)
{
    uint64_t position = atomic_load_explicit(&ring->read, memory_order_relaxed);
    uint32_t length = PADDING;
    for (;;) {
        while (ring->written_seen == position) {
            ring->written_seen = atomic_load_explicit(&ring->written, memory_order_acquire);
            if (ring->written_seen == position)
                relax();
        }
        memcpy(&length, ring->bytes + position % CAPACITY, sizeof length);
        if (length != PADDING)
            break;
        position += CAPACITY - position % CAPACITY;
        atomic_store_explicit(&ring->read, position, memory_order_release);
    }
    memcpy(bytes, ring->bytes + position % CAPACITY + FRAME_PREFIX_SIZE, length);
    atomic_store_explicit(&ring->read, position + record_size(length), memory_order_release);
    return length;
}
