/*
 * Floors: what the work of a trial costs two C processes and nothing between them and the kernel.
 * Every function ends the process with a message where a call fails.
 */
#ifndef AEON_BENCH_FLOOR_H
#define AEON_BENCH_FLOOR_H

#include <stddef.h>
#include <stdint.h>

#define FRAME_PREFIX_SIZE sizeof(uint32_t)

struct work {
    size_t size;
    int64_t millis;
};

struct ring;

void fail(const char *call);
int64_t now(void);

/* Both ends of a connection; returns 0, or -1 for a kind there is not. Datagram kinds keep bodies. */
int open_pair(const char *kind, int pair[2]);
/* Returns 0, or -1 where the other side has gone. */
int move_all(int fd, char *bytes, size_t size, int sending);

/* Shared with children forked later. */
struct ring *ring_create(void);
void ring_write(struct ring *ring, const char *bytes, size_t size);
size_t ring_read(struct ring *ring, char *bytes);

void measure_round_trips(const char *kind, struct work work);
void measure_one_way(const char *kind, struct work work);
void measure_records(uint64_t batch, struct work work);

/* Processor time of this process and of the children that it waited for, in nanoseconds. */
int64_t used_nanos(void);

#endif
