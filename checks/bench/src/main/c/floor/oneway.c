#include "floor.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#define BATCH_SIZE ((size_t)64 << 10)
#define READ_SIZE ((size_t)256 << 10)
#define MAX_BODY_SIZE ((size_t)1 << 20)
/* How often the clock is looked at. */
#define LOOK_INTERVAL 64
#define WARM_PARTS 10

struct clock {
    int64_t measured_from, end;
    uint64_t count;
    int is_over;
};

static struct clock clock_for(struct work work)
{
    struct clock clock = {.measured_from = now() + work.millis * 1000000 / WARM_PARTS};
    clock.end = clock.measured_from + work.millis * 1000000;
    return clock;
}

static void count_messages(struct clock *clock, uint64_t messages)
{
    int64_t time = now();
    if (time >= clock->measured_from && time < clock->end)
        clock->count += messages;
    clock->is_over = time >= clock->end;
}

/* Frames, each with its length before it, as many in one call as a batch holds. */
static void feed_socket(int fd, size_t size)
{
    size_t frame = FRAME_PREFIX_SIZE + size;
    size_t frames = BATCH_SIZE / frame > 0 ? BATCH_SIZE / frame : 1;
    char *batch = malloc(frames * frame);
    char *body = calloc(1, size);
    uint32_t length = (uint32_t)size;
    if (batch == NULL || body == NULL)
        fail("malloc");
    do {
        for (size_t index = 0; index < frames; index++) {
            memcpy(batch + index * frame, &length, sizeof length);
            memcpy(batch + index * frame + FRAME_PREFIX_SIZE, body, size);
        }
    } while (move_all(fd, batch, frames * frame, 1) == 0);
    _exit(0);
}

/* Takes whole frames off the front; returns how many. */
static uint64_t take_frames(char *in, size_t *filled, char *body)
{
    size_t taken = 0;
    uint64_t frames = 0;
    uint32_t length;
    while (*filled - taken >= FRAME_PREFIX_SIZE) {
        memcpy(&length, in + taken, sizeof length);
        if (*filled - taken < FRAME_PREFIX_SIZE + length)
            break;
        memcpy(body, in + taken + FRAME_PREFIX_SIZE, length);
        /* Nobody looks at the copy, which must be made all the same. */
        __asm__ volatile("" : : "r"(body) : "memory");
        taken += FRAME_PREFIX_SIZE + length;
        frames++;
    }
    memmove(in, in + taken, *filled - taken);
    *filled -= taken;
    return frames;
}

static void drain_socket(int fd, struct clock *clock)
{
    size_t capacity = FRAME_PREFIX_SIZE + MAX_BODY_SIZE + READ_SIZE, filled = 0;
    char *in = malloc(capacity);
    char *body = malloc(MAX_BODY_SIZE);
    if (in == NULL || body == NULL)
        fail("malloc");
    while (!clock->is_over) {
        ssize_t count = recv(fd, in + filled, capacity - filled, 0);
        if (count <= 0)
            fail("recv");
        filled += (size_t)count;
        count_messages(clock, take_frames(in, &filled, body));
    }
}

static void feed_ring(struct ring *ring, size_t size)
{
    char *body = calloc(1, size);
    if (body == NULL)
        fail("calloc");
    for (;;)
        ring_write(ring, body, size);
}

static void drain_ring(struct ring *ring, struct clock *clock)
{
    char *body = malloc(MAX_BODY_SIZE);
    if (body == NULL)
        fail("malloc");
    while (!clock->is_over) {
        for (int index = 0; index < LOOK_INTERVAL; index++)
            ring_read(ring, body);
        count_messages(clock, LOOK_INTERVAL);
    }
}

void measure_one_way(const char *kind, struct work work)
{
    int pair[2] = {-1, -1};
    struct ring *ring = strcmp(kind, "ring") == 0 ? ring_create() : NULL;
    if (ring == NULL && (strcmp(kind, "udp") == 0 || strcmp(kind, "ip") == 0
                         || open_pair(kind, pair) < 0)) {
        fprintf(stderr, "no such kind of stream: kind=%s\n", kind);
        exit(2);
    }
    pid_t child = fork();
    if (child < 0)
        fail("fork");
    if (child == 0) {
        close(pair[0]);
        if (ring != NULL)
            feed_ring(ring, work.size);
        feed_socket(pair[1], work.size);
    }
    close(pair[1]);
    struct clock clock = clock_for(work);
    if (ring != NULL)
        drain_ring(ring, &clock);
    else
        drain_socket(pair[0], &clock);
    close(pair[0]);
    kill(child, SIGKILL);
    if (waitpid(child, NULL, 0) < 0)
        fail("waitpid");
    double rate = (double)clock.count * 1e3 / (double)work.millis;
    double cpu = (double)used_nanos() * WARM_PARTS / (WARM_PARTS + 1) / (double)clock.count;
    printf("{\"MESSAGES\": %.1f, \"BYTES\": %.1f, \"CPU\": %.5f}\n", rate,
           rate * (double)work.size, cpu / 1e3);
}
